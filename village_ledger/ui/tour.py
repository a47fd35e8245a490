"""Five steps through a month's work, on a strip under the page: it blocks nothing, and goes away at a key."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.services.sample import is_sample

from . import shortcuts, theme
from .widgets.button import make_button

if TYPE_CHECKING:
    from .main_window import MainWindow

NAME = "Tour"


class Step(NamedTuple):
    """A step: the page it is about (`voucher-entry` begins a new voucher) and what to try there."""

    title: str
    page: str
    text: str


STEPS = (
    Step(
        "录凭证",
        "voucher-entry",
        "日期、摘要、科目、金额，一格一格往下打，回车到下一格；科目打编码、名称或拼音首字母都能找，金额格里按 = 补平。"
        "试着填一张，按 {voucher.save} 保存。",
    ),
    Step(
        "审核记账",
        "voucher-list",
        "凭证由另一个人审核后才能记账：点右上角的姓名换成审核人，选中凭证按 {voucher.review} 审核，"
        "再按 {voucher.post} 记账。记了账就不能改，错了用红字冲销。",
    ),
    Step(
        "看账簿报表",
        "balance-sheet",
        "左边目录里点开就看。选一行按回车往下查：报表到科目，科目到凭证；按 Esc 返回。"
        "每一行怎么算出来的，按 {report.formula}。",
    ),
    Step(
        "结账",
        "month-end",
        "先看检查清单，没过的写着原因，点进去改。都过了就结账：自动结转、备份，打印结账单签字存档。结了账的月份不能再改。",
    ),
    Step(
        "打印、公开和导出",
        "income-distribution",
        "右上角打印，或存成 Excel、PDF，公开栏里贴的就是它。月末按 {window.export} 导出本月账表，整套文件存到U盘报送。",
    ),
)


class Tour(QDockWidget):
    """The strip. Closing it ends the tour; the help menu begins it anew."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        look = theme.current()
        self._window = window
        self.place = 0
        self.setObjectName(NAME)
        self.setWindowTitle("五步入门")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setTitleBarWidget(QWidget())
        strip = QFrame()
        strip.setObjectName("Tour")
        self.count = theme.mark(QLabel(), "badge")
        self.heading = theme.mark(QLabel(), "heading")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setMinimumWidth(1)
        self.open_button = make_button("打开这一页", kind="quiet", on_click=self.open_page)
        self.back_button = make_button("上一步", on_click=self.back)
        self.next_button = make_button("下一步", kind="primary", on_click=self.forward)
        self.close_button = make_button("结束", kind="quiet", on_click=self.finish)
        self.back_button.setToolTip("Alt+PageUp")
        self.next_button.setToolTip("Alt+PageDown")
        head = QVBoxLayout()
        head.setSpacing(look.px("gap_small"))
        head.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft)
        head.addWidget(self.heading)
        head.addStretch(1)
        row = QHBoxLayout(strip)
        margin = look.px("gap_large")
        row.setContentsMargins(margin, look.px("gap"), margin, look.px("gap"))
        row.setSpacing(look.px("gap_large"))
        row.addLayout(head)
        row.addWidget(self.text, 1)
        for button in (self.open_button, self.back_button, self.next_button, self.close_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        strip.setFixedHeight(look.scaled(84))
        self.setWidget(strip)
        for keys, slot in (("Alt+PgDown", self.forward), ("Alt+PgUp", self.back)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(slot)
        self.show_step(0)

    def show_step(self, place: int) -> None:
        """Say what a step is about and open its page."""
        self.place = place
        step = STEPS[place]
        keys = {key.action: shortcuts.label(key.action) for key in shortcuts.KEYS}
        text = step.text
        for action, label in keys.items():
            text = text.replace("{" + action + "}", label)
        self.count.setText(f"五步入门　{place + 1} / {len(STEPS)}")
        self.heading.setText(step.title)
        own = "" if is_sample(self._window.facts.entity) else "（这不是示例村，练习请在示例村里做。）"
        self.text.setText(text + own)
        self.back_button.setEnabled(place > 0)
        self.next_button.setText("下一步" if place + 1 < len(STEPS) else "完成")
        self.open_page()

    def open_page(self) -> None:
        """Go to the page the step is about."""
        key = STEPS[self.place].page
        if key == "voucher-entry":
            self._window.open_draft(0)
        else:
            self._window.show_page(key)

    def forward(self) -> None:
        """The next step; after the last one the tour is over."""
        if self.place + 1 < len(STEPS):
            self.show_step(self.place + 1)
        else:
            self.finish()

    def finish(self) -> None:
        """The tour is over."""
        self._window.removeDockWidget(self)
        self.deleteLater()

    def back(self) -> None:
        """The step before."""
        if self.place:
            self.show_step(self.place - 1)


def start(window: "MainWindow") -> Tour:
    """Begin the tour in a window, anew if it is there already."""
    running = window.findChild(Tour, NAME)
    if running is not None:
        running.show_step(0)
        return running
    tour = Tour(window)
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, tour)
    tour.show()
    return tour
