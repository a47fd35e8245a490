"""The chosen request below the list: what is asked for, what it lacks, who has signed and whose turn it is."""

from html import escape

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

from village_ledger.domain.account import Chart
from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.services.requests import RequestStanding
from village_ledger.ui import theme
from village_ledger.ui.tables.text_rows import Cells, TextRows
from village_ledger.ui.widgets.table import dress_table

from .reads import Chosen
from .rows import CHAIN_HEADERS, CHAIN_WIDTHS, FILE_HEADERS, LINE_HEADERS, LINE_WIDTHS, chain_row, line_row

_NOTHING = "选一份申请，这里显示要付什么、凭什么付、谁签过字、轮到谁签。"


class RequestPanel(QWidget):
    """Shows one request; reading only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.chosen: Chosen | None = None
        self.words = QLabel(_NOTHING)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card = QFrame()
        card.setObjectName("Card")
        inner = QVBoxLayout(card)
        margin = look.scaled(12)
        inner.setContentsMargins(margin, margin, margin, margin)
        inner.addWidget(self.words)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(card)
        self.tabs = QTabWidget()
        self.chain = self._table("签批", CHAIN_HEADERS, CHAIN_WIDTHS, (), 5)
        self.lines = self._table("用款明细", LINE_HEADERS, LINE_WIDTHS, (3,), 0)
        self.files = self._table("附件", FILE_HEADERS, (240, 160, 90), (), 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px("gap"))
        row.addWidget(scroll, 5)
        row.addWidget(self.tabs, 6)

    def _table(
        self, title: str, headers: tuple[str, ...], widths: tuple[int, ...], right: tuple[int, ...], stretch: int
    ) -> TextRows:
        table = QTableView()
        dress_table(table)
        table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        model = TextRows(headers, right, self)
        table.setModel(model)
        header = table.horizontalHeader()
        for column, width in enumerate(widths):
            header.resizeSection(column, theme.current().scaled(width))
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, theme.current().px("gap_small"), 0, 0)
        column.addWidget(table)
        self.tabs.addTab(page, title)
        return model

    def show_request(self, chosen: Chosen | None, chart: Chart) -> None:
        """Show a request, or nothing."""
        self.chosen = chosen
        if chosen is None:
            self.words.setText(_NOTHING)
            for model in (self.chain, self.lines, self.files):
                model.show_rows(())
            return
        standing = chosen.standing
        request, waiting = standing.request, standing.next
        self.words.setText(_words(standing))
        self.chain.show_rows(
            [chain_row(place, link, request, is_next=link is waiting) for place, link in enumerate(standing.links)]
        )
        self.lines.show_rows(
            [line_row(line, chart[line.account].name if line.account in chart else "") for line in request.lines]
        )
        self.files.show_rows(
            [
                Cells((row.file.name, row.note, state), "" if state == "完好" else "danger", row, (2,))
                for row, state in chosen.files
            ]
        )
        self.tabs.setTabText(2, f"附件 {len(chosen.files)}" if chosen.files else "附件")


def _words(standing: RequestStanding) -> str:
    """Number and purpose, the amount, facts in a line, and what is missing."""
    request, colours = standing.request, theme.current().colours
    fen = request.amount_fen
    parts = [
        f"<b>{escape(request.number)}　{escape(request.title)}</b>　{escape(request.state)}",
        f"{format_fen(fen)} 元（{capital_amount(fen)}）　{escape(request.kind)}",
    ]
    tier = standing.tier
    facts = [
        ("收款人", request.payee),
        ("经手人", request.handler),
        ("证明人", request.witness),
        ("付款账户", request.money_account),
        ("决议", request.decision),
        ("合同", request.contract),
        ("项目", request.project),
        ("预算", request.budget_item),
        ("已有材料", "、".join(request.documents)),
        ("审批档次", tier.span if tier else "不用审批"),
        ("用于", standing.use.label if standing.use else ""),
    ]
    muted = colours["muted"]
    parts.append(
        "　".join(f'<span style="color:{muted}">{title}</span> {escape(text)}' for title, text in facts if text)
    )
    if request.state != "已作废" and standing.lacks:
        parts.append(f'<span style="color:{colours["danger"]}">还缺：{escape("、".join(standing.lacks))}</span>')
    elif request.state == "已批准" and not standing.use:
        parts.append(f'<span style="color:{colours["success"]}">手续齐全，可以生成凭证</span>')
    if request.note:
        parts.append(f'<span style="color:{muted}">{escape(request.note)}</span>'.replace("\n", "<br>"))
    return "<br>".join(parts)
