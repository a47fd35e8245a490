"""收支明细表 by hand."""

from tests.builders import a_chart, a_ledger, a_voucher
from tests.reports.forms import FORMS, ROLES
from tests.reports.reading import assert_well_formed, find, table
from village_ledger.domain.period import Period
from village_ledger.reports import income_expense
from village_ledger.reports.model import Report, Target
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-02-02", ("101", 80_00), ("50101", -80_00)),
        a_voucher(1, "2025-03-02", ("5130101", 9_00), ("51302", 6_00), ("101", -15_00)),
        a_voucher(2, "2025-03-31", ("321", 15_00), ("5130101", -9_00), ("51302", -6_00), kind="carry"),
    ],
    chart=a_chart("50101发包收入", "51301办公费", "5130101纸张", "51302差旅费"),
)
MARCH = Query(Period(2025, 3), Period(2025, 3))


def _of(query: Query) -> Report:
    report = income_expense.build(LEDGER, query, FORMS.income_expense, ROLES)
    assert_well_formed(report)
    return report


def test_details_stand_below_their_account_with_the_year_to_date_beside() -> None:
    shown = [row for row in table(_of(MARCH), "name", "period", "ytd", "code") if row[2]]
    assert shown == [
        ("经营收入", 0, 80_00, "501"),
        ("发包收入", 0, 80_00, "50101"),
        ("收入合计", 0, 80_00, ""),
        ("管理费用", 15_00, 15_00, "513"),
        ("办公费", 9_00, 9_00, "51301"),
        ("纸张", 9_00, 9_00, "5130101"),
        ("差旅费", 6_00, 6_00, "51302"),
        ("支出合计", 15_00, 15_00, ""),
        ("三、净收益", -15_00, 65_00, ""),
    ]


def test_details_can_be_left_out_and_lead_to_their_ledgers() -> None:
    assert "办公费" not in [row[0] for row in table(_of(MARCH._replace(level=1)), "name")]
    row = next(row for row in _of(MARCH).rows if row.cells[0] == "办公费")
    assert (row.level, row.target) == (2, Target("ledger", ("51301",)))


def test_accounts_without_a_figure_keep_their_numbered_line() -> None:
    assert find(_of(MARCH), line=11) == {"name": "所得税费用", "line": 11, "period": 0, "ytd": 0, "code": "521"}
