from tests.rules.desk_b import a_case, an_act, hits, subjects
from village_ledger.rules.reopened_after_hand_over import RULE

HANDED = an_act("hand-over", "2025-05", {}, at="2025-06-05T01:00:00Z")


def reopened(month, *, handed_over=False, at="2025-06-09T20:00:00Z"):
    return an_act("reopen", month, {"reason": "漏记一笔", "handed_over": handed_over}, at=at)


def test_a_month_opened_again_after_it_was_handed_over_is_a_hit():
    (hit,) = hits(RULE, a_case(acts=[reopened("2025-05"), HANDED]))
    assert (
        hit.text == "2025-05 已经报送乡镇，2025-06-10 周敏又反结账，原因：漏记一笔"
    )  # 20:00 UTC is the next day in China
    assert subjects(RULE, a_case(acts=[reopened("2025-04", handed_over=True)])) == [
        "反结账 2025-04 2025-06-09T20:00:00Z"
    ]


def test_a_month_not_handed_over_yet_is_left_alone():
    assert subjects(RULE, a_case(acts=[reopened("2025-05", at="2025-06-02T08:00:00Z"), HANDED])) == []
    assert subjects(RULE, a_case(acts=[reopened("2025-06"), HANDED])) == []
