"""Looks: one theme file gives colours, distances and fonts; everything is scaled by the zoom."""

import gc
import string
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from village_ledger.paths import RESOURCES

ZOOMS = (100, 110, 125, 137, 150)
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
FALLBACK_FAMILIES = ("Noto Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
W = TypeVar("W", bound=QWidget)


class Theme(NamedTuple):
    """The values of resources/theme.toml at one zoom (per cent)."""

    colours: Mapping[str, str]
    sizes: Mapping[str, int]
    points: Mapping[str, int]
    zoom: int
    family: str

    def colour(self, name: str) -> QColor:
        """A colour by its name in the theme file."""
        return QColor(self.colours[name])

    def px(self, name: str) -> int:
        """A distance in pixels at this zoom."""
        return round(self.sizes[name] * self.zoom / 100)

    def scaled(self, pixels: int) -> int:
        """Pixels at 100 % as pixels at this zoom."""
        return round(pixels * self.zoom / 100)

    def font(self, size: str = "body", *, bold: bool = False) -> QFont:
        """A font; size is small, body, heading, title or figure."""
        font = QFont(self.family)
        font.setPointSizeF(self.points[size] * self.zoom / 100)
        font.setBold(bold)
        return font


@lru_cache(maxsize=1)
def _values() -> dict[str, dict[str, str | int]]:
    return tomllib.loads((RESOURCES / "theme.toml").read_text(encoding="utf-8"))


def load(zoom: int = 100, family: str = "") -> Theme:
    """Read the theme file at a zoom."""
    values = _values()
    return Theme(values["colours"], values["sizes"], values["fonts"], zoom, family)  # type: ignore[arg-type] # checked by tests/ui/test_theme.py


def load_fonts() -> str:
    """Register the shipped fonts and return the family to use; without them the best one the system has."""
    family = ""
    for name in FONT_FILES:
        path = RESOURCES / "fonts" / name
        if path.exists():
            number = QFontDatabase.addApplicationFont(str(path))
            families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
            family = family or (families[0] if families else "")
    if family:
        return family
    known = set(QFontDatabase.families())
    return next((name for name in FALLBACK_FAMILIES if name in known), QApplication.font().family())


def apply(application: QApplication, zoom: int = 100) -> Theme:
    """Dress the whole application; call again after a change of zoom."""
    before = application.property("village_theme")
    family = before.family if isinstance(before, Theme) else load_fonts()
    look = load(zoom, family)
    application.setProperty("village_theme", look)
    if before is None:
        application.setStyle(QStyleFactory.create("Fusion"))
    collecting = gc.isenabled()
    gc.disable()  # Qt walks over all widgets; one that the collector frees meanwhile would crash it
    try:
        application.setFont(look.font())
        application.setPalette(_palette(look))
        application.setStyleSheet(style_sheet(look))
    finally:
        if collecting:
            gc.enable()
    return look


def set_zoom(zoom: int) -> None:
    """Dress the application anew at another zoom; windows notice by their StyleChange event."""
    application = QApplication.instance()
    if isinstance(application, QApplication):
        apply(application, zoom)


def current() -> Theme:
    """The theme in use."""
    application = QApplication.instance()
    look = application.property("village_theme") if application is not None else None
    return look if isinstance(look, Theme) else load()


def mark(widget: W, role: str) -> W:
    """Give a widget a role the style sheet knows (title, heading, muted, amount, danger, …) and return it."""
    set_state(widget, "role", role)
    return widget


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and dress the widget anew if it changed."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)


def style_sheet(look: Theme) -> str:
    """resources/style.qss with the theme's values filled in."""
    template = string.Template((RESOURCES / "style.qss").read_text(encoding="utf-8"))
    values: dict[str, str] = dict(look.colours)
    values |= {name: f"{look.px(name)}px" for name in look.sizes}
    values |= {f"font_{name}": f"{points * look.zoom / 100:g}pt" for name, points in look.points.items()}
    values["family"] = look.family
    values["icons"] = (RESOURCES / "icons").as_posix()
    return template.substitute(values)


def icon(name: str, colour: str = "text", active: str = "") -> QIcon:
    """A line icon from resources/icons in a theme colour; `active` colours its checked state."""
    look = current()
    return _icon(name, look.colours[colour], look.colours[active or colour], look.px("icon"))


def application_icon() -> QIcon:
    """The program's own icon."""
    return QIcon(str(RESOURCES / "icons" / "app.svg"))


@lru_cache(maxsize=256)
def _icon(name: str, colour: str, active: str, size: int) -> QIcon:
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    result = QIcon()
    for tint, state in ((colour, QIcon.State.Off), (active, QIcon.State.On)):
        renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", tint).encode()))
        for ratio in (1, 2):
            picture = QPixmap(QSize(size, size) * ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
            painter.end()
            picture.setDevicePixelRatio(ratio)
            result.addPixmap(picture, QIcon.Mode.Normal, state)
    return result


def _palette(look: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "background",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface_alt",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.Highlight: "accent_soft",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.ToolTipBase: "text",
        QPalette.ColorRole.ToolTipText: "surface",
    }
    for role, name in roles.items():
        palette.setColor(role, look.colour(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, look.colour("faint"))
    return palette
