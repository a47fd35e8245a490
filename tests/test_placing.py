from pathlib import Path

import pytest

from village_ledger import placing
from village_ledger.placing import put_in_place


class Held(OSError):
    """What Windows says while another program has the file open."""

    winerror = 32


def test_a_finished_file_takes_the_place_of_the_old_one(tmp_path):
    finished, target = tmp_path / "new", tmp_path / "账.vlb"
    finished.write_bytes(b"new")
    target.write_bytes(b"old")
    put_in_place(finished, target)
    assert target.read_bytes() == b"new"
    assert not finished.exists()


def test_a_file_that_a_scanner_holds_for_a_moment_is_waited_for(tmp_path, monkeypatch):
    answers: list[OSError | None] = [Held(13, "in use"), Held(13, "in use"), None]
    waited: list[float] = []

    def replace(path: Path, target: Path) -> None:
        if (answer := answers.pop(0)) is not None:
            raise answer

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(placing.time, "sleep", waited.append)
    put_in_place(tmp_path / "new", tmp_path / "账.vlb")
    assert (answers, len(waited)) == ([], 2)


def test_a_file_that_stays_open_is_told_of_within_a_second(tmp_path, monkeypatch):
    waited: list[float] = []

    def replace(path: Path, target: Path) -> None:
        raise Held(13, "in use")

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(placing.time, "sleep", waited.append)
    with pytest.raises(Held):
        put_in_place(tmp_path / "new", tmp_path / "账.vlb")
    assert sum(waited) < 1


def test_any_other_complaint_is_passed_on_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(placing.time, "sleep", lambda _seconds: pytest.fail("waited"))
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "missing", tmp_path / "账.vlb")
