"""Reception is told by accounts and words, and what only sounds like it is left alone."""

from datetime import date

import pytest

from tests.builders import a_chart
from village_ledger.domain.reception import falling_group, rising, zero_problems
from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.services.works_rules import shipped_reception

CHART = a_chart("51301招待费", "51302办公费", "51303差旅费", "51304公务用车费")
WATCHED = ("513", "514", "515", "511", "112", "113", "211")
RULES = shipped_reception()


def a_draft(account: str, summary: str, fen: int = 100_00, **more: object) -> Draft:
    lines = (DraftLine(summary, account, (), debit_fen=fen), DraftLine(summary, "101", (), credit_fen=fen))
    return Draft(date(2025, 11, 3), "记", lines)._replace(**more)


def is_reception(draft: Draft) -> bool:
    return bool(zero_problems(RULES, CHART, WATCHED, draft))


@pytest.mark.parametrize(
    "summary",
    [
        "付来客招待费",
        "付镇检查组餐费",
        "购香烟两条",
        "购烟酒一批",
        "付换届聚餐款",
        "付饭店就餐费",
        "购白酒 接待用",
        "付接待上级调研用餐",
        "购节日礼品",
    ],
)
def test_reception_in_the_summary_is_found(summary: str) -> None:
    assert is_reception(a_draft("51302", summary))


@pytest.mark.parametrize(
    "summary",
    [
        "付烟草种植技术培训费",
        "修烤烟房",
        "购酒精、口罩防疫物资",
        "付酒店会议场地费",
        "付植树节误餐及工具款",
        "付村民代表会议误工补贴",
        "维修接待室空调",
        "付信访接待室电费",
        "付餐厨垃圾清运费",
        "付老年餐补助",
        "购烟雾报警器",
        "清理烟囱",
        "付禁烟宣传牌",
        "购会议用品、茶水",
        "收酒厂租金退押金",
    ],
)
def test_what_only_sounds_like_reception_is_left_alone(summary: str) -> None:
    assert not is_reception(a_draft("51302", summary))


def test_an_innocent_phrase_does_not_hide_the_rest_of_the_summary() -> None:
    assert is_reception(a_draft("51302", "酒店会议期间购香烟"))


def test_an_account_named_for_it_needs_no_word() -> None:
    assert is_reception(a_draft("51301", "付费用"))


def test_reception_paid_through_an_advance_or_a_debt_is_found_too() -> None:
    assert is_reception(a_draft("211", "付农家乐餐费"))


def test_goods_for_sale_money_itself_and_reversals_are_not_reception() -> None:
    assert not is_reception(a_draft("511", "结转白酒销售成本"))
    assert not is_reception(a_draft("121", "购入白酒"))
    assert not is_reception(a_draft("51302", "付餐费", -100_00))
    assert not is_reception(a_draft("51302", "付餐费", reverses=7))


def test_where_reception_is_allowed_nothing_is_blocked() -> None:
    allowed = shipped_reception("allowed")
    assert zero_problems(allowed, CHART, WATCHED, a_draft("51301", "付招待费")) == ()


def test_the_problem_names_the_line_the_word_and_the_rule() -> None:
    (problem,) = zero_problems(RULES, CHART, WATCHED, a_draft("51302", "付检查组餐费"))
    assert (problem.code, problem.line, problem.blocking) == ("reception", 0, True)
    assert problem.message.startswith("第 1 行像是招待支出（“餐费”），实行零招待，不能列支（默认规则")


def test_travel_and_vehicles_are_told_by_the_names_of_their_accounts() -> None:
    groups = [falling_group(RULES, CHART, code) for code in ("51301", "51302", "51303", "51304", "999")]
    assert groups == ["招待费", "", "差旅费", "车辆费", ""]


def test_a_group_above_last_years_same_months_is_warned_of_with_the_figures() -> None:
    now, before = {"差旅费": 900_00, "车辆费": 100_00}, {"差旅费": 800_00, "车辆费": 300_00}
    assert rising(2025, now, before) == ("差旅费只减不增：2025年至今 900.00，去年同期 800.00，多 100.00",)
    assert rising(2025, now, before, {"车辆费": 150_00}) == ()
    assert rising(2025, now, before, {"车辆费": 250_00}) == (
        "车辆费只减不增：2025年至今 350.00，去年同期 300.00，多 50.00",
    )
