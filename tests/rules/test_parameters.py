"""Setting a rule's parameters at a desk: what is refused, what is kept and logged."""

import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.services.township import flags
from village_ledger.services.township.desk import Desk, DeskSettings


@pytest.fixture
def desk(tmp_path):
    with Desk.create(tmp_path / "t.vld", DeskSettings("河口镇三资代管中心"), actor="张敏") as made:
        yield made


def held(desk, rule, name):
    return next(one for one in flags.parameters(desk) if (one.rule, one.name) == (rule, name))


def test_bounds_are_a_list_of_whole_numbers(desk):
    flags.set_parameter(desk, "split-payments", "bounds", (500_00, 2000_00), "本镇审批权限")
    assert held(desk, "split-payments", "bounds").value == (500_00, 2000_00)
    for wrong in ((), ("500",), (-1,), (True,), 500_00, (10**13,)):
        with pytest.raises(BadInput, match="一组不小于 0 的整数"):
            flags.set_parameter(desk, "split-payments", "bounds", wrong, "理由")


def test_words_and_numbers_keep_their_kind(desk):
    flags.set_parameter(desk, "large-cash", "limit", 500_00, "本镇从严")
    assert held(desk, "large-cash", "limit").value == 500_00
    for name, wrong in (
        ("limit", "500"),
        ("limit", True),
        ("limit", -1),
        ("allowed", ("", "工资")),
        ("allowed", "工资"),
    ):
        with pytest.raises(BadInput):
            flags.set_parameter(desk, "large-cash", name, wrong, "理由")


def test_none_returns_to_the_programs_own(desk):
    flags.set_parameter(desk, "large-cash", "limit", 500_00, "本镇从严")
    flags.set_parameter(desk, "large-cash", "limit", None, "按全国")
    assert (held(desk, "large-cash", "limit").value, held(desk, "large-cash", "limit").own) == (1000_00, False)


def test_a_label_that_is_no_vouchers_has_no_month():
    assert flags.month_of("2025-06 记-5") == Period(2025, 6)
    assert flags.month_of("没有凭证") is None
    assert flags.month_of("") is None
