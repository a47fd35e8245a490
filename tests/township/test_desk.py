"""The desk's store: its log, its triggers, its settings, several officials at once, failing disks and servers."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from village_ledger.domain.desk import Doubt
from village_ledger.domain.errors import BadInput, BookUnusable, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.review import Answer, Comment, Settlement
from village_ledger.services.township.desk import Desk, DeskSettings
from village_ledger.services.township.importing import take, take_all
from village_ledger.services.township.proving import problems
from village_ledger.storage.desk import doubts, received, reviews

ROOT = Path(__file__).resolve().parents[2]
STONE, WILLOW = "330106001201", "330106001202"
JANUARY = Period(2024, 1)


def test_a_new_desk_knows_its_settings_and_logs_their_change(desk):
    assert desk.settings.name == "河口镇三资代管中心"
    assert desk.settings.due_days == 15
    desk.change_settings(desk.settings._replace(due_days=10))
    assert desk.settings.due_days == 10
    assert [one.action for one in desk.log()] == ["desk-settings", "desk-create"]
    assert desk.verify() == ""
    with pytest.raises(BadInput, match="1 到 31"):
        desk.change_settings(desk.settings._replace(due_days=0))
    with pytest.raises(BadInput, match="填写乡镇端的名称"):
        Desk.create(":memory:", DeskSettings(" "))


def test_a_desk_is_opened_again_and_not_made_twice(desk, place, stone):
    take(desk, stone.packages[1])
    desk.close()
    with Desk.open(place) as again:
        assert [one.name for one in again.villages] == ["石桥村"]
        assert again.verify() == ""
    with pytest.raises(NotAllowed, match="已经"):
        Desk.create(place, DeskSettings("河口镇", folder="x"))
    with Desk.open(place, read_only=True) as reader:
        assert reader.villages
        with pytest.raises(BookUnusable, match="只读"):
            reader.write()
        with pytest.raises(BookUnusable, match="只读"), reader.store.transaction():
            received.set_state(reader.store, STONE, JANUARY, "通过")


def test_places_where_no_desk_is(tmp_path, place):
    with pytest.raises(BookUnusable, match=r"找不到|还没有乡镇端数据"):
        Desk.open(place)
    (tmp_path / "text.vld").write_text("hello")
    with pytest.raises(BookUnusable, match="不是乡镇端数据文件"):
        Desk.open(tmp_path / "text.vld")
    sqlite3.connect(tmp_path / "other.vld").execute("CREATE TABLE a (b)").connection.close()
    with pytest.raises(BookUnusable, match="不是乡镇端数据文件"):
        Desk.open(tmp_path / "other.vld")


def test_a_damaged_or_newer_file_is_said_to_be_one(tmp_path):
    path = tmp_path / "a.vld"
    Desk.create(path, DeskSettings("河口镇")).close()
    whole = path.read_bytes()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '99' WHERE key = 'schema'")
    connection.close()
    with pytest.raises(BookUnusable, match="更新版本"):
        Desk.open(path)
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(BookUnusable), Desk.open(path) as desk:
        desk.verify()
    path.write_bytes(whole[:150])
    with pytest.raises(BookUnusable):
        Desk.open(path)


def test_an_act_without_a_record_does_not_happen(desk, stone):
    take(desk, stone.packages[1])
    with pytest.raises(RuntimeError, match="must record"), desk.write():
        received.set_state(desk.store, STONE, JANUARY, "通过")
    with pytest.raises(KeyError):
        pass_and_fail(desk)
    current = received.current(desk.store, STONE, JANUARY)
    assert current
    assert current.state == "收到"
    assert desk.verify() == ""


def pass_and_fail(desk: Desk) -> None:
    with desk.write(STONE) as transaction:
        received.set_state(desk.store, STONE, JANUARY, "通过")
        transaction.record("test")
        raise KeyError


def raw(desk: Desk, sql: str) -> None:
    """SQL past the program, as somebody with the file or the server could."""
    desk.store.database.execute_sql(sql)


def test_the_log_takes_no_change_and_nothing_taken_in_goes(desk, stone):
    take(desk, stone.packages[1])
    for sql in (
        "UPDATE log SET actor = 'x'",
        "DELETE FROM log",
        "DELETE FROM received",
    ):
        with pytest.raises(Exception, match=r"never changes|is kept"):
            raw(desk, sql)
    assert desk.verify() == ""


def without_triggers(desk: Desk) -> None:
    for table, names in {
        "log": ("log_no_update", "log_no_delete", "log_keep"),
        "received": ("received_no_delete", "received_keep"),
    }.items():
        for name in names:
            if desk.store.is_postgres == name.endswith("_keep"):
                raw(desk, f"DROP TRIGGER {name}" + (f" ON {table}" if desk.store.is_postgres else ""))


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE log SET actor = 'x' WHERE seq = 2", "操作日志第 2 条被改动过"),
        ("DELETE FROM log WHERE seq = 2", "操作日志第 3 条被改动过，或者前面缺了记录"),
        ("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)", "最后的记录被删掉"),
        ("UPDATE voucher SET summary = 'x' WHERE number = 1", "石桥村 2024-01：保存的凭证"),
        ("UPDATE voucher SET content = replace(content, '办公费', '招待费')", "石桥村 2024-01：保存的凭证"),
        ("UPDATE balance SET debit_fen = debit_fen + 1 WHERE account = '101'", "石桥村 2024-01：保存的凭证"),
        ("UPDATE topic SET figures = '{}'", "石桥村 2024-01：保存的凭证"),
        ("DELETE FROM balance", "石桥村 2024-01：保存的凭证"),
        ("UPDATE received SET sha256 = 'x'", "石桥村 2024-01：收取记录和操作日志不一样"),
        ("DELETE FROM received", "330106001201 2024-01：操作日志里收过，数据里没有了"),
        ("DELETE FROM opening", "由保存的凭证重算的余额，和报送时的不一样"),
    ],
)
def test_what_is_changed_past_the_program_is_found(desk, stone, sql, told):
    take(desk, stone.packages[1])
    assert problems(desk) == ()
    without_triggers(desk)
    raw(desk, sql)
    assert told in "；".join(problems(desk))


def test_a_kept_file_that_is_changed_or_gone_is_found_and_taken_anew(desk, stone):
    taken = take(desk, stone.packages[1])
    assert desk.folder
    place = desk.folder / taken.received.file
    place.write_bytes(b"x")
    assert "保存的报送文件不见了或被改动过" in problems(desk)[0]
    assert problems(desk, files=False) == ()


def test_nothing_is_kept_when_the_folder_takes_no_files(desk, stone, tmp_path):
    (tmp_path / "file").write_text("")
    desk.change_settings(desk.settings._replace(folder=str(tmp_path / "file" / "below")))
    head = desk.log_head
    with pytest.raises(NotAllowed, match="存不进"):
        take(desk, stone.packages[1])
    assert (desk.log_head, desk.villages) == (head, ())


def test_nothing_is_kept_when_the_disk_is_full(desk, stone, monkeypatch):
    head = desk.log_head

    really = os.fsync

    def full(handle: int) -> None:
        if "报送文件" in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(28, "No space left on device")
        really(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotAllowed, match=r"存不进(?s:.*)磁盘空间不足"):
        take(desk, stone.packages[1])
    monkeypatch.undo()
    assert (desk.log_head, desk.villages) == (head, ())
    assert desk.folder
    assert not [path for path in desk.folder.rglob("*") if path.is_file()]
    assert take(desk, stone.packages[1]).result == "收到"


def test_a_full_store_rolls_back_with_a_sentence(tmp_path, stone):
    with Desk.create(tmp_path / "a.vld", DeskSettings("河口镇")) as desk:
        ((pages,),) = desk.store.database.execute_sql("PRAGMA page_count").fetchall()
        raw(desk, f"PRAGMA max_page_count = {pages}")
        with pytest.raises(BookUnusable, match="磁盘已满，这次操作没有保存"):
            [take(desk, path) for path in stone.packages.values()]
        assert problems(desk) == ()
        raw(desk, "PRAGMA max_page_count = 100000")
        assert all(one.taken for one in take_all(desk, stone.packages.values()))
        assert problems(desk) == ()


def importer(place: str, *paths: Path, slowly: bool = False) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.township.importer", place, "slowly" if slowly else "", *map(str, paths)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_windows_take_in_at_once_and_nothing_is_lost(desk, place, stone, willow):
    racing = [importer(place, *stone.packages.values()), importer(place, *willow.packages.values())]
    for process in racing:
        out, err = process.communicate(timeout=300)
        assert (process.returncode, err) == (0, ""), out
    assert [(one.village, one.period.month) for one in received.all_current(desk.store)] == [
        *((STONE, number) for number in (1, 2, 3, 4)),
        *((WILLOW, number) for number in (1, 2)),
    ]
    log = desk.log()
    assert [one.seq for one in log] == list(range(len(log), 0, -1))
    assert sum(one.action == "package" for one in log) == 6
    assert problems(desk) == ()


def test_two_windows_take_the_same_package_in_once(desk, place, stone):
    racing = [importer(place, stone.packages[1]) for _ in range(2)]
    said = sorted(process.communicate(timeout=300)[0].strip() for process in racing)
    assert said == ["已有 2024-01", "收到 2024-01"]
    assert len(received.revisions(desk.store, STONE, JANUARY)) == 1
    assert problems(desk) == ()


def test_what_was_acknowledged_survives_kill_9(desk, place, stone):
    for attempt in range(4):
        process = importer(place, *stone.packages.values(), slowly=attempt > 0)
        assert process.stdout
        for _line in range(attempt):
            process.stdout.readline()
        time.sleep(0.05 * attempt)
        process.kill()
        process.communicate(timeout=60)
        with Desk.open(place) as again:
            assert problems(again) == ()
            months = [one.period.month for one in received.all_current(again.store)]
            assert months == list(range(1, len(months) + 1))
            assert len(months) >= attempt
    take_all(desk, stone.packages.values())
    assert len(received.all_current(desk.store)) == 4
    assert problems(desk) == ()


def test_reviews_and_doubts_come_back_as_they_were_kept(desk):
    comment = Comment("c1", JANUARY, "凭证", "v1", "2024-01 记-1", "缺发票", deadline=Period(2024, 2).last_day, at="1")
    doubt = Doubt(
        STONE, 2024, "round-amounts", "k", JANUARY, "凭证 2024-01 记-1", "整数", (("额", "1"),), 5, ("2024-01 记-1",)
    )
    with desk.write() as transaction:
        reviews.add_comment(desk.store, STONE, comment)
        reviews.mark_sent(desk.store, STONE, ["c1"])
        assert (
            reviews.add_answers(desk.store, STONE, [Answer("a1", "c1", "已补", at="2"), Answer("a2", "x", "")], "p")
            == 1
        )
        assert reviews.add_answers(desk.store, STONE, [Answer("a1", "c1", "改了", at="2")], "p") == 0
        doubts.store_doubts(desk.store, STONE, 2024, [doubt])
        transaction.record("test")
    (thread,) = reviews.threads(desk.store, STONE, JANUARY)
    assert (thread.comment, thread.state, thread.open) == (comment, "已答复", True)
    with desk.write() as transaction:
        reviews.add_settlement(desk.store, STONE, Settlement("c1", "已整改", at="3"))
        doubts.set_status(desk.store, doubt, "已核排除", "已看", "张敏", "3")
        transaction.record("test")
    assert reviews.threads(desk.store)[0].state == "已整改"
    assert doubts.load_doubts(desk.store) == (doubt._replace(status="已核排除", reason="已看", by="张敏", at="3"),)
    with desk.write() as transaction:
        doubts.store_doubts(desk.store, STONE, 2024, [])
        doubts.save_parameter(desk.store, "round-amounts", "least", 5)
        transaction.record("test")
    assert doubts.load_doubts(desk.store) == ()
    assert len(doubts.load_doubts(desk.store, every=True)) == 1
    assert doubts.load_parameters(desk.store) == {("round-amounts", "least"): 5}


def test_text_is_ordered_alike_on_every_store(desk):
    names = ["b", "A", "a", "_", "10", "9", "记", "收", "é", "Z"]
    with desk.write() as transaction:
        for name in names:
            doubts.save_parameter(desk.store, name, "x", 1)
        transaction.record("test")
    rows = desk.store.database.execute_sql("SELECT rule FROM parameter ORDER BY rule").fetchall()
    assert [rule for (rule,) in rows] == sorted(names)
