"""Reads what a compiled library needs, without running it: ELF (Linux) and PE (Windows) files."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ELF_MAGIC = b"\x7fELF"
_DYNAMIC, _VERSION_NEEDS, _VERSION_DEFINITIONS, _DYNAMIC_SYMBOLS = 6, 0x6FFFFFFE, 0x6FFFFFFD, 11
_NEEDED, _SONAME, _RPATH, _RUNPATH = 1, 14, 15, 29


class Elf(NamedTuple):
    """The dynamic part of one ELF file."""

    needed: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    """(library, version) of every versioned symbol it asks for, e.g. ("libc.so.6", "GLIBC_2.28")."""
    provides: tuple[str, ...]
    """Versions of symbols it defines itself."""
    soname: str
    search: tuple[str, ...]
    """Where it looks for libraries (RUNPATH or RPATH)."""


class _Section(NamedTuple):
    kind: int
    offset: int
    size: int
    link: int
    info: int


def is_elf(path: Path) -> bool:
    """Whether the file is an ELF program or library."""
    with path.open("rb") as file:
        return file.read(4) == ELF_MAGIC


def read_elf(path: Path) -> Elf:
    """Parse a 64-bit little-endian ELF file (x86-64, arm64, LoongArch64). Raises ValueError for any other file."""
    data = path.read_bytes()
    if data[:6] != ELF_MAGIC + b"\x02\x01":
        raise ValueError(f"{path}: not a 64-bit little-endian ELF file")
    sections = _sections(data)
    needed, names, search = [], [""], []
    for section in sections:
        if section.kind == _DYNAMIC:
            table = sections[section.link]
            for at in range(section.offset, section.offset + section.size, 16):
                tag, value = struct.unpack_from("<QQ", data, at)
                if tag in {_NEEDED, _SONAME, _RPATH, _RUNPATH}:
                    text = _text(data, table, value)
                    (needed if tag == _NEEDED else names if tag == _SONAME else search).append(text)
    asked = [(library, version) for library, version, _ in _needs(data, sections)]
    given = [name for one in sections if one.kind == _VERSION_DEFINITIONS for name in _defined(data, one, sections)]
    return Elf(tuple(needed), tuple(asked), tuple(given), names[-1], tuple(":".join(search).split(":")))


def _sections(data: bytes | bytearray) -> list[_Section]:
    (table,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    found = []
    for index in range(count):
        _, kind, _, _, offset, length, link, info, _, _ = struct.unpack_from("<IIQQQQIIQQ", data, table + index * size)
        found.append(_Section(kind, offset, length, link, info))
    return found


def _text(data: bytes | bytearray, table: _Section, at: int) -> str:
    start = table.offset + at
    return data[start : data.index(b"\0", start)].decode()


def _needs(data: bytes | bytearray, sections: list[_Section]) -> Iterator[tuple[str, str, int]]:
    """(library, version, place of the record) of every version asked for."""
    for section in sections:
        if section.kind != _VERSION_NEEDS:
            continue
        table, at = sections[section.link], section.offset
        for _ in range(section.info):
            _, count, file, first, following = struct.unpack_from("<HHIII", data, at)
            library, inner = _text(data, table, file), at + first
            for _ in range(count):
                _, _, _, name, step = struct.unpack_from("<IHHII", data, inner)
                yield library, _text(data, table, name), inner
                inner += step
            at += following


def rename_version(path: Path, old: str, new: str) -> bool:
    """Make symbols that ask for version `old` ask for `new`, which others in the file do; False if none asked."""
    data = bytearray(path.read_bytes())
    places = {version: at for _, version, at in _needs(data, _sections(data))}
    if old not in places:
        return False
    at, model = places[old], places[new]
    for start, end in ((0, 4), (8, 12)):  # the hash and the name; the number that symbols know it by stays
        data[at + start : at + end] = data[model + start : model + end]
    path.write_bytes(data)
    return True


def _defined(data: bytes, section: _Section, sections: list[_Section]) -> list[str]:
    table, found, at = sections[section.link], [], section.offset
    for _ in range(section.info):
        _, _, _, _, _, first, following = struct.unpack_from("<HHHHIII", data, at)
        (name,) = struct.unpack_from("<I", data, at + first)
        found.append(_text(data, table, name))
        at += following
    return found


class _Pe:
    """A 64-bit Windows program or library, read by the addresses it has once loaded."""

    def __init__(self, path: Path) -> None:
        self.data = path.read_bytes()
        header = self.number(0x3C) if self.data[:2] == b"MZ" else len(self.data)
        if self.data[header : header + 4] != b"PE\0\0" or self.data[header + 24 : header + 26] != b"\x0b\x02":
            raise ValueError(f"{path}: not a 64-bit Windows library")
        count, optional = struct.unpack_from("<H12xH", self.data, header + 6)
        self._directories = header + 24 + 112
        first = header + 24 + optional
        self._places = [struct.unpack_from("<III", self.data, first + 40 * n + 12) for n in range(count)]

    def number(self, at: int) -> int:
        return int(struct.unpack_from("<I", self.data, at)[0])

    def place(self, address: int) -> int:
        """Where in the file an address lies."""
        return next(address - start + raw for start, size, raw in self._places if start <= address < start + size)

    def table(self, entry: int) -> int:
        """Where in the file one of the sixteen tables lies; 0 if there is none."""
        address = self.number(self._directories + 8 * entry)
        return self.place(address) if address else 0

    def text(self, address: int) -> str:
        start = self.place(address)
        return self.data[start : self.data.index(b"\0", start)].decode()


def pe_imports(path: Path) -> tuple[str, ...]:
    """The DLL names a 64-bit Windows program or library asks for, those it loads late included."""
    pe, names = _Pe(path), []
    for entry, width, field in ((1, 20, 12), (13, 32, 4)):  # imports, delayed imports
        at = pe.table(entry)
        while at and (name := pe.number(at + field)):
            names.append(pe.text(name))
            at += width
    return tuple(names)


def pe_exports(path: Path) -> tuple[str, ...]:
    """The names a 64-bit Windows library offers to others, sorted."""
    pe = _Pe(path)
    at = pe.table(0)
    if not at:
        return ()
    names = pe.place(pe.number(at + 32)) if pe.number(at + 24) else 0
    return tuple(sorted(pe.text(pe.number(names + 4 * n)) for n in range(pe.number(at + 24))))


def libraries_needed(path: Path) -> tuple[str, ...]:
    """File names of the libraries a compiled file loads; nothing for any other file."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == ELF_MAGIC:
        return read_elf(path).needed
    return pe_imports(path) if magic[:2] == b"MZ" else ()
