"""凭证序时簿 by hand."""

from tests.builders import a_chart, a_ledger, a_voucher, an_item
from tests.reports.reading import assert_well_formed, table
from village_ledger.domain.period import Period
from village_ledger.reports import voucher_list
from village_ledger.reports.model import Target
from village_ledger.reports.query import Query

LEDGER = a_ledger(
    [
        a_voucher(
            1, "2025-06-02", ("10201", 72_00), ("113", 8_00, "王五"), ("501", -80_00), summary="发包", attachments=4
        ),
        a_voucher(2, "2025-06-03", ("101", 5_00), ("10201", -5_00), summary="提现"),
    ],
    chart=a_chart("10201农商行"),
)
JUNE = Query(Period(2025, 6), Period(2025, 6))


def test_every_line_is_listed_under_its_voucher() -> None:
    report = voucher_list.build(LEDGER, JUNE)
    assert_well_formed(report)
    assert table(report, "voucher", "attachments", "account", "account_name", "items", "debit", "credit") == [
        ("记-1", 4, "10201", "银行存款-农商行", "", 72_00, 0),
        ("记-1", None, "113", "内部往来", "王五", 8_00, 0),
        ("记-1", None, "501", "经营收入", "", 0, 80_00),
        ("记-2", 1, "101", "库存现金", "", 5_00, 0),
        ("记-2", None, "10201", "银行存款-农商行", "", 0, 5_00),
        ("", None, "", "", "", 85_00, 85_00),
    ]
    first = LEDGER.vouchers(*JUNE[:2])[0]
    assert report.rows[0].target == Target("voucher", (), "", first.id)
    assert table(report, "maker", "reviewer", "poster", "uid")[0] == ("王会计", "李审核", "王会计", first.uid)


def test_the_list_can_be_narrowed_to_an_account_or_a_household() -> None:
    bank = voucher_list.build(LEDGER, JUNE._replace(account="102"))
    assert table(bank, "debit", "credit") == [(72_00, 0), (0, 5_00), (72_00, 5_00)]
    household = voucher_list.build(LEDGER, JUNE._replace(item=an_item("王五")))
    assert table(household, "debit", "credit") == [(8_00, 0), (8_00, 0)]
