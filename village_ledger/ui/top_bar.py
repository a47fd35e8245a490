"""The bar above everything: what is open, menus, a word at the right, who is working, and the zoom."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QMenuBar, QToolButton, QWidget

from . import shortcuts, theme
from .operations import Facts

_NAME_PADDING = 20
_GAPS = 56
"""Pixels at 100 %: around the village's name, and between the parts of the bar."""


class WindowBar(QWidget):
    """The bar of any window: `show_title` says what is open, `person` who is working; emits the wish to zoom."""

    zoom_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.village = QLabel()
        self.village.setObjectName("Village")
        self.menus = QMenuBar()
        self.menus.setNativeMenuBar(False)
        self.month = QLabel()
        self.month.setObjectName("Month")
        self.person = QToolButton()
        self.person.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.person.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.person.setToolTip("切换操作员")
        self._smaller = self._zoom_button("A－", "缩小文字（Ctrl+-）", -1)
        self._zoom = theme.mark(QLabel("100%"), "muted")
        self._larger = self._zoom_button("A＋", "放大文字（Ctrl++）", 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 8, 0)
        row.setSpacing(4)
        row.addWidget(self.village)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.month, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(4)
        row.addWidget(self.person)
        row.addSpacing(4)
        for widget in (self._smaller, self._zoom, self._larger):
            row.addWidget(widget)
        self._name = self._word = self._short_word = ""
        self.rescale()

    def show_title(self, name: str, word: str, short_word: str) -> None:
        """Show what is open, and a word at the right, shorter where room is scarce."""
        self._name, self._word, self._short_word = name, word, short_word
        self.month.setVisible(bool(word))
        self._fit()

    def rescale(self) -> None:
        """Follow the zoom."""
        look = theme.current()
        self.setFixedHeight(look.px("top"))
        self._zoom.setText(f"{look.zoom}%")
        self._smaller.setEnabled(look.zoom > theme.ZOOMS[0])
        self._larger.setEnabled(look.zoom < theme.ZOOMS[-1])
        QTimer.singleShot(0, self, self._fit)  # when the fonts have reached the menus

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The menus always show whole: the name, which stands in the title too, gives way, then the word."""
        self.month.setText(self._word)
        if self._room() < self._least():
            self.month.setText(self._short_word)
        room = self._room()
        metrics = self.village.fontMetrics()
        padding = theme.current().scaled(_NAME_PADDING)
        self.village.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, room - padding))
        self.village.setToolTip(self._name if self.village.text() != self._name else "")
        self.village.setVisible(room >= self._least())

    def _room(self) -> int:
        """The pixels that are left for the village's name."""
        others = (self.menus, self.month, self.person, self._smaller, self._zoom, self._larger)
        return self.width() - sum(widget.sizeHint().width() for widget in others) - theme.current().scaled(_GAPS)

    def _least(self) -> int:
        return self.village.fontMetrics().horizontalAdvance("某某村…") + theme.current().scaled(_NAME_PADDING)

    def _zoom_button(self, text: str, tip: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.zoom_requested.emit(step))
        return button


class TopBar(WindowBar):
    """The bar of a book: shows its facts and emits the wishes to switch the person."""

    person_requested = Signal(str)
    people_requested = Signal()
    password_requested = Signal()
    lock_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month.setToolTip("当前可以填制凭证的月份；结账后自动进入下一个月")
        self._person_menu = QMenu(self.person)
        self.person.setMenu(self._person_menu)

    def show_facts(self, facts: Facts) -> None:
        """Show the village, the open month and the person at work."""
        active = [person for person in facts.people if person.active]
        role = next((person.role for person in active if person.name == facts.actor), "")
        self.person.setText(f"{facts.actor}（{role}）" if role else facts.actor or "请选择操作员")
        self.person.setIcon(theme.icon("user", "accent"))
        self._person_menu.clear()
        group = QActionGroup(self._person_menu)
        for person in active:
            action = QAction(f"{person.name}（{person.role}）", group)
            action.setCheckable(True)
            action.setChecked(person.name == facts.actor)
            action.triggered.connect(lambda _checked, name=person.name: self.person_requested.emit(name))
            self._person_menu.addAction(action)
        self._person_menu.addSeparator()
        own = self._person_menu.addAction("我的密码…", self.password_requested.emit)
        own.setEnabled(bool(role) and not facts.read_only)
        lock = self._person_menu.addAction("锁定、换人登录", self.lock_requested.emit)
        lock.setText(f"锁定、换人登录\t{shortcuts.label('window.lock')}")
        self._person_menu.addAction("管理人员…", self.people_requested.emit)
        month = facts.open_period.label
        self.show_title(facts.entity.name, f"{month} · 未结账", month)
