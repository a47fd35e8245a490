"""数量金额式明细账 by hand: 20 bags at 150, 5 more at 160, 10 used at the average of 152."""

from tests.builders import a_chart, a_ledger, a_line, a_voucher, an_opening
from tests.reports.reading import assert_well_formed, dictionaries, table
from village_ledger.domain.period import Period
from village_ledger.reports import quantity_ledger
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-04-03", a_line("12101", 800_00, quantity=5000), ("101", -800_00)),
        a_voucher(2, "2025-05-06", ("511", 1520_00), a_line("12101", -1520_00, quantity=10000)),
    ],
    [an_opening("12101", 3000_00, quantity=20000), an_opening("301", -3000_00)],
    a_chart("12101化肥", units={"12101": "袋"}),
)


def test_quantities_prices_and_amounts_run_together() -> None:
    report = quantity_ledger.build(LEDGER, Query(Period(2025, 1), Period(2025, 12)))
    assert_well_formed(report)
    assert dictionaries(report)[0]["summary"] == "12101 库存物资-化肥（计量单位：袋）"
    stock = ("balance_quantity", "balance_price", "balance")
    assert table(report, "summary", "in_quantity", "in_price", "in_amount", *stock)[1:5] == [
        ("上年结转", None, None, None, 20000, 150_00, 3000_00),
        ("摘要", 5000, 160_00, 800_00, 25000, 152_00, 3800_00),
        ("本月合计", 5000, 160_00, 800_00, 25000, 152_00, 3800_00),
        ("本年累计", 5000, 160_00, 800_00, 25000, 152_00, 3800_00),
    ]
    assert table(report, "summary", "out_quantity", "out_price", "out_amount", *stock)[5:] == [
        ("摘要", 10000, 152_00, 1520_00, 15000, 152_00, 2280_00),
        ("本月合计", 10000, 152_00, 1520_00, 15000, 152_00, 2280_00),
        ("本年累计", 10000, 152_00, 1520_00, 15000, 152_00, 2280_00),
        ("结转下年", None, None, None, 15000, 152_00, 2280_00),
    ]


def test_a_later_month_cumulates_quantities_from_january() -> None:
    report = quantity_ledger.build(LEDGER, Query(Period(2025, 5), Period(2025, 5)))
    year = dictionaries(report)[-1]
    assert (year["in_quantity"], year["in_amount"], year["out_quantity"]) == (5000, 800_00, 10000)


def test_an_account_without_a_unit_has_no_such_ledger() -> None:
    assert quantity_ledger.build(LEDGER, Query(Period(2025, 1), Period(2025, 1), "101")).rows == ()
