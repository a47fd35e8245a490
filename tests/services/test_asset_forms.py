"""The printed card and the form a change goes through."""

from datetime import date

from tests.services.asset_desk import APPROVAL, FEBRUARY, JANUARY, applied, desk, truck
from village_ledger.reports.model import Report
from village_ledger.services import asset_changes, asset_forms, asset_runs
from village_ledger.services.book import Book

__all__ = ["desk"]


def pairs(form: Report) -> dict[object, object]:
    found = {}
    for row in form.rows:
        found[row.cells[0]] = row.cells[1]
        found[row.cells[2]] = row.cells[3]
    return found


def test_the_form_of_a_disposal_shows_the_asset_before_it_and_the_whole_procedure(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    asset_runs.depreciate(desk, FEBRUARY)
    change = asset_changes.apply(desk, applied("报废", date(2024, 2, 20), card=truck(desk).id, quantity=-1000))
    before = pairs(asset_forms.change_sheet(desk, change.id))
    assert (before["数量"], before["变动数量"], before["状态"], before["审批"]) == ("2 辆", "1 辆", "申请中", "")
    asset_changes.approve(desk, change.id, APPROVAL, decision="成员代表会议1号")
    form = asset_forms.change_sheet(desk, change.id)
    after = pairs(form)
    assert form.title == "资产报废申报审批表"
    assert (after["账面原值"], after["累计折旧"], after["净值"]) == ("50,000.00", "5,600.00", "44,400.00")
    assert (after["净值增减"], after["大写"]) == ("-22,200.00", "贰万贰仟贰佰元整")
    assert (after["申请"], after["申请文号"]) == ("王会计　2024-02-20", "申〔2024〕1号")
    assert (after["审批"], after["审批文号"], after["决议文号"]) == (
        "陈主任　2024-02-19",
        "批〔2024〕1号",
        "成员代表会议1号",
    )
    assert after["凭证状态"] == "待记账"


def test_the_card_shows_what_the_asset_stands_at(desk: Book):
    asset_runs.depreciate(desk, JANUARY)
    card = pairs(asset_forms.card_sheet(desk, truck(desk).id, JANUARY))
    assert (card["原值"], card["累计折旧"], card["净值"]) == ("50,000.00", "5,200.00", "44,800.00")
    assert (card["月折旧额"], card["剩余月数"], card["累计折旧科目"]) == ("400.00", "107", "152 累计折旧")
