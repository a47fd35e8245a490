"""Projects in a book: nothing is paid above contract and changes, or above what was accepted, also by two windows."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.services.contract_desk import post_drafts
from tests.services.decision_desk import standing_decision
from tests.services.project_desk import (
    DECIDED,
    ROAD,
    a_payment,
    a_project,
    a_round,
    accept,
    contracted,
    project_book,
)
from tests.services.request_desk import a_request
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal, StaleDraft
from village_ledger.domain.period import Period
from village_ledger.domain.project import (
    COMPLETION,
    CONTRACT_PAYMENT,
    OTHER_COST,
    ContractChange,
    FinalAccount,
    Release,
)
from village_ledger.domain.tender import Bid
from village_ledger.reports.query import Query
from village_ledger.services import (
    decision_draws,
    decisions,
    integrity,
    journal,
    project_entries,
    projects,
    reports,
    vouchers,
)
from village_ledger.services.book import Book

ON = date(2025, 6, 5)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book at the accountant's desk."""
    with project_book(tmp_path) as opened:
        yield opened


def pay(book: Book, fen: int, **more: object) -> str:
    """A payment out of cash to the builder, posted and noted; returns the voucher's uid."""
    vouchers.save_draft(book, a_payment(fen, account="211", **more))  # type: ignore[arg-type]  # dates and texts
    (posted,) = post_drafts(book)
    project_entries.add_payment(book, "GC-01", posted.uid, CONTRACT_PAYMENT, fen)
    return posted.uid


def test_a_contract_follows_the_round_that_was_won(book: Book) -> None:
    saved = projects.save_project(book, a_project())
    terms = saved._replace(contractor="宏达公司", contract_fen=100_000_00, signed=date(2025, 2, 20))
    with pytest.raises(BadInput, match="要先登记报价和中标人"):
        projects.save_project(book, terms)
    project_entries.save_tender(book, "GC-01", a_round())
    with pytest.raises(BadInput, match="招标投标法第四十六条"):
        projects.save_project(book, terms._replace(contractor="路桥公司"))
    assert projects.save_project(book, terms).contract_fen == 100_000_00


def test_a_round_is_edited_until_it_is_settled_and_repeated_only_after_it_failed(book: Book) -> None:
    projects.save_project(book, a_project())
    first = project_entries.save_tender(book, "GC-01", a_round(winner="", bids=(), opened=None))
    with pytest.raises(NotAllowed, match="还没有流标"):
        project_entries.save_tender(book, "GC-01", a_round())
    failed = project_entries.save_tender(book, "GC-01", first._replace(opened=date(2025, 2, 11), failed="无人报价"))
    with pytest.raises(NotAllowed, match="不能修改"):
        project_entries.save_tender(book, "GC-01", failed._replace(failed="", winner="宏达公司", bids=a_round().bids))
    project_entries.save_tender(book, "GC-01", a_round())
    assert [bool(one.failed) for one in projects.project(book, "GC-01").tenders] == [True, False]


def test_a_payment_noted_is_held_to_what_was_accepted(book: Book) -> None:
    contracted(book)
    accept(book, 50_000_00)
    pay(book, 40_000_00)
    assert projects.payment_problem(book, "GC-01", 8_500_00, ON) == ""
    with pytest.raises(BadInput, match=r"应留质保金 1,500\.00，最多还能付 8,500\.00"):
        pay(book, 8_500_01)
    assert projects.project(book, "GC-01").contract_paid_fen == 40_000_00


def test_a_payment_whose_voucher_is_reversed_counts_no_more(book: Book) -> None:
    contracted(book)
    accept(book, 50_000_00)
    uid = pay(book, 40_000_00)
    voucher = book.connection.execute("SELECT id FROM voucher WHERE uid=?", (uid,)).fetchone()[0]
    vouchers.reverse(book, voucher, date(2025, 6, 9))
    post_drafts(book)
    assert projects.project(book, "GC-01").paid_fen == 0


