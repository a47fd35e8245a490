"""乡镇审核: the months handed over with the township's opinion, its comments as they stand, and the answers."""

from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.errors import Refusal
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.services import review_answers, reviews
from village_ledger.services.book import Book
from village_ledger.services.review_subjects import Subject, subject_of
from village_ledger.services.reviews import Incoming, MonthStanding
from village_ledger.ui import dialogs, review_words, theme
from village_ledger.ui.hand_over_dialog import HandOverDialog
from village_ledger.ui.instants import local_time
from village_ledger.ui.operations import PERIODS, REVIEWS, VOUCHERS, Operations
from village_ledger.ui.page import Page
from village_ledger.ui.review_answer import ReviewAnswerDialog
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .rows import COMMENT_HEADERS, COMMENT_WIDTHS, FILTERS, MONTH_HEADERS, comment_row, matches, month_row
from .take_dialog import TakeDialog

_FILES = "审核意见 (*.vlr);;所有文件 (*)"
_EMPTY = (
    "还没有报送过。\n月末结账以后，按“报送”把这个月的账做成一个签名的报送包交给乡镇；\n"
    "乡镇审完发回审核意见（.vlr 文件），在这里接收、答复。"
)
_Read = tuple[tuple[MonthStanding, ...], tuple[CommentStanding, ...]]


