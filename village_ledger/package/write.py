"""Putting a package together from files already made: manifest, sums, signature, container."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from .container import write_container
from .manifest import MANIFEST, PUBLIC_KEY, SIGNATURE, SUMS, Listed, Manifest, sums
from .signing import public_pem

Source = bytes | Path


def write_package(
    file: BinaryIO, manifest: Manifest, files: Mapping[str, Source], sign: Callable[[bytes], bytes]
) -> Manifest:
    """Write the package; `manifest` comes without its list of files and is returned with it."""
    sources: dict[str, Source] = {**files, PUBLIC_KEY: public_pem(manifest.key)}
    listed = {name: _listed(source) for name, source in sorted(sources.items())}
    checked = sums(listed)
    sources[SUMS] = checked
    listed[SUMS] = _listed(checked)
    complete = manifest._replace(files=dict(sorted(listed.items())))
    signed = complete.to_bytes()
    sources[MANIFEST] = signed
    sources[SIGNATURE] = sign(signed)
    write_container(file, _contents(sources))
    return complete


def _contents(sources: dict[str, Source]) -> Iterator[tuple[str, bytes]]:
    for name in sorted(sources, key=str.encode):
        yield name, _bytes(sources[name])


def _listed(source: Source) -> Listed:
    content = _bytes(source)
    return Listed(hashlib.sha256(content).hexdigest(), len(content))


def _bytes(source: Source) -> bytes:
    return source if isinstance(source, bytes) else source.read_bytes()
