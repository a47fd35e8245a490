"""The gate at posting: a voucher that spends passes only with what its tier demands.

That such matters are decided by meetings is 农村集体经济组织法 art. 26 and 村民委员会组织法 (2018) art. 24.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.decision_desk import standing_decision
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
from village_ledger.domain.errors import NotAllowed
from village_ledger.domain.request import RequestLine
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import exceptions, gate, importing, integrity, requests, settings, vouchers
from village_ledger.services.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Under the cautious tiers from October 2025."""
    with control_book(tmp_path) as opened:
        yield opened


def refused(book: Book, draft: Draft) -> str:
    """Why a saved draft cannot be posted."""
    with acting(book, "李审核"):
        vouchers.review(book, [draft.id])
        with pytest.raises(NotAllowed) as refusal:
            vouchers.post(book, [draft.id])
        vouchers.unreview(book, [draft.id])
    return str(refusal.value)


def test_a_payment_without_a_request_is_refused_and_everything_missing_is_named(book):
    draft = vouchers.save_draft(book, a_payment(12_000_00))
    assert gate.missing(book, draft) == (
        "付款 12,000.00 元（非生产性开支）还缺：用款申请、经手人签字、证明人（验收人）签字、负责人审批、"
        "村监会审核签字、乡镇审批、村民代表会议决议、决议公示满 7 天",
    )
    assert "付款 12,000.00 元（非生产性开支）还缺" in refused(book, draft)


def test_an_approved_request_leads_to_its_voucher_in_one_act_and_the_voucher_passes(book):
    one = approved(book)
    draft = requests.make_voucher(book, one.id, DAY)
    assert (draft.debit_total_fen, draft.credit_total_fen) == (500_00, 500_00)
    assert draft.source.startswith(f"〔用款〕{one.number} #")
    voucher = post(book, draft)
    assert requests.linked(book, voucher_uid=voucher.uid) == (requests.request_by_id(book, one.id),)
    assert integrity.verify(book).findings == ()


def test_a_request_still_waiting_for_a_signature_names_just_that_one(book):
    saved = requests.save(book, a_request())
    one = sign_through(book, requests.submit(book, saved.id), until="村监会")
    draft = vouchers.save_draft(book, a_payment())
    requests.link(book, draft.id, [one.id])
    assert gate.missing(book, draft) == (f"用款申请 {one.number}（非生产性开支 500.00 元）还缺：村监会审核签字",)
    sign_through(book, one)
    assert gate.missing(book, draft) == ()


def test_a_request_is_used_once_and_reversing_its_voucher_frees_it(book):
    one = approved(book)
    voucher = post(book, requests.make_voucher(book, one.id, DAY))
    other = vouchers.save_draft(book, a_payment())
    with pytest.raises(NotAllowed, match="已经用于"):
        requests.link(book, other.id, [one.id])
    post(book, vouchers.reverse(book, voucher.id, DAY))
    requests.link(book, other.id, [one.id])
    post(book, other)
    assert integrity.verify(book).findings == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (a_payment(500_01), "第 1 行有 0.01 元（非生产性开支）不在已关联的用款申请之内"),
        (a_payment(500_00, "51302"), "付款 500.00 元（人员报酬）还缺"),
        (a_payment(500_00, "51304"), "付款 500.00 元（非生产性开支）还缺"),
        (
            a_payment(500_00)._replace(lines=(a_payment().lines[0], DraftLine("付", "101", credit_fen=500_00))),
            "却从 101 付出",
        ),
    ],
)
def test_a_draft_changed_after_linking_is_asked_again(book, change, told):
    draft = requests.make_voucher(book, approved(book).id, DAY)
    edited = vouchers.save_draft(book, change._replace(id=draft.id, version=draft.version, source=draft.source))
    assert told in refused(book, edited)


def test_a_different_party_on_the_same_account_is_refused(book):
    line = RequestLine("付工程尾款", "211", (("往来户", "甲公司"),), 900_00)
    one = approved(book, a_request(kind="其他付款", payee="甲公司", lines=(line,)))
    draft = requests.make_voucher(book, one.id, DAY)
    lines = (draft.lines[0]._replace(items=(("往来户", "乙公司"),)), draft.lines[1])
    edited = vouchers.save_draft(book, draft._replace(lines=lines))
    assert "还缺：用款申请" in refused(book, edited)
    back = vouchers.save_draft(book, vouchers.draft(book, draft.id)._replace(lines=draft.lines))
    post(book, back)


