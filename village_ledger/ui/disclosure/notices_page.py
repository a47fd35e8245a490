"""公开榜: which months are on the wall, how each notice looks, and the next step for it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QLabel, QMenu, QTableView, QVBoxLayout, QWidget

from village_ledger import clock
from village_ledger.domain.period import Period
from village_ledger.reports.frame import span_label
from village_ledger.reports.notices.model import EDITIONS, Edition, Notice
from village_ledger.reports.query import Query
from village_ledger.services import disclosures, evidence, journal, notice_files
from village_ledger.services.book import Book
from village_ledger.services.disclosures import SpanRow
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.evidence_dialog import EvidenceDialog, Owner
from village_ledger.ui.operations import (
    BUDGETS,
    CONTRACTS,
    DECISIONS,
    DISCLOSURES,
    LOG,
    PERIODS,
    PROJECTS,
    REQUESTS,
    SETTINGS,
    VOUCHERS,
    Operations,
    Progress,
)
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.table import dress_table, select_row

from .act_dialogs import ActDialog, EndDialog, PostDialog, SignDialog
from .preview import Preview
from .spans_model import SpansModel
from .special_dialog import SpecialChoices, SpecialDialog, special_choices

_NO_SPECIALS = (
    "还没有专项公开。\n征地补偿、工程、合同、重大收支等事项，不等结账，随时单独张榜：\n点“制作专项公开”，选要公开的表。"
)
_FORMATS = (
    ("PDF　A3 横向", "pdf", "A3"),
    ("PDF　A4 横向", "pdf", "A4"),
    ("PDF　A2（四张 A4 拼贴）", "pdf", "A2"),
    ("图片（发微信群）", "png", "A3"),
    ("网页（手机看）", "html", "A3"),
    ("Excel（交乡镇）", "xlsx", "A3"),
)


class NoticesPage(Page):
    """Spans on the left; the notice as it will hang, and what was done to it, on the right."""

    title = "公开榜"
    touched_by = DISCLOSURES | PERIODS | VOUCHERS | CONTRACTS | DECISIONS | REQUESTS | BUDGETS | PROJECTS | SETTINGS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self._drawn: Notice | None = None
        self._build_actions()
        self.edition = QComboBox()
        for key, title in EDITIONS.items():
            self.edition.addItem(f"{title}公开", key)
        self.model = SpansModel(clock.today())
        self.table = QTableView()
        dress_table(self.table)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setModel(self.model)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, look.scaled(96))
        header.resizeSection(2, look.scaled(96))
        self.preview = Preview()
        self.words = theme.mark(QLabel(), "muted")
        self.words.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(look.px("gap"))
        left.addWidget(self.edition)
        left.addWidget(self.table, 1)
        side = QWidget()
        side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(look.scaled(330))
        right = QVBoxLayout()
        right.setSpacing(look.px("gap"))
        right.addWidget(self.words)
        right.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(look.px("gap_large"))
        row.addWidget(side)
        row.addLayout(right, 1)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self.table)
        self.edition.currentIndexChanged.connect(lambda _place: self.refresh())
        self.table.selectionModel().currentChanged.connect(lambda _now, _before: self._show_row())

    def _build_actions(self) -> None:
        self.output_button = self.add_action_button(make_button("打印、导出(&P)", icon="printer"))
        menu = QMenu(self.output_button)
        for title, kind, size in _FORMATS:
            menu.addAction(title, partial(self.write_files, kind, size))
        self.output_button.setMenu(menu)
        self.more_button = self.add_action_button(make_button("更多(&M)", icon="list"))
        more = QMenu(self.more_button)
        self.photo_action = more.addAction("现场照片…", self.show_photos)
        self.question_action = more.addAction("村民质询…", lambda: self.open_page_requested.emit("objections"))
        more.addSeparator()
        self.down_action = more.addAction("撤榜…", partial(self._end, "撤榜"))
        self.file_action = more.addAction("归档…", partial(self._end, "归档"))
        self.void_action = more.addAction("作废…", partial(self._end, "作废"))
        more.addSeparator()
        self.special_action = more.addAction("制作专项公开…", self.make_special)
        self.year_action = more.addAction("制作全年的公开榜", self.make_year)
        more.addSeparator()
        more.addAction("公开台账", self.open_report)
        self.more_button.setMenu(more)
        self.step_button = self.add_action_button(make_button("制作(&N)", kind="primary", on_click=self.next_step))

    @property
    def chosen(self) -> SpanRow | None:
        """The chosen span."""
        return self.model.value(self.table.currentIndex().row())

    def refresh(self) -> None:
        """Read the spans anew; the chosen one stays chosen."""
        edition: Edition = self.edition.currentData()
        self.operations.read(lambda book: disclosures.spans(book, edition), self._show_spans, topic="spans")

    def _show_spans(self, rows: tuple[SpanRow, ...]) -> None:
        before = self.chosen
        self.model.today = clock.today()
        self.model.show_rows(rows)
        wanted = (before.start, before.end, before.subject) if before else None
        place = self.model.find(lambda one: (one.start, one.end, one.subject) == wanted)
        if place < 0:
            place = max(self.model.find(lambda one: one.closed), 0)
        select_row(self.table, place)
        self._show_row()

    def _show_row(self) -> None:
        row = self.chosen
        if row is None:
            self._show_none()
            return
        self._show_possible(row)
        drawn = self._drawn

        def draw(book: Book) -> tuple[Notice, tuple[bytes, ...]] | None:
            notice = disclosures.shown_of(book, row)
            return None if notice == drawn else (notice, notice_files.pictures(notice, 90))

        self.operations.read(draw, self._show_pages, topic="preview")

    def _show_pages(self, found: tuple[Notice, tuple[bytes, ...]] | None) -> None:
        """Show the pages; None: they are those already shown."""
        if found is None:
            return
        before, (self._drawn, pages) = self._drawn, found
        if before is None or before.title != self._drawn.title:
            self.preview.first()
        self.preview.show_pages(pages)

    def _show_none(self) -> None:
        """No special notice has been made yet."""
        self._drawn = None
        self.preview.show_text(_NO_SPECIALS)
        self.words.setText("")
        self.step_button.setText("制作专项公开(&N)…")
        self.step_button.setEnabled(not self.facts.read_only)
        self.output_button.setEnabled(False)
        for action in (self.photo_action, self.down_action, self.file_action, self.void_action, self.year_action):
            action.setEnabled(False)

    def _show_possible(self, row: SpanRow) -> None:
        made = row.made if row.made and row.made.state != "已作废" else None
        state = self.model.state(row)
        writable = not self.facts.read_only
        steps = {"拟制": "村监会签字(&N)…", "已签字": "张榜(&N)…", "已张榜": "撤榜(&N)…", "已撤榜": "归档(&N)…"}
        special = row.edition == "special"
        otherwise = "制作专项公开(&N)…" if special else "制作更正(&N)" if state == "已归档" else "制作(&N)"
        self.step_button.setText(steps.get(state, otherwise))
        self.step_button.setEnabled(writable and (row.closed or special))
        self.output_button.setEnabled(True)
        for action, states in (
            (self.photo_action, {"已张榜", "已撤榜", "已归档"}),
            (self.down_action, {"已张榜"}),
            (self.file_action, {"已撤榜"}),
            (self.void_action, {"拟制", "已签字", "已张榜", "已撤榜"}),
        ):
            action.setEnabled(writable and made is not None and made.state in states)
        self.year_action.setEnabled(writable and row.edition == "month")
        self.words.setText(self._story(row))

    def _story(self, row: SpanRow) -> str:
        """What was done to the notice so far, in a line."""
        if row.made is None or row.made.state == "已作废":
            if not row.closed:
                return f"{span_label(row.start, row.end)}还没有结账，下面是草稿，不能张榜"
            return f"还没有制作；应在 {row.due} 前张榜"
        version = f"（第 {row.made.version} 版）" if row.made.version > 1 and not row.subject else ""
        parts = [f"{row.made.made_on} {row.made.made_by}制作{version}"]
        for act in row.made.acts:
            where = f"（{act.place}）" if act.place else f"（{act.note}）" if act.note else ""
            parts.append(f"{act.day} {act.role}{act.who}{act.kind}{where}")
        if row.made.state == "已张榜":
            parts.append(f"公开到 {row.made.last_day}")
        if row.made.hung is not None:
            parts.append(f"共公开 {row.made.hung} 天")
        return "　→　".join(parts)

    def next_step(self) -> None:
        """Do what comes next for the chosen span."""
        row = self.chosen
        if row is None:
            self.make_special()
            return
        state = self.model.state(row)
        if state == "拟制":
            self._open(SignDialog(self.operations, self._made(row), clock.today(), self))
        elif state == "已签字":
            board = self.facts.settings.board
            self._open(PostDialog(self.operations, self._made(row), clock.today(), board, self))
        elif state in {"已张榜", "已撤榜"}:
            self._end("撤榜" if state == "已张榜" else "归档")
        elif row.edition == "special":
            self.make_special()
        else:
            self.operations.write(
                lambda book: disclosures.prepare(book, row.edition, row.start, row.end),
                lambda _made: self._done(f"{span_label(row.start, row.end)}公开榜已制作，请村监会审核签字"),
                touches=DISCLOSURES,
                initiator=self,
                busy_text="正在制作…",
                disable=(self.step_button,),
            )

    def make_special(self) -> None:
        """Make a notice of one subject at once."""
        self.operations.read(special_choices, self._choose_special)

    def _choose_special(self, choices: SpecialChoices) -> None:
        dialog = SpecialDialog(self.operations, choices, self.facts.entity.first_period, self.facts.open_period, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.done_text.connect(self._special_made)
        dialog.open()

    def _special_made(self, text: str) -> None:
        self.message(text, "success")
        self._to_special()

    def _to_special(self) -> None:
        place = self.edition.findData("special")
        if self.edition.currentIndex() == place:
            self.refresh()
        else:
            self.edition.setCurrentIndex(place)

    def open_report(self) -> None:
        """The register of the notices made this year."""
        today = Period.of(clock.today())
        self.open_report_requested.emit("notice-register", Query(today.january, today))

    def make_year(self) -> None:
        """Make the notices of a whole year."""
        row = self.chosen
        year = row.end.year if row else self.facts.open_period.year

        def make(book: Book, progress: Progress) -> int:
            return len(disclosures.prepare_year(book, year, progress))

        self.operations.long(
            make,
            lambda count: self._done(f"{year}年制作了 {count} 张公开榜"),
            title=f"正在制作{year}年的公开榜",
            touches=DISCLOSURES,
            initiator=self,
        )

    def show_photos(self) -> None:
        """The photos of the notice on the wall."""
        row = self.chosen
        if row and row.made:
            owner = Owner(evidence.DISCLOSURE, row.made.uid, span_label(row.start, row.end))
            EvidenceDialog(self.operations, owner, DISCLOSURES, self, fixed=True).open()

    def write_files(self, kind: str, size: str) -> None:
        """Write the notice to a folder and open it."""
        row = self.chosen
        folder = dialogs.pick_folder(self, "保存到哪个文件夹", machine.text("export_folder")) if row else None
        if row is None or folder is None:
            return
        machine.remember("export_folder", str(folder))

        def write(book: Book, _progress: Progress) -> tuple[Path, ...]:
            notice = disclosures.shown_of(book, row)
            made = notice_files.write(notice, folder, kind, size)
            journal.record_export(book, f"{notice.title}（{kind}）", {"digest": notice.digest})
            return made

        self.operations.long(
            write, self._written, title="正在导出公开榜", touches=LOG, initiator=self, cancellable=False
        )

    def _written(self, made: tuple[Path, ...]) -> None:
        self.message(f"已导出 {len(made)} 个文件：{made[0]}", "success")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(made[0])))

    def _end(self, kind: str) -> None:
        row = self.chosen
        if row and row.made:
            self._open(EndDialog(kind, self.operations, row.made, clock.today(), self))

    def _made(self, row: SpanRow) -> disclosures.Disclosure:
        if row.made is None:
            raise RuntimeError("the step needs a notice that was made")
        return row.made

    def _open(self, dialog: ActDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.saved.connect(lambda: self._done("已登记"))
        dialog.open()

    def _done(self, text: str) -> None:
        self.message(text, "success")
        self.refresh()
