"""A month's depreciation: drafted, posted, undone, tied to what was booked by hand."""

from datetime import date

import pytest

from tests.services.asset_desk import FEBRUARY, JANUARY, TRUCK, desk, drafts, lines, post_drafts
from tests.services.conftest import post_all
from village_ledger.domain.closing import CloseCheck
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services import asset_cards, asset_runs, integrity, people, periods, vouchers
from village_ledger.services.book import Book

__all__ = ["desk"]


def test_a_run_drafts_one_voucher_by_expense_account(desk: Book):
    result = asset_runs.depreciate(desk, JANUARY)
    (draft,) = drafts(desk, JANUARY)
    assert draft.id == result.draft
    assert draft.day == date(2024, 1, 31)
    assert lines(draft) == [("511", 100_00), ("513", 400_00), ("133", -100_00), ("152", -400_00)]
    assert [line.summary for line in draft.lines[:2]] == ["计提1月份生产性生物资产折旧", "计提1月份固定资产折旧"]


def test_what_waits_to_be_posted_counts_on_neither_side(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    found = asset_cards.tie(desk, JANUARY)
    assert found.tied
    assert found.pending == ("2024年1月折旧和摊销 500.00：待记账",)
    post_drafts(desk, JANUARY)
    found = asset_cards.tie(desk, JANUARY)
    assert (found.tied, found.pending) == (True, ())
    assert {row.account: row.cards_fen for row in found.accounts}["152"] == -5_200_00


def test_a_run_can_be_undone_until_it_is_posted(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    asset_runs.undo(desk, JANUARY)
    assert drafts(desk, JANUARY) == ()
    assert asset_runs.runs(desk) == ()
    result = asset_runs.depreciate(desk, JANUARY)
    people.log_in(desk, "李审核")
    vouchers.review(desk, [result.draft])
    with pytest.raises(NotAllowed, match="已经审核，请先取消审核"):
        asset_runs.undo(desk, JANUARY)
    vouchers.post(desk, [result.draft])
    with pytest.raises(NotAllowed, match="2024-01 记-1 已经记账，不能撤销"):
        asset_runs.undo(desk, JANUARY)


def test_only_the_newest_run_can_be_undone(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    asset_runs.depreciate(desk, FEBRUARY)
    with pytest.raises(NotAllowed, match="2024年2月已经计提"):
        asset_runs.undo(desk, JANUARY)


def test_months_are_run_once_and_in_order(desk: Book):
    with pytest.raises(NotAllowed, match="2024年1月还没有计提折旧"):
        asset_runs.depreciate(desk, FEBRUARY)
    with pytest.raises(NotAllowed, match="早于建账月份"):
        asset_runs.depreciate(desk, Period(2023, 12))
    asset_runs.depreciate(desk, JANUARY)
    with pytest.raises(NotAllowed, match="已经计提过折旧（凭证待记账）"):
        asset_runs.depreciate(desk, JANUARY)


def test_a_closed_month_that_was_missed_is_caught_up(desk: Book):
    periods.close(desk, JANUARY)
    with pytest.raises(Refusal, match="已经结账"):
        asset_runs.depreciate(desk, JANUARY)
    result = asset_runs.depreciate(desk, FEBRUARY)
    assert result.run.total_fen == 1_000_00
    assert result.notes == ("2024年1月没有计提，应提的折旧一并计入2024年2月",)


def by_hand(fen: int) -> Draft:
    return Draft(
        date(2024, 1, 31),
        "记",
        (
            DraftLine("计提折旧", "513", (), debit_fen=fen),
            DraftLine("计提折旧", "511", (), debit_fen=100_00),
            DraftLine("计提折旧", "152", (), credit_fen=fen),
            DraftLine("计提折旧", "133", (), credit_fen=100_00),
        ),
    )


def test_a_month_booked_by_hand_is_tied_to_and_not_charged_twice(desk: Book):
    post_all(desk, by_hand(400_00))
    periods.close(desk, JANUARY)
    result = asset_runs.depreciate(desk, JANUARY)
    assert (result.draft, result.adopted) == (0, ("记-1",))
    assert drafts(desk, JANUARY) == ()
    assert asset_cards.tie(desk, JANUARY).tied
    asset_runs.undo(desk, JANUARY)
    assert not asset_cards.tie(desk, JANUARY).tied


def test_a_month_booked_by_hand_with_another_amount_is_refused_and_the_difference_named(desk: Book):
    post_all(desk, by_hand(390_00))
    with pytest.raises(Refusal, match=r"152 累计折旧：账上 390\.00，卡片 400\.00"):
        asset_runs.depreciate(desk, JANUARY)
    assert asset_runs.runs(desk) == ()


def test_a_run_whose_voucher_was_reversed_is_undone_and_made_again(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    (voucher,) = post_drafts(desk, JANUARY)
    people.log_in(desk, "王会计")
    vouchers.reverse(desk, voucher.id, date(2024, 2, 1))
    post_drafts(desk, FEBRUARY)
    assert asset_cards.tie(desk, FEBRUARY).pending == ("2024年1月折旧和摊销 500.00：已冲销",)
    with pytest.raises(NotAllowed, match="计提凭证已冲销，请先撤销2024年1月的计提"):
        asset_runs.depreciate(desk, FEBRUARY)
    asset_runs.undo(desk, JANUARY)
    assert asset_runs.depreciate(desk, JANUARY).run.total_fen == 500_00
    assert asset_cards.tie(desk, FEBRUARY).tied


def test_a_draft_deleted_in_the_voucher_list_is_noticed(desk: Book):
    result = asset_runs.depreciate(desk, JANUARY)
    vouchers.delete_drafts(desk, [result.draft])
    assert asset_runs.runs(desk)[0].booking.state == "凭证已删除"
    asset_runs.undo(desk, JANUARY)
    assert asset_runs.depreciate(desk, JANUARY).draft


def test_a_changed_draft_shows_as_a_difference(desk: Book):
    result = asset_runs.depreciate(desk, JANUARY)
    draft = vouchers.draft(desk, result.draft)
    more = {"152": {"credit_fen": 500_00}, "513": {"debit_fen": 500_00}}
    changed = tuple(line._replace(**more.get(line.account, {})) for line in draft.lines)
    vouchers.save_draft(desk, draft._replace(lines=changed))
    post_drafts(desk, JANUARY)
    found = asset_cards.tie(desk, JANUARY)
    assert [cause.text for cause in found.causes] == ["凭证 2024-01 记-1 记了 -500.00，卡片上是 -400.00"]


def test_units_of_production_follow_the_months_usage(desk: Book):
    pump = asset_cards.add_card(
        desk,
        TRUCK._replace(
            code="ZC-0002",
            name="水泵",
            method="工作量法",
            total_units=48_000_000,
            opening_units=4_800_000,
            units_name="小时",
        ),
    )
    assert asset_runs.plan(desk, JANUARY).without_units == ("ZC-0002 水泵",)
    asset_runs.record_usage(desk, JANUARY, {pump.id: 100_000})
    planned = asset_runs.plan(desk, JANUARY)
    assert {line.before.card.code: line.fen for line in planned.lines}["ZC-0002"] == 100_00
    asset_runs.depreciate(desk, JANUARY)
    with pytest.raises(NotAllowed, match="工作量不能再改"):
        asset_runs.record_usage(desk, JANUARY, {pump.id: 1})
    with pytest.raises(BadInput, match="只有按工作量法"):
        asset_runs.record_usage(desk, FEBRUARY, {1: 1})
    assert integrity.verify(desk).ok


def test_a_book_without_cards_has_nothing_to_charge(book: Book):
    with pytest.raises(BadInput, match="没有需要计提折旧或摊销的资产"):
        asset_runs.depreciate(book, JANUARY)


def test_the_program_refuses_to_rewrite_a_posted_run_whoever_asks(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    post_drafts(desk, JANUARY)
    for statement in (
        "UPDATE asset_run_line SET fen = 0",
        "DELETE FROM asset_run_line",
        "DELETE FROM asset_run",
        "UPDATE asset_card SET original_fen = 1, residual_fen = 0, opening_accumulated_fen = 0",
        "DELETE FROM asset_card",
    ):
        with pytest.raises(Exception, match="不能"):
            desk.connection.execute(statement)


def test_verify_names_a_register_row_changed_behind_the_programs_back(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    assert integrity.verify(desk).ok
    desk.connection.execute("UPDATE asset_card SET name='拖拉机' WHERE code='ZC-0001'")
    assert any("资产卡片 ZC-0001和登记的不一样" in text and "name" in text for text in integrity.verify(desk).findings)
    desk.connection.execute("UPDATE asset_card SET name='农用车' WHERE code='ZC-0001'")
    desk.connection.execute("DROP TRIGGER asset_run_line_no_update")
    desk.connection.execute("UPDATE asset_run_line SET fen = fen + 1")
    found = " ".join(integrity.verify(desk).findings)
    assert "asset_run_line_no_update" in found
    assert "折旧计提 2024-01和登记的不一样" in found


def test_the_month_end_list_reminds_of_depreciation_without_blocking(desk: Book):
    def check() -> CloseCheck:
        return next(one for one in periods.close_checks(desk, JANUARY) if one.code == "assets")

    assert (check().passed, check().blocking) == (False, False)
    assert check().detail == "2024年1月还没有计提折旧和摊销，应提 500.00"
    asset_runs.depreciate(desk, JANUARY)
    assert check().detail == "2024年1月折旧和摊销 500.00：待记账"
    post_drafts(desk, JANUARY)
    assert check().passed


def test_a_book_without_cards_is_not_reminded(book: Book):
    assert "assets" not in [one.code for one in periods.close_checks(book, JANUARY)]
