"""The proof that the book has not been changed behind the program's back (账簿校验)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.services import integrity
from village_ledger.services.integrity import Verification
from village_ledger.ui import theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card


def clean_head(text: str) -> str:
    """A hash as typed from paper: spaces and capitals do not matter."""
    return "".join(text.split()).lower()


def head_problem(text: str) -> str:
    """What is wrong with a hash to check against; empty when it can be used or is not given."""
    head = clean_head(text)
    if head and (len(head) != 64 or any(sign not in "0123456789abcdef" for sign in head)):
        return f"校验码应为 64 位（0-9、a-f），现在是 {len(head)} 位"
    return ""


class VerifyCard(Card):
    """Runs the check with progress and tells what it found."""

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("账簿校验", parent)
        self._operations = operations
        look = theme.current()
        intro = QLabel("从头重算操作日志、每张凭证和各月余额，查出有没有人绕过本程序改过账。")
        intro.setWordWrap(True)
        caption = QLabel("结账单上的账簿校验码（可以不填）(&M)")
        self.head = QLineEdit()
        self.head.setPlaceholderText("填了就能证明那次结账以来没有重做过账")
        caption.setBuddy(self.head)
        self.error = theme.mark(QLabel(), "error")
        self.error.hide()
        self.verify_button = make_button("开始校验(&V)", icon="shield", on_click=self.verify)
        self.result = theme.mark(QLabel(), "heading")
        self.result.setWordWrap(True)
        self.detail = theme.mark(QLabel(), "muted")
        self.detail.setWordWrap(True)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.findings = QListWidget()
        self.findings.setWordWrap(True)
        self.findings.hide()
        self.copy_button = make_button("复制校验码(&C)", kind="quiet", icon="copy", on_click=self._copy)
        self.copy_button.hide()
        for widget in (intro, caption, self.head, self.error, self.verify_button):
            self.body.addWidget(widget)
        self.body.addSpacing(look.px("gap"))
        for widget in (self.result, self.detail, self.copy_button):
            self.body.addWidget(widget)
        self.body.addWidget(self.findings, 1)
        self.body.addStretch(0)
        self._found: Verification | None = None
        self.head.textChanged.connect(lambda _text: self.error.hide())
        self.head.returnPressed.connect(self.verify)

    def verify(self) -> None:
        """Check the whole book."""
        problem = head_problem(self.head.text())
        self.error.setText(problem)
        self.error.setVisible(bool(problem))
        if problem:
            self.head.setFocus()
            return
        head = clean_head(self.head.text())
        self._operations.long(
            lambda book, progress: integrity.verify(book, head, progress),
            self._show,
            title="正在校验账簿",
            initiator=self,
            on_failed=self._failed,
        )

    def _show(self, found: Verification) -> None:
        self._found = found
        self.result.setText("✓ 校验通过" if found.ok else f"✗ 发现 {len(found.findings)} 处问题")
        theme.mark(self.result, "success" if found.ok else "danger")
        self.result.setFont(theme.current().font("heading", bold=True))
        against = "，并与给定的校验码相符" if found.ok and self.head.text().strip() else ""
        groups = " ".join(found.head[place : place + 8] for place in range(0, len(found.head), 8))
        self.detail.setText(
            f"检查了 {found.vouchers} 张凭证、{found.log_records} 条日志{against}。\n现在的账簿校验码：\n{groups}"
        )
        self.copy_button.show()
        self.findings.clear()
        self.findings.addItems(list(found.findings))
        self.findings.setVisible(not found.ok)

    def _failed(self, refusal: Refusal) -> None:
        self.result.setText("没有校验完")
        theme.mark(self.result, "warning")
        self.detail.setText(str(refusal))

    def _copy(self) -> None:
        if self._found is not None:
            QGuiApplication.clipboard().setText(self._found.head)
