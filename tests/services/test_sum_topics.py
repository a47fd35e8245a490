"""What a village's month is boiled down to, from registers and ledgers written by hand."""

from datetime import date

from tests.builders import a_ledger, a_line, a_voucher, an_opening
from village_ledger.domain.period import Period
from village_ledger.reports.ageing import Entry
from village_ledger.services.township.debt_topics import dealings, debts
from village_ledger.services.township.register_topics import assets, contracts, control, resources
from village_ledger.services.township.topics import accounts

JANUARY, MARCH = Period(2025, 1), Period(2025, 3)
TOPS = ("112", "113", "211")


def card(code: str, category: str, net: int, status: str = "在用", operating: str = "经营性") -> dict:
    return {
        "code": code, "class": category, "original": net + 10, "accumulated": 10, "net": net,
        "status": status, "operating": operating,
    }  # fmt: skip


def test_assets_are_told_by_kind_and_class_without_the_subtotals_of_the_register():
    rows = {
        "fixed-asset-register": (card("1", "房屋", 100), card("2", "房屋", 50, "闲置", "非经营性"), card("", "", 150)),
        "intangible-asset-register": (card("3", "软件", 7),),
    }
    found = assets(rows)
    assert found["固定资产|房屋|count"] == 2
    assert found["固定资产|房屋|net"] == 150
    assert found["固定资产|房屋|idle_net"] == 50
    assert found["固定资产|房屋|operating_net"] == 100
    assert found["无形资产|软件|original"] == 17


def test_land_without_a_code_is_a_total():
    row = {"code": "G1", "class": "耕地", "area_mu_x100": 1000, "contracted_x100": 400, "idle_x100": 600}
    assert resources({"resource-register": (row, {**row, "code": ""})}) == {
        "耕地|count": 1, "耕地|area": 1000, "耕地|contracted": 400, "耕地|idle": 600,
    }  # fmt: skip


def test_contracts_that_are_over_do_not_count():
    base = {
        "contract": "H1", "direction": "收", "annual": 100, "total": 500, "deposit": 20, "area_mu_x100": 300,
        "state": "履行中",
    }  # fmt: skip
    rows = {
        "contract-register": (
            base,
            {**base, "state": "到期未收回"},
            {**base, "state": "已终止"},
            {**base, "direction": "付", "state": "即将到期"},
        ),
        "contract-arrears": ({"contract": "H1", "arrears": 30}, {"contract": "", "arrears": 30}),
        "rent-collection": ({"contract": "H1", "due": 40, "waived": 0, "received": 15},),
    }
    found = contracts(rows)
    assert (found["收|count"], found["收|annual"], found["收|expired"], found["付|expiring"]) == (2, 200, 1, 1)
    assert (found["收|overdue"], found["收|arrears"], found["收|due"], found["收|received"]) == (1, 30, 40, 15)


def test_control_counts_requests_exceptions_decisions_notices_and_white_slips_of_the_month():
    rows = {
        "request-register": (
            {"number": "1", "amount": 50, "day": date(2025, 3, 31)},
            {"number": "2", "amount": 50, "day": date(2025, 2, 28)},
            {"number": "", "amount": 50, "day": date(2025, 3, 1)},
        ),
        "exceptions": ({"voucher": "a", "amount": 5, "settled": None}, {"voucher": "b", "amount": 6, "settled": "x"}),
        "decision-register": (
            {"number": "1", "valid": True, "day": date(2025, 3, 1)},
            {"number": "2", "valid": False, "day": date(2025, 3, 2)},
            {"number": "3", "valid": False, "day": date(2025, 1, 2)},
        ),
        "notice-register": (
            {
                "edition": "month",
                "made": date(2025, 3, 5),
                "posted": "x",
                "late_days": 3,
                "objections": 2,
                "answered": 1,
            },
            {
                "edition": "month",
                "made": date(2025, 3, 5),
                "posted": None,
                "late_days": None,
                "objections": 0,
                "answered": 0,
            },
        ),
        "document-register": (
            {"kind": "白条", "amount": 9, "void": False},
            {"kind": "白条", "amount": 9, "void": True},
            {"kind": "税务发票", "amount": 1, "void": False},
        ),
    }
    found = control(rows, MARCH)
    assert (found["requests"], found["requests_fen"]) == (1, 50)
    assert (found["exceptions"], found["exceptions_fen"], found["unsettled"]) == (2, 11, 1)
    assert (found["decisions"], found["decisions_invalid"]) == (2, 1)
    assert (found["notices"], found["notices_late"], found["objections"], found["answered"]) == (1, 1, 2, 1)
    assert (found["documents"], found["white_slips"], found["white_slips_fen"]) == (2, 1, 9)


