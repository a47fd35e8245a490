"""审核意见: what the township says of the posted voucher shown, with the ways to answer and to correct in red."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger import clock
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.ui.review_answer import ReviewAnswerDialog

from .. import review_words, theme
from ..page import Page
from ..widgets.button import make_button

_SHOWN = 3


class ReviewStrip(QFrame):
    """Hidden where the township says nothing. `reverse` makes the red voucher of the one shown."""

    def __init__(self, page: Page, reverse: Callable[[], None]) -> None:
        super().__init__(page)
        look = theme.current()
        self._page, self._reverse = page, reverse
        self._may_reverse = False
        self.standings: tuple[CommentStanding, ...] = ()
        self.setObjectName("Plain")
        self.more_button = make_button(
            "", kind="quiet", icon="forward", on_click=lambda: page.open_page_requested.emit("township-reviews")
        )
        self._list = QWidget(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px("gap"), look.px("gap_small"), look.px("gap"), look.px("gap_small"))
        self._column.setSpacing(look.px("gap_small"))
        self._column.addWidget(self._list)
        self.more_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_standings(self, found: tuple[CommentStanding, ...], *, reversed_already: bool) -> None:
        """Show the comments on a voucher; those that wait first, and no more than fit."""
        self.standings = tuple(sorted(found, key=lambda one: not one.waits))
        self._may_reverse = not reversed_already and not self._page.facts.read_only
        before = self._list
        self._list = QWidget(self)
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        for place, one in enumerate(self.standings[:_SHOWN]):
            column.addLayout(self._row(one, first=not place))
        self._column.replaceWidget(before, self._list)
        before.hide()
        before.deleteLater()
        more = len(found) - _SHOWN
        self.more_button.setText(f"还有 {more} 条，在“乡镇审核”里看")
        self.more_button.setVisible(more > 0)
        self.setVisible(bool(found))

    def _row(self, one: CommentStanding, *, first: bool) -> QHBoxLayout:
        look = theme.current()
        side = look.px("icon")
        sign = QLabel()
        role = review_words.colour(one, clock.today())
        sign.setPixmap(theme.icon("check" if one.settled else "warning", role).pixmap(QSize(side, side)))
        said = review_words.history(one)
        words = QLabel(review_words.line(one, clock.today()) + (f"<br>{said}" if said else ""))
        words.setTextFormat(Qt.TextFormat.RichText)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout()
        row.setSpacing(look.px("gap"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        if one.settled or self._page.facts.read_only:
            return row
        buttons = [make_button("答复…", kind="quiet", icon="pen", on_click=partial(self.answer, one))]
        if first and self._may_reverse:
            tip = "生成冲销这张凭证的红字凭证；记账以后在答复里选它"
            buttons.append(make_button("红字更正…", kind="quiet", icon="undo", tip=tip, on_click=self._reverse))
        for button in buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def answer(self, one: CommentStanding) -> None:
        """Answer a comment."""
        dialog = ReviewAnswerDialog(self._page.operations, one, clock.today(), self._page)
        dialog.answered.connect(self._answered)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _answered(self, text: str) -> None:
        self._page.message(text, "success")
        self._page.refresh()
