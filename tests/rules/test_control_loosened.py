import pytest

from tests.rules.desk_b import a_case, an_act, hits, subjects
from village_ledger.rules.control_loosened import RULE


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"control": ["national", ""]}, "支出管控（原来 national，改为 无）"),
        ({"control_from": ["2025-03", "2025-10"]}, "支出管控起始月份（原来 2025-03，改为 2025-10）"),
        ({"single_person": ["0", "1"]}, "一人岗（原来 停用，改为 启用）"),
        ({"log_in": ["1", "0"]}, "登录密码（原来 启用，改为 停用）"),
    ],
)
def test_what_loosens_control_is_a_hit(change, told):
    (hit,) = hits(RULE, a_case(acts=[an_act("settings", "", change)]))
    assert hit.text == f"2025-07-01 周敏修改了{told}"


def test_a_new_table_of_tiers_is_a_hit():
    act = an_act("rules", "tiers 2025-08-01", {"topic": "tiers", "valid_from": "2025-08-01"})
    assert hits(RULE, a_case(acts=[act]))[0].text == "2025-07-01 周敏修改了审批权限（自 2025-08-01 起执行新的）"


@pytest.mark.parametrize(
    "change",
    [
        {"control": ["", "national"]},
        {"control_from": ["", "2025-10"]},
        {"control_from": ["2025-10", "2025-03"]},
        {"single_person": ["1", "0"]},
        {"log_in": ["0", "1"]},
        {"board": ["", "村委会公告栏"]},
    ],
)
def test_what_tightens_it_or_has_nothing_to_do_with_it_is_left_alone(change):
    assert subjects(RULE, a_case(acts=[an_act("settings", "", change)])) == []