def test_a_payment_split_into_several_requests_for_one_payee_meets_the_tier_of_their_sum(book):
    parts = [approved(book, a_request(999_00)) for _ in range(2)]
    draft = vouchers.save_draft(book, a_payment(1_998_00))
    requests.link(book, draft.id, [one.id for one in parts])
    assert all("还缺：两委会决议" in text for text in gate.missing(book, draft))
    other = approved(book, a_request(999_00, payee="另一家"))
    requests.link(book, draft.id, [parts[0].id, other.id])
    assert gate.missing(book, draft) == ()


def test_a_decision_is_asked_for_and_must_hold_on_the_day_of_the_voucher(book):
    one = approved(book, a_request(12_000_00))
    draft = vouchers.save_draft(book, a_payment(12_000_00))
    requests.link(book, draft.id, [one.id])
    (text,) = gate.missing(book, draft)
    assert text.endswith("还缺：村民代表会议决议、决议公示满 7 天")
    decision = standing_decision(book)
    requests.link(book, draft.id, [])
    changed = requests.save(book, requests.withdraw(book, one.id)._replace(decision=decision.number))
    again = sign_through(book, requests.submit(book, changed.id))
    requests.link(book, draft.id, [again.id])
    assert gate.missing(book, draft) == ()
    post(book, draft)
    assert integrity.verify(book).findings == ()


def test_transfers_receipts_and_carry_forward_ask_for_nothing(book):
    transfer = a_payment(5_000_00, "101")
    receipt = Draft(DAY, "记", (DraftLine("收", "102", debit_fen=1_00), DraftLine("收", "50401", credit_fen=1_00)))
    owed = Draft(
        DAY,
        "记",
        (
            DraftLine("欠", "51303", debit_fen=800_00),
            DraftLine("欠", "211", (("往来户", "甲公司"),), credit_fen=800_00),
        ),
    )
    for draft in (transfer, receipt, owed):
        assert gate.missing(book, vouchers.save_draft(book, draft)) == ()


def test_a_payment_set_off_against_takings_in_one_voucher_is_still_a_payment(book):
    lines = (
        DraftLine("收租", "102", debit_fen=3_000_00),
        DraftLine("收租", "50102", credit_fen=3_000_00),
        *a_payment(3_000_00).lines,
    )
    assert "付款 3,000.00 元" in gate.missing(book, vouchers.save_draft(book, Draft(DAY, "记", lines)))[0]


def test_neither_the_kind_nor_the_reversal_mark_of_a_draft_excuses_it(book):
    paid = post(book, requests.make_voucher(book, approved(book).id, DAY))
    false_reversal = a_payment(700_00)._replace(reverses=paid.id)
    assert gate.missing(book, vouchers.save_draft(book, false_reversal))
    assert gate.missing(book, vouchers.save_draft(book, a_payment(700_00)._replace(kind="carry")))
    true_reversal = vouchers.reverse(book, post(book, a_receipt(book)).id, DAY)
    assert gate.missing(book, true_reversal) == ()


def a_receipt(book: Book) -> Draft:
    lines = (DraftLine("收", "102", debit_fen=9_000_00), DraftLine("收", "50401", credit_fen=9_000_00))
    return vouchers.save_draft(book, Draft(DAY, "记", lines))


def test_red_letters_that_take_money_back_out_are_a_payment(book):
    lines = (DraftLine("冲收入", "102", debit_fen=-50_00), DraftLine("冲收入", "50401", credit_fen=-50_00))
    (text,) = gate.missing(book, vouchers.save_draft(book, Draft(DAY, "记", lines)))
    assert text.startswith("付款 50.00 元（其他付款）还缺：用款申请")


def test_an_asset_leaving_the_books_needs_a_decision_and_moving_it_between_accounts_does_not(book):
    lines = (DraftLine("报废", "154", debit_fen=600_00), DraftLine("报废", "15105", credit_fen=600_00))
    (text,) = gate.missing(book, vouchers.save_draft(book, Draft(DAY, "记", lines)))
    assert text.startswith("处置资产 600.00 元（资产处置）还缺：用款申请")
    assert "村民代表会议决议" in text
    moved = (DraftLine("重分类", "15104", debit_fen=600_00), DraftLine("重分类", "15105", credit_fen=600_00))
    assert gate.missing(book, vouchers.save_draft(book, Draft(DAY, "记", moved))) == ()


def test_no_setting_of_money_accounts_takes_a_payment_out_of_sight(book):
    settings.save_settings(book, book.settings._replace(cash_accounts=("",), bank_accounts=("10299",)))
    assert gate.missing(book, vouchers.save_draft(book, a_payment())) != ()