class ReviewsPage(Page):
    """Months on the left, comments on the right, the chosen one in full below."""

    title = "乡镇审核"
    touched_by = REVIEWS | PERIODS | VOUCHERS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        self._comments: tuple[CommentStanding, ...] = ()
        self._build_actions()
        self._build_tables()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.months.selectionModel().currentRowChanged.connect(lambda _now, _before: self._narrow())
        self.tabs.currentChanged.connect(lambda _place: self._narrow())
        self.table.activated.connect(lambda _index: self.answer())
        self.setFocusProxy(self.table)
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_Insert), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.take)

    def _build_actions(self) -> None:
        self.open_button = self.add_action_button(
            make_button(
                "看凭证、合同(&O)", icon="forward", tip="打开意见指出的凭证、合同或决策", on_click=self.open_subject
            )
        )
        self.answer_button = self.add_action_button(make_button("答复(&A)…", icon="pen", on_click=self.answer))
        self.hand_over_button = self.add_action_button(make_button("报送(&H)…", icon="usb", on_click=self.hand_over))
        self.take_button = self.add_action_button(
            make_button("接收审核意见(&N)…", kind="primary", icon="inbox", tip="Insert", on_click=self.take)
        )

    def _build_tables(self) -> None:
        look = theme.current()
        self.month_model, self.model = TextRows(MONTH_HEADERS, (2,), self), TextRows(COMMENT_HEADERS, (), self)
        self.months, self.table = QTableView(), QTableView()
        for table, model in ((self.months, self.month_model), (self.table, self.model)):
            dress_table(table)
            table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
            table.setModel(model)
        self.months.setFixedWidth(look.scaled(290))
        self.months.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.months.horizontalHeader().resizeSection(1, look.scaled(112))
        self.months.horizontalHeader().resizeSection(2, look.scaled(56))
        for column, width in enumerate(COMMENT_WIDTHS):
            self.table.horizontalHeader().resizeSection(column, look.scaled(width))
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for name in FILTERS:
            self.tabs.addTab(name)
        self.opinion, self.words = _label(Qt.TextFormat.PlainText), _label(Qt.TextFormat.RichText)
        card = QFrame()
        card.setObjectName("Card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(*[look.scaled(12)] * 4)
        inner.addWidget(self.words)
        inner.addStretch(1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self.table)
        split.addWidget(card)
        split.setSizes([look.scaled(340), look.scaled(200)])
        split.setChildrenCollapsible(False)
        right = QVBoxLayout()
        for widget, stretch in ((self.opinion, 0), (self.tabs, 0), (split, 1)):
            right.addWidget(widget, stretch)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap_large"))
        row.addWidget(self.months)
        row.addLayout(right, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(inside)
        self.stack.addWidget(EmptyState(_EMPTY))
        self.body.addWidget(self.stack, 1)

    @property
    def month(self) -> MonthStanding | None:
        """The month chosen; None for all of them."""
        found: MonthStanding | None = self.month_model.value(self.months.currentIndex().row())
        return found

    @property
    def chosen(self) -> CommentStanding | None:
        """The comment chosen."""
        found: CommentStanding | None = self.model.value(self.table.currentIndex().row())
        return found

    def refresh(self) -> None:
        """Read months and comments anew, keeping the choice."""

        def read(book: Book) -> _Read:
            return reviews.month_standings(book), review_answers.standings(book)

        self.operations.read(read, self._take_over, topic="reviews")

    def _take_over(self, found: _Read) -> None:
        months, self._comments = found
        before = self.month
        counts = Counter(one.comment.period for one in self._comments)
        first = Cells(("所有月份", "", str(len(self._comments) or "")))
        self.month_model.show_rows([first, *(month_row(one, counts[one.period]) for one in months)])
        kept = next((row for row, one in enumerate(months, 1) if before and one.period == before.period), 0)
        select_row(self.months, kept)
        self.stack.setCurrentIndex(0 if months else 1)
        self._narrow()

    def _narrow(self) -> None:
        before, month, today = self.chosen, self.month, clock.today()
        mine = [one for one in self._comments if month is None or one.comment.period == month.period]
        for place, name in enumerate(FILTERS):
            self.tabs.setTabText(place, f"{name}  {sum(matches(one, name) for one in mine)}")
        shown = [one for one in mine if matches(one, FILTERS[self.tabs.currentIndex()])]
        self.model.show_rows([comment_row(one, today) for one in shown])
        uid = before.comment.uid if before else ""
        select_row(self.table, next((row for row, one in enumerate(shown) if one.comment.uid == uid), 0))
        self._show_opinion(month)
        self._show_chosen()

    def _show_opinion(self, month: MonthStanding | None) -> None:
        taken = month.taken if month else None
        self.opinion.setVisible(month is not None)
        if month is None:
            return
        if taken is None:
            self.opinion.setText(f"{month.period.label}　{month.state}，还没有收到审核意见")
            return
        review = taken.review
        told = f"第 {review.round} 轮“{review.opinion}”，{review.desk} {review.reviewer} {local_time(review.at)[:16]}"
        taken_in = f"{taken.taken_by} {local_time(taken.taken_at)[:16]} 接收"
        self.opinion.setText(f"{month.period.label}　{month.state}　{told}；{taken_in}\n{review.text}".strip())

    def _show_chosen(self) -> None:
        one, writable = self.chosen, not self.facts.read_only
        self.answer_button.setEnabled(writable and one is not None and not one.settled)
        self.open_button.setEnabled(one is not None and one.comment.kind in {"凭证", "合同", "决策", "资产"})
        for button in (self.take_button, self.hand_over_button):
            button.setEnabled(writable)
        if one is None:
            self.words.setText("选一条意见，这里显示它的内容、答复和整改结论。")
            return
        said = review_words.history(one)
        self.words.setText(review_words.line(one, clock.today()) + (f"<br>{said}" if said else ""))

    def take(self) -> None:
        """Choose a review file and show what it says."""
        if not self.take_button.isEnabled():
            return
        path = dialogs.pick_file(self, "接收乡镇审核意见", _FILES)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Show what a review file says, to be taken in."""
        self.operations.read(
            lambda book: reviews.look_at(book, path),
            lambda found: self._confirm(path, found),
            initiator=self,
            on_failed=self._refused,
        )

    def _confirm(self, path: Path, found: Incoming) -> None:
        if found.taken:
            self.message(found.note, "info")
            return
        dialog = TakeDialog(self.operations, path, found, self)
        dialog.taken.connect(self._done)
        _open(dialog)

    def answer(self) -> None:
        """Answer the comment chosen."""
        one = self.chosen
        if one is not None and self.answer_button.isEnabled():
            dialog = ReviewAnswerDialog(self.operations, one, clock.today(), self)
            dialog.answered.connect(self._done)
            _open(dialog)

    def open_subject(self) -> None:
        """Open the voucher, contract, card or decision the comment is on."""
        one = self.chosen
        if one is not None:
            comment = one.comment
            self.operations.read(lambda book: subject_of(book, comment), self._open_subject, topic="subject")

    def _open_subject(self, found: Subject) -> None:
        if found.voucher:
            self.open_voucher_requested.emit(found.voucher)
        elif found.origin:
            self.open_origin_requested.emit(found.origin)
        else:
            self.message("本账里找不到这条意见指出的对象，可能编号改过，请按意见里的文字查找", "warning")

    def hand_over(self) -> None:
        """Hand a month over."""
        dialog = HandOverDialog(self.operations, None, self)
        dialog.place_wanted.connect(self.open_page_requested)
        dialog.marked.connect(self._done)
        _open(dialog)

    def _refused(self, refusal: Refusal) -> None:
        self.message(str(refusal), "danger")

    def _done(self, text: str) -> None:
        self.message(text, "success")
        self.refresh()


def _label(form: Qt.TextFormat) -> QLabel:
    label = QLabel()
    label.setTextFormat(form)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _open(dialog: dialogs.Dialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
