"""Names of people and firms, amounts in sentences."""

import pytest

from village_ledger.rules.cells import day, fen, labels, serial, text
from village_ledger.rules.wording import is_person, named, plain, word_in, yuan

FIRMS = ("公司", "店", "队")


@pytest.mark.parametrize("name", ["张三", "石 建国", "欧阳建国"])
def test_two_to_four_chinese_signs_are_a_person(name):
    assert is_person(name, FIRMS)


@pytest.mark.parametrize("name", ["", "张", "宏达公司", "李记店", "张三等6人", "John", "石桥村股份经济合作社"])
def test_anything_else_is_not(name):
    assert not is_person(name, FIRMS)


def test_amounts_and_names_in_sentences():
    assert yuan(1_234_567) == "12,345.67 元"
    assert named("") == "（没有写明收款人）"
    assert plain(" 石建国 (会计)") == "石建国（会计）"
    assert word_in(("误工", "劳务"), "管理费用", "付劳务费") == "劳务"
    assert word_in((), "付劳务费") == ""


def test_empty_cells_are_read_whichever_way_they_are_written():
    for row in ({}, {"a": None}, {"a": ""}):
        assert (text(row, "a"), fen(row, "a"), day(row, "a")) == ("", 0, None)


def test_numbers_of_a_series_and_labels_are_read_as_far_as_they_are_some():
    assert serial({"number": "00012001"}, "number") == 12001
    assert [serial({"number": odd}, "number") for odd in ("", None, "A1", "9" * 41)] == [None] * 4
    assert labels([{"voucher": "2025-06 记-1"}, {}, {"voucher": ""}, {"voucher": "2025-06 记-1"}]) == ("2025-06 记-1",)
