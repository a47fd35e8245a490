"""村际往来: which counterparties in villages' books are other villages, so that sums can take out their dealings."""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHeaderView, QLineEdit, QTableView, QWidget

from village_ledger.domain.dealings import Link
from village_ledger.services.township import links, months
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.links import Proposal
from village_ledger.ui import theme
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card, EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .form import DeskForm
from .operations import LINKS, LOG, RECEIVED, DeskOperations
from .page import DeskPage

_EMPTY = "还没有确认过村际往来。上面列出的是名称或代码像别的村的往来户，核对以后确认；没有列出的可以自己加。"
_WIDTHS = (220, 260, 220)
_WHY = 3
"""The column that only proposals have."""


class _Row(NamedTuple):
    """A link or a proposal of one, with names."""

    village: str
    party: str
    other: str
    why: str
    value: Any


class _LinksModel(RowsModel[_Row]):
    headers = ("村", "账上的往来户", "就是这个村", "根据")
    sides = "llll"

    def cell(self, value: _Row, column: int) -> str:
        """Qt text."""
        return (value.village, value.party, value.other, value.why)[column]

    def look(self, value: _Row, column: int, role: int) -> str | None:
        """The tip shows long texts whole."""
        return self.cell(value, column) if role == Qt.ItemDataRole.ToolTipRole else None


class LinksPage(DeskPage):
    """Proposals above, what was confirmed below."""

    title = "村际往来"
    subtitle = "确认以后，汇总时可以把村和村之间的应收应付、收入支出抵销"
    touched_by = RECEIVED | LINKS

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self.add_button = self.add_action_button(make_button("自己加(&A)…", icon="plus", on_click=self.add))
        self.sure_button = self.add_action_button(
            make_button("确认全部名称、代码相同的(&S)", icon="check", on_click=self.confirm_sure)
        )
        self.proposals, self.proposed = self._table()
        self.confirmed, self.linked = self._table()
        self.linked.setColumnHidden(_WHY, True)
        self.linked.horizontalHeader().setSectionResizeMode(_WHY - 1, QHeaderView.ResizeMode.Stretch)
        self.confirm_button = make_button("确认(&O)", kind="primary", icon="check", on_click=self.confirm)
        self.remove_button = make_button("取消确认(&R)", icon="trash", on_click=self.remove)
        above, below = Card("可能是村与村之间的往来"), Card("已确认的")
        above.corner.addWidget(self.confirm_button)
        above.body.addWidget(self.proposed, 1)
        self.none = EmptyState("没有新的可能的往来户。")
        above.body.addWidget(self.none)
        below.corner.addWidget(self.remove_button)
        below.body.addWidget(self.linked, 1)
        self.empty = EmptyState(_EMPTY)
        below.body.addWidget(self.empty)
        self.body.addWidget(above, 1)
        self.body.addWidget(below, 1)
        self.setFocusProxy(self.proposed)
        self.proposed.activated.connect(lambda _index: self.confirm())

    def refresh(self) -> None:
        """Read proposals and links anew."""

        def read(desk: Desk) -> tuple[tuple[Proposal, ...], tuple[Link, ...], dict[tuple[str, str], str]]:
            return links.propose(desk), links.links(desk), months.party_names(desk)

        self.operations.read(read, self._show, topic="links")

    def confirm(self) -> None:
        """Confirm the current proposal."""
        row = self.proposals.value(self.proposed.currentIndex().row())
        if row is not None and not self.facts.read_only:
            one: Proposal = row.value
            self._write(lambda desk: links.add(desk, one.village, one.party, one.other), "已确认")

    def confirm_sure(self) -> None:
        """Confirm every proposal whose whole name or code is that of a village."""
        self._write(links.add_sure, "名称、代码相同的都已确认")

    def remove(self) -> None:
        """Take a link back."""
        row = self.confirmed.value(self.linked.currentIndex().row())
        if row is not None:
            self._write(lambda desk: links.remove(desk, row.value), "已取消确认")

    def add(self) -> None:
        """Say by hand that a counterparty is a village."""
        dialog = LinkDialog(self.operations, self)
        dialog.done.connect(lambda _link: self.message("已确认", "success"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _write(self, act: Callable[[Desk], Any], said: str) -> None:
        self.operations.write(
            act,
            lambda _done: self._done(said),
            touches=LINKS | LOG,
            initiator=self,
            disable=(self.confirm_button, self.sure_button, self.remove_button),
        )

    def _done(self, said: str) -> None:
        self.message(said, "success")
        self.refresh()

    def _show(self, told: tuple[tuple[Proposal, ...], tuple[Link, ...], dict[tuple[str, str], str]]) -> None:
        proposed, linked, parties = told
        names = {one.code: one.name for one in self.facts.villages}
        self.proposals.show_rows(
            [_Row(names[one.village], one.name, names[one.other], one.why, one) for one in proposed]
        )
        self.confirmed.show_rows(
            [
                _Row(names[one.village], parties.get((one.village, one.party), one.party), names[one.other], "", one)
                for one in linked
            ]
        )
        select_row(self.proposed, 0)
        select_row(self.linked, 0)
        self.proposed.setVisible(bool(proposed))
        self.none.setVisible(not proposed)
        self.linked.setVisible(bool(linked))
        self.empty.setVisible(not linked)
        writable = not self.facts.read_only
        self.confirm_button.setEnabled(writable and bool(proposed))
        self.sure_button.setEnabled(writable and any(one.sure for one in proposed))
        self.remove_button.setEnabled(writable and bool(linked))
        self.add_button.setEnabled(writable and len(self.facts.villages) > 1)

    def _table(self) -> tuple[_LinksModel, QTableView]:
        model, table = _LinksModel(self), QTableView()
        dress_table(table)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setModel(model)
        header = table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(len(_WIDTHS), QHeaderView.ResizeMode.Stretch)
        return model, table


class LinkDialog(DeskForm):
    """Whose books, which counterparty, which village it is."""

    touches = LINKS | LOG

    def __init__(self, operations: DeskOperations, parent: LinksPage) -> None:
        super().__init__(operations, "加村际往来", "确认(&S)", parent)
        self.village, self.other = QComboBox(), QComboBox()
        for box in (self.village, self.other):
            for one in parent.facts.villages:
                box.addItem(one.name, one.code)
        self.other.setCurrentIndex(min(1, self.other.count() - 1))
        self.party = QLineEdit()
        self.form.add("哪个村的账(&C)", self.village)
        self.form.add("账上的往来户(&P)", self.party, "往来户的全名或编码")
        self.form.add("就是这个村(&O)", self.other)
        self.village.setFocus()

    def act(self) -> Callable[[Desk], Any]:
        """See `DeskForm`."""
        village, other = str(self.village.currentData()), str(self.other.currentData())
        party = self.party.text().strip()
        return lambda desk: links.add(desk, village, party, other)
