from io import BytesIO

import pytest

from village_ledger.exports.fonts import Pen, face, fit, new_canvas


@pytest.mark.parametrize("style", ["regular", "bold", "title"])
def test_every_style_prints_rare_characters_from_some_font(style):
    for char in "𠅤𬭩𫟹㙍仉鼒①→√㎡￥ABC123":
        assert face(style).runs(char) != [("sans", "〓")]


def test_text_is_split_only_where_the_font_changes():
    assert face("title").runs("石桥村") == [("serif", "石桥村")]
    assert face("title").runs("石㐀村") == [("serif", "石"), ("sans", "㐀"), ("serif", "村")]


def test_a_character_no_font_has_becomes_the_missing_type_mark():
    assert face("regular").runs("甲😀") == [("sans", "甲〓")]
    assert face("regular").width("😀", 10) == 10


def test_digits_are_all_of_one_width():
    for style in ("regular", "bold"):
        assert len({face(style).width(digit, 10) for digit in "0123456789"}) == 1


def test_text_that_fits_keeps_its_size():
    assert fit("石桥村", face("regular"), 10, 30) == (10, ("石桥村",))


def test_text_slightly_too_long_is_shrunk_onto_one_line():
    size, lines = fit("石桥村水库", face("regular"), 10, 45)
    assert lines == ("石桥村水库",)
    assert size == pytest.approx(9)


def test_longer_text_is_wrapped_and_nothing_is_lost():
    text = "收石桥村第三村民小组二〇二五年度水库承包费及滞纳金" * 3
    size, lines = fit(text, face("regular"), 10, 100)
    assert "".join(lines) == text
    assert all(face("regular").width(line, size) <= 100 for line in lines)


def test_a_column_narrower_than_a_character_still_prints_it():
    assert face("regular").wrap("甲乙", 10, 3) == ("甲", "乙")


def test_no_line_begins_with_a_closing_mark():
    assert face("regular").wrap("收土地发包款（甲）乙", 10, 80) == ("收土地发包款（", "甲）乙")
    assert face("regular").wrap("收土地发包款项，乙", 10, 70) == ("收土地发包款", "项，乙")


class Noted(Pen):
    """Remembers what it writes."""

    def write(self, x, y, text, type_face, size, *, red=False):
        self.seen = (*getattr(self, "seen", ()), (y, text, type_face.width(text, size)))
        super().write(x, y, text, type_face, size, red=red)


def test_the_foot_of_a_page_stays_within_its_width_and_loses_nothing():
    words = "一人岗例外：本单位一人办公，制单、审核等不相容岗位没有分开　日志链头 sha256:" + "5a" * 32
    for width, lines in ((600, 1), (430, 1), (200, 3)):
        pen = Noted(new_canvas(BytesIO()))
        pen.foot(20, 30, words, face("regular"), width)
        assert [y for y, _, _ in pen.seen] == sorted({y for y, _, _ in pen.seen}), "upwards from the last line"
        assert (pen.seen[0][0], len(pen.seen)) == (30, lines)
        assert "".join(text for _, text, _ in reversed(pen.seen)) == words
        assert all(long <= width + 0.1 for _, _, long in pen.seen)
