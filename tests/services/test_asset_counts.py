"""Counting: shortage and surplus through 181, and what the sheet and the clearing forms show."""

from datetime import date

import pytest

from tests.services.asset_desk import JANUARY, TRUCK, desk, drafts, lines, post_drafts, truck
from village_ledger.domain.assets.change import Paper
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.reports.query import Query
from village_ledger.services import asset_cards, asset_changes, asset_counts, asset_runs, integrity
from village_ledger.services.book import Book
from village_ledger.services.reports import run

__all__ = ["desk"]

DAY = date(2024, 1, 31)
APPROVED = Paper("陈主任", DAY, "批2号")


def rows(book: Book, name: str) -> list[dict[str, object]]:
    report = run(book, name, Query(JANUARY, JANUARY))
    keys = [column.key for column in report.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in report.rows if row.kind == "line"]


def test_what_is_missing_is_taken_off_through_181_and_settled(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    count = asset_counts.start(desk, DAY, "", "王会计、张三")
    line = next(one for one in count.lines if one.card == truck(desk).id)
    assert (line.book_quantity, line.counted_quantity) == (2000, 2000)
    asset_counts.save_lines(desk, count.id, (line._replace(counted_quantity=1000, note="丢了一辆"),))
    (change,) = asset_counts.approve(desk, count.id, APPROVED, "会议纪要1号")
    # half of 50,000.00 and of 5,200.00
    assert lines(drafts(desk, JANUARY)[1]) == [("181", 22_400_00), ("152", 2_600_00), ("151", -25_000_00)]
    asset_changes.settle(desk, change.id, DAY, proceeds_fen=2_400_00, money="101")
    assert lines(drafts(desk, JANUARY)[2]) == [
        ("101", 2_400_00),
        ("181", -2_400_00),
        ("515", 20_000_00),
        ("181", -20_000_00),
    ]
    post_drafts(desk, JANUARY)
    assert asset_cards.tie(desk, JANUARY).tied
    (sheet, _garden) = rows(desk, "asset-count")
    assert (sheet["book_quantity"], sheet["counted_quantity"], sheet["missing"]) == (2000, 1000, 1000)
    assert (sheet["original"], sheet["net"], sheet["missing_net"]) == (50_000_00, 44_800_00, 22_400_00)
    (form, _garden) = rows(desk, "asset-clearing")
    assert (form["book_original"], form["checked_original"], form["loss"]) == (50_000_00, 25_000_00, 22_400_00)
    assert integrity.verify(desk).ok


def test_a_surplus_gets_a_card_once_its_voucher_is_posted(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    asset_counts.start(desk, DAY, "清产核资", "王会计")
    found = TRUCK._replace(
        code="ZC-0009", name="旧水泵", original_fen=800_00, residual_fen=0, opening_accumulated_fen=0, quantity=1000,
        acquired=DAY, in_use=DAY, life_months=40, category="机器设备",
    )  # fmt: skip
    change = asset_counts.add_surplus(desk, found, Paper("王会计", DAY), APPROVED)
    assert lines(drafts(desk, JANUARY)[1]) == [("151", 800_00), ("181", -800_00)]
    assert "ZC-0009" not in [row["code"] for row in rows(desk, "fixed-asset-register")]
    asset_changes.settle(desk, change.id, DAY)
    assert lines(drafts(desk, JANUARY)[2]) == [("181", 800_00), ("504", -800_00)]
    post_drafts(desk, JANUARY)
    assert asset_cards.tie(desk, JANUARY).tied
    assert "ZC-0009" in [row["code"] for row in rows(desk, "fixed-asset-register")]
    assert [row["surplus"] for row in rows(desk, "asset-clearing")] == [800_00, 0, 0]
    assert asset_runs.plan(desk, JANUARY.next).lines[-1].fen == 20_00


def test_states_found_are_noted_on_the_cards(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    count = asset_counts.start(desk, DAY, "", "王会计")
    line = count.lines[1]
    asset_counts.save_lines(desk, count.id, (line._replace(status="闲置", location="三组"),))
    asset_counts.approve(desk, count.id, APPROVED)
    now = next(one for one in asset_cards.standings(desk, JANUARY) if one.card.id == line.card)
    assert (now.status, now.location) == ("闲置", "三组")


def test_one_count_at_a_time_and_no_change_after_approval(desk: Book):
    count = asset_counts.start(desk, DAY, "", "王会计")
    with pytest.raises(NotAllowed, match="还有一次盘点没有完成"):
        asset_counts.start(desk, DAY, "", "王会计")
    with pytest.raises(BadInput, match="盘点数量不能小于零"):
        asset_counts.save_lines(desk, count.id, (count.lines[0]._replace(counted_quantity=-1),))
    asset_counts.withdraw(desk, count.id)
    with pytest.raises(NotAllowed, match="已撤销"):
        asset_counts.save_lines(desk, count.id, count.lines)
    with pytest.raises(Exception, match="不能修改"):
        desk.connection.execute("UPDATE asset_count_line SET counted_quantity = 0")
    with pytest.raises(BadInput, match="请填写盘点人"):
        asset_counts.start(desk, DAY, "", " ")


def test_without_a_count_the_forms_say_so(desk: Book):
    report = run(desk, "asset-count", Query(JANUARY, JANUARY))
    assert report.notes == ("这段时间没有盘点过资产",)
    assert run(desk, "asset-clearing-summary", Query(JANUARY, JANUARY)).notes == (
        "这段时间没有盘点，核实数按账面数填列",
    )
