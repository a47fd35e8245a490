"""The chosen decision below the list: what it says, what it lacks, its meetings, notices, files, and what it moved."""

from html import escape
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger import clock
from village_ledger.domain.decision import Notice
from village_ledger.domain.decision_register import Standing
from village_ledger.domain.draw import Draw
from village_ledger.domain.money import format_fen
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.services.decision_vouchers import Moved
from village_ledger.services.evidence import Evidence
from village_ledger.ui import review_words, theme
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.table import dress_table, select_row

from .rows import (
    DRAW_HEADERS,
    FILE_HEADERS,
    MOVED_HEADERS,
    NOTICE_HEADERS,
    STEP_HEADERS,
    STEP_WIDTHS,
    colour,
    draw_rows,
    file_row,
    moved_row,
    notice_row,
    step_row,
    verdict,
)

_NOTHING = "选一项决策，这里显示它的会议、表决、公示、材料，以及据以动用的每一笔资金。"

_TABS = ("会议", "公示", "材料", "动用", "凭证")


class Chosen(NamedTuple):
    """All there is to show of one decision; `files` with the state of each, `comments` those of the township."""

    standing: Standing
    draws: tuple[Draw, ...]
    files: tuple[tuple[Evidence, str], ...]
    moved: tuple[Moved, ...] = ()
    comments: tuple[CommentStanding, ...] = ()


class DecisionPanel(QWidget):
    """Shows one decision; reading only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.chosen: Chosen | None = None
        self.words = QLabel(_NOTHING)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        card = QFrame()
        card.setObjectName("Card")
        inner = QVBoxLayout(card)
        margin = look.scaled(12)
        inner.setContentsMargins(margin, margin, margin, margin)
        inner.addWidget(self.words)
        inner.addStretch(1)
        scroll.setWidget(card)
        self.tabs = QTabWidget()
        self.steps = self._table("会议", STEP_HEADERS, STEP_WIDTHS, (3, 4, 5, 6, 7), 1)
        self.notices = self._table("公示", NOTICE_HEADERS, (88, 104, 104, 48, 160), (3,), 4)
        self.files = self._table("材料", FILE_HEADERS, (220, 180, 90), (), 1)
        self.draws = self._table("动用", DRAW_HEADERS, (104, 100, 240, 110), (3,), 2)
        self.moved = self._table("凭证", MOVED_HEADERS, (104, 116, 200, 110, 150), (3,), 2)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(scroll, 5)
        row.addWidget(self.tabs, 6)

    def _table(
        self, title: str, headers: tuple[str, ...], widths: tuple[int, ...], right: tuple[int, ...], stretch: int
    ) -> QTableView:
        table = QTableView()
        dress_table(table)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        table.setModel(TextRows(headers, right, self))
        header = table.horizontalHeader()
        for column, width in enumerate(widths):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.current().px("gap_small"), 0, 0)
        column.addWidget(table)
        self.tabs.addTab(page, title)
        return table

    def notice(self) -> Notice | None:
        """The notice chosen."""
        found: Notice | None = _model(self.notices).value(self.notices.currentIndex().row())
        return found

    def draw(self) -> Draw | None:
        """The draw chosen."""
        found: Draw | None = _model(self.draws).value(self.draws.currentIndex().row())
        return found

    def voucher(self) -> Moved | None:
        """The voucher chosen among those that rest on the decision."""
        found: Moved | None = _model(self.moved).value(self.moved.currentIndex().row())
        return found

    def show_decision(self, chosen: Chosen | None) -> None:
        """Show a decision, or nothing."""
        self.chosen = chosen
        tables = (self.steps, self.notices, self.files, self.draws, self.moved)
        rows: tuple[list[Cells], ...] = ([], [], [], [], [])
        if chosen is not None:
            rows = (
                [step_row(step) for step in chosen.standing.decision.steps],
                [notice_row(notice) for notice in chosen.standing.notices],
                [file_row(*file) for file in chosen.files],
                draw_rows(chosen.draws),
                [moved_row(moved) for moved in chosen.moved],
            )
        for place, (table, shown, title) in enumerate(zip(tables, rows, _TABS, strict=True)):
            _model(table).show_rows(shown)
            select_row(table, 0)
            self.tabs.setTabText(place, f"{title} {len(shown)}" if shown else title)
        said = review_words.lines(chosen.comments, clock.today()) if chosen else ""
        self.words.setText(_words(chosen.standing) + (f"<br>{said}" if said else "") if chosen else _NOTHING)


def _model(table: QTableView) -> TextRows:
    model = table.model()
    assert isinstance(model, TextRows)
    return model


def _words(standing: Standing) -> str:
    """Number and title, facts in a line, what it lacks, its text, and what is not certain."""
    decision, colours = standing.decision, theme.current().colours
    chip = f'<span style="color:{colours[colour(standing)]}">{escape(verdict(standing))}</span>'
    parts = [f"<b>{escape(str(decision))}</b>　{chip}"]
    facts = [
        ("主体", decision.side),
        ("程序", decision.procedure),
        ("类别", decision.matter),
        ("动议", decision.motion),
        ("规则", decision.rules),
        ("代替", decision.replaces),
        ("监督意见", decision.opinion),
        ("备注", decision.note),
    ]
    if decision.cap_fen:
        left = format_fen(standing.left_fen)
        facts.insert(
            0, ("上限", f"{format_fen(decision.cap_fen)} 元，已动用 {format_fen(standing.drawn_fen)}，还可动用 {left}")
        )
    muted = colours["muted"]
    parts.append(
        "　".join(f'<span style="color:{muted}">{title}</span> {escape(text)}' for title, text in facts if text)
    )
    reasons = [str(failure) for failure in standing.failures]
    if decision.void_reason:
        reasons.insert(0, f"已作废：{decision.void_reason}")
    if standing.replaced_by:
        reasons.insert(0, f"已由 {standing.replaced_by} 代替")
    parts += [f'<span style="color:{colours["danger"]}">✕ {escape(text)}</span>' for text in reasons]
    parts.append(escape(decision.text).replace("\n", "<br>"))
    parts += [f'<span style="color:{muted}">注：{escape(text)}</span>' for text in standing.remarks]
    return "<br>".join(part for part in parts if part)
