"""Decisions in a book: kept, made final, withdrawn, replaced; and money drawn on them, also by two windows at once."""

import sqlite3
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.services.contract_desk import contract_book
from tests.services.decision_desk import VOTE, a_decision, a_notice, a_study, a_vote, standing_decision
from village_ledger.domain.decision import Decision
from village_ledger.domain.draw import Draw
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal, StaleDraft
from village_ledger.domain.governance import CONTRACTING, DISPOSING, PAYING, WAIVING
from village_ledger.services import decision_draws, decisions, integrity
from village_ledger.services.book import Book

ON = date(2025, 7, 1)
NUMBER = a_decision().number


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk."""
    with contract_book(tmp_path) as opened:
        opened.actor = "王会计"
        yield opened


def slip_draws(connection: sqlite3.Connection) -> Iterator[Draw]:
    """A register that draws on decisions: each log record `slip` draws the fen it names on the decision it names."""
    rows = connection.execute("SELECT seq, subject, detail FROM log WHERE action='slip' ORDER BY seq")
    for seq, number, fen in rows:
        yield Draw("用款", f"第 {seq} 笔", ON, int(fen), f"slip:{seq}", number)


@pytest.fixture
def slips(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only slips draw on decisions."""
    monkeypatch.setattr(decision_draws, "DRAW_SOURCES", (slip_draws,))


def draw(book: Book, fen: int, number: str = NUMBER) -> None:
    """Draw on a decision as a register does: ask within the transaction, then write."""
    with book.write("decision") as transaction:
        decisions.require(book, number, PAYING, fen=fen, on=ON, what="付款")
        transaction.record("slip", number, fen)


def test_a_draft_may_be_edited_and_the_log_proves_each_state(book: Book):
    first = decisions.save(book, a_decision())
    again = decisions.save(book, first._replace(title="向农商行借款", cap_fen=50_000_00))
    assert (again.id, again.uid, again.version) == (first.id, first.uid, 2)
    assert decisions.decision(book, NUMBER) == again
    assert integrity.verify(book).ok


def test_a_window_that_read_an_older_state_changes_nothing(book: Book):
    first = decisions.save(book, a_decision())
    decisions.save(book, first._replace(title="另一个窗口改的"))
    with pytest.raises(StaleDraft):
        decisions.save(book, first._replace(title="这个窗口改的"))


@pytest.mark.parametrize(
    ("more", "text"),
    [
        ({"number": ""}, "请填决议文号"),
        ({"number": "决 3"}, "不能含有空格"),
        ({"title": " "}, "请填决策事项标题"),
        ({"side": "党组织"}, "决策主体只能是"),
        ({"cap_fen": -1}, "金额上限"),
        ({"motion": "领导要求"}, "动议事由只能是"),
        ({"replaces": "没有的"}, "没有文号为 没有的 的原决策"),
        ({"steps": (a_vote(), a_vote())}, "“会议决议”填了两次"),
        ({"steps": (a_vote(yes=-1),)}, "赞成票不能是负数"),
        ({"steps": (a_vote(body=""),)}, "请选会议决议的会议"),
        ({"steps": (a_vote(day=date(1, 1, 3)),)}, "日期不对"),
        ({"steps": (a_vote(way="鼓掌"),)}, "表决方式只能是"),
    ],
)
def test_a_decision_that_cannot_be_kept_says_why(book: Book, more: dict[str, object], text: str):
    with pytest.raises(BadInput, match=text):
        decisions.save(book, a_decision(**more))
    assert decisions.decisions(book) == ()


def test_a_number_is_given_once(book: Book):
    decisions.save(book, a_decision())
    with pytest.raises(BadInput, match="已经登记过"):
        decisions.save(book, a_decision())
    assert decisions.next_number(book, VOTE) == "石桥决〔2025〕4号"
    assert decisions.next_number(book, date(2026, 1, 1)) == "石桥决〔2026〕1号"


def test_what_is_final_pins_the_rules_it_was_judged_by_and_never_changes(book: Book):
    final = standing_decision(book)
    assert final.rules == "national@2025.1"
    assert decisions.standing(book, NUMBER, ON).valid
    with pytest.raises(NotAllowed, match="要更正请新增一项决策代替它"):
        decisions.save(book, final._replace(title="改过的"))
    with pytest.raises(NotAllowed, match="已经定稿"):
        decisions.finalise(book, final.id, final.version)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decision SET title='改过的'",
        "UPDATE decision SET cap_fen=cap_fen+1",
        "UPDATE decision SET state='起草'",
        "UPDATE decision SET state='作废', void_reason='x', cap_fen=1",
        "DELETE FROM decision",
        "UPDATE decision_step SET yes=30",
        "DELETE FROM decision_step",
        "INSERT INTO decision_step SELECT decision_id, 9, key, body, day, place, host, recorder, eligible, present,"
        " online, proxy, yes, no, abstain, attendees, text, told, documents, told_of, way, guests, merged"
        " FROM decision_step WHERE position=0",
        "UPDATE decision_notice SET end='2026-01-01'",
        "UPDATE decision_notice SET struck='x', start='2025-01-01'",
        "DELETE FROM decision_notice",
    ],
)
def test_no_program_changes_what_is_final(book: Book, statement: str):
    standing_decision(book)
    with pytest.raises(sqlite3.IntegrityError):
        book.connection.execute(statement)


