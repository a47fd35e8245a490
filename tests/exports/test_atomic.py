import errno
import os

import pytest

from village_ledger.domain.errors import Cancelled, ExportFailed
from village_ledger.exports.atomic import atomic_write


def test_the_file_appears_whole(tmp_path):
    target = tmp_path / "表.csv"
    with atomic_write(target) as file:
        file.write(b"new")
        assert not target.exists()
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EACCES, "其他程序打开"),
        (errno.EIO, "U盘可能被拔出"),
        (errno.EMFILE, "系统提示"),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_no_scraps(tmp_path, monkeypatch, number, words):
    target = tmp_path / "表.csv"
    target.write_bytes(b"old")

    def refuse(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ExportFailed, match=words), atomic_write(target) as file:
        file.write(b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_or_a_device_is_not_replaced_and_a_link_is_followed(tmp_path):
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    for target in (tmp_path, pipe):
        with pytest.raises(ExportFailed, match="文件夹或设备"), atomic_write(target) as file:
            file.write(b"x")
    link = tmp_path / "快捷方式"
    link.symlink_to(tmp_path / "表.csv")
    with atomic_write(link) as file:
        file.write(b"x")
    assert link.is_symlink()
    assert (tmp_path / "表.csv").read_bytes() == b"x"


def test_a_missing_folder_is_named_as_such(tmp_path):
    with pytest.raises(ExportFailed, match="文件夹不存在"), atomic_write(tmp_path / "没有" / "表.csv") as file:
        file.write(b"x")


def test_cancelling_leaves_nothing_behind(tmp_path):
    def cancel(path):
        with atomic_write(path) as file:
            file.write(b"x")
            raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        cancel(tmp_path / "表.csv")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_synced_does_not_undo_the_export(tmp_path, monkeypatch):
    monkeypatch.setattr("village_ledger.exports.atomic._settle", lambda folder: os.close(-1))
    with atomic_write(tmp_path / "表.csv") as file:
        file.write(b"x")
    assert (tmp_path / "表.csv").read_bytes() == b"x"
