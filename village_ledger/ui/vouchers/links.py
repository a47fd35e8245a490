"""A line above a voucher: locked or reviewed, what it comes from, and which voucher it reverses or is reversed by."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from village_ledger.services.origins import Origin

from .. import theme
from ..widgets.button import make_button

_STAGES = {
    "reviewed": ("已审核，等待记账。要修改请先取消审核", "stamp"),
    "posted": ("已记账，不能再改；更正请用红字冲销。在一行上按回车或双击，查看它的明细账", "lock"),
}
_LISTED = 25
"""How many origins a menu offers; a month's rents can come from hundreds of contracts."""


class LinkBar(QFrame):
    """Hidden when there is nothing to say."""

    voucher_requested = Signal(int)
    origin_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setObjectName("Plain")
        self._icon = QLabel(self)
        self._text = theme.mark(QLabel(self), "muted")
        self.reverses = make_button("", kind="quiet", icon="undo")
        self.reversed_by = make_button("", kind="quiet", icon="undo")
        self.origin = make_button("", kind="quiet", icon="back", on_click=self._follow_origin)
        self._origins: tuple[Origin, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px("gap"), look.px("gap_small"), look.px("gap"), look.px("gap_small"))
        row.setSpacing(look.px("gap"))
        for widget in (self._icon, self._text, self.origin, self.reverses, self.reversed_by):
            row.addWidget(widget)
        row.addStretch(1)
        self._targets = {self.reverses: 0, self.reversed_by: 0}
        for button in self._targets:
            button.clicked.connect(lambda _checked=False, origin=button: self._follow(origin))
        self.hide()

    def show_stage(self, stage: str) -> None:
        """Say what the voucher's stage means; nothing for one being typed. Links are cleared."""
        text, icon = _STAGES.get(stage, ("", ""))
        if icon:
            side = theme.current().px("icon")
            self._icon.setPixmap(theme.icon(icon, "muted").pixmap(QSize(side, side)))
        self._icon.setVisible(bool(icon))
        self._text.setText(text)
        self.show_links((0, ""), (0, ""), ())

    def show_links(self, reverses: tuple[int, str], reversed_by: tuple[int, str], origins: tuple[Origin, ...]) -> None:
        """The linked vouchers as (id, label), id 0 for none; and what the voucher comes from."""
        self._origins = origins
        more = f" 等 {len(origins)} 项" if len(origins) > 1 else ""
        self.origin.setText(f"来自：{origins[0].label}{more}" if origins else "")
        self.origin.setVisible(bool(origins))
        self._show(self.reverses, "冲销的是", reverses)
        self._show(self.reversed_by, "已被冲销，红字凭证是", reversed_by)
        self.setVisible(bool(self._text.text() or reverses[0] or reversed_by[0] or origins))

    def _show(self, button: QPushButton, caption: str, target: tuple[int, str]) -> None:
        self._targets[button] = target[0]
        button.setText(f"{caption} {target[1]}")
        button.setVisible(bool(target[0]))

    def _follow_origin(self) -> None:
        if len(self._origins) == 1:
            self.origin_requested.emit(self._origins[0])
            return
        menu = QMenu(self)
        for origin in self._origins[:_LISTED]:
            menu.addAction(origin.label, partial(self.origin_requested.emit, origin))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.origin.mapToGlobal(self.origin.rect().bottomLeft()))

    def _follow(self, button: QPushButton) -> None:
        self.voucher_requested.emit(self._targets[button])
