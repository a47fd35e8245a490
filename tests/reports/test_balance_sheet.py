"""资产负债表 by hand; the acceptance year holds every line."""

from tests.builders import VILLAGE, a_ledger, a_voucher, an_opening
from tests.reports.forms import FORMS, ROLES
from tests.reports.reading import assert_well_formed, dictionaries, find
from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger
from village_ledger.reports import balance_sheet
from village_ledger.reports.model import Report, Target
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(1, "2025-02-02", ("113", 80_00, "王五"), ("501", -80_00)),
        a_voucher(2, "2025-02-03", ("101", 30_00), ("113", -30_00, "李四")),
        a_voucher(1, "2025-03-03", ("181", 4_00), ("121", -4_00)),
    ],
    [an_opening("121", 90_00), an_opening("301", -90_00)],
)


def _at(ledger: MemoryLedger, month: int) -> Report:
    report = balance_sheet.build(ledger, Query(Period(2025, month), Period(2025, month)), FORMS.balance_sheet, ROLES)
    assert_well_formed(report)
    return report


def test_the_two_sided_account_is_split_by_each_households_side() -> None:
    report = _at(LEDGER, 2)
    assert find(report, line=3)["closing"] == 80_00
    assert find(report, line=25)["closing"] == 30_00
    assert find(report, line=37)["closing"] == 80_00
    assert find(report, line=23)["closing"] == find(report, line=39)["closing"] == 200_00


def test_pending_losses_have_a_line_only_while_there_are_any() -> None:
    assert "待处理财产损溢" not in [row["name"] for row in dictionaries(_at(LEDGER, 2))]
    march = _at(LEDGER, 3)
    assert find(march, name="待处理财产损溢")["closing"] == 4_00
    assert find(march, line=23)["closing"] == find(march, line=39)["closing"]


def test_every_line_explains_itself_and_leads_to_its_accounts() -> None:
    report = _at(LEDGER, 2)
    row = next(row for row in report.rows if row.cells[1] == 3)
    assert row.explanation == "112 应收款 0.00 + 113 内部往来（借方余额明细合计） 80.00"
    assert row.target == Target("accounts", ("112", "113"))
    total = next(row for row in report.rows if row.cells[1] == 8 + 2)
    assert [span.sign for span in total.formula] == [1, -1]


def test_assets_stand_left_and_claims_right() -> None:
    report = _at(LEDGER, 2)
    assert report.rows[0].cells[0] == "流动资产："
    assert report.rows[report.halves - 1].cells[0] == "资产总计"
    assert report.rows[report.halves].cells[0] == "流动负债："
    assert [column.key for column in report.columns] == ["name", "line", "closing", "opening"]


def test_a_book_begun_in_mid_year_goes_back_to_january_for_its_opening_column() -> None:
    ledger = a_ledger(
        [a_voucher(1, "2025-07-03", ("101", 40_00), ("503", -40_00))],
        [
            an_opening("101", 90_00, year=(100_00, 30_00)),
            an_opening("301", -20_00),
            an_opening("503", -70_00, year=(30_00, 100_00)),
        ],
        entity=VILLAGE._replace(first_period=Period(2025, 7)),
    )
    report = _at(ledger, 7)
    assert (find(report, line=1)["closing"], find(report, line=1)["opening"]) == (130_00, 20_00)
    assert (find(report, line=39)["closing"], find(report, line=39)["opening"]) == (130_00, 20_00)
