"""Writes the NSIS script of setup.exe: every file by name, so that the removal takes those away and nothing else."""

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

TEMPLATE = Path(__file__).with_name("setup.nsi")
"""Pages, checks and registry; the lists of files are put in where it says `;@…`."""


class FileType(NamedTuple):
    """A kind of document: its ending, its class in the registry, what Explorer calls it, its icon in the tree."""

    ending: str
    name: str
    title: str
    icon: str


FILE_TYPES = (
    FileType(".vlb", "VillageLedger.Book", "村级账簿", "icons/book.ico"),
    FileType(".vlp", "VillageLedger.Package", "村级账簿上报包", "icons/package.ico"),
    FileType(".vlr", "VillageLedger.Review", "村级账簿审核意见", "icons/review.ico"),
    FileType(".vld", "VillageLedger.Desk", "村级账簿乡镇端", "icons/desk.ico"),
)


def setup_script(tree: Path, output: Path, version: str, icon: Path) -> str:
    """The script that packs a tree of files into `output`."""
    files = sorted(path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file())
    numbers = ".".join([*version.split("."), "0", "0", "0"][:4])
    parts = {
        "@defines": "\n".join(
            [
                f'!define VERSION "{version}"',
                f'!define NUMBERS "{numbers}"',
                f'!define ICON "{icon}"',
                f'!define OUTPUT "{output}"',
                f"!define KILOBYTES {sum((tree / name).stat().st_size for name in files) // 1024}",
            ]
        ),
        "@install": install_lines(tree, files),
        "@remove": remove_lines(files),
        "@register": "\n".join(register_lines(FILE_TYPES)),
        "@unregister": "\n".join(unregister_lines(FILE_TYPES)),
    }
    text = TEMPLATE.read_text(encoding="utf-8")
    for mark, lines in parts.items():
        if f";{mark}\n" not in text:
            raise ValueError(f"{TEMPLATE.name} has no place for {mark}")
        text = text.replace(f";{mark}\n", f"{lines}\n")
    return text


def install_lines(tree: Path, files: Sequence[str]) -> str:
    """The lines that unpack files, folder by folder."""
    lines, folder = [], None
    for name in sorted(files, key=lambda one: (PurePosixPath(one).parent.as_posix(), one)):
        if (parent := _windows(PurePosixPath(name).parent)) != folder:
            folder = parent
            lines.append(f'  SetOutPath "{_below(folder)}"')
        lines.append(f'  File "{_escaped(str(tree / name))}"')
    return "\n".join(lines)


def remove_lines(files: Sequence[str]) -> str:
    """The lines that take the same files away, then each folder if nothing else is left in it, the deepest first."""
    folders = {parent for name in files for parent in PurePosixPath(name).parents if parent.name}
    lines = [f'  Delete "{_below(_windows(PurePosixPath(name)))}"' for name in sorted(files)]
    deepest_first = sorted(folders, key=lambda one: (-len(one.parts), one.as_posix()))
    return "\n".join([*lines, *(f'  RMDir "{_below(_windows(folder))}"' for folder in deepest_first)])


def register_lines(types: Iterable[FileType]) -> list[str]:
    """The lines that tell Explorer, for this user, which program opens the files."""
    lines = []
    for one in types:
        key = rf"Software\Classes\{one.name}"
        lines += [
            f'  WriteRegStr HKCU "{key}" "" "{one.title}"',
            rf'  WriteRegStr HKCU "{key}\DefaultIcon" "" "{_below(_windows(PurePosixPath(one.icon)))}"',
            rf'''  WriteRegStr HKCU "{key}\shell\open\command" "" '"$INSTDIR\${{PROGRAM}}" "%1"' ''',
            rf'  WriteRegStr HKCU "Software\Classes\{one.ending}" "" "{one.name}"',
            rf'  WriteRegStr HKCU "Software\Classes\{one.ending}\OpenWithProgids" "{one.name}" ""',
        ]
    return [line.rstrip() for line in lines]


def unregister_lines(types: Iterable[FileType]) -> list[str]:
    """The lines that undo it; an ending that another program has taken over since stays with that one."""
    return [line for one in types for line in (f'  !insertmacro Forget "{one.ending}" "{one.name}"',)]


def _windows(path: PurePosixPath) -> str:
    return "" if path.as_posix() == "." else path.as_posix().replace("/", "\\")


def _below(name: str) -> str:
    return f"$INSTDIR\\{_escaped(name)}" if name else "$INSTDIR"


def _escaped(text: str) -> str:
    """NSIS reads `$` as the beginning of a variable."""
    return text.replace("$", "$$")
