import re
import tomllib

from PySide6.QtGui import QFontMetricsF

from village_ledger.paths import RESOURCES
from village_ledger.ui import theme

STYLE = (RESOURCES / "style.qss").read_text(encoding="utf-8")


def test_the_style_sheet_holds_no_colour_of_its_own():
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?!\w*\s*\{)", re.sub(r"#[A-Z]\w+", "", STYLE)) == []


def test_every_name_in_the_style_sheet_is_in_the_theme_file():
    assert "$" not in theme.style_sheet(theme.load())


def test_every_picture_in_the_style_sheet_exists():
    for name in re.findall(r"url\(\$icons/([\w-]+\.svg)\)", STYLE):
        assert (RESOURCES / "icons" / name).exists()


def test_colours_sizes_and_fonts_are_of_the_right_kind():
    values = tomllib.loads((RESOURCES / "theme.toml").read_text(encoding="utf-8"))
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in values["colours"].values())
    assert all(isinstance(size, int) for size in (*values["sizes"].values(), *values["fonts"].values()))


def test_text_is_at_least_eleven_points_and_readable_on_its_background():
    look = theme.load()
    assert look.points["body"] >= 11
    on_surface = (("text", "surface"), ("muted", "background"))
    on_colour = (("accent", "accent_soft"), ("on_accent", "accent"), ("navigation_text", "navigation"))
    on_message = (("danger", "danger_soft"), ("warning", "warning_soft"), ("success", "success_soft"))
    for text, ground in (*on_surface, *on_colour, *on_message):
        assert contrast(look.colours[text], look.colours[ground]) >= 4.5, (text, ground)


def test_everything_grows_with_the_zoom():
    small, large = theme.load(100), theme.load(150)
    assert large.px("row") == round(small.px("row") * 1.5)
    assert large.font().pointSizeF() == small.font().pointSizeF() * 1.5


def test_digits_are_equally_wide():

    metrics = QFontMetricsF(theme.current().font())
    assert len({round(metrics.horizontalAdvance(digit), 3) for digit in "0123456789"}) == 1


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
