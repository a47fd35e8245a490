"""The side bar: groups of entries with icons, worked with the arrow keys and Enter or with one click."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem, QWidget

from village_ledger.ui import theme


class SideEntry(NamedTuple):
    """One entry; an empty group puts it at the top level."""

    key: str
    group: str
    title: str
    icon: str


_WIDEST = 1.25
_KEY = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1


class _SidePainter(QStyledItemDelegate):
    """Draws group headings and entries; the current page is a filled pill."""

    opened = ""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        look = theme.current()
        return QSize(10, look.px("navigation_row") if index.data(_KEY) else look.px("navigation_row") - 1)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        full = QRect(0, option.rect.top(), option.widget.viewport().width(), option.rect.height())
        key = index.data(_KEY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        pill = full.adjusted(look.px("gap"), 1, -look.px("gap"), -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if key and key == self.opened:
            painter.setBrush(look.colour("navigation_current"))
            painter.drawRoundedRect(pill, look.px("radius"), look.px("radius"))
        elif hovered and key:
            painter.setBrush(look.colour("navigation_hover"))
            painter.drawRoundedRect(pill, look.px("radius"), look.px("radius"))
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(look.colour("navigation_muted"))
            painter.drawRoundedRect(pill.adjusted(0, 0, -1, -1), look.px("radius"), look.px("radius"))
        if key:
            self._paint_entry(painter, pill, index, key == self.opened)
        else:
            self._paint_group(painter, pill, index, option.widget)
        painter.restore()

    @staticmethod
    def _paint_entry(painter: QPainter, pill: QRect, index: QModelIndex | QPersistentModelIndex, opened: bool) -> None:
        look = theme.current()
        side = look.px("icon")
        colour = "on_accent" if opened else "navigation_text"
        place = QRect(pill.left() + look.px("gap"), pill.center().y() - side // 2 + 1, side, side)
        theme.icon(index.data(_ICON), "on_accent" if opened else "navigation_muted").paint(painter, place)
        painter.setPen(look.colour(colour))
        painter.setFont(look.font(bold=opened))
        words = pill.adjusted(look.px("gap") * 2 + side, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, index.data(Qt.ItemDataRole.DisplayRole))

    @staticmethod
    def _paint_group(
        painter: QPainter, pill: QRect, index: QModelIndex | QPersistentModelIndex, tree: QTreeWidget
    ) -> None:
        look = theme.current()
        painter.setPen(look.colour("navigation_muted"))
        painter.setFont(look.font("small"))
        words = pill.adjusted(look.px("gap"), look.px("gap_small"), 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, index.data(Qt.ItemDataRole.DisplayRole))
        side = round(look.px("icon") * 0.75)
        place = QRect(pill.right() - side - 4, pill.center().y() - side // 2 + 2, side, side)
        name = "chevron-down" if tree.isExpanded(QModelIndex(index)) else "chevron-right"
        theme.icon(name, "navigation_muted").paint(painter, place)


class SideBar(QTreeWidget):
    """Emits `chosen(key)`; `collapsed_changed(groups)` when a group is folded or unfolded."""

    chosen = Signal(str)
    collapsed_changed = Signal(object)

    def __init__(self, entries: Sequence[SideEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Navigation")
        self.setAccessibleName("目录")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self._painter = _SidePainter(self)
        self.setItemDelegate(self._painter)
        self._items: dict[str, QTreeWidgetItem] = {}
        self._groups: dict[str, QTreeWidgetItem] = {}
        for entry in entries:
            if entry.group and entry.group not in self._groups:
                group = QTreeWidgetItem(self, [entry.group])
                group.setExpanded(True)
                self._groups[entry.group] = group
            item = QTreeWidgetItem(self._groups[entry.group] if entry.group else self, [entry.title])
            item.setData(0, _KEY, entry.key)
            item.setData(0, _ICON, entry.icon)
            self._items[entry.key] = item
        self.itemClicked.connect(self._activate)
        self.follow_zoom()

    def follow_zoom(self) -> None:
        """Take the width of this zoom; it grows less than the text, for on a small screen the page needs the room."""
        look = theme.current()
        self.setFixedWidth(min(look.px("navigation_width"), round(look.sizes["navigation_width"] * _WIDEST)))
        self.scheduleDelayedItemsLayout()

    def set_opened(self, key: str) -> None:
        """Show which page is open; a key the bar does not list clears the mark."""
        self._painter.opened = key
        item = self._items.get(key)
        if item is not None:
            group = item.parent()
            if group is not None:
                group.setExpanded(True)
            self.setCurrentItem(item)
            self.scrollToItem(item)
        self.viewport().update()

    def collapse(self, groups: Sequence[str]) -> None:
        """Fold groups by title."""
        for title in groups:
            if title in self._groups:
                self._groups[title].setExpanded(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the entry."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._activate(self.currentItem())
            return
        super().keyPressEvent(event)

    def _activate(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        key = item.data(0, _KEY)
        if key:
            self.chosen.emit(key)
            return
        item.setExpanded(not item.isExpanded())
        folded = tuple(title for title, group in self._groups.items() if not group.isExpanded())
        self.collapsed_changed.emit(folded)
