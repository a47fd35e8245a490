"""溯源: a payment's statement lines, entries, requests, decisions, files and log records; Enter follows one."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QTableView, QWidget

from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.trail import Trail, TrailLink, TrailRow, trail_rows
from village_ledger.paths import user_data
from village_ledger.reports.query import Query
from village_ledger.services import publishing
from village_ledger.services import trail as trails
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.ui import dialogs, machine, shortcuts, theme
from village_ledger.ui.operations import (
    ASSETS,
    BUDGETS,
    CONTRACTS,
    DECISIONS,
    LOG,
    PROJECTS,
    REQUESTS,
    SETTINGS,
    VOUCHERS,
    Operations,
)
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import EmptyState
from village_ledger.ui.widgets.table import dress_table, select_row

from .trail_model import TrailModel

_WIDTHS = (84, 164, 236, 128, 104, 108, 300)
_EMPTY = "从凭证页的“溯源”（{key}）打开：一笔款从报表到凭证、用款申请、签批、决策、会议、公示、附件，都列在一起。"


class TrailPage(Page):
    """Shows one voucher's trail. Enter or a double click opens what a line is about; Escape leads back."""

    title = "溯源"
    touched_by = VOUCHERS | REQUESTS | DECISIONS | BUDGETS | PROJECTS | CONTRACTS | ASSETS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.trail: Trail | None = None
        self._voucher = 0
        self._place = 0
        self.voucher_button = self.add_action_button(make_button("看凭证(&V)", icon="file", on_click=self.open_voucher))
        self.print_button = self.add_action_button(
            make_button(
                "打印溯源单",
                kind="primary",
                icon="printer",
                tip=f"一页 A4（{shortcuts.label('report.print')}）",
                on_click=self.preview,
            )
        )
        self.save_button = self.add_action_button(make_button("导出 PDF", icon="download", on_click=self.save_as))
        self.amount = theme.mark(QLabel(), "amount")
        self.words = theme.mark(QLabel(), "muted")
        head = QHBoxLayout()
        head.setSpacing(look.px("gap_large"))
        head.addWidget(self.amount)
        head.addWidget(self.words)
        head.addStretch(1)
        self.body.addLayout(head)
        self.model = TrailModel(self)
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, look.scaled(width))
        header.setSectionResizeMode(len(_WIDTHS) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.activated.connect(lambda _index: self.follow())
        self.empty = EmptyState(_EMPTY.format(key=shortcuts.label("voucher.trail")))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.empty, 1)
        shortcuts.bind(self, "report.print", self.preview)
        self.setFocusProxy(self.table)
        self._show_nothing()

    def show_origin(self, origin: Origin) -> None:
        """Show the trail of a voucher (by its id)."""
        self._voucher, self._place, self.stale = origin.id, 0, False
        self.refresh()

    def refresh(self) -> None:
        """Read the trail anew and stay at the line."""
        voucher = self._voucher
        if voucher:
            self.operations.read(lambda book: trails.trail(book, voucher), self._show, topic="trail")

    def take_focus(self) -> None:
        """The list: arrows and Enter work at once."""
        self.table.setFocus()

    def state(self) -> object:
        """The voucher and the line."""
        return self._voucher, self.table.currentIndex().row()

    def restore(self, state: object) -> None:
        """Back to a voucher's trail and the line in it."""
        if isinstance(state, tuple):
            voucher, place = state
            if (voucher, self.stale) == (self._voucher, False):
                select_row(self.table, place)
            else:
                self._voucher, self._place, self.stale = voucher, place, False
                self.refresh()

    def follow(self) -> None:
        """Open what the chosen line is about."""
        row: TrailRow | None = self.model.value(self.table.currentIndex().row())
        if row is None or row.link is None or self.trail is None:
            return
        link = row.link
        if link.kind in ("request", "decision", "contract", "project"):
            self.open_origin_requested.emit(Origin(link.kind, link.id, f"{row.stage} {link.key}"))  # type: ignore[arg-type] # narrowed by the line above
        elif link.kind == "voucher":
            self.open_voucher_requested.emit(link.id)
        elif link.kind == "file":
            self.operations.read(lambda book: trails.file_place(book, link.key), self._open_file)
        elif link.kind == "log":
            self.open_page_requested.emit("log")
        else:
            self._open_report(self.trail, link)

    def open_voucher(self) -> None:
        """Show the voucher itself."""
        if self._voucher:
            self.open_voucher_requested.emit(self._voucher)

    def preview(self) -> None:
        """Write the sheet and show it in the system's viewer, where it can be printed."""
        if self.trail is not None:
            folder = user_data() / "preview"
            folder.mkdir(parents=True, exist_ok=True)
            self._write(folder / "溯源单.pdf", _open)

    def save_as(self) -> None:
        """Ask for a file name and write the sheet as PDF."""
        trail = self.trail
        if trail is None:
            return
        name = f"{trail.entity}_溯源单_{trail.label}.pdf".replace("/", "-")
        folder = Path(machine.text("report_folder", str(Path.home())))
        path = dialogs.save_file(self, "导出溯源单", str(folder / name), "PDF 文件 (*.pdf)")
        if path is not None:
            machine.remember("report_folder", str(path.parent))
            self._write(path if path.suffix else path.with_suffix(".pdf"), self._saved)

    def _write(self, path: Path, done: object) -> None:
        voucher = self._voucher
        self.operations.long(
            lambda book, _progress: _printed(book, voucher, path),
            done,  # type: ignore[arg-type] # one of the two slots below
            title="正在排版溯源单",
            touches=LOG,
            initiator=self,
        )

    def _saved(self, path: Path) -> None:
        self.message_bar.show_message(f"已导出：{path}", "success", "打开", lambda: _open(path))

    def _open_report(self, trail: Trail, link: TrailLink) -> None:
        month = trail.voucher.period
        if link.kind == "ledger":
            self.open_report_requested.emit("subsidiary-ledger", Query(month, month, account=link.key))
        else:
            self.open_report_requested.emit(link.key, Query(month.january, month))

    def _open_file(self, place: Path | None) -> None:
        if place is None or not place.is_file():
            self.message("这个文件不在附件文件夹里，请从原来的电脑或备份里复制过来", "danger")
        else:
            _open(place)

    def _show_nothing(self) -> None:
        self.table.setVisible(self.trail is not None)
        self.empty.setVisible(self.trail is None)
        for button in (self.voucher_button, self.print_button, self.save_button):
            button.setEnabled(self.trail is not None)

    def _show(self, trail: Trail) -> None:
        place = self._place if self.trail is None or self.trail.voucher.id != trail.voucher.id else -1
        place = self.table.currentIndex().row() if place < 0 else place
        self.trail = trail
        self._show_nothing()
        self.set_title("溯源", f"{trail.voucher.period.label} {trail.voucher.label}")
        self.amount.setText(f"{format_fen(trail.fen)} 元")
        self.words.setText(capital_amount(trail.fen))
        rows = tuple(trail_rows(trail))
        self.model.show_rows(rows)
        select_row(self.table, min(max(place, 0), len(rows) - 1))


def _printed(book: Book, voucher: int, path: Path) -> Path:
    publishing.print_trail(book, trails.trail(book, voucher), path)
    return path


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
