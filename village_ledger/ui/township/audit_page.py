"""核验结果: a package looked at without taking it in anywhere: what was proven, or exactly why it is not sound."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services.township import importing
from village_ledger.services.township.importing import Taken
from village_ledger.ui import theme
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid

from .operations import RECEIVED, DeskOperations
from .page import DeskPage

_PROVEN = (
    "文件没有被改动：每个文件的 SHA-256 和清单一致，清单的签名和下面的公钥相符",
    "操作日志前后相连，凭证、科目、余额都有日志里的记录可对",
    "用凭证重新计算余额和每张报表，和包里的 Excel 逐格一致",
    "登记簿之间、登记簿和账簿之间的勾稽核对过，不符的列在“说明”里",
)
_NOT_PROVEN = "核验只能证明文件是持有这把私钥的人报的、报后没有改过。公钥是不是村里的，要向村里或乡镇核对。"


class AuditPage(DeskPage):
    """`look(path)` checks a package; `looked(Taken)` says that the other pages can be opened."""

    title = "核验结果"

    def __init__(self, operations: DeskOperations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        look = theme.current()
        self.taken: Taken | None = None
        self.open_button = self.add_action_button(
            make_button("看账表和凭证(&O)", kind="primary", icon="book", on_click=self.open_month)
        )
        self.open_button.setEnabled(False)
        self.verdict = theme.mark(QLabel("正在核验……"), "title")
        self.verdict.setWordWrap(True)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card = Card()
        self.card.body.addWidget(self.verdict)
        self.card.body.addWidget(self.words)
        self.form = FormGrid()
        self._labels: dict[str, QLabel] = {}
        for title in ("文件", "村", "月份", "公钥", "结账记录", "文件 SHA-256", "凭证", "标记", "说明"):
            label = QLabel()
            label.setWordWrap(True)
            label.setMinimumHeight(look.px("control"))
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._labels[title] = label
            self.form.add(title, label)
        self.card.body.addSpacing(look.px("gap"))
        self.card.body.addWidget(self.form)
        self.card.body.addStretch(1)
        self.form.hide()
        inside = QWidget()
        inside.setObjectName("ScrollBody")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        self.body.addWidget(area, 1)

    def look(self, path: Path) -> None:
        """Check a package and show what was proven."""
        self.set_title("核验结果", path.name)
        self._labels["文件"].setText(str(path))
        self.operations.long(
            lambda desk, _progress: importing.take(desk, path),
            self._show,
            title="正在核验报送包",
            touches=RECEIVED,
            initiator=self,
            on_failed=self._refused,
            cancellable=False,
        )

    def open_month(self) -> None:
        """Look at the books; those of a package that is not sound are not shown."""
        if self.taken is None:
            self.message("报送包核验通过以后，才能看账表和凭证", "warning")
            return
        self.month_requested.emit(self.taken.village.code, self.taken.received.period)

    def take_focus(self) -> None:
        """The way on."""
        self.open_button.setFocus()

    def _show(self, taken: Taken) -> None:
        self.taken = taken
        row = taken.received
        theme.mark(self.verdict, "title")
        self.verdict.setText(f"核验通过：{taken.village.name} {row.period.label}")
        self.words.setText("\n".join(f"✓ {line}" for line in _PROVEN) + f"\n\n{_NOT_PROVEN}")
        told = {
            "村": f"{taken.village.name}　{taken.village.county}{taken.village.township}　{taken.village.code}",
            "月份": row.period.label,
            "公钥": key_lines(row.key) or "没有签名",
            "结账记录": key_lines(row.head) or "—",
            "文件 SHA-256": key_lines(row.sha256),
            "凭证": f"{row.vouchers} 张",
            "标记": "　".join(filter(None, (row.mark, *row.exceptions))) or "没有",
            "说明": "\n".join(row.notes) or "没有",
        }
        for title, text in told.items():
            self._labels[title].setText(text)
        self.form.show()
        self.open_button.setEnabled(True)
        self.open_button.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        theme.mark(self.verdict, "danger")
        self.verdict.setFont(theme.current().font("title", bold=True))
        self.verdict.setText("没有通过核验")
        self.words.setText(str(refusal))
