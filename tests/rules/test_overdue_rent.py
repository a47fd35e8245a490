from datetime import date

from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.overdue_rent import RULE


def owed(contract, days, arrears=1_920_00):
    return {
        "contract": contract,
        "party": "郑有才",
        "due": 1_920_00,
        "received": 1_920_00 - arrears,
        "arrears": arrears,
        "days": days,
        "subject": "三组机动地",
        "oldest": date(2024, 12, 31),
        "account": "113",
    }


def test_arrears_are_told_with_the_age_band_they_have_reached():
    case = a_case(contract_arrears=[owed("JD1", 365), owed("JD2", 364), owed("JD3", 90), owed("JD4", 30)])
    found = hits(RULE, case)
    assert [hit.amount_fen for hit in found] == [1_920_00] * 4
    assert [hit.text.rpartition("（")[2] for hit in found] == [
        "账龄 365 天以上）",
        "账龄 180 天以上）",
        "账龄 90 天以上）",
        "账龄 30 天以上）",
    ]
    assert found[0].text.startswith(
        "合同 JD1（三组机动地，郑有才）欠 1,920.00 元，最早的一笔 2024-12-31 到期，已逾期 365 天"
    )


def test_a_payment_a_day_younger_than_the_first_band_or_paid_is_left_alone():
    case = a_case(contract_arrears=[owed("JD1", 29), owed("JD2", 400, arrears=0)])
    assert subjects(RULE, case) == []
