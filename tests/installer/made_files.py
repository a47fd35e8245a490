"""Small ELF and PE files made by hand: no compiler is needed, and what they ask for is known."""

import struct
from collections.abc import Mapping, Sequence

STRINGS, DYNAMIC, NEEDS = 3, 6, 0x6FFFFFFE


def elf(needed: Sequence[str] = (), versions: Mapping[str, Sequence[str]] | None = None) -> bytes:
    """A library that loads `needed` and asks for these versions by library, e.g. {"libc.so.6": ["GLIBC_2.4"]}."""
    texts = bytearray(b"\0")

    def text(value: str) -> int:
        texts.extend(value.encode() + b"\0")
        return len(texts) - len(value) - 1

    dynamic = b"".join(struct.pack("<QQ", 1, text(name)) for name in needed) + struct.pack("<QQ", 0, 0)
    needs = b""
    for file, names in (versions or {}).items():
        needs += struct.pack("<HHIII", 1, len(names), text(file), 16, 16 + 16 * len(names))
        needs += b"".join(struct.pack("<IHHII", 0, 0, 2, text(name), 16) for name in names)
    parts = [(STRINGS, bytes(texts), 0, 0), (DYNAMIC, dynamic, 1, 0), (NEEDS, needs, 1, len(versions or {}))]
    body, table = b"", struct.pack("<IIQQQQIIQQ", *[0] * 10)
    for kind, content, link, info in parts:
        table += struct.pack("<IIQQQQIIQQ", 0, kind, 0, 0, 64 + len(body), len(content), link, info, 0, 0)
        body += content
    head = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHI", 3, 62, 1)
    head += struct.pack("<QQQIHHHHHH", 0, 0, 64 + len(body), 0, 64, 56, 0, 64, 1 + len(parts), 0)
    return head + body + table


def dll(needed: Sequence[str]) -> bytes:
    """A 64-bit Windows library that imports from the DLLs named."""
    start, texts, table = 0x1000, b"", b""
    after = start + 20 * (len(needed) + 1)
    for name in needed:
        table += struct.pack("<IIIII", 0, 0, 0, after + len(texts), 0)
        texts += name.encode() + b"\0"
    content = table + bytes(20) + texts
    optional = struct.pack("<H", 0x20B) + bytes(110) + struct.pack("<IIII", 0, 0, start, len(table)) + bytes(112)
    section = b".idata\0\0" + struct.pack("<IIII", len(content), start, len(content), 0x400) + bytes(16)
    head = b"MZ" + bytes(58) + struct.pack("<I", 64) + b"PE\0\0"
    head += struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0) + optional + section
    return head.ljust(0x400, b"\0") + content
