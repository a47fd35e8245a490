"""Push buttons in the theme's four kinds."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton

from village_ledger.ui import theme

_ICON_COLOURS = {"primary": "on_accent", "danger": "danger", "quiet": "accent", "secondary": "accent"}


def make_button(
    text: str,
    *,
    kind: str = "secondary",
    icon: str = "",
    tip: str = "",
    on_click: Callable[[], object] | None = None,
) -> QPushButton:
    """A button; kind is primary (one a page), secondary, quiet or danger."""
    button = QPushButton(text)
    button.setProperty("kind", kind)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        button.setIcon(theme.icon(icon, _ICON_COLOURS[kind]))
        side = theme.current().px("icon")
        button.setIconSize(QSize(side, side))
    if tip:
        button.setToolTip(tip)
    if on_click is not None:
        button.clicked.connect(lambda _checked=False: on_click())
    return button
