"""What a month rests on: the package's digest, key and chain, what was noted, and earlier files of the month."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QScrollArea, QTableView, QVBoxLayout, QWidget

from village_ledger.domain.desk import Difference, Received
from village_ledger.domain.errors import Refusal
from village_ledger.services.township import months
from village_ledger.services.township.months import Month, SentReview
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.instants import local_time
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.tables.rows_model import RowsModel
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.message_bar import MessageBar
from village_ledger.ui.widgets.table import dress_table, select_row

from .inbox_dialogs import DifferencesTable
from .operations import DeskOperations

_SIZE = 1_000_000


class RevisionsModel(RowsModel[Received]):
    """One row a file taken in for the month."""

    headers = ("第几份", "收到", "收件人", "现在有效", "SHA-256")
    sides = "rllll"

    def cell(self, value: Received, column: int) -> str:
        """Qt text."""
        stands = "是" if value.current else ""
        return (str(value.revision), local_time(value.at), value.actor, stands, value.sha256)[column]


class ReviewsModel(RowsModel[SentReview]):
    """One row a review sent back."""

    headers = ("第几次", "结论", "审核人", "时间", "文件 SHA-256")
    sides = "rllll"

    def cell(self, value: SentReview, column: int) -> str:
        """Qt text."""
        return (str(value.round), value.opinion, value.reviewer, local_time(value.at), value.sha256)[column]


class PackagePanel(QWidget):
    """Facts at the left, files and reviews at the right."""

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self._operations = operations
        self._labels: dict[str, QLabel] = {}
        facts = Card("核验过的内容")
        form = FormGrid()
        for title in (
            "文件 SHA-256",
            "公钥",
            "结账记录",
            "上月结账记录",
            "期初余额",
            "期末余额",
            "凭证",
            "程序",
            "标记",
            "说明",
        ):
            label = QLabel()
            label.setWordWrap(True)
            label.setMinimumHeight(look.px("control"))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._labels[title] = label
            form.add(title, label)
        facts.body.addWidget(form)
        facts.body.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(facts)
        self.message_bar = MessageBar(self)
        self.revisions = RevisionsModel(self)
        self.files = _table(self.revisions, (64, 160, 90, 80))
        self.compare_button = make_button("和现在有效的比较(&C)…", icon="search", on_click=self.compare)
        self.reviews = ReviewsModel(self)
        self.sent = _table(self.reviews, (64, 100, 90, 160))
        right = QVBoxLayout()
        files = Card("收到的文件")
        files.corner.addWidget(self.compare_button)
        files.body.addWidget(self.files)
        self.reviews_card = Card("发出的审核意见")
        self.reviews_card.body.addWidget(self.sent)
        right.addWidget(files, 1)
        right.addWidget(self.reviews_card, 1)
        row = QHBoxLayout()
        row.setSpacing(look.px("gap"))
        row.addWidget(area, 1)
        row.addLayout(right, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, look.px("gap"), 0, 0)
        box.addWidget(self.message_bar)
        box.addLayout(row, 1)
        self.setFocusProxy(self.files)
        self.files.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_possible())
        self.files.activated.connect(lambda _index: self.compare())

    def show_month(self, month: Month) -> None:
        """Show what a month rests on."""
        one = month.stands
        told = {
            "文件 SHA-256": key_lines(one.sha256),
            "公钥": key_lines(one.key) or "没有签名",
            "结账记录": key_lines(one.head) or "—",
            "上月结账记录": key_lines(one.previous) or "没有（第一个月）",
            "期初余额": key_lines(one.opening) or "—",
            "期末余额": key_lines(one.closing) or "—",
            "凭证": f"{one.vouchers} 张，文件 {_megabytes(one.size)}",
            "程序": one.program or "—",
            "标记": "　".join(filter(None, (one.mark, *one.exceptions))) or "没有",
            "说明": "\n".join(one.notes) or "没有",
        }
        for title, text in told.items():
            self._labels[title].setText(text)
        self.revisions.show_rows(month.revisions)
        self.reviews.show_rows(month.reviews)
        self.reviews_card.setVisible(bool(month.reviews))
        select_row(self.files, 0)
        self.message_bar.clear()
        self._show_possible()

    def compare(self) -> None:
        """Show in what the chosen file differs from the one that stands."""
        one = self._chosen()
        if one is None or one.current:
            return
        self._operations.long(
            lambda desk, _progress: months.earlier_differences(desk, one),
            lambda found: self._show_differences(one, found),
            title="正在比较两份文件",
            initiator=self,
            on_failed=self._failed,
            cancellable=False,
        )

    def _failed(self, refusal: Refusal) -> None:
        self.message_bar.show_message(str(refusal), "danger")

    def _show_differences(self, one: Received, found: tuple[Difference, ...]) -> None:
        dialog = Dialog(f"第 {one.revision} 份和现在有效的不同", self, width=860, height=440)
        if found:
            dialog.body.addWidget(DifferencesTable(found), 1)
        else:
            dialog.body.addWidget(QLabel("两份文件里的凭证、余额和登记簿都一样。"))
        dialog.add_button("关闭", dialog.accept, kind="primary").setFocus()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _chosen(self) -> Received | None:
        return self.revisions.value(self.files.currentIndex().row())

    def _show_possible(self) -> None:
        one = self._chosen()
        self.compare_button.setEnabled(one is not None and not one.current)


def _megabytes(size: int) -> str:
    if size < _SIZE // 10:
        return f"{size // 1000} KB"
    return f"{size // (_SIZE // 10) // 10}.{size // (_SIZE // 10) % 10} MB"


def _table(model: RowsModel[Any], widths: tuple[int, ...]) -> QTableView:
    table = QTableView()
    dress_table(table)
    table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
    table.setModel(model)
    header = table.horizontalHeader()
    for column, width in enumerate(widths):
        header.resizeSection(column, theme.current().scaled(width))
    header.setSectionResizeMode(len(widths), QHeaderView.ResizeMode.Stretch)
    return table
