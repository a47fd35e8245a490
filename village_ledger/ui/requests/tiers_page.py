"""审批权限: who signs at which amount, what needs a meeting, a notice, a tender, the township; and changing it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QTableView, QWidget

from village_ledger import clock
from village_ledger.domain.approval import SPEND_KINDS, Tier, TierTable
from village_ledger.domain.errors import BadInput, Refusal
from village_ledger.services import tiers
from village_ledger.services.book import Book
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import SETTINGS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table, select_row

from .tier_dialog import TierDialog, VersionDialog

_HEADERS = ("开支类别", "金额", "签字（按次序）", "会议决议", "公示", "招标", "材料和盖章", "预算内")
_WIDTHS = (112, 272, 270, 150, 56, 60, 130, 72)


class TiersPage(Page):
    """Enter changes the chosen tier; the changes are kept together as a new version."""

    title = "审批权限"
    touched_by = SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._table: TierTable | None = None
        self._kept: TierTable | None = None
        self.undo_button = self.add_action_button(make_button("放弃修改", on_click=self.undo))
        self.drop_button = self.add_action_button(make_button("去掉一档", icon="minus", on_click=self.drop))
        self.split_button = self.add_action_button(make_button("拆成两档(&N)…", icon="plus", on_click=self.split))
        self.change_button = self.add_action_button(
            make_button("修改(&E)…", icon="pen", tip="回车", on_click=self.change)
        )
        self.save_button = self.add_action_button(
            make_button("保存为新版本(&S)…", kind="primary", icon="save", on_click=self.save)
        )
        self.choice = QComboBox()
        self.choice.addItem("换用一张示例表…", None)
        for table in tiers.tables():
            self.choice.addItem(table.title, table.key)
        self.choice.activated.connect(self._take_example)
        self.version = theme.mark(QLabel(), "muted")
        self.version.setWordWrap(True)
        bar = QHBoxLayout()
        bar.addWidget(self.version, 1)
        bar.addWidget(self.choice)
        self.body.addLayout(bar)
        self.model = TextRows(_HEADERS, parent=self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.note = QLabel()
        self.note.setWordWrap(True)
        theme.mark(self.note, "muted")
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.note)
        self.table.activated.connect(lambda _index: self.change())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_possible())
        self.setFocusProxy(self.table)
        self._show_possible()

    @property
    def is_changed(self) -> bool:
        """Whether something has not been saved."""
        return self._table is not None and self._table != self._kept

    def refresh(self) -> None:
        """Read the table in force anew, unless it is being changed."""
        if not self.is_changed:
            self.operations.read(_read, self._take, topic="tiers")

    def may_leave(self) -> bool:
        """Ask before changes are lost."""
        if not self.is_changed:
            return True
        text = "修改过的审批权限还没有保存为新版本，离开就放弃了。"
        if not dialogs.ask(self, "审批权限没有保存", text, accept="放弃修改", danger=True):
            return False
        self._table, self.stale = self._kept, True
        return True

    def _take(self, given: tuple[TierTable, int]) -> None:
        table, count = given
        self._kept = self._table = table
        more = f"；本村另存过 {count} 个版本" if count else "，本村还没有自己的版本"
        self.version.setText(f"现行：{table.title}（{table.valid_from} 起）{more}")
        self._show()

    def _show(self) -> None:
        table = self._table
        if table is None:
            return
        place = max(self.table.currentIndex().row(), 0)
        rows = [tier for kind in SPEND_KINDS for tier in table.ladder(kind)]
        self.model.show_rows([_row(tier) for tier in rows])
        select_row(self.table, min(place, len(rows) - 1))
        note = f"；{table.note}" if table.note else ""
        self.note.setText(f"来源：{table.source}{note}")
        self._show_possible()

    def _show_possible(self) -> None:
        facts = self.operations.facts
        writable = facts is not None and not facts.read_only
        chosen = self.selected()
        self.change_button.setEnabled(writable and chosen is not None)
        self.split_button.setEnabled(writable and chosen is not None)
        several = chosen is not None and self._table is not None and len(self._table.ladder(chosen.kind)) > 1
        self.drop_button.setEnabled(writable and several)
        self.choice.setEnabled(writable)
        self.save_button.setEnabled(writable and self.is_changed)
        self.undo_button.setEnabled(self.is_changed)

    def selected(self) -> Tier | None:
        """The tier of the current row."""
        found: Tier | None = self.model.value(self.table.currentIndex().row())
        return found

    def _take_example(self, _place: int) -> None:
        key = self.choice.currentData()
        self.choice.setCurrentIndex(0)
        if key:
            self._table = tiers.shipped(key)
            self._show()
            self.message(f"“{self._table.title}”还没有生效，核对金额和签字人以后请保存为新版本", "info")

    def change(self) -> None:
        """Change the chosen tier."""
        tier = self.selected()
        if tier is not None and self.change_button.isEnabled():
            dialog = TierDialog(self.operations, tier, self)
            dialog.accepted.connect(lambda: self._replace(tier, dialog.tiers))
            self._open(dialog)

    def split(self) -> None:
        """Make two tiers of the chosen one, at an amount between its bounds."""
        tier = self.selected()
        if tier is not None:
            dialog = TierDialog(self.operations, tier, self, split=True)
            dialog.accepted.connect(lambda: self._replace(tier, dialog.tiers))
            self._open(dialog)

    def drop(self) -> None:
        """Take the chosen tier out; the one below takes its amounts over, or the one above if it is the lowest."""
        tier, table = self.selected(), self._table
        if tier is None or table is None:
            return
        ladder = table.ladder(tier.kind)
        place = ladder.index(tier)
        if place:
            other = ladder[place - 1]
            self._replace(other, (other._replace(to_fen=tier.to_fen, to_closed=tier.to_closed),), tier)
        else:
            other = ladder[1]
            self._replace(other, (other._replace(from_fen=tier.from_fen, from_closed=tier.from_closed),), tier)

    def _replace(self, old: Tier, new: tuple[Tier, ...], gone: Tier | None = None) -> None:
        """Put tiers in the place of one; its neighbours in the ladder follow its bounds."""
        table = self._table
        if table is None:
            return
        ladder = [one for one in table.ladder(old.kind) if one != gone]
        place = ladder.index(old)
        ladder[place : place + 1] = new
        for lower, upper in zip(range(len(ladder)), range(1, len(ladder)), strict=False):
            if lower < place:
                first = ladder[upper]
                ladder[lower] = ladder[lower]._replace(to_fen=first.from_fen, to_closed=not first.from_closed)
            else:
                before = ladder[lower]
                ladder[upper] = ladder[upper]._replace(from_fen=before.to_fen, from_closed=not before.to_closed)
        others = tuple(one for one in table.tiers if one.kind != old.kind)
        self._table = table._replace(key="own", title=_own(table.title), tiers=(*others, *ladder))
        self._show()

    def undo(self) -> None:
        """Drop the changes."""
        self._table = self._kept
        self.clear_message()
        self._show()

    def save(self) -> None:
        """Keep the changes as a new version from a day on."""
        table = self._table
        if table is None:
            return
        try:
            tiers.check_table(table)
        except BadInput as refusal:
            self.message(str(refusal), "danger")
            return
        dialog = VersionDialog(self.operations, table, clock.today(), self)
        dialog.done_text.connect(self._saved)
        self._open(dialog)

    def _saved(self, text: str) -> None:
        self._kept = self._table
        self.refresh()
        self.message(text, "success")

    def _failed(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

    @staticmethod
    def _open(dialog: dialogs.Dialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _own(title: str) -> str:
    return title if title.startswith("本村") else f"本村（据{title}修改）"


def _read(book: Book) -> tuple[TierTable, int]:
    return tiers.table_on(book, clock.today()), len(tiers.versions(book))


def _row(tier: Tier) -> Cells:
    papers = (*(f"{stamp}盖章" for stamp in tier.stamps), *tier.documents)
    texts = (
        tier.kind,
        tier.span,
        " → ".join(tier.signers) or "不用签批",
        "、".join(tier.meetings),
        f"{tier.notice_days} 天" if tier.notice_days else "",
        "招标" if tier.tender else "",
        "、".join(papers),
        "免会议" if tier.in_budget_exempt else "",
    )
    return Cells(texts, "", tier)
