"""Write resources/licences.json: each library of requirements.lock and each font, with version, licence and its text.

    python installer/licences.py [--out FILE]

Names come from requirements.lock, the rest from the installed packages' own metadata, so run it in an environment made
from the lock. Qt's wheels carry no licence text, and Python's licence is not a package's: both come from the system
(Debian: /usr/share/common-licenses, /usr/share/doc/python3*).
"""

import argparse
import json
import platform
import re
import sqlite3
from collections.abc import Iterator
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = Path("/usr/share/common-licenses")
_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]e|copying)(\.[a-z]+)?$", re.IGNORECASE)
_ELSEWHERE = ("/android/", "musl", "/v8_xfa/", "sbuild")
_QT = ("PySide6-Essentials", "shiboken6")
_BY_CLASSIFIER = {"MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0"}


def locked_names(lock: Path = ROOT / "requirements.lock") -> tuple[str, ...]:
    """The packages the program runs on, in file order."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return tuple(line.split("==")[0].strip() for line in lines if "==" in line and not line.startswith("#"))


def entries() -> Iterator[dict[str, str]]:
    """Python and SQLite, every package, the fonts."""
    yield _entry("Python", platform.python_version(), "PSF-2.0", _python_licence())
    yield _entry(
        "SQLite", sqlite3.sqlite_version, "public domain", "SQLite is in the public domain: sqlite.org/copyright"
    )
    for name in locked_names():
        found = distribution(name)
        yield _entry(name, found.version, *_licence(found))
    font_licence = (ROOT / "resources" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    for name in ("Noto Sans SC", "Noto Serif SC"):
        yield _entry(name, "", "OFL-1.1", font_licence)


def _entry(name: str, version: str, licence: str, text: str) -> dict[str, str]:
    if not text.strip():
        raise SystemExit(f"no licence text found for {name}")
    return {"name": name, "version": version, "licence": licence, "text": text.strip() + "\n"}


def _licence(found: Distribution) -> tuple[str, str]:
    if found.metadata["Name"].replace("_", "-") in _QT:
        texts = [(COMMON / name).read_text(encoding="utf-8") for name in ("LGPL-3", "GPL-3")]
        return "LGPL-3.0-only", "\n\n".join(texts)
    text = "\n\n".join(dict.fromkeys(_read(path).strip() for path in _files(found)))
    return _short(found), text


def _files(found: Distribution) -> list[PackagePath]:
    """The licence files of a package; of bundled parts those that the wheels for Linux and Windows have."""
    return [
        path
        for path in found.files or ()
        if ".dist-info/" in str(path)
        and (_LICENCE_FILE.search(str(path)) or "/licenses/" in str(path))
        and not any(part in str(path) for part in _ELSEWHERE)
    ]


def _read(path: PackagePath) -> str:
    content = path.read_binary()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _short(found: Distribution) -> str:
    """The licence's short name: the expression, a short field, or what the classifiers say."""
    stated = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    if stated and len(stated) < 40 and "\n" not in stated:
        return stated
    classes = [text.rpartition(" :: ")[2] for text in found.metadata.get_all("Classifier") or () if "License" in text]
    named = [_BY_CLASSIFIER.get(text, text) for text in classes]
    return named[0] if named else "BSD-3-Clause" if "BSD" in stated else _from_text(found)


def _from_text(found: Distribution) -> str:
    texts = [_read(path) for path in _files(found)]
    text = " ".join(" ".join(texts).split())
    if "Permission is hereby granted, free of charge" in text:
        return "MIT"
    return "BSD-3-Clause" if "Redistributions of source code" in text else "see text"


def _python_licence() -> str:
    version = ".".join(platform.python_version_tuple()[:2])
    places = [Path(f"/usr/share/doc/python{version}/copyright"), Path(platform.__file__).with_name("LICENSE.txt")]
    text = next((path.read_text(encoding="utf-8") for path in places if path.is_file()), "")
    return text[max(text.find("A. HISTORY OF THE SOFTWARE"), 0) :]  # without the packagers' own heading


def main() -> None:
    """Read the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "resources" / "licences.json")
    out = parser.parse_args().out
    found = list(entries())
    out.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
    for entry in found:
        print(f"{entry['name']} {entry['version']}  {entry['licence']}  {len(entry['text'])} characters")


if __name__ == "__main__":
    main()
