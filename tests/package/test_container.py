import io
import struct
import zipfile

import pytest

from village_ledger.domain.errors import ExportFailed, IntegrityFailure
from village_ledger.package import container
from village_ledger.package.container import name_problem, read_container, write_container

FILES = (("a.txt", b"one"), ("b/c.json", b"{}"), ("说明.txt", "中文".encode()))


def packed(*files: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    write_container(made, files)
    return made.getvalue()


def read(content: bytes) -> dict[str, bytes | None]:
    entries = read_container(io.BytesIO(content), len(content), lambda name: not name.startswith("附件/"))
    return {one.name: one.content for one in entries}


def foreign(*files: tuple[str, bytes], kind: int = zipfile.ZIP_STORED, mode: int = 0o100644) -> bytes:
    """A ZIP file of another program's making."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr = mode << 16
            info.compress_type = kind
            info.create_system = 3
            archive.writestr(info, content)
    return made.getvalue()


def test_what_is_written_is_read_back_and_any_zip_program_can_open_it():
    content = packed(*FILES)
    assert read(content) == dict(FILES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == dict(FILES)
    assert packed(*FILES) == content


def test_it_is_the_zip_file_python_would_write():
    assert foreign(*FILES) == packed(*FILES)


def test_an_attachment_is_hashed_but_not_kept():
    name = "附件/" + "0" * 64 + ".pdf"
    (entry,) = read_container(
        io.BytesIO(packed((name, b"x" * 10))), len(packed((name, b"x" * 10))), lambda _name: False
    )
    assert (entry.size, entry.content) == (10, None)
    assert len(entry.sha256) == 64


def test_every_changed_byte_is_refused():
    content = packed(*FILES)
    for place in range(len(content)):
        for value in {0, 255, content[place] ^ 1, content[place] ^ 0x80} - {content[place]}:
            changed = content[:place] + bytes([value]) + content[place + 1 :]
            with pytest.raises(IntegrityFailure):
                read(changed)


def test_every_truncation_and_every_tail_is_refused():
    content = packed(*FILES)
    for length in range(len(content)):
        with pytest.raises(IntegrityFailure):
            read(content[:length])
    with pytest.raises(IntegrityFailure, match="末尾有多余的内容"):
        read(content + b"\0")
    with pytest.raises(IntegrityFailure):
        read(b"\0" + content)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../evil.txt", "路径会跑出"),
        ("a/../../evil.txt", "路径会跑出"),
        ("./a", "路径会跑出"),
        ("a//b", "路径会跑出"),
        ("/etc/passwd", "绝对路径"),
        ("C:/evil.txt", "绝对路径"),
        ("\\\\server\\share", "绝对路径"),
        ("a\\..\\b", "不允许的符号"),
        ("a\x00b", "不允许的符号"),
        ("a\nb", "不允许的符号"),
        ("con.txt", "Windows"),
        ("报表/LPT1.xlsx", "Windows"),
        ("a.", "Windows"),
        ("e\u0301.txt", "不规范"),
        ("", "空的或太长"),
        ("x" * 500, "空的或太长"),
    ],
)
def test_a_dangerous_name_is_refused(name, reason):
    assert reason in name_problem(name)
    with pytest.raises(ExportFailed):
        packed((name, b""))
    raw = name.encode()
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0 if raw.isascii() else 2048, 0, 0, 33, 0, 0, 0, len(raw), 0)
    with pytest.raises(IntegrityFailure):
        read(head + raw)


def test_a_symbolic_link_is_refused():
    with pytest.raises(IntegrityFailure, match="符号链接"):
        read(foreign(("a.txt", b"/etc/passwd"), mode=0o120777))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_names_are_refused_also_those_that_differ_in_case():
    with pytest.raises(IntegrityFailure, match="重名"):
        read(foreign(("a.txt", b"1"), ("a.txt", b"2")))
    with pytest.raises(IntegrityFailure, match="重名"):
        read(foreign(("A.txt", b"1"), ("a.txt", b"2")))
    with pytest.raises(IntegrityFailure, match="没有按顺序"):
        read(foreign(("b.txt", b"1"), ("a.txt", b"2")))


def test_a_compressed_file_is_refused_unread():
    bomb = foreign(("a.txt", b"0" * 50_000_000), kind=zipfile.ZIP_DEFLATED)
    assert len(bomb) < 100_000
    with pytest.raises(IntegrityFailure, match="压缩炸弹"):
        read(bomb)


def test_a_size_larger_than_the_file_is_refused_unread():
    raw = b"a.txt"
    head = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 33, 0, 90_000_000, 90_000_000, len(raw), 0)
    with pytest.raises(IntegrityFailure, match="没有复制完整"):
        read(head + raw)


def test_limits_hold(monkeypatch):
    content = packed(*FILES)
    for limit in ("MAX_ENTRIES", "KEPT"):
        with monkeypatch.context() as patch:
            patch.setattr(container, limit, 2)
            with pytest.raises(IntegrityFailure):
                read(content)
    with pytest.raises(IntegrityFailure, match="文件太大"):
        read_container(io.BytesIO(content), container.MAX_TOTAL * 2, lambda _name: True)
    monkeypatch.setattr(container, "MAX_FILE", 2)
    with pytest.raises(ExportFailed, match="太大"):
        packed(*FILES)


def test_an_encrypted_file_is_refused():
    content = bytearray(packed(*FILES))
    content[6] |= 1
    with pytest.raises(IntegrityFailure, match="加了密"):
        read(bytes(content))