def test_vouchers_kept_by_the_project_count_by_themselves(book: Book) -> None:
    contracted(book)
    accept(book, 20_000_00)
    vouchers.save_draft(book, a_payment(3_800_00, "付村道测量设计费"))
    vouchers.save_draft(book, a_payment(10_000_00, "付宏达公司进度款"))
    post_drafts(book)
    found = projects.project(book, "GC-01")
    assert [(one.fen, one.kind) for one in found.payments] == [(3_800_00, OTHER_COST), (10_000_00, CONTRACT_PAYMENT)]
    assert projects.candidates(book, "GC-01") == ()


def test_a_voucher_typed_by_hand_is_refused_at_the_gate_before_it_overpays(book: Book) -> None:
    contracted(book)
    accept(book, 50_000_00)
    assert projects.draft_problems(book, a_payment(48_500_00)) == ()
    (text,) = projects.draft_problems(book, a_payment(48_500_01))
    assert "应留质保金 1,500.00" in text
    assert projects.draft_problems(book, a_payment(48_500_01)._replace(reverses=3)) == ()
    (text,) = projects.draft_problems(book, a_payment(130_000_00, "付设计费"))
    assert "共批准 120,000.00" in text
    asked = a_request(project="")
    (text,) = projects.draft_problems(book, a_payment(1_000_00), (asked,))
    assert text == "为项目“村道硬化”付款，关联的用款申请要写明工程项目 GC-01"
    assert projects.draft_problems(book, a_payment(1_000_00), (asked._replace(project="GC-01"),)) == ()
    measured = a_payment(50_000_00)
    lines = (measured.lines[0], measured.lines[1]._replace(account="211", items=(("往来户", "宏达公司"),)))
    assert projects.draft_problems(book, measured._replace(lines=lines)) == ()  # nothing leaves the till


def test_who_is_paid_says_whether_the_contract_pays(book: Book) -> None:
    contracted(book)
    assert projects.payment_problem(book, "GC-01", 5_000_00, ON, payee="设计院") == ""
    assert "已验收 0.00" in projects.payment_problem(book, "GC-01", 5_000_00, ON, payee="宏达公司")
    assert "没有编号为“GC-99”的工程项目" in projects.payment_problem(book, "GC-99", 1, ON)


def test_a_whole_road_from_decision_to_the_last_yuan(book: Book) -> None:
    contracted(book)
    project_entries.add_change(book, "GC-01", ContractChange(date(2025, 4, 1), 8_000_00, "石桥决〔2025〕5号", "加宽"))
    accept(book, 50_000_00)
    pay(book, 48_500_00)
    accept(book, 108_000_00, COMPLETION, date(2025, 8, 1))
    day = date(2025, 8, 5)
    assert "决算审计前最多付合同价的 90%，即 97,200.00" in projects.payment_problem(book, "GC-01", 48_700_01, day)
    pay(book, 48_700_00, day=day)
    project_entries.add_final(book, "GC-01", FinalAccount(date(2025, 9, 1), 106_000_00, "信达会计师事务所", "信审12号"))
    pay(book, 106_000_00 - 3_180_00 - 97_200_00, day=date(2025, 9, 5))
    with pytest.raises(BadInput, match="2026-08-01 才满"):
        project_entries.add_release(book, "GC-01", Release(date(2025, 12, 1), 3_180_00, "复查"))
    project_entries.add_release(book, "GC-01", Release(date(2026, 8, 1), 3_180_00, "复查完好"))
    pay(book, 3_180_00, day=date(2026, 8, 5))
    account = projects.project(book, "GC-01")
    assert (account.state, account.contract_paid_fen) == ("已结清", 106_000_00)
    assert integrity.verify(book).ok


