"""The package as a ZIP file in which every byte is fixed by the names and contents.

Files are stored, not deflated: zlib differs from one build to the next, and what is not packed is no ZIP bomb. The
same entries give the same bytes, and reading accepts exactly the bytes that writing would have made: any change in a
header, an extra byte between files or behind the end is refused before anything is believed.
"""

import hashlib
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

from village_ledger.domain.errors import ExportFailed, IntegrityFailure

MAX_ENTRIES = 10_000
MAX_FILE = 100_000_000
"""Bytes of one file."""
MAX_TOTAL = 2_000_000_000
"""Bytes of a package; below what needs ZIP64."""
MAX_NAME = 400
KEPT = 300_000_000
"""Bytes of all files that are read into memory; attachments are only hashed."""

_LOCAL, _CENTRAL, _END = 0x04034B50, 0x02014B50, 0x06054B50
_LOCAL_HEAD = struct.Struct("<IHHHHHIIIHH")
_CENTRAL_HEAD = struct.Struct("<IHHHHHHIIIHHHHHII")
_END_HEAD = struct.Struct("<IHHHHIIH")
_VERSION, _UNIX = 20, 3 << 8
_UTF8 = 1 << 11
_NOON = (0, 0x21)
"""1 January 1980, 00:00, the earliest time a ZIP file can tell."""
_MODE = 0o100644 << 16
_BLOCK = 1 << 20
_DEVICES = frozenset(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10)) | {
    *("con", "prn", "aux", "nul")
}


class Entry(NamedTuple):
    """One file of a package. `content` is None for an attachment, of which only the digest is kept."""

    name: str
    size: int
    sha256: str
    content: bytes | None


class _Place(NamedTuple):
    """What the directory at the end tells of a file."""

    name: bytes
    crc: int
    size: int
    offset: int


def name_problem(name: str) -> str:
    """Why a name may not be in a package; empty when it may. A safe name stays in the folder it is unpacked into."""
    if not name or len(name.encode("utf-8", "replace")) > MAX_NAME:
        return "文件名是空的或太长"
    if name.startswith(("/", "\\")) or (len(name) > 1 and name[1] == ":"):
        return "是绝对路径"
    if "\\" in name or ":" in name or any(ord(sign) < 32 or ord(sign) == 127 or sign in '<>"|?*' for sign in name):
        return "文件名里有不允许的符号"
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return "路径会跑出解压的文件夹"
    if any(part.partition(".")[0].lower() in _DEVICES or part[-1] in " ." for part in parts):
        return "文件名在 Windows 上不能用"
    if unicodedata.normalize("NFC", name) != name:
        return "文件名的写法不规范"
    return ""


def write_container(file: BinaryIO, entries: Iterable[tuple[str, bytes]]) -> None:
    """Write files, sorted by name, as a package. Raises ExportFailed for what does not fit the format."""
    places: list[_Place] = []
    offset = 0
    folded: set[str] = set()
    for name, content in entries:
        problem = name_problem(name)
        raw = name.encode()
        if problem or name.casefold() in folded or (places and raw <= places[-1].name):
            raise ExportFailed(f"报送包里的文件名不对：{name}（{problem or '重复或没有按顺序'}）")
        if len(content) > MAX_FILE or offset + len(content) > MAX_TOTAL or len(places) == MAX_ENTRIES:
            raise ExportFailed(f"报送包太大，放不下：{name}。请不带附件再做一次")
        folded.add(name.casefold())
        place = _Place(raw, zlib.crc32(content), len(content), offset)
        head = _local(place)
        file.write(head)
        file.write(content)
        places.append(place)
        offset += len(head) + len(content)
    file.write(_directory(places, offset))


def _local(place: _Place) -> bytes:
    return (
        _LOCAL_HEAD.pack(
            _LOCAL, _VERSION, _flags(place.name), 0, *_NOON, place.crc, place.size, place.size, len(place.name), 0
        )
        + place.name
    )


def _flags(name: bytes) -> int:
    return 0 if name.isascii() else _UTF8


def _directory(places: list[_Place], offset: int) -> bytes:
    found = bytearray()
    for place in places:
        found += _CENTRAL_HEAD.pack(
            *(_CENTRAL, _VERSION | _UNIX, _VERSION, _flags(place.name), 0, *_NOON, place.crc, place.size, place.size),
            *(len(place.name), 0, 0, 0, 0, _MODE, place.offset),
        )
        found += place.name
    found += _END_HEAD.pack(_END, 0, 0, len(places), len(places), len(found), offset, 0)
    return bytes(found)


def read_container(file: BinaryIO, size: int, keep: Callable[[str], bool], what: str = "报送包") -> tuple[Entry, ...]:
    """The files of a package of `size` bytes; the contents of those `keep` wants. Raises IntegrityFailure.

    `what` is how refusals call the file: the township's review comes in the same container.
    """
    if size > MAX_TOTAL + _BLOCK:
        raise IntegrityFailure(f"文件太大（{size} 字节），不像是{what}")
    reader = _Reader(file, size, keep, what)
    entries = tuple(reader.entries())
    reader.finish()
    return entries


