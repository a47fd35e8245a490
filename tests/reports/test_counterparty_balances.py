"""往来余额表 by hand."""

from tests.builders import a_ledger, a_voucher, an_item, an_opening
from tests.reports.reading import assert_well_formed, table
from village_ledger.domain.period import Period
from village_ledger.reports import counterparty_balances
from village_ledger.reports.model import Target
from village_ledger.reports.query import Query

JUNE = Query(Period(2025, 6), Period(2025, 6))
LEDGER = a_ledger(
    [
        a_voucher(1, "2025-06-02", ("113", 80_00, "王五"), ("501", -80_00)),
        a_voucher(2, "2025-06-03", ("113", 10_00, "李四"), ("101", -10_00)),
        a_voucher(3, "2025-06-04", ("121", 40_00), ("211", -40_00, "农资店")),
    ],
    [an_opening("113", -25_00, "李四"), an_opening("301", 25_00)],
)
FIGURES = ("opening_debit", "opening_credit", "debit", "credit", "closing_debit", "closing_credit")


def test_each_household_stands_on_its_own_side_and_accounts_have_subtotals() -> None:
    report = counterparty_balances.build(LEDGER, JUNE)
    assert_well_formed(report)
    assert table(report, "account", "item", *FIGURES) == [
        ("113", "李四", 0, 25_00, 10_00, 0, 0, 15_00),
        ("113", "王五", 0, 0, 80_00, 0, 80_00, 0),
        ("113", "小计", 0, 25_00, 90_00, 0, 80_00, 15_00),
        ("211", "农资店", 0, 0, 0, 40_00, 0, 40_00),
        ("211", "小计", 0, 0, 0, 40_00, 0, 40_00),
        ("", "合计", 0, 25_00, 90_00, 40_00, 80_00, 55_00),
    ]
    assert report.rows[1].target == Target("ledger", ("113",), "往来户:王五")


def test_one_household_or_one_account_can_be_asked_for() -> None:
    one = counterparty_balances.build(LEDGER, JUNE._replace(item=an_item("王五")))
    assert [row[1] for row in table(one, "account", "item")] == ["王五", "小计", "合计"]
    other = counterparty_balances.build(LEDGER, JUNE._replace(account="211"))
    assert [row[1] for row in table(other, "account", "item")] == ["农资店", "小计", "合计"]


def test_projects_can_be_listed_instead_of_households() -> None:
    ledger = a_ledger([a_voucher(1, "2025-06-02", ("153", 90_00, "项目:村道"), ("102", -90_00))])
    report = counterparty_balances.build(ledger, JUNE._replace(account="153", dimension="项目"))
    assert table(report, "item", "closing_debit")[0] == ("村道", 90_00)
    assert report.columns[2].title == "项目"
    road = counterparty_balances.build(ledger, JUNE._replace(account="153", item=an_item("村道", "项目")))
    assert table(road, "item", "closing_debit")[0] == ("村道", 90_00)
