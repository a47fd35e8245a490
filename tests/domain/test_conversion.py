"""Every old account either has one place to go, asks, or must be nil; the result ties and says what was done."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import an_account, an_item, an_opening
from village_ledger.domain.account import Chart
from village_ledger.domain.conversion import Converted, Question, Share, whole
from village_ledger.domain.errors import BadInput
from village_ledger.domain.view import Opening
from village_ledger.services.catalog import chart_definition
from village_ledger.services.conversion import conversion_questions, conversion_rules, convert_openings

OLD, NEW = chart_definition("rural-2004"), chart_definition("rural-2023")
ONE_TO_ONE = {rule.old: rule.new for rule in conversion_rules() if rule.new}


def converted(*openings: Opening, answers: dict[str, tuple[Share, ...]] | None = None) -> Converted:
    """`answers` by old account code."""
    asked = conversion_questions(openings)
    found = {q.position: (answers or {})[q.opening.account] for q in asked if q.opening.account in (answers or {})}
    return convert_openings(openings, found)


def balances(result: Converted) -> dict[str, int]:
    return {opening.account: opening.balance_fen for opening in result.openings}


def problem_codes(refusal: BadInput) -> list[str]:
    return [problem.code for problem in refusal.problems]


def test_every_account_of_2004_has_a_rule_and_every_target_exists_in_2023() -> None:
    rules = conversion_rules()
    new = {account.code for account in NEW.accounts}
    assert {account.code[:3] for account in OLD.accounts} <= {rule.old for rule in rules}
    for rule in rules:
        assert [bool(rule.new), bool(rule.ask), bool(rule.nil)].count(True) == 1
        assert {code for code in (rule.new, *(choice.code for choice in rule.choices)) if code} <= new


def test_projects_under_way_and_disposals_swap_their_codes() -> None:
    assert balances(converted(an_opening("153", 300), an_opening("154", 200), an_opening("301", -500))) == {
        "154": 300,
        "153": 200,
        "301": -500,
    }


def test_payables_and_wages_change_their_codes_once_the_accountant_has_said_which_part_is_what() -> None:
    openings = (an_opening("101", 700), an_opening("202", -400, "农资店"), an_opening("211", -300))
    answers = {"202": (Share("211", -400),), "211": (Share("212", -100), Share("213", -200))}
    result = converted(*openings, answers=answers)
    assert balances(result) == {"101": 700, "211": -400, "212": -100, "213": -200}
    assert result.openings[1].items == (an_item("农资店"),)


def test_an_account_that_splits_asks_and_is_refused_without_an_answer() -> None:
    openings = (an_opening("132", 600), an_opening("301", -600))
    (question,) = conversion_questions(openings)
    assert [choice.code for choice in question.choices] == ["132", "133", "131", "134"]
    with pytest.raises(BadInput) as refusal:
        convert_openings(openings, {})
    assert problem_codes(refusal.value) == ["unanswered"]


def test_accumulated_depreciation_can_be_restored_while_splitting() -> None:
    answers = {"132": (Share("132", 66_000), Share("133", -5_500), Share("134", 12_000))}
    result = converted(an_opening("132", 72_500), an_opening("301", -72_500), answers=answers)
    assert balances(result) == {"132": 66_000, "133": -5_500, "134": 12_000, "301": -72_500}


def test_shares_that_do_not_add_up_are_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        converted(an_opening("401", 500), an_opening("301", -500), answers={"401": (Share("401", 400),)})
    assert problem_codes(refusal.value) == ["split-differs"]
    assert "4.00" in str(refusal.value)
    assert "5.00" in str(refusal.value)


def test_only_the_offered_accounts_may_be_chosen() -> None:
    with pytest.raises(BadInput) as refusal:
        converted(an_opening("212", -500), an_opening("101", 500), answers={"212": (Share("501", -500),)})
    assert problem_codes(refusal.value) == ["not-a-choice"]


def test_an_account_the_rules_do_not_know_asks_for_any_account() -> None:
    openings = (an_opening("191", 500), an_opening("301", -500))
    old = Chart([*OLD.accounts, an_account("191待摊费用", "资产", "debit")])
    (question,) = conversion_questions(openings, old)
    assert question.choices == ()
    result = convert_openings(openings, {question.position: whole(question, "171")}, old)
    assert balances(result) == {"171": 500, "301": -500}


def test_profit_must_be_settled_in_the_old_books_first() -> None:
    openings = (an_opening("321", -100), an_opening("32201", 40), an_opening("501", -10), an_opening("101", 70))
    with pytest.raises(BadInput) as refusal:
        convert_openings(openings, {})
    assert problem_codes(refusal.value) == ["not-nil"] * 3


def test_undistributed_profit_goes_to_the_detail_of_the_same_name() -> None:
    moved = [a._replace(code="32205") if a.name == "未分配收益" else a for a in NEW.accounts]
    openings = (an_opening("32202", -100), an_opening("101", 100))
    assert balances(convert_openings(openings, {}, None, Chart(moved))) == {"101": 100, "32205": -100}


def test_openings_that_do_not_tie_are_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        converted(an_opening("101", 100))
    assert problem_codes(refusal.value) == ["untied"]


def test_detail_accounts_are_carried_over_under_their_parents_new_code() -> None:
    old = Chart(
        [*OLD.accounts, an_account("15401村部大楼", "资产", "debit"), an_account("1540102装修", "资产", "debit")]
    )
    result = convert_openings((an_opening("1540102", 900), an_opening("301", -900)), {}, old)
    assert balances(result) == {"1530102": 900, "301": -900}
    assert [(account.code, account.name) for account in result.accounts] == [
        ("15301", "村部大楼"),
        ("1530102", "装修"),
    ]
    assert not any(account.official for account in result.accounts)


def test_a_detail_whose_code_is_taken_gets_the_next_free_one() -> None:
    old = Chart([*OLD.accounts, an_account("10201信用社", "资产", "debit")])
    new = Chart([*NEW.accounts, an_account("10201农商行", "资产", "debit")])
    result = convert_openings((an_opening("10201", 900), an_opening("301", -900)), {}, old, new)
    assert balances(result) == {"10202": 900, "301": -900}


def test_a_detail_account_per_household_becomes_the_household() -> None:
    old = Chart([*OLD.accounts, an_account("11301张三", "资产", "both")])
    result = convert_openings((Opening("11301", (), 800), an_opening("301", -800)), {}, old)
    assert result.openings[0] == Opening("113", (an_item("张三"),), 800)
    assert result.accounts == ()


def test_a_balance_without_the_household_it_needs_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        convert_openings((Opening("113", (), 800), an_opening("301", -800)), {})
    assert problem_codes(refusal.value) == ["dimension-missing"]


def test_a_balance_without_details_asks_which_detail_of_the_new_account_takes_it() -> None:
    new = Chart([*NEW.accounts, an_account("15101房屋", "资产", "debit")])
    openings = (an_opening("151", 800), an_opening("301", -800))
    with pytest.raises(BadInput) as refusal:
        convert_openings(openings, {}, None, new)
    assert problem_codes(refusal.value) == ["unanswered"]
    (question,) = conversion_questions(openings, None, new)
    assert [choice.code for choice in question.choices] == ["15101"]
    result = convert_openings(openings, {question.position: whole(question, "15101")}, None, new)
    assert balances(result) == {"15101": 800, "301": -800}


def test_a_choice_with_details_in_the_new_book_is_answered_by_one_of_them() -> None:
    new = Chart([*NEW.accounts, an_account("31101提取", "所有者权益", "credit")])
    openings = (an_opening("101", 500), an_opening("212", -500))
    (question,) = conversion_questions(openings, None, new)
    result = convert_openings(openings, {question.position: whole(question, "31101")}, None, new)
    assert balances(result) == {"101": 500, "31101": -500}
    with pytest.raises(BadInput) as refusal:
        convert_openings(openings, {question.position: whole(question, "311")}, None, new)
    assert problem_codes(refusal.value) == ["not-a-choice"]


def test_every_step_is_listed_with_its_grounds() -> None:
    result = converted(an_opening("154", 200), an_opening("401", -200), answers={"401": (Share("131", -200),)})
    assert [(step.old, step.new, step.fen, step.reason) for step in result.steps] == [
        ("154", "153", 200, "编码已核对；在建工程：编码由 154 改为 153"),
        ("401", "131", -200, "由会计人员指定：在田未收获的作物、未出栏的育肥畜"),
    ]


@given(
    st.dictionaries(st.sampled_from(sorted(set(ONE_TO_ONE) - {"112", "113", "231", "322"})), st.integers(-9999, 9999))
)
def test_whatever_is_converted_ties(amounts: dict[str, int]) -> None:
    openings = tuple(an_opening(code, fen) for code, fen in amounts.items() if code not in ("241", "161", "171"))
    rest = sum(opening.balance_fen for opening in openings)
    result = converted(*openings, an_opening("32202", -rest))
    assert result.debit_fen == result.credit_fen
    assert sum(opening.balance_fen for opening in result.openings) == 0


def test_a_question_about_a_whole_balance_can_be_answered_in_one_step() -> None:
    question = Question(0, an_opening("401", 500), "401", "", (), "")
    assert whole(question, "131") == (Share("131", 500),)
