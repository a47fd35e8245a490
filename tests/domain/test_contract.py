"""What is wrong with a contract by itself, and what the law says about its term."""

from datetime import date

import pytest

from village_ledger.domain.account import Item
from village_ledger.domain.contract import Contract, Payment, Price, Step, check_contract
from village_ledger.domain.contract_terms import TermRule, term_warnings

GOOD = Contract(
    "HT-2025-01",
    "租赁",
    "1号门面",
    Item("往来户", "0001", "李记超市"),
    date(2025, 1, 1),
    date(2027, 12, 31),
    Price(steps=(Step(1, 9_600_00),), cycle=3),
    "112",
    "50102",
)
RULES = (
    TermRule(("租赁",), (), (), 0, 20, "不得超过二十年", "民法典第七百零五条"),
    TermRule(("承包",), ("林地",), ("家庭承包",), 30, 70, "三十年至七十年", "农村土地承包法第二十一条"),
)


def test_a_good_contract_has_no_problem():
    assert check_contract(GOOD) == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": " "}, "code"),
        ({"code": "HT 1"}, "code"),
        ({"subject": ""}, "subject"),
        ({"kind": "租"}, "kind"),
        ({"party": Item("往来户", "", "")}, "party"),
        ({"end": date(2024, 12, 31)}, "end"),
        ({"ended": date(2026, 1, 1)}, "ended_reason"),
        ({"ended": date(2028, 1, 1), "ended_reason": "退租"}, "ended"),
        ({"opening_fen": 1}, "tracked"),
        ({"deposit_fen": -1}, "deposit_fen"),
        ({"area_x100": -1}, "area_x100"),
        ({"price": Price()}, "steps"),
        ({"price": Price(steps=(Step(2, 1),))}, "steps"),
        ({"price": Price("递增", steps=(Step(1, 1), Step(4, 2), Step(4, 3)))}, "steps"),
        ({"price": Price(steps=(Step(1, 1), Step(2, 2)))}, "steps"),
        ({"price": Price("分成", steps=(Step(1, 0),))}, "share_bp"),
        ({"price": Price("分期")}, "payments"),
        ({"price": Price("分期", payments=(Payment(date(2025, 5, 1), 1), Payment(date(2025, 4, 1), 1)))}, "payments"),
        ({"price": Price(steps=(Step(1, 1),), cycle=5)}, "cycle"),
    ],
)
def test_each_mistake_is_named_at_its_field(change: dict[str, object], field: str):
    assert field in {problem.field for problem in check_contract(GOOD._replace(**change))}


def test_a_lease_of_more_than_twenty_years_is_warned_of_but_not_refused():
    twenty = GOOD._replace(end=date(2044, 12, 31))
    assert term_warnings(twenty, RULES) == ()
    (warning,) = term_warnings(twenty._replace(end=date(2045, 1, 1)), RULES)
    assert "20 年零 1 天" in warning.message
    assert "民法典第七百零五条" in warning.message
    assert not warning.blocking


def test_a_household_contract_of_forest_runs_thirty_to_seventy_years():
    forest = GOOD._replace(kind="承包", use="林地", award="家庭承包")
    assert [w.code for w in term_warnings(forest._replace(end=date(2044, 12, 31)), RULES)] == ["term-short"]
    assert term_warnings(forest._replace(end=date(2074, 12, 31)), RULES) == ()
    assert [w.code for w in term_warnings(forest._replace(end=date(2095, 12, 31)), RULES)] == ["term-long"]
    assert term_warnings(forest._replace(award="公开协商"), RULES) == ()
