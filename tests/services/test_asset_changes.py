"""Changes of assets: procedure, vouchers through 154, and what they do to the cards."""

from datetime import date

import pytest

from tests.services.asset_desk import (
    APPROVAL,
    FEBRUARY,
    JANUARY,
    MARCH,
    applied,
    desk,
    drafts,
    lines,
    post_drafts,
    truck,
)
from village_ledger.domain.assets.change import Change, Paper
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal
from village_ledger.services import asset_cards, asset_changes, asset_runs, integrity, people, vouchers
from village_ledger.services.book import Book

__all__ = ["desk"]


def approved(book: Book, kind: str, day: date, *, counter: str = "", **fields: object) -> Change:
    change = asset_changes.apply(book, applied(kind, day, card=truck(book).id, **fields))
    return asset_changes.approve(book, change.id, APPROVAL, decision="成员代表会议1号", counter=counter)


def charged_through_february(book: Book) -> None:
    asset_runs.depreciate(book, JANUARY)
    asset_runs.depreciate(book, FEBRUARY)


def test_an_application_changes_nothing_until_it_is_approved(desk: Book):
    charged_through_february(desk)
    change = asset_changes.apply(desk, applied("报废", date(2024, 2, 20), card=truck(desk).id))
    assert change.state == "申请中"
    assert len(drafts(desk, FEBRUARY)) == 1
    with pytest.raises(BadInput, match="请填写批准人和批准日期"):
        asset_changes.approve(desk, change.id, Paper("陈主任"))
    asset_changes.withdraw(desk, change.id)
    assert asset_changes.changes(desk)[0].change.state == "已撤销"


def test_a_disposal_goes_through_154_and_is_settled_to_gain_or_loss(desk: Book):
    charged_through_february(desk)
    change = approved(desk, "报废", date(2024, 2, 20))
    # 12 + 2 months of 400.00 were charged: 5,600.00
    assert lines(drafts(desk, FEBRUARY)[1]) == [("154", 44_400_00), ("152", 5_600_00), ("151", -50_000_00)]
    asset_changes.settle(desk, change.id, date(2024, 2, 28), proceeds_fen=1_000_00, cost_fen=200_00, money="101")
    assert lines(drafts(desk, FEBRUARY)[2]) == [
        ("101", 1_000_00),
        ("154", -1_000_00),
        ("154", 200_00),
        ("101", -200_00),
        ("515", 43_600_00),
        ("154", -43_600_00),
    ]
    post_drafts(desk, FEBRUARY)
    post_drafts(desk, JANUARY)
    assert asset_cards.tie(desk, FEBRUARY).tied
    balances = {row.account: row.closing_fen for row in desk.ledger.balances(JANUARY, FEBRUARY)}
    assert balances.get("154", 0) == balances.get("151", 0) == balances.get("152", 0) == 0
    now = next(one for one in asset_cards.standings(desk, FEBRUARY) if one.card.code == "ZC-0001")
    assert (now.gone, now.status, now.net_fen) == ("报废", "报废", 0)
    assert [line.before.card.code for line in asset_runs.plan(desk, MARCH).lines] == ["SW-0001"]


def test_a_sale_above_the_carrying_amount_is_a_gain(desk: Book):
    charged_through_february(desk)
    change = approved(desk, "出售", date(2024, 2, 20))
    asset_changes.settle(desk, change.id, date(2024, 2, 20), proceeds_fen=45_000_00, money="101")
    assert lines(drafts(desk, FEBRUARY)[2])[-2:] == [("154", 600_00), ("504", -600_00)]


def test_part_of_an_asset_can_be_disposed_of(desk: Book):
    charged_through_february(desk)
    approved(desk, "出售", date(2024, 2, 20), quantity=-1000)
    assert lines(drafts(desk, FEBRUARY)[1]) == [("154", 22_200_00), ("152", 2_800_00), ("151", -25_000_00)]
    planned = asset_runs.plan(desk, MARCH)
    assert {line.before.card.code: line.fen for line in planned.lines}["ZC-0001"] == 200_00
    with pytest.raises(BadInput, match="不能超过现有数量"):
        asset_changes.apply(desk, applied("出售", date(2024, 2, 21), card=truck(desk).id, quantity=-2000))


def test_the_month_of_disposal_must_be_charged_first(desk: Book):
    with pytest.raises(NotAllowed, match="当月减少的资产当月照提折旧：请先计提 2024年1月"):
        asset_changes.apply(desk, applied("出售", date(2024, 1, 20), card=truck(desk).id))
    asset_runs.depreciate(desk, JANUARY)
    approved(desk, "出售", date(2024, 1, 20))
    with pytest.raises(NotAllowed, match=r"已经出售.*请先撤销这项变动"):
        asset_runs.undo(desk, JANUARY)


def test_a_disposed_asset_takes_no_further_changes(desk: Book):
    charged_through_february(desk)
    approved(desk, "毁损", date(2024, 2, 20))
    with pytest.raises(NotAllowed, match="已经毁损，不能再登记变动"):
        asset_changes.apply(desk, applied("移交", date(2024, 2, 21), card=truck(desk).id, custodian="李四"))


