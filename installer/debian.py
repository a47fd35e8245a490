"""Fetches Debian 12 sources and libraries through apt into a folder of our own; the machine's apt is left as it is."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

RELEASE = "bookworm"
ETC = Path("/etc/apt")


class Archive(NamedTuple):
    """One place apt gets this release from, with the key it trusts it by."""

    address: str
    key: str

    def line(self, kind: str) -> str:
        """The line of a sources.list."""
        option = f"[signed-by={self.key}] " if self.key else ""
        return f"{kind} {option}{self.address} {RELEASE} main"


def archives(etc: Path = ETC) -> list[Archive]:
    """Where this machine gets the release from, whichever of apt's two notations says so."""
    found: list[Archive] = []
    for path in sorted([*etc.glob("sources.list"), *etc.glob("sources.list.d/*")]):
        if path.suffix == ".sources":
            found += _stanzas(path.read_text("utf-8"))
        elif path.suffix == ".list":
            found += _lines(path.read_text("utf-8"))
    return list(dict.fromkeys(found))


def _stanzas(text: str) -> Iterator[Archive]:
    for stanza in re.split(r"\n\s*\n", text):
        fields = dict(re.findall(r"^([\w-]+):[ \t]*(.*)$", stanza, re.MULTILINE))
        if RELEASE in fields.get("Suites", "").split() and "main" in fields.get("Components", "").split():
            yield from (Archive(one.rstrip("/"), fields.get("Signed-By", "")) for one in fields.get("URIs", "").split())


def _lines(text: str) -> Iterator[Archive]:
    for match in re.finditer(r"^deb\s+(?:\[([^]]*)\]\s+)?(\S+)\s+(\S+)\s+(.*)$", text, re.MULTILINE):
        options, address, suite, components = match.groups()
        if suite == RELEASE and "main" in components.split():
            key = re.search(r"signed-by=(\S+)", options or "")
            yield Archive(address.rstrip("/"), key[1] if key else "")


class Apt:
    """apt with its lists and downloads in `folder`, for one architecture (amd64, arm64)."""

    def __init__(self, folder: Path, architecture: str = "amd64") -> None:
        known = archives()
        if not known:
            raise FileNotFoundError(f"apt on this machine knows no archive of Debian {RELEASE}; build on Debian 12")
        for name in ("state/lists/partial", "cache/archives/partial", "etc/parts"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        lines = [archive.line(kind) for archive in known for kind in ("deb", "deb-src")]
        (folder / "etc" / "sources.list").write_text("\n".join(lines) + "\n", "utf-8")
        settings = {
            "Dir::Etc::sourcelist": folder / "etc" / "sources.list",
            "Dir::Etc::sourceparts": folder / "etc" / "parts",
            "Dir::State": folder / "state",
            "Dir::State::status": "/var/lib/dpkg/status",
            "Dir::Cache": folder / "cache",
            "APT::Architecture": architecture,
            "APT::Architectures": architecture,
            "APT::Sandbox::User": "",
            "Acquire::Languages": "none",
            "Acquire::Retries": 3,
        }
        self.command = [
            "apt-get",
            "-qq",
            *(word for pair in settings.items() for word in ("-o", f"{pair[0]}={pair[1]}")),
        ]
        self._run("update")

    def sources(self, names: Iterable[str], folder: Path) -> dict[str, str]:
        """Unpack source packages, Debian's patches applied, each into `folder/NAME`; their versions by name."""
        folder.mkdir(parents=True, exist_ok=True)
        return {name: self._source(name, folder) for name in names}

    def _source(self, name: str, folder: Path) -> str:
        kept, there = folder / f"{name}.version", folder / name
        if kept.is_file() and there.is_dir():
            return kept.read_text("utf-8")
        for old in folder.glob(f"{name}_*"):
            old.unlink()
        self._run("--download-only", "source", name, folder=folder)
        (description,) = folder.glob(f"{name}_*.dsc")
        shutil.rmtree(there, ignore_errors=True)
        subprocess.run(
            ["dpkg-source", "--no-check", "-x", description.name, name],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        version = re.search(r"^Version: (\S+)$", description.read_text("utf-8"), re.MULTILINE)
        assert version is not None
        kept.write_text(version[1], "utf-8")
        return version[1]

    def packages(self, names: Iterable[str], folder: Path) -> dict[str, str]:
        """Unpack binary packages into `folder`; their versions by name."""
        below = folder / "debs"
        below.mkdir(parents=True, exist_ok=True)
        self._run("download", *names, folder=below)
        versions = {}
        for path in sorted(below.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", str(path), str(folder)], check=True)
            fields = subprocess.run(
                ["dpkg-deb", "-f", str(path), "Package", "Version"], check=True, capture_output=True, text=True
            ).stdout
            found = dict(line.split(": ", 1) for line in fields.splitlines())
            versions[found["Package"]] = found["Version"]
        return versions

    def _run(self, *words: str, folder: Path | None = None) -> None:
        subprocess.run([*self.command, *words], cwd=folder, check=True)
