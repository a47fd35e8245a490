"""Builds the Linux program twice and compares every file: `python -m installer.reproduce [--runtime]`.

With `--runtime` Python itself is compiled twice too (the long form); otherwise both builds share the one that is there.
"""

import hashlib
import shutil
import sys
from pathlib import Path

from .build_linux import CACHE, bundle
from .payload import ROOT


def listing(folder: Path) -> dict[str, str]:
    """SHA-256 and mode of every file below the folder, by its place."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        path.relative_to(folder).as_posix(): f"{path.stat().st_mode:o} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in files
    }


def differences(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """What is in one build only, or differs."""
    names = sorted(first.keys() | second.keys())
    return [
        f"{name}: {'differs' if name in first and name in second else 'is in one build only'}"
        for name in names
        if first.get(name) != second.get(name)
    ]


def main(words: list[str]) -> int:
    """Build twice, tell what differs, return 1 if anything does."""
    found = []
    for turn in ("first", "second"):
        folder = ROOT / "build" / "reproduce" / turn
        if "--runtime" in words:
            for path in [CACHE.parent / "runtime" / "linux-x86_64", *CACHE.glob("made-*")]:
                shutil.rmtree(path, ignore_errors=True)
        bundle(folder)
        found.append(listing(folder))
    wrong = differences(*found)
    ours = sum(name.startswith("app/") for name in found[0])
    print("\n".join(wrong) or f"two builds are equal: {len(found[0])} files, {ours} of them ours")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
