"""The two programs: the window, and the `village-ledger` command."""

from pathlib import Path
from typing import NamedTuple

from .toolchain import compile_program, compile_resources

SOURCE = Path(__file__).with_name("launcher.c")


class Launcher(NamedTuple):
    """One program: its file name, what Windows shows it as, and how it is compiled."""

    name: str
    title: str
    options: tuple[str, ...] = ()


WINDOW = Launcher("VillageLedger.exe", "村级三资账本", ("-DWINDOW", "-mwindows"))
COMMAND = Launcher("village-ledger.exe", "村级三资账本 命令行")


def resource_script(launcher: Launcher, icon: str, version: str) -> str:
    """Icon, version and the manifest that says: Windows 10 or newer, no administrator, long paths, UTF-8."""
    numbers = ",".join([*version.split("."), "0", "0", "0"][:4])
    values = {
        "CompanyName": "Village Ledger",
        "FileDescription": launcher.title,
        "FileVersion": version,
        "InternalName": launcher.name.removesuffix(".exe"),
        "OriginalFilename": launcher.name,
        "ProductName": "村级三资账本",
        "ProductVersion": version,
    }
    named = "\n".join(f'      VALUE "{key}", L"{value}"' for key, value in values.items())
    return f"""\
1 ICON "{icon}"
1 24 "launcher.manifest"
1 VERSIONINFO
FILEVERSION {numbers}
PRODUCTVERSION {numbers}
FILEOS 0x40004
FILETYPE 0x1
BEGIN
  BLOCK "StringFileInfo"
  BEGIN
    BLOCK "080404b0"
    BEGIN
{named}
    END
  END
  BLOCK "VarFileInfo"
  BEGIN
    VALUE "Translation", 0x804, 1200
  END
END
"""


MANIFEST = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3"><security><requestedPrivileges>
    <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
  </requestedPrivileges></security></trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1"><application>
    <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
  </application></compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3"><windowsSettings>
    <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
  </windowsSettings></application>
</assembly>
"""


def build_launcher(launcher: Launcher, icon: Path, version: str, folder: Path, work: Path, name: str = "") -> Path:
    """Compile one launcher into a folder, under its own name or another."""
    script = work / "launcher.rc"
    script.write_text(resource_script(launcher, icon.name, version), encoding="utf-8")
    (work / "launcher.manifest").write_text(MANIFEST, encoding="utf-8")
    resources = work / "launcher.o"
    compile_resources(script, resources)
    target = folder / (name or launcher.name)
    compile_program([SOURCE, resources], target, launcher.options)
    return target
