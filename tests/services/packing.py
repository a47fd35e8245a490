"""Packages of the sample village and of a tiny book, and forging them: changed files under a manifest that agrees."""

import json
from collections.abc import Callable
from pathlib import Path

from village_ledger.package.container import read_container
from village_ledger.package.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, SUMS, read_manifest
from village_ledger.package.read import MONTH_MANIFEST, month_manifest
from village_ledger.package.signing import new_private_key, public_half, sign
from village_ledger.package.write import write_package

FORGER = new_private_key()


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of a package by name."""
    with path.open("rb") as file:
        entries = read_container(file, path.stat().st_size, lambda _name: True)
    return {one.name: one.content or b"" for one in entries}


def forged(path: Path, change: Callable[[dict[str, bytes]], None], *, key: bytes = FORGER, **told: object) -> Path:
    """The package with its files changed, everything that can be recomputed recomputed, and signed anew."""
    files = unpacked(path)
    change(files)
    manifest = read_manifest(files[MANIFEST])._replace(key=public_half(key), **told)
    files[MONTH_MANIFEST] = month_manifest(manifest, files)
    rest = {name: content for name, content in files.items() if name not in {MANIFEST, SIGNATURE, SUMS, PUBLIC_KEY}}
    target = path.with_name("forged.vlp")
    with target.open("wb") as file:
        write_package(file, manifest, rest, lambda message: sign(key, message))
    return target


def lines(content: bytes) -> list:
    return [json.loads(line) for line in content.splitlines()]


def stored(values: list) -> bytes:
    return "".join(
        json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n" for value in values
    ).encode()
