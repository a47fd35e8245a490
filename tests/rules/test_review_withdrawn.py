from tests.rules.desk_b import a_case, an_act, hits, subjects
from village_ledger.rules.review_withdrawn import RULE


def withdrawn(draft, hour=8):
    return an_act("unreview", f"2025-07 记 草稿{draft}", {"draft": draft}, at=f"2025-07-01T{hour:02d}:00:00Z")


def test_a_reviewed_draft_that_was_deleted_is_a_hit():
    gone = an_act("draft-delete", "1 张草稿", [[12, "2025-07", 500_00]], at="2025-07-02T08:00:00Z")
    (hit,) = hits(RULE, a_case(acts=[withdrawn(12), gone]))
    assert hit.text == "2025-07 记 草稿12 审核以后由周敏取消审核，又由周敏删除"
    proposed = an_act("draft-delete", "2025-07 草稿12", {"draft": 12}, at="2025-07-02T08:00:00Z")
    assert len(hits(RULE, a_case(acts=[withdrawn(12), proposed]))) == 1


def test_a_review_withdrawn_twice_is_a_hit():
    (hit,) = hits(RULE, a_case(acts=[withdrawn(12), withdrawn(12, 9)]))
    assert hit.text == "2025-07 记 草稿12 审核以后取消了 2 次审核，最后一次是周敏"


def test_once_withdrawn_and_drafts_deleted_before_review_are_left_alone():
    gone = an_act("draft-delete", "1 张草稿", [[13, "2025-07", 500_00]])
    assert subjects(RULE, a_case(acts=[withdrawn(12), gone])) == []