def test_the_terms_are_fixed_once_something_rests_on_them(book: Book) -> None:
    saved = contracted(book)
    accept(book, 50_000_00)
    with pytest.raises(NotAllowed, match="请登记“变更”"):
        projects.save_project(book, saved._replace(contract_fen=90_000_00))
    with pytest.raises(NotAllowed, match="请登记“变更”"):
        projects.save_project(book, saved._replace(retention_bp=0, retention_due=None))
    renamed = projects.save_project(book, saved._replace(site="一组至三组"))
    with pytest.raises(StaleDraft):
        projects.save_project(book, saved._replace(site="迟到"))
    with pytest.raises(NotAllowed, match="不能修改"):
        projects.save_project(book, renamed._replace(code="GC-02"))


def test_one_member_and_one_contract_belong_to_one_project(book: Book) -> None:
    projects.save_project(book, a_project())
    with pytest.raises(BadInput, match="已经是项目 GC-01 的"):
        projects.save_project(book, a_project(code="GC-02"))
    with pytest.raises(BadInput, match="已经登记过"):
        projects.save_project(book, a_project(member=None))
    with pytest.raises(BadInput, match="没有编号为 HT-9 的合同"):
        projects.save_project(
            book,
            a_project(
                code="GC-03", member=None, award="直接委托", contract="HT-9", contractor="甲", contract_fen=1_00,
                signed=date(2025, 3, 1),
            ),
        )  # fmt: skip


def test_a_project_draws_its_budget_on_its_decision_and_a_change_draws_what_it_adds(book: Book) -> None:
    number = standing_decision(book, matter="工程建设", cap_fen=125_000_00).number
    day = date(2025, 7, 1)
    saved = projects.save_project(book, a_project(decision=number, approved=day))
    (draw,) = decision_draws.all_draws(book.connection)[number]
    assert (draw.fen, draw.target) == (120_000_00, f"project:{saved.uid}")
    assert decisions.standing(book, number, day).left_fen == 5_000_00
    with pytest.raises(NotAllowed, match=r"还可动用 125,000\.00 元，这次要 126,000\.00 元"):
        projects.save_project(book, saved._replace(budget_fen=126_000_00))
    raised = projects.save_project(book, saved._replace(budget_fen=125_000_00, award="直接委托"))
    signed = raised._replace(contractor="宏达公司", contract_fen=100_000_00, signed=day)
    projects.save_project(book, signed)
    with pytest.raises(NotAllowed, match="超过决策"):
        project_entries.add_change(book, "GC-01", ContractChange(day, 1, number, "加宽"))
    lowered = project_entries.add_change(book, "GC-01", ContractChange(day, -1_000_00, number, "减少长度"))
    assert lowered.id == 1