class _Reader:
    """Walks the file once from the start, comparing every byte of structure with what writing would have made."""

    def __init__(self, file: BinaryIO, size: int, keep: Callable[[str], bool], what: str) -> None:
        self._file, self._size, self._keep, self._what = file, size, keep, what
        self._offset = 0
        self._kept = 0
        self._places: list[_Place] = []
        self._folded: set[str] = set()

    def entries(self) -> Iterator[Entry]:
        """Every file in turn."""
        while (start := self._file.read(4)) == _LOCAL.to_bytes(4, "little"):
            if len(self._places) == MAX_ENTRIES:
                raise IntegrityFailure(f"{self._what}里的文件超过 {MAX_ENTRIES} 个，不予读取")
            yield self._entry(start)
        self._rest = start

    def _entry(self, start: bytes) -> Entry:
        head = start + self._read(_LOCAL_HEAD.size - 4)
        _sign, _version, flags, method, _time, _day, crc, packed, size, length, extra = _LOCAL_HEAD.unpack(head)
        if length > MAX_NAME or extra:
            raise IntegrityFailure(f"{self._what}的文件头不对，文件被改动过或已损坏")
        raw = self._read(length)
        name = self._name(raw)
        if flags & 1:
            raise IntegrityFailure(f"“{name}”加了密，{self._what}不用密码")
        if method or packed != size:
            raise IntegrityFailure(f"“{name}”是压缩存放的（可能是压缩炸弹），{self._what}只存不压，不予读取")
        place = _Place(raw, crc, size, self._offset)
        if head + raw != _local(place):
            raise IntegrityFailure(f"“{name}”的文件头不对，文件被改动过或不是本程序制作的{self._what}")
        if size > MAX_FILE or self._offset + len(head) + length + size > self._size:
            raise IntegrityFailure(f"“{name}”太大或没有复制完整（应有 {size} 字节）")
        self._places.append(place)
        self._offset += len(head) + length + size
        return self._content(name, place)

    def _name(self, raw: bytes) -> str:
        try:
            name = raw.decode()
        except UnicodeDecodeError as error:
            raise IntegrityFailure(f"{self._what}里有读不出来的文件名，文件被改动过或已损坏") from error
        if problem := name_problem(name):
            raise IntegrityFailure(f"{self._what}里有危险的文件名“{ascii(name)[1:-1]}”：{problem}，不予读取")
        if name.casefold() in self._folded:
            raise IntegrityFailure(f"{self._what}里有重名的文件“{name}”，不予读取")
        if self._places and raw <= self._places[-1].name:
            raise IntegrityFailure(f"{self._what}里的文件没有按顺序存放（“{name}”），不是本程序制作的{self._what}")
        self._folded.add(name.casefold())
        return name

    def _content(self, name: str, place: _Place) -> Entry:
        keep = self._keep(name)
        self._kept += place.size if keep else 0
        if self._kept > KEPT:
            raise IntegrityFailure(f"{self._what}的内容太大，不予读取")
        digest, crc, left = hashlib.sha256(), 0, place.size
        blocks: list[bytes] = []
        while left:
            block = self._read(min(left, _BLOCK))
            digest.update(block)
            crc = zlib.crc32(block, crc)
            left -= len(block)
            if keep:
                blocks.append(block)
        if crc != place.crc:
            raise IntegrityFailure(f"“{name}”的内容被改动过或已损坏（校验和不符）")
        return Entry(name, place.size, digest.hexdigest(), b"".join(blocks) if keep else None)

    def finish(self) -> None:
        """Compare the directory at the end."""
        wanted = _directory(self._places, self._offset)
        found = self._rest + self._file.read(len(wanted) - len(self._rest) + 1)
        if found == wanted:
            return
        if len(found) > len(wanted) and found.startswith(wanted):
            raise IntegrityFailure(f"{self._what}的末尾有多余的内容，文件被改动过")
        if any(mode & 0o170000 == 0o120000 for mode in self._modes(found)):
            raise IntegrityFailure(f"{self._what}里有符号链接，不予读取")
        raise IntegrityFailure(
            f"{self._what}的目录和内容不符，文件被改动过、没有复制完整，或不是本程序制作的{self._what}"
        )

    def _modes(self, found: bytes) -> Iterator[int]:
        """The Unix modes a foreign directory gives, as far as it can be followed."""
        place = 0
        while place + _CENTRAL_HEAD.size <= len(found) and found[place : place + 4] == _CENTRAL.to_bytes(4, "little"):
            head = _CENTRAL_HEAD.unpack_from(found, place)
            yield head[15] >> 16
            place += _CENTRAL_HEAD.size + head[10] + head[11] + head[12]

    def _read(self, length: int) -> bytes:
        found = self._file.read(length)
        if len(found) != length:
            raise IntegrityFailure(f"{self._what}不完整，没有复制完或被截短了")
        return found