def test_a_meeting_that_failed_is_kept_as_failed(book: Book):
    failed = standing_decision(book, steps=(a_study(), a_vote(present=18, yes=18, no=0, abstain=0)))
    found = decisions.standing(book, failed.number, ON)
    assert found.decision.state == "定稿"
    assert not found.valid
    with pytest.raises(NotAllowed, match=r"不成立：成员代表大会应由全体成员代表三分之二以上同意.*第二十八条"):
        decisions.require(book, failed.number, PAYING, fen=1, on=ON, what="付款")


def test_money_moves_only_on_a_final_decision_that_holds(book: Book):
    with pytest.raises(NotAllowed, match="没有文号为“石桥决〔2025〕9号”的决策"):
        decisions.require(book, "石桥决〔2025〕9号", PAYING, fen=1, on=ON, what="付款")
    draft = decisions.save(book, a_decision())
    with pytest.raises(NotAllowed, match="“起草”，还没有定稿"):
        decisions.require(book, NUMBER, PAYING, fen=1, on=ON, what="付款")
    decisions.finalise(book, draft.id, draft.version)
    with pytest.raises(NotAllowed, match="没有登记决议公开"):
        decisions.require(book, NUMBER, PAYING, fen=1, on=ON, what="付款")
    decisions.add_notice(book, draft.id, a_notice())
    decisions.require(book, NUMBER, PAYING, fen=100_000_00, on=ON, what="付款")


def test_a_decision_allows_only_what_its_matter_is_about(book: Book):
    standing_decision(book)
    with pytest.raises(NotAllowed, match="决定的是“借款”，只能据以付款、签订合同，不能据以减免租金"):
        decisions.require(book, NUMBER, WAIVING, fen=1, on=ON, what="减免")
    assert "不能据以处置资产" in decisions.ask(book, NUMBER, DISPOSING, fen=0, on=ON).obstacle
    assert decisions.ask(book, NUMBER, CONTRACTING, fen=0, on=ON).obstacle == ""


def test_nothing_is_drawn_beyond_the_amount(book: Book, slips: None):
    standing_decision(book)
    draw(book, 60_000_00)
    with pytest.raises(
        NotAllowed,
        match=r"上限 100,000\.00 元，已动用 60,000\.00 元，还可动用 40,000\.00 元，这次要 40,000\.01 元",
    ):
        draw(book, 40_000_01)
    draw(book, 40_000_00)
    assert decisions.standing(book, NUMBER, ON).left_fen == 0
    assert [one.fen for one in decisions.draws(book, NUMBER)] == [60_000_00, 40_000_00]


def test_an_act_that_changes_its_own_amount_does_not_stand_in_its_own_way(book: Book, slips: None):
    standing_decision(book)
    draw(book, 90_000_00)
    (own,) = decisions.draws(book, NUMBER)
    assert "超过决策" in decisions.ask(book, NUMBER, PAYING, fen=95_000_00, on=ON).obstacle
    assert decisions.ask(book, NUMBER, PAYING, fen=95_000_00, on=ON, besides=own.target).obstacle == ""


def test_a_decision_without_an_amount_moves_no_money(book: Book):
    standing_decision(book, cap_fen=0)
    with pytest.raises(NotAllowed, match="没有写金额"):
        decisions.require(book, NUMBER, PAYING, fen=1, on=ON, what="付款")
    decisions.require(book, NUMBER, CONTRACTING, fen=0, on=ON, what="签订合同")


def test_a_correction_takes_over_what_was_drawn(book: Book, slips: None):
    standing_decision(book)
    draw(book, 70_000_00)
    later = VOTE + timedelta(days=60)
    steps = (a_study(day=later - timedelta(5)), a_vote(day=later))
    new = standing_decision(book, number="石桥决〔2025〕8号", replaces=NUMBER, day=later, steps=steps)
    after = date(2025, 10, 1)
    assert decisions.standing(book, NUMBER, after).replaced_by == new.number
    with pytest.raises(NotAllowed, match="已由 石桥决〔2025〕8号 代替"):
        decisions.require(book, NUMBER, PAYING, fen=1, on=after, what="付款")
    assert decisions.standing(book, new.number, after).left_fen == 30_000_00
    with pytest.raises(NotAllowed, match=r"还可动用 30,000\.00 元"):
        decisions.require(book, new.number, PAYING, fen=30_000_01, on=after, what="付款")


def test_only_a_final_decision_not_replaced_yet_can_be_replaced(book: Book):
    decisions.save(book, a_decision())
    second = decisions.save(book, a_decision(number="石桥决〔2025〕4号", replaces=NUMBER))
    with pytest.raises(NotAllowed, match="不是“定稿”"):
        decisions.finalise(book, second.id, second.version)