def test_two_windows_cannot_overpay_a_contract_together(book: Book) -> None:
    contracted(book)
    accept(book, 50_000_00)
    uids = []
    for _ in range(2):
        vouchers.save_draft(book, a_payment(30_000_00, account="211"))
        uids += [one.uid for one in post_drafts(book)]
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def note(uid: str) -> None:
        with Book.open(book.path, actor="王会计") as window:
            start.wait()
            try:
                project_entries.add_payment(window, "GC-01", uid, CONTRACT_PAYMENT, 30_000_00)
                outcomes.append("paid")
            except Refusal as refusal:
                outcomes.append(refusal.message)

    threads = [threading.Thread(target=note, args=(uid,)) for uid in uids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(text == "paid" for text in outcomes) == [False, True]
    assert projects.project(book, "GC-01").contract_paid_fen == 30_000_00


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.integers(1, 80_000_00)),
        st.tuples(st.just("accept"), st.integers(1, 110_000_00)),
        st.tuples(st.just("change"), st.integers(-20_000_00, 20_000_00)),
    ),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_services_pays_more_than_contract_changes_and_acceptance_allow(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with project_book(tmp_path_factory.mktemp("road")) as book:
        contracted(book)
        for act, fen in steps:
            try:
                if act == "pay":
                    pay(book, fen)
                elif act == "accept":
                    accept(book, fen)
                elif fen:
                    change = ContractChange(date(2025, 4, 1), fen, "石桥决〔2025〕5号", "变更")
                    project_entries.add_change(book, "GC-01", change)
            except Refusal:
                pass
        account = projects.project(book, "GC-01")
        assert account.contract_paid_fen <= account.ceiling_fen()
        assert account.contract_paid_fen <= account.accepted_fen() - account.retained_fen()
        assert integrity.verify(book).ok


def test_the_book_proves_itself_and_names_what_was_changed_outside(book: Book) -> None:
    contracted(book)
    accept(book, 50_000_00)
    pay(book, 40_000_00)
    assert integrity.verify(book).ok
    for sql in (
        "DELETE FROM project",
        "UPDATE project SET code = 'X'",
        "UPDATE project SET contract_fen = 120000000",
        "UPDATE project_tender SET winner = '路桥公司'",
        "DELETE FROM project_tender",
        "UPDATE project_acceptance SET total_fen = 9000000",
        "DELETE FROM project_payment",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            book.connection.execute(sql)
    book.connection.execute(
        "INSERT INTO project_acceptance VALUES(77, 1, '2025-07-01', '阶段验收', 9900000, '[\"甲\"]', '')"
    )
    book.connection.execute("UPDATE project SET site = '改过' WHERE id = 1")
    assert integrity.verify(book).findings == (
        "工程项目 GC-01和登记的不一样，被改动过（site；日志第 7 条）",
        "工程验收 2025-07-01在操作日志里没有登记，是从外部塞进来的",
    )


def test_the_log_masks_the_telephone_numbers_of_bidders_and_still_tells_when_they_were_changed(book: Book) -> None:
    bids = (
        Bid("宏达公司", 100_000_00, contact="13812345678"),
        Bid("路桥公司", 108_000_00),
        Bid("建安公司", 111_000_00),
    )
    saved = projects.save_project(book, a_project())
    project_entries.save_tender(book, saved.code, a_round(bids=bids))
    (entry,) = journal.entries(book, "project-tender")
    assert "*******5678" in entry.detail["row"]["bids"]
    assert "13812345678" not in str(entry.detail)
    assert integrity.verify(book).ok
    whole = json.dumps(bids, ensure_ascii=False)
    older = {name: value for name, value in entry.detail["row"].items() if name != "contacts"} | {"bids": whole}
    with book.write("project") as transaction:
        transaction.record("project-tender", "", {**entry.detail, "row": older})
    assert integrity.verify(book).ok
    book.connection.execute("DROP TRIGGER project_tender_settled")
    book.connection.execute("UPDATE project_tender SET bids = ?", (whole.replace("1381234", "1390000"),))
    assert any("contacts" in finding for finding in integrity.verify(book).findings)


def test_the_reports_tell_contract_acceptance_payments_and_bids(book: Book) -> None:
    contracted(book)
    accept(book, 50_000_00)
    pay(book, 40_000_00)
    query = Query(Period(2025, 1), Period(2025, 6))
    ledger = reports.run(book, "project-ledger", query)
    row = dict(zip([column.key for column in ledger.columns], ledger.rows[0].cells, strict=True))
    wanted = {
        "project": "GC-01", "decision": DECIDED, "budget": 120_000_00, "contract_sum": 100_000_00,
        "accepted": 50_000_00, "retained": 1_500_00, "paid": 40_000_00, "owed": 8_500_00, "state": "施工中",
    }  # fmt: skip
    assert {key: row[key] for key in wanted} == wanted
    tenders = reports.run(book, "tender-register", query)
    bid = dict(zip([column.key for column in tenders.columns], tenders.rows[0].cells, strict=True))
    assert (bid["bidders"], bid["valid"], bid["winner"], bid["price"]) == (3, 3, "宏达公司", 100_000_00)
    early = reports.run(book, "project-ledger", Query(Period(2025, 1), Period(2025, 1)))
    assert [one.kind for one in early.rows] == ["total"]


def test_a_list_names_what_wants_attention(book: Book) -> None:
    projects.save_project(book, a_project(budget_fen=5_000_000_00, award="直接委托"))
    (record,) = projects.records(book, ON)
    assert "必须招标的工程项目规定" in record.remarks[0]
    assert ROAD.name == record.account.project.name
