from datetime import date

from tests.rules.desk_b import a_case, hits, subjects
from village_ledger.rules.notice_late import RULE


def case_of(**cells):
    row = {
        "edition": "月度",
        "from": "2025-05",
        "to": "2025-05",
        "version": 1,
        "made": date(2025, 6, 10),
        "signed": date(2025, 6, 11),
        "posted": date(2025, 6, 12),
        "until": date(2025, 6, 19),
        "taken_down": date(2025, 6, 19),
        "objections": 0,
        "answered": 0,
        "late_days": 0,
    }
    return a_case(notice_register=[row | cells])


def test_everything_amiss_with_a_notice_is_one_hit():
    case = case_of(late_days=6, signed=None, taken_down=date(2025, 6, 18), objections=2, answered=1)
    (hit,) = hits(RULE, case)
    assert hit.text == (
        "公开榜（月度 2025-05 第1版）晚了 6 天；没有村监会签字就张榜；"
        "应公开到 2025-06-19，2025-06-18 就撤了；群众质询 2 条，还有 1 条没有答复"
    )


def test_a_notice_never_put_up_is_a_hit():
    case = case_of(posted=None, signed=None, until=None, taken_down=None, late_days=30)
    assert hits(RULE, case)[0].text.endswith("还没有张榜，已晚 30 天")


def test_in_time_signed_hung_and_answered_is_left_alone():
    assert subjects(RULE, case_of()) == []
    assert subjects(RULE, case_of(late_days=5)) == []
    assert subjects(RULE, case_of(objections=1, answered=1)) == []
    assert subjects(RULE, case_of(objections=1, made=date(2025, 12, 21))) == []