def test_a_decision_is_withdrawn_with_a_reason_unless_money_moved(book: Book, slips: None):
    final = standing_decision(book)
    with pytest.raises(BadInput, match="写明原因"):
        decisions.void(book, final.id, final.version, " ")
    draw(book, 1_00)
    with pytest.raises(NotAllowed, match=r"已经据以办理 1 项、1\.00 元"):
        decisions.void(book, final.id, final.version, "程序有误")


def test_what_is_withdrawn_stays_withdrawn(book: Book):
    final = standing_decision(book)
    gone = decisions.void(book, final.id, final.version, "法院撤销")
    assert (gone.state, gone.void_reason) == ("作废", "法院撤销")
    with pytest.raises(NotAllowed, match="“作废”（法院撤销）"):
        decisions.require(book, NUMBER, PAYING, fen=1, on=ON, what="付款")
    with pytest.raises(NotAllowed):
        decisions.add_notice(book, final.id, a_notice())
    assert integrity.verify(book).ok


def test_a_wrong_notice_is_struck_and_noted_anew(book: Book):
    final = standing_decision(book)
    (wrong,) = decisions.notices(book, final.id)
    decisions.strike(book, final.id, wrong.uid, "日期写错")
    assert not decisions.standing(book, NUMBER, ON).valid
    decisions.add_notice(book, final.id, a_notice())
    assert decisions.standing(book, NUMBER, ON).valid
    with pytest.raises(BadInput, match="已经划去"):
        decisions.strike(book, final.id, wrong.uid, "再划一次")
    assert integrity.verify(book).ok


def test_a_decision_of_tomorrow_is_not_final_today(book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("village_ledger.clock.today", lambda: VOTE - timedelta(days=1))
    draft = decisions.save(book, a_decision())
    with pytest.raises(NotAllowed, match="还没有到"):
        decisions.finalise(book, draft.id, draft.version)


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE decision SET cap_fen=999999999", "cap_fen：10000000 → 999999999"),
        ("UPDATE decision_step SET yes=30 WHERE position=1", "会议决议 yes：26 → 30"),
        ("UPDATE decision_step SET text='同意送人' WHERE position=1", "会议决议 text"),
        ("UPDATE decision_step SET attendees='张三' WHERE position=1", "会议决议 attendees"),
        ("DELETE FROM decision_step WHERE position=0", "会议：2 次 → 1 次"),
        ("UPDATE decision_notice SET end='2026-01-01'", "的决议公开（2025-06-21 起）和登记的不一样"),
        ("DELETE FROM decision_notice", "决策的决议公开（2025-06-21 起）被删掉了"),
        (
            "INSERT INTO decision_notice VALUES(9,'u',1,'决议公开','2025-06-21','2025-06-28','x','')",
            "在日志里没有登记，是从外部塞进来的",
        ),
        (
            "UPDATE decision SET number='石桥决〔2025〕33号', uid='other'",
            "决策 石桥决〔2025〕33号 在日志里没有登记，是从外部塞进来的",
        ),
    ],
)
def test_verify_finds_a_decision_changed_outside(book: Book, statement: str, finding: str):
    standing_decision(book)
    triggers = book.connection.execute("SELECT name, sql FROM sqlite_schema WHERE type='trigger'").fetchall()
    for name, _sql in triggers:
        book.connection.execute(f"DROP TRIGGER {name}")
    book.connection.execute("PRAGMA foreign_keys=OFF")
    book.connection.execute(statement)
    for _name, sql in triggers:
        book.connection.execute(sql)
    assert any(finding in text for text in integrity.verify(book).findings)


def test_two_windows_racing_never_overdraw_a_decision(book: Book, slips: None):
    standing_decision(book)
    refused: list[str] = []
    start = threading.Barrier(4)

    def pay(name: str) -> None:
        with Book.open(book.path, actor=name) as window:
            start.wait()
            for _ in range(5):
                try:
                    draw(window, 9_000_00)
                except Refusal as refusal:
                    refused.append(str(refusal))

    windows = [threading.Thread(target=pay, args=(name,)) for name in ("王会计", "李审核", "王会计", "李审核")]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert decisions.standing(book, NUMBER, ON).drawn_fen == 99_000_00
    assert len(refused) == 9


@given(amounts=st.lists(st.integers(1, 60_000_00), max_size=8))
def test_no_sequence_of_draws_exceeds_the_amount(amounts: list[int], tmp_path_factory: pytest.TempPathFactory):
    with pytest.MonkeyPatch.context() as patch, contract_book(tmp_path_factory.mktemp("b")) as book:
        patch.setattr(decision_draws, "DRAW_SOURCES", (slip_draws,))
        book.actor = "王会计"
        made: Decision = standing_decision(book)
        allowed = 0
        for fen in amounts:
            try:
                draw(book, fen)
            except NotAllowed:
                assert allowed + fen > made.cap_fen
            else:
                allowed += fen
        assert decisions.standing(book, NUMBER, ON).drawn_fen == allowed <= made.cap_fen
