"""What a declared relation must say, and from when to when it holds."""

from datetime import date

import pytest

from village_ledger.domain.related_person import RelatedPerson, check_related, related_detail, tidied

DAY = date(2025, 1, 1)
WIFE = RelatedPerson("石建国", "理事长", "配偶", "李秀珍", DAY, "19900000003", "6299000000000000003")


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, []),
        ({"phone": "", "card": ""}, []),
        ({"phone": "0571-8800 1234"}, []),
        ({"phone": "12345"}, ["phone"]),
        ({"card": "6299"}, ["card"]),
        ({"officer": " "}, ["officer"]),
        ({"post": ""}, ["post"]),
        ({"name": ""}, ["name"]),
        ({"relation": "同学"}, ["relation"]),
        ({"relation": "本人"}, ["name"]),
        ({"relation": "本人", "name": "石建国"}, []),
        ({"name": "石建国"}, ["name"]),
        ({"until": date(2024, 12, 31)}, ["until"]),
        ({"until": DAY}, []),
        ({"address": "长" * 201}, ["note"]),
    ],
)
def test_each_thing_wrong_is_named_at_its_field(more: dict[str, object], fields: list[str]) -> None:
    assert [problem.field for problem in check_related(tidied(WIFE._replace(**more)))] == fields


def test_a_relation_holds_from_its_first_to_its_last_day() -> None:
    ended = WIFE._replace(until=date(2025, 3, 31))
    assert not ended.holds_on(date(2024, 12, 31))
    assert ended.holds_on(DAY)
    assert ended.holds_on(date(2025, 3, 31))
    assert not ended.holds_on(date(2025, 4, 1))
    assert WIFE.holds_on(date(2035, 1, 1))
    assert not WIFE._replace(struck="登错").holds_on(DAY)


def test_the_log_never_holds_a_number() -> None:
    detail = related_detail(WIFE._replace(uid="a1"))
    assert (detail["phone"], detail["card"]) == ("*******0003", "***************0003")
    assert "19900000003" not in str(detail)
    assert detail["numbers"] != related_detail(WIFE._replace(uid="a1", phone="19900000013"))["numbers"]
