"""待批用款表, 例外事项表 and the approval form of a book with requests going round and one exception."""

import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdf
import pytest

from tests.services.request_desk import (
    DAY,
    a_payment,
    a_request,
    acting,
    approved,
    control_book,
    post,
    sign_through,
)
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.exports.plain import to_json
from village_ledger.reports.query import Query
from village_ledger.services import (
    basis,
    close_checks,
    exceptions,
    gate,
    importing,
    request_form,
    requests,
    settings,
    vouchers,
)
from village_ledger.services.book import Book
from village_ledger.services.reports import run
from village_ledger.services.vouchers import VoucherFilter

OCTOBER = Query(Period(2025, 10), Period(2025, 10))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """One request waits for the head, one is approved, one voucher was posted by exception."""
    with control_book(tmp_path) as opened:
        waiting = requests.submit(opened, requests.save(opened, a_request(700_00, title="修打印机")).id)
        sign_through(opened, waiting, until="负责人")
        approved(opened)
        draft = vouchers.save_draft(opened, a_payment(300_00))
        with acting(opened, "陈主任"):
            exceptions.grant(opened, draft.id, "抢修水管")
        post(opened, draft)
        yield opened


def test_what_waits_is_listed_with_whose_turn_it_is(book):
    report = run(book, "approvals-pending", OCTOBER)
    keys = [column.key for column in report.columns]
    (line, total) = report.rows
    cells = dict(zip(keys, line.cells, strict=True))
    assert (cells["number"], cells["title"], cells["amount"]) == ("用2025-001", "修打印机", 700_00)
    assert (cells["next"], cells["role"], cells["signed"]) == ("负责人审批", "负责人", "经手人 赵出纳、证明人 王会计")
    assert (cells["since"], cells["days"]) == (DAY, 23)
    assert total.cells[5] == 700_00


def test_exceptions_have_the_promised_keys_first_and_stay_listed_while_open(book):
    report = run(book, "exceptions", OCTOBER)
    text = to_json(report)
    places = [text.index(f'"{key}"') for key in ("voucher", "amount", "missing", "reason", "settled")]
    assert places == sorted(places)
    cells = dict(zip((column.key for column in report.columns), report.rows[0].cells, strict=True))
    assert (cells["voucher"], cells["amount"], cells["reason"], cells["settled"]) == (
        "2025-10 记-1",
        300_00,
        "抢修水管",
        None,
    )
    assert cells["missing"].startswith("付款 300.00 元（非生产性开支）还缺：用款申请")
    later = run(book, "exceptions", Query(Period(2025, 12), Period(2025, 12)))
    assert len(later.rows) == 2
    (one,) = exceptions.exceptions(book)
    with acting(book, "吴镇长"):
        exceptions.settle(book, one.exception.id, "已由乡镇查明")
    assert len(run(book, "exceptions", Query(Period(2025, 12), Period(2025, 12))).rows) == 1
    assert run(book, "exceptions", OCTOBER).rows[0].cells[8] is not None


def test_an_open_exception_is_told_at_the_months_end_and_does_not_stop_it(book):
    september = close_checks.close_checks(book, Period(2025, 9))
    assert [check.passed for check in september if check.title == "紧急例外都已补办"] == [True]
    check = close_checks.exceptions_check(book, Period(2025, 10))
    assert check is not None
    assert not check.passed
    assert not check.blocking
    assert "2025-10 记-1" in check.detail


def test_the_form_prints_signatures_given_and_boxes_for_those_missing(book, tmp_path):
    for paper, width in (("A5", 595), ("A4", 595)):
        path = tmp_path / f"{paper}.pdf"
        request_form.print_request(book, "用2025-001", path, paper)
        (page,) = pypdf.PdfReader(path).pages
        assert round(float(page.mediabox.width)) == width
        text = page.extract_text()
        for words in ("用 款 审 批 单", "修打印机", "柒佰元整", "赵出纳（书面）", "负责人审批", "村监会审核签字"):
            assert words in text
    with pytest.raises(BadInput):
        request_form.print_request(book, "用2025-099", tmp_path / "x.pdf")


def test_a_request_with_many_lines_takes_several_sheets(book, tmp_path):
    line = a_request().lines[0]
    saved = requests.save(book, a_request(lines=(line,) * 9))
    request_form.print_request(book, saved.number, tmp_path / "long.pdf")
    pages = pypdf.PdfReader(tmp_path / "long.pdf").pages
    assert len(pages) == 3
    assert "负责人审批" not in pages[0].extract_text()
    assert "负责人审批" in pages[2].extract_text()


def test_a_typed_payment_proposes_its_request_and_a_linked_one_shows_it(book):
    draft = vouchers.save_draft(book, a_payment(450_00))
    found = basis.basis(book, draft)
    assert found.asked
    assert found.proposal is not None
    assert (found.proposal.kind, found.proposal.amount_fen, found.proposal.money_account) == (
        "非生产性开支",
        450_00,
        "102",
    )
    one = approved(book, found.proposal._replace(payee="文具店", handler="赵出纳", witness="王会计", day=DAY))
    requests.link(book, draft.id, [one.id])
    assert basis.basis(book, draft)[:3] == (True, (), (requests.request_by_id(book, one.id),))


def test_the_list_marks_drafts_and_exceptions_without_basis(book):
    lacking = vouchers.save_draft(book, a_payment(450_00))
    vouchers.save_draft(book, a_payment(450_00, "101"))
    rows = vouchers.find(book, VoucherFilter())
    posted = next(row.id for row in rows if row.posted)
    assert basis.lacking(book, rows) == {(False, lacking.id), (True, posted)}
    october = VoucherFilter(Period(2025, 10), Period(2025, 10))
    assert {(row.posted, row.id) for row in basis.find_lacking(book, october)} == {(False, lacking.id), (True, posted)}
    assert basis.find_lacking(book, VoucherFilter(Period(2025, 9), Period(2025, 9))) == ()


def test_the_gate_costs_less_than_a_millisecond_a_voucher_in_bulk_and_nothing_when_off(book, tmp_path):
    count = 600
    rows = ["日期,凭证字,凭证号,摘要,科目编码,借方金额,贷方金额"]
    for number in range(2, count + 2):
        rows += [f"2025-10-09,记,{number},收息,102,1.00,", f"2025-10-09,记,{number},收息,50401,,1.00"]
    path = tmp_path / "大批.csv"
    path.write_text("\n".join(rows), "utf-8")
    lines = (DraftLine("收息", "102", debit_fen=100), DraftLine("收息", "50401", credit_fen=100))
    draft = Draft(date(2025, 10, 9), "记", lines)
    looked = gate.Gate(book)
    started = time.process_time()
    looked.admit([draft] * count)
    assert all(looked.missing(one) for one in [a_payment(1)] * count)
    assert (time.process_time() - started) / (2 * count) < 0.001
    assert importing.import_vouchers(book, path, post=True).posted == count
    with acting(book, "陈主任"):
        settings.save_settings(book, book.settings._replace(control=""))
    assert gate.demands(book, a_payment()).needs == ()
