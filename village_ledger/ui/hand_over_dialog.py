"""报送向导: which month, what is looked at beforehand, where the package goes, and what was written."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.closing import CloseCheck
from village_ledger.domain.errors import Refusal
from village_ledger.domain.period import Period
from village_ledger.services import packages, periods
from village_ledger.services.book import Book, Progress
from village_ledger.services.hand_over_checks import HandOverChoices, hand_over_checks, hand_over_choices
from village_ledger.services.packages import HandedOver
from village_ledger.ui import dialogs, machine, theme
from village_ledger.ui.check_list import PLACES, CheckList
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.operations import LOG, PERIODS, Operations
from village_ledger.ui.places import places
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.form import FormGrid

_FOLDER = "hand_over_folder"
_CONTENT = (
    "报送包是一个签名的 .vlp 文件：账表、登记簿、公开榜、凭证数据和操作日志都在里面，改一个字节都查得出。"
    "做好以后自动检查一遍，通过了才算报送。"
)
_PAPER = "只用纸质报送，或已经用别的办法交给乡镇：不做报送包，只在账里记上已经报送。"


class HandOverDialog(dialogs.Dialog):
    """Opened with `open()`. `marked(text)` fires once a month counts as handed over; `place_wanted(page)` leads on."""

    marked = Signal(str)
    place_wanted = Signal(str)

    def __init__(self, operations: Operations, period: Period | None, parent: QWidget) -> None:
        super().__init__("报送乡镇", parent, operations=operations, width=680, height=460)
        self._work, self._wanted = operations, period
        self._made: HandedOver | None = None
        self.stack = QStackedWidget()
        self.stack.addWidget(self._what_page())
        self.stack.addWidget(self._checks_page())
        self.stack.addWidget(self._result_page())
        self.body.addWidget(self.stack, 1)
        self.cancel_button = self.add_button("取消", self.reject)
        self.paper_button = self.add_button("只记已报送(&P)…", self.mark)
        self.paper_button.setToolTip(_PAPER)
        self.back_button = self.add_button("上一步(&B)", lambda: self._show_step(0))
        self.next_button = self.add_button("下一步：检查(&N)", self.check, kind="primary")
        self.send_button = self.add_button("报送(&S)", self.send, kind="primary")
        self.folder_button = self.add_button("打开文件夹(&O)", self._open_folder)
        self.done_button = self.add_button("完成", self.accept, kind="primary")
        self._show_step(0)
        for widget in (self.next_button, self.paper_button):
            widget.setEnabled(False)
        operations.read(hand_over_choices, self._offer, topic="choices")

    def _what_page(self) -> QWidget:
        self.month = QComboBox()
        self.state = theme.mark(QLabel(), "muted")
        self.attachments = QCheckBox("带上附件(&A)")
        self.place = QComboBox()
        self.place.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.place.setMinimumContentsLength(28)
        for place in places(machine.text(_FOLDER)):
            self.place.addItem(theme.icon("usb" if place.usb else "folder", "accent"), place.title, str(place.path))
        where = QWidget()
        row = QHBoxLayout(where)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.place, 1)
        row.addWidget(make_button("其他位置(&T)…", on_click=self._choose))
        where.setFocusProxy(self.place)
        self.form = FormGrid()
        self.form.add("月份(&M)", self.month)
        self.form.add("", self.state)
        self.form.add("附件", self.attachments, "合同、决策等的扫描件")
        self.form.add("保存到(&L)", where, "U盘插上以后会列在最前面；同名的报送包会被替换")
        words = theme.mark(QLabel(_CONTENT), "muted")
        words.setWordWrap(True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(words)
        column.addStretch(1)
        self.month.currentIndexChanged.connect(lambda _place: self._show_state())
        return page

    def _checks_page(self) -> QWidget:
        self.checks = CheckList(act="报送")
        self.checks.place_wanted.connect(self._lead_on)
        inside = QWidget()
        inside.setObjectName("ScrollBody")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.checks)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inside)
        return scroll

    def _result_page(self) -> QWidget:
        self.result = FormGrid()
        self.file, self.size, self.digest, self.key = (_told() for _caption in range(4))
        self.result.add("文件", self.file)
        self.result.add("大小", self.size)
        self.result.add("摘要（SHA-256）", self.digest)
        hint = "第一次报送、换过电脑以后，打电话把公钥四位四位地念给乡镇核对"
        self.result.add("公钥", self.key, hint)
        self.lost = theme.mark(QLabel(), "warning")
        self.lost.setWordWrap(True)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.result)
        column.addWidget(self.lost)
        column.addStretch(1)
        return page

    @property
    def period(self) -> Period | None:
        """The month chosen."""
        text = str(self.month.currentData() or "")
        return Period.parse(text) if text else None

    def folder(self) -> Path:
        """The folder chosen."""
        return Path(str(self.place.currentData()))

    def _offer(self, found: HandOverChoices) -> None:
        self._states = {one.period: one for one in found.months}
        for one in found.months:
            self.month.addItem(one.period.label, str(one.period))
        wanted = self._wanted if self._wanted in self._states else found.meant
        self.month.setCurrentIndex(self.month.findData(str(wanted)))
        megabytes = max(1, found.attachment_bytes // 1_000_000)
        count = f"（{found.attachments} 个，约 {megabytes} MB）" if found.attachments else "（没有附件）"
        self.attachments.setText(f"带上附件(&A){count}")
        self.attachments.setEnabled(found.attachments > 0)
        for widget in (self.next_button, self.paper_button):
            widget.setEnabled(bool(found.months))
        if not found.months:
            self.message("还没有结过账，先在“月末结账”结账，再报送", "warning")
        self.month.setFocus()

    def _show_state(self) -> None:
        one = self._states.get(self.period) if self.period else None
        if one is None:
            return
        sent = (
            one.review or ("报送后改过" if one.changed_after_hand_over else "已报送")
            if one.handed_over
            else "还没有报送"
        )
        self.state.setText(f"凭证 {one.posted} 张，{sent}")

    def _show_step(self, step: int) -> None:
        self.stack.setCurrentIndex(step)
        shown = (
            (self.cancel_button, self.paper_button, self.next_button),
            (self.cancel_button, self.back_button, self.send_button),
            (self.folder_button, self.done_button),
        )[step]
        for button in (
            *(self.cancel_button, self.paper_button, self.back_button, self.next_button, self.send_button),
            *(self.folder_button, self.done_button),
        ):
            button.setVisible(button in shown)
        shown[-1].setDefault(True)
        self.message_bar.clear()

    def check(self) -> None:
        """Look at what must be in order; progress with a cancel button appears when it takes longer."""
        period = self.period
        if period is not None:
            self._work.long(
                lambda book, progress: hand_over_checks(book, period, progress),
                self._show_checks,
                title=f"正在检查{period.label}的账",
                initiator=self,
                on_failed=self._failed,
            )

    def _show_checks(self, checks: tuple[CloseCheck, ...]) -> None:
        self._show_step(1)
        self.checks.show_checks(checks)
        blocked = sum(one.blocking and not one.passed for one in checks)
        self.send_button.setEnabled(not blocked)
        if blocked:
            self.message(f"有 {blocked} 项没有通过，处理好以后才能报送", "danger")
            self.back_button.setFocus()
        else:
            self.send_button.setFocus()

    def _lead_on(self, code: str) -> None:
        self.reject()
        self.place_wanted.emit(PLACES[code][0])

    def send(self) -> None:
        """Make the package; nothing is marked unless the file is written whole."""
        period, folder, attachments = self.period, self.folder(), self.attachments.isChecked()
        if period is None:
            return
        machine.remember(_FOLDER, str(folder))
        self._work.long(
            partial(_hand_over, period, folder, attachments),
            self._sent,
            title=f"正在制作{period.label}的报送包",
            touches=PERIODS | LOG,
            initiator=self,
            on_failed=self._failed,
        )

    def _sent(self, made: HandedOver) -> None:
        self._made = made
        self._show_step(2)
        self.file.setText(f"{made.path.name}\n{made.path.parent}")
        self.size.setText(f"{made.size / 1_000_000:.1f} MB（{made.size:,} 字节）")
        self.digest.setText(key_lines(made.sha256))
        self.key.setText(key_lines(made.key))
        lost = "、".join(made.lost[:5]) + (f" 等 {len(made.lost)} 个" if made.lost[5:] else "")
        self.lost.setText(f"这些附件找不到或被改动过，没有放进去：{lost}" if made.lost else "")
        self.lost.setVisible(bool(made.lost))
        text = f"{self.month.currentText()}已报送，报送包在：{made.path}"
        self.message(f"{self.month.currentText()}的报送包已做好并检查过，把它交给乡镇", "success")
        self.done_button.setFocus()
        self.marked.emit(text)

    def mark(self) -> None:
        """Only note that the month was handed over, on paper or by other means."""
        period = self.period
        if period is None or not dialogs.ask(
            self,
            "只记已报送",
            f"{_PAPER}\n\n确认 {period.label}的账表已经报送乡镇？标记后如果再反结账，会一直标明“报送后改过”。",
            accept="已报送",
            reject="取消",
        ):
            return
        self._work.write(
            lambda book: periods.mark_handed_over(book, period),
            lambda _done: self._marked(period),
            touches=PERIODS,
            initiator=self,
            on_failed=self._failed,
        )

    def _marked(self, period: Period) -> None:
        self.accept()
        self.marked.emit(f"{period.label}已标记为报送")

    def _failed(self, refusal: Refusal) -> None:
        self.message(f"{refusal}\n这个月没有标记为已报送" if self.stack.currentIndex() else str(refusal), "danger")

    def _choose(self) -> None:
        folder = dialogs.pick_folder(self, "报送包保存到哪个文件夹", str(self.folder()))
        if folder is not None:
            self.place.insertItem(0, theme.icon("folder", "accent"), str(folder), str(folder))
            self.place.setCurrentIndex(0)

    def _open_folder(self) -> None:
        if self._made is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.path.parent)))


def _hand_over(period: Period, folder: Path, attachments: bool, book: Book, progress: Progress) -> HandedOver:
    path = folder / packages.file_name(book, period)
    return packages.hand_over(book, period, path, progress, attachments=attachments)


def _told() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setMinimumHeight(theme.current().px("control"))
    return label