def test_an_improvement_adds_to_the_original_and_to_every_later_charge(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    with pytest.raises(BadInput, match="请选择对方科目（付款或转出的科目）"):
        approved(desk, "改扩建", date(2024, 1, 25), original_fen=1_070_00)
    approved(desk, "改扩建", date(2024, 1, 25), original_fen=1_070_00, counter="101")
    assert lines(drafts(desk, JANUARY)[1]) == [("151", 1_070_00), ("101", -1_070_00)]
    planned = asset_runs.plan(desk, FEBRUARY)
    # (51,070 − 2,000 − 5,200) / 107 = 410.00
    assert {line.before.card.code: line.fen for line in planned.lines}["ZC-0001"] == 410_00


def test_an_impairment_is_charged_to_other_expense(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    approved(desk, "减值", date(2024, 1, 31), accumulated_fen=10_700_00)
    assert lines(drafts(desk, JANUARY)[1]) == [("515", 10_700_00), ("152", -10_700_00)]
    assert asset_runs.plan(desk, FEBRUARY).lines[1].fen == 300_00  # (48,000 − 5,200 − 10,700 + … ) / 107
    with pytest.raises(BadInput, match="不能超过净值"):
        asset_changes.apply(desk, applied("减值", date(2024, 1, 31), card=truck(desk).id, accumulated_fen=50_000_00))


def test_a_transfer_and_a_change_of_use_need_no_voucher(desk: Book):
    approved(desk, "移交", date(2024, 1, 10), custodian="张三", location="二组")
    approved(desk, "使用变更", date(2024, 1, 11), status="出租", operating="非经营性")
    assert drafts(desk, JANUARY) == ()
    now = next(one for one in asset_cards.standings(desk, JANUARY) if one.card.code == "ZC-0001")
    assert (now.custodian, now.location, now.status, now.operating) == ("张三", "二组", "出租", False)
    with pytest.raises(BadInput, match="请填写新的坐落"):
        asset_changes.apply(desk, applied("移交", date(2024, 1, 12), card=truck(desk).id))


def test_filing_is_noted_after_approval(desk: Book):
    change = asset_changes.apply(desk, applied("移交", date(2024, 1, 10), card=truck(desk).id, custodian="张三"))
    with pytest.raises(NotAllowed, match="批准以后才能备案"):
        asset_changes.file(desk, change.id, APPROVAL)
    asset_changes.approve(desk, change.id, APPROVAL)
    filed = asset_changes.file(desk, change.id, Paper("镇农经站", date(2024, 1, 15), "备3号"))
    assert (filed.state, filed.filing.label) == ("已备案", "镇农经站 2024-01-15 备3号")
    assert integrity.verify(desk).ok


def test_an_approved_change_can_be_withdrawn_until_it_is_posted(desk: Book):
    charged_through_february(desk)
    change = approved(desk, "报废", date(2024, 2, 20))
    asset_changes.settle(desk, change.id, date(2024, 2, 21))
    asset_changes.withdraw(desk, change.id)
    assert len(drafts(desk, FEBRUARY)) == 1
    assert [line.before.card.code for line in asset_runs.plan(desk, MARCH).lines] == ["SW-0001", "ZC-0001"]
    again = approved(desk, "报废", date(2024, 2, 20))
    post_drafts(desk, FEBRUARY)
    with pytest.raises(NotAllowed, match="已经记账，不能撤销"):
        asset_changes.withdraw(desk, again.id)


def test_a_reversed_disposal_no_longer_counts_and_can_be_withdrawn(desk: Book):
    charged_through_february(desk)
    post_drafts(desk, JANUARY)
    change = approved(desk, "报废", date(2024, 2, 20))
    posted = post_drafts(desk, FEBRUARY)
    people.log_in(desk, "王会计")
    vouchers.reverse(desk, posted[1].id, date(2024, 2, 25))
    post_drafts(desk, FEBRUARY)
    assert asset_cards.tie(desk, FEBRUARY).causes == ()
    asset_changes.withdraw(desk, change.id)
    assert asset_cards.tie(desk, FEBRUARY).tied


def test_a_settlement_can_be_taken_back_and_is_made_once(desk: Book):
    charged_through_february(desk)
    change = approved(desk, "报废", date(2024, 2, 20))
    asset_changes.settle(desk, change.id, date(2024, 2, 21))
    with pytest.raises(NotAllowed, match="已经结转过了"):
        asset_changes.settle(desk, change.id, date(2024, 2, 21))
    asset_changes.unsettle(desk, change.id)
    with pytest.raises(BadInput, match="早于报废日期"):
        asset_changes.settle(desk, change.id, date(2024, 2, 1))
    assert len(drafts(desk, FEBRUARY)) == 2


def test_later_charges_forbid_going_back(desk: Book):
    charged_through_february(desk)
    with pytest.raises(NotAllowed, match="2024年2月已经计提折旧，不能再登记 2024年1月 的改扩建"):
        asset_changes.apply(desk, applied("改扩建", date(2024, 1, 5), card=truck(desk).id, original_fen=1))


def test_an_approved_change_cannot_be_rewritten_whoever_asks(desk: Book):
    charged_through_february(desk)
    approved(desk, "报废", date(2024, 2, 20))
    for statement in ("UPDATE asset_change SET original_fen = 0", "DELETE FROM asset_change"):
        with pytest.raises(Exception, match="不能"):
            desk.connection.execute(statement)


def test_a_card_in_use_keeps_its_figures_but_not_its_typing_errors(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    card = truck(desk)
    with pytest.raises(NotAllowed, match="请登记“改扩建”或“减值”"):
        asset_cards.change_card(desk, card._replace(original_fen=1))
    asset_cards.change_card(desk, card._replace(name="农用运输车"))
    assert truck(desk).name == "农用运输车"
    with pytest.raises(NotAllowed, match="不能删除"):
        asset_cards.delete_card(desk, card.id)
    asset_runs.undo(desk, JANUARY)
    asset_cards.delete_card(desk, card.id)
    assert integrity.verify(desk).ok
    with pytest.raises(Refusal, match="已经不在了"):
        asset_cards.change_card(desk, card)
