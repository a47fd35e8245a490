"""The card of the chosen parcel beside the list or the map, with its history."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.area import format_mu
from village_ledger.domain.parcel_changes import KIND_LABELS, ParcelChange
from village_ledger.domain.parcels import ContractedSpan
from village_ledger.services.parcels import ParcelRecord
from village_ledger.ui import theme

_NOTHING = "在列表里选一行，或在图上点一块地，这里显示它的台账和来历。"


class CardPanel(QScrollArea):
    """Shows one parcel; reading only."""

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
        self.heading.setWordWrap(True)
        self.facts = QLabel(_NOTHING)
        self.facts.setWordWrap(True)
        self.facts.setTextFormat(Qt.TextFormat.RichText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.past = QLabel()
        self.past.setWordWrap(True)
        self.past.setTextFormat(Qt.TextFormat.RichText)
        for label in (self.heading, self.facts, self.past):
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(body)
        self.show_record(None)

    def show_record(self, record: ParcelRecord | None) -> None:
        """Show a parcel; its history comes later by `show_history`."""
        self.past.clear()
        self.heading.setVisible(record is not None)
        if record is None:
            self.facts.setText(_NOTHING)
            return
        self.heading.setText(str(record.parcel))
        muted = theme.current().colours["muted"]
        rows = "".join(
            f'<tr><td style="color:{muted}; padding:2px 10px 2px 0" valign="top">{title}</td>'
            f'<td style="padding:2px 0">{escape(text)}</td></tr>'
            for title, text in card_rows(record)
            if text
        )
        self.facts.setText(f'<table cellspacing="0" cellpadding="0">{rows}</table>')

    def show_history(self, changes: tuple[ParcelChange, ...]) -> None:
        """Show what happened to the parcel, newest first."""
        muted = theme.current().colours["muted"]
        blocks = [
            f'<p style="margin:6px 0 0 0"><b>{change.day}　{KIND_LABELS[change.kind]}</b><br>'
            f"{escape(_route(change))}<br>"
            f'<span style="color:{muted}">{escape(_ground(change))}</span></p>'
            for change in reversed(changes)
        ]
        self.past.setText("<b>来历与变更</b>" + "".join(blocks) if blocks else "")


def _route(change: ParcelChange) -> str:
    return change.label.partition("：")[2]


def _ground(change: ParcelChange) -> str:
    return "，".join(part for part in (change.reason, change.document) if part)


def _span_text(span: ContractedSpan) -> str:
    return f"{format_mu(span.area_x100)} 亩，{f'到 {span.end}' if span.end else '没有约定到期日'}"


def card_rows(record: ParcelRecord) -> tuple[tuple[str, str], ...]:
    """Title and text of each line of the card."""
    parcel, measured = record.parcel, record.measured
    outline = "还没有图形，可从 GeoJSON 文件导入"
    if measured is not None:
        outline = f"量得 {format_mu(measured.measured_x100)} 亩，" + (
            "与登记面积相符"
            if measured.within
            else f"与登记面积相差 {format_mu(abs(measured.difference_x100))} 亩，请核对"
        )
    contracted = f"{format_mu(record.contracted_x100)} 亩" if record.contracted_x100 else "无"
    return (
        ("地类", parcel.land_class + (f"（{parcel.land_use}）" if parcel.land_use else "")),
        ("面积", f"{format_mu(record.area_x100)} 亩"),
        ("已承包发包", contracted),
        *((span.label, _span_text(span)) for span in record.contracts),
        ("经营方式", parcel.management),
        ("经营者", parcel.holder),
        ("坐落", parcel.location),
        ("东至", parcel.east),
        ("南至", parcel.south),
        ("西至", parcel.west),
        ("北至", parcel.north),
        ("权属单位", parcel.owner),
        ("权属证明", parcel.proof or "未登记"),
        ("图形", outline),
        ("登记日期", str(parcel.began)),
        ("终止日期", str(parcel.ended or "")),
        ("备注", parcel.note),
    )