def test_accounts_are_told_at_the_first_level():
    ledger = a_ledger([a_voucher(1, "2025-01-05", ("101", 80_00), ("501", -80_00))], [an_opening("101", 10_00)])
    assert accounts(ledger.balances(JANUARY, JANUARY)) == {
        "101|opening": 10_00, "101|debit": 80_00, "101|credit": 0, "101|year_debit": 80_00, "101|year_credit": 0,
        "501|opening": 0, "501|debit": 0, "501|credit": 80_00, "501|year_debit": 0, "501|year_credit": 80_00,
    }  # fmt: skip


def test_debts_carry_the_age_of_what_earlier_years_left():
    # 丙 owed 50.00 on 1 January; the desk knows that 20.00 of it came in 2024-02 and 30.00 in 2024-11, 5.00 in March
    ledger = a_ledger(
        [a_voucher(1, "2025-03-05", ("113", 5_00, "丙"), ("101", -5_00))], [an_opening("113", 50_00, "丙")]
    )
    earlier = {("113", "往来户/丙"): (Entry(Period(2024, 2), 20_00, 0), Entry(Period(2024, 11), 30_00, 0))}
    found = {key: fen for key, fen in debts(ledger, MARCH, TOPS, earlier).items() if fen}
    assert found == {"113|借|months_3": 5_00, "113|借|months_6": 30_00, "113|借|years_2": 20_00}


def test_what_nobody_knows_the_age_of_counts_from_before_the_first_month():
    ledger = a_ledger((), [an_opening("211", -9_00, "丁")])
    found = {key: fen for key, fen in debts(ledger, MARCH, TOPS, {}).items() if fen}
    assert found == {"211|贷|months_6": 9_00}


def test_dealings_tell_what_stands_with_each_counterparty_and_what_income_went_through_it():
    ledger = a_ledger(
        [
            a_voucher(1, "2025-01-05", a_line("112", 60_00, "乙村"), a_line("101", 40_00), a_line("501", -100_00)),
            a_voucher(2, "2025-03-05", a_line("211", -30_00, "乙村"), a_line("511", 30_00)),
        ],
        [an_opening("112", 7_00, "乙村")],
    )
    found = {key: fen for key, fen in dealings(ledger, MARCH, ledger.balances(JANUARY, MARCH)).items() if fen}
    code = "往来户/乙村"
    assert found == {
        f"{code}|112|借": 67_00,
        f"{code}|112|借@opening": 7_00,
        f"{code}|211|贷": 30_00,
        f"{code}|501|损益": 60_00,  # the 40.00 paid in cash at once passed no account of the counterparty
        f"{code}|511|损益": -30_00,
        f"{code}|511|损益@month": -30_00,
    }


def test_a_voucher_of_two_counterparties_tells_of_neither():
    ledger = a_ledger(
        [a_voucher(1, "2025-01-05", a_line("112", 60_00, "乙"), a_line("112", 40_00, "丙"), a_line("501", -100_00))]
    )
    found = dealings(ledger, JANUARY, ledger.balances(JANUARY, JANUARY))
    assert not [key for key in found if "损益" in key]
