"""The fonts on the disk print every name a village writes."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from village_ledger.paths import RESOURCES

GENERAL = "".join((Path(__file__).parents[1] / "data" / "general_characters.txt").read_text("utf-8").split())


def in_code(name: str, high: range, low: range) -> set[str]:
    """The Chinese characters of a two-byte code."""
    decoded = (bytes([first, second]).decode(name, "ignore") for first in high for second in low)
    return {char for char in decoded if len(char) == 1 and "\u4e00" <= char <= "\u9fff"}


GBK = in_code("gbk", range(0x81, 0xFF), range(0x40, 0xFF))
GB2312 = in_code("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))


def characters(font: str) -> set[str]:
    with TTFont(RESOURCES / "fonts" / font) as file:
        return {chr(code) for code in file.getBestCmap()}


def test_the_lists_are_whole():
    assert len(set(GENERAL)) == 8105
    assert len(GBK) == 20902
    assert len(GB2312) == 6763


def test_the_font_others_fall_back_to_keeps_all_general_characters_and_gbk():
    assert set(GENERAL) | GBK <= characters("NotoSansSC-Regular.ttf")


@pytest.mark.parametrize("font", ["NotoSansSC-Bold.ttf", "NotoSerifSC-SemiBold.ttf"])
def test_titles_keep_all_general_characters_and_gb_2312(font):
    assert set(GENERAL) | GB2312 <= characters(font)