def test_months_before_control_began_and_books_without_it_ask_for_nothing(book):
    assert gate.missing(book, vouchers.save_draft(book, a_payment(day=date(2025, 9, 30)))) == ()
    with acting(book, "陈主任"):
        settings.save_settings(book, book.settings._replace(control=""))
    post(book, vouchers.save_draft(book, a_payment()))


def test_control_is_put_off_or_under_other_rules_only_by_head_and_township(book):
    for change in ({"control": ""}, {"control_from": "2026-01"}, {"control": "gansu"}):
        with pytest.raises(NotAllowed, match="只能由负责人或乡镇办理"):
            settings.save_settings(book, book.settings._replace(**change))
    with acting(book, "吴镇长"):
        settings.save_settings(book, book.settings._replace(control="gansu"))
    settings.save_settings(book, book.settings._replace(control_from="2025-09"))
    assert (book.settings.control, book.settings.control_from) == ("gansu", "2025-09")


def test_files_posted_on_import_pass_the_same_gate_and_are_taken_whole_or_not_at_all(book, tmp_path):
    path = tmp_path / "凭证.csv"
    path.write_text(
        "日期,凭证字,凭证号,摘要,科目编码,借方金额,贷方金额\n2025-10-08,记,1,收息,102,10.00,\n2025-10-08,记,1,收息,50401,,10.00\n"
        "2025-10-09,记,2,买纸,51303,80.00,\n2025-10-09,记,2,买纸,102,,80.00\n",
        "utf-8",
    )
    with pytest.raises(NotAllowed, match=r"凭证.csv 记-2.*付款 80.00 元"):
        importing.import_vouchers(book, path, post=True)
    assert book.connection.execute("SELECT count(*) FROM voucher").fetchone() == (0,)
    assert importing.import_vouchers(book, path).added == 2


def test_two_vouchers_of_one_batch_cannot_use_one_request(book):
    one = approved(book)
    draft = requests.make_voucher(book, one.id, DAY)
    other = vouchers.save_draft(book, a_payment())
    book.connection.execute(
        "INSERT INTO request_voucher(request_id, draft_id, voucher_uid) VALUES(?,?,'')", (one.id, other.id)
    )
    with acting(book, "李审核"):
        vouchers.review(book, [draft.id, other.id])
        with pytest.raises(NotAllowed, match="一份申请只能用一次"):
            vouchers.post(book, [draft.id, other.id])


def test_an_exception_lets_a_draft_pass_as_it_was_and_stays_open_until_the_papers_are_there(book):
    draft = vouchers.save_draft(book, a_payment())
    with acting(book, "陈主任"):
        exceptions.grant(book, draft.id, "抢修水管")
    dearer = vouchers.save_draft(book, a_payment(600_00)._replace(id=draft.id, version=draft.version))
    assert "还缺" in refused(book, dearer)
    current = vouchers.draft(book, draft.id)
    same = vouchers.save_draft(book, current._replace(lines=a_payment().lines))
    voucher = post(book, same)
    (one,) = exceptions.exceptions(book)
    assert (one.state, one.exception.reason, one.label) == ("待补办", "抢修水管", "2025-10 记-1")
    assert one.exception.missing == gate.missing_of(book, voucher)
    requests.link_voucher(book, voucher.uid, [approved(book).id])
    (one,) = exceptions.exceptions(book)
    assert (one.state, one.exception.settlement) == ("已补办", "手续已经补齐")
    assert integrity.verify(book).findings == ()


def test_exceptions_are_for_head_or_township_and_never_for_an_own_payment(book):
    draft = vouchers.save_draft(book, a_payment())
    for name in ("王会计", "周监督", "赵出纳", "李审核"):
        with acting(book, name), pytest.raises(NotAllowed):
            exceptions.grant(book, draft.id, "急")
    own = requests.save(book, a_request(payee="陈主任"))
    requests.link(book, draft.id, [own.id])
    with acting(book, "陈主任"), pytest.raises(NotAllowed, match="不能批准自己"):
        exceptions.grant(book, draft.id, "急")
    with acting(book, "吴镇长"):
        exceptions.grant(book, draft.id, "急")


def test_a_voucher_with_everything_needs_no_exception(book):
    draft = requests.make_voucher(book, approved(book).id, DAY)
    with acting(book, "陈主任"), pytest.raises(NotAllowed, match="不需要"):
        exceptions.grant(book, draft.id, "急")
