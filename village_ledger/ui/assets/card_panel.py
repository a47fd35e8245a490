"""The chosen asset beside the list: what it is, what it stands at, its photo and its history."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.assets.standing import monthly_charge, months_left
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.reports.assets.changes import described
from village_ledger.reports.assets.lines import life, use_kind
from village_ledger.services.asset_changes import ChangeStatus
from village_ledger.ui import theme
from village_ledger.ui.tables.amount_text import quantity_text

from .cards_model import CardRow

_NOTHING = "在列表里选一项资产，这里显示它的资料、照片和变动记录。"


class CardPanel(QScrollArea):
    """Shows one card; reading only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme.current()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(look.scaled(272))
        body = QFrame()
        body.setObjectName("Card")
        column = QVBoxLayout(body)
        margin = look.scaled(12)
        column.setContentsMargins(margin, margin, margin, margin)
        self.heading = theme.mark(QLabel(), "heading")
        self.photo = QLabel()
        self.facts = QLabel(_NOTHING)
        self.past = QLabel()
        for label in (self.heading, self.photo, self.facts, self.past):
            label.setWordWrap(True)
            column.addWidget(label)
        for label in (self.facts, self.past):
            label.setTextFormat(Qt.TextFormat.RichText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.photo.hide()
        column.addStretch(1)
        self.setWidget(body)

    def show_row(self, row: CardRow | None, through: Period) -> None:
        """Show an asset; photo and history come later."""
        self.past.clear()
        self.photo.hide()
        self.heading.setVisible(row is not None)
        if row is None:
            self.facts.setText(_NOTHING)
            return
        self.heading.setText(row.now.card.label)
        muted = theme.current().colours["muted"]
        rows = "".join(
            f'<tr><td style="color:{muted}; padding:2px 10px 2px 0" valign="top">{title}</td>'
            f'<td style="padding:2px 0">{escape(text)}</td></tr>'
            for title, text in _facts(row, through)
            if text
        )
        self.facts.setText(f'<table cellspacing="0" cellpadding="0">{rows}</table>')

    def show_photo(self, content: bytes) -> None:
        """Show a photo, as wide as the panel."""
        picture = QPixmap()
        if content and picture.loadFromData(content):
            width = self.viewport().width() - theme.current().scaled(28)
            self.photo.setPixmap(picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation))
            self.photo.show()

    def show_history(self, found: tuple[ChangeStatus, ...]) -> None:
        """Show what happened to the asset, newest first."""
        muted = theme.current().colours["muted"]
        blocks = [
            f'<p style="margin:6px 0 0 0"><b>{one.change.day}　{one.change.kind}</b>　{one.change.state}<br>'
            f"{escape('；'.join(part for part in (one.change.reason, described(one.change)) if part))}<br>"
            f'<span style="color:{muted}">{escape(one.change.approval.label)}</span></p>'
            for one in found
        ]
        heading = f'<p style="color:{muted}; margin:8px 0 0 0">变动记录</p>' if blocks else ""
        self.past.setText(heading + "".join(blocks))


def _facts(row: CardRow, through: Period) -> tuple[tuple[str, str], ...]:
    now, card = row.now, row.now.card
    left = months_left(now, through)
    return (
        ("种类", card.kind),
        ("类别", card.category),
        ("规格型号", card.model),
        ("数量", f"{quantity_text(now.quantity)} {card.unit}".strip()),
        ("取得", f"{card.acquired}　{card.source}"),
        ("启用", now.in_use.isoformat() if now.in_use else "未启用"),
        ("原值", format_fen(now.original_fen)),
        ("累计折旧", format_fen(now.accumulated_fen)),
        ("净值", format_fen(now.net_fen)),
        ("净残值", format_fen(now.residual_fen) if now.residual_fen else ""),
        ("折旧", card.method if card.method == "不提" else f"{card.method}　{life(card)}"),
        ("月折旧额", format_fen(monthly_charge(now)) if monthly_charge(now) else ""),
        ("剩余月数", str(left) if left else ""),
        ("性质", use_kind(operating=now.operating)),
        ("坐落", now.location),
        ("保管使用", now.custodian),
        ("权证号", card.licence),
        ("资金项目", card.project),
        ("备注", card.note),
    )
