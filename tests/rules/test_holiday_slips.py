"""Cash, meals and journeys on days off. 2025-10-01 to 10-08 were holidays, Saturday 10-11 was worked."""

from tests.rules.desk_a import CASH, TRAVEL, a_case, a_document, hits, paid
from village_ledger.rules.holiday_slips import RULE


def test_cash_on_a_holiday_and_a_journey_on_a_sunday_are_named():
    cash, journey = hits(
        RULE,
        a_case(
            paid(1, "2025-10-08", 300_00, by=CASH), paid(2, "2025-10-19", 96_00, account=TRAVEL, summary="赴县开会")
        ),
    )
    assert cash.text == "2025-10-08（节假日）的现金付款，付给（没有写明收款人） 300.00 元：购办公用品"
    assert journey.text == "2025-10-19（周末）的“差旅”单据，付给（没有写明收款人） 96.00 元：赴县开会"


def test_a_bill_for_a_meal_made_out_on_a_day_off_is_named():
    case = a_case(
        paid(1, "2025-10-13", 300_00, summary="付餐费"),
        document_register=[a_document("2025-10 记-1", 300_00, "2025-10-05")],
    )
    (hit,) = hits(RULE, case)
    assert ("节假日", "2025-10-05") in hit.evidence


def test_worked_saturdays_bank_transfers_and_work_that_cannot_wait_are_not():
    case = a_case(
        paid(1, "2025-10-11", 300_00, by=CASH),
        paid(2, "2025-10-12", 300_00),
        paid(3, "2025-10-12", 300_00, by=CASH, summary="付防汛抢险误工补贴"),
        document_register=[a_document("2025-10 记-1", 300_00, "2025-10-05")],
    )
    assert hits(RULE, case) == ()
