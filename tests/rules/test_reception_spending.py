"""Zero reception, by account and by word; a cap where a place allows it."""

import tomllib

from tests.rules.desk_a import GUESTS, OFFICE, a_case, hits, paid
from village_ledger.paths import RESOURCES
from village_ledger.rules.reception_spending import RULE
from village_ledger.services.township.flags import default_parameters

CASE = a_case(
    paid(1, "2025-06-02", 300_00, account=GUESTS, summary="付工作餐"),
    paid(2, "2025-06-03", 200_00, account=OFFICE, summary="购香烟两条"),
    paid(3, "2025-06-04", 100_00, account=OFFICE, summary="购消毒酒精"),
)


def test_reception_is_named_by_its_account_or_by_a_word():
    by_account, by_word = hits(RULE, CASE)
    assert by_account.text == "2025-06-02 付工作餐 300.00 元，像是招待支出（“招待费”），实行零招待的村不得列支"
    assert (by_word.vouchers, by_word.amount_fen) == (("2025-06 记-2",), 200_00)


def test_with_a_cap_only_more_than_it_is_named():
    assert hits(RULE, CASE, limit=500_00) == ()
    (hit,) = hits(RULE, CASE, limit=499_99)
    assert (hit.amount_fen, hit.vouchers) == (500_00, ("2025-06 记-1", "2025-06 记-2"))


def test_the_words_are_those_of_the_rule_for_reception():
    told = tomllib.loads((RESOURCES / "governance" / "reception.toml").read_text("utf-8"))
    held = {(one.rule, one.name): one.value for one in default_parameters()}
    for name in ("names", "words", "innocent", "skipped"):
        assert held[RULE.id, name] == tuple(told[name])
    assert held["falling-spending", "vehicles"] == tuple(told["falling"]["车辆费"])
    assert held["falling-spending", "travel"] == tuple(told["falling"]["差旅费"])
    assert held["falling-spending", "reception"] == tuple(told["falling"]["招待费"])
