"""What is shown only once: initial or temporary passwords and a recovery code, to be printed and handed out."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from village_ledger.services import publishing
from village_ledger.services.passwords import Secrets
from village_ledger.services.people import Person
from village_ledger.ui import dialogs, theme
from village_ledger.ui.operations import Operations

_GROUPS_A_LINE = 4


class SecretsDialog(dialogs.Dialog):
    """Closing it asks nothing, but the button says that it was written down; `finished` as of any dialog."""

    sheet_saved = Signal(object)

    def __init__(
        self,
        operations: Operations,
        village: str,
        people: tuple[Person, ...],
        secrets: Secrets,
        parent: QWidget | None,
        *,
        why: str,
    ) -> None:
        super().__init__("请抄下来：关闭以后不再显示", parent, width=520)
        self._operations = operations
        self._village = village
        self._people = people
        self._secrets = secrets
        words = QLabel(why)
        words.setWordWrap(True)
        self.body.addWidget(words)
        if secrets.passwords:
            self._add_passwords()
        if secrets.code:
            self._add_code()
            self.save_button = self.add_button("保存封存单，打印(&P)…", self.save_sheet)
        self.close_button = self.add_button("已经抄好，关闭(&C)", self.accept, kind="primary")
        (self.save_button if secrets.code else self.close_button).setFocus()

    def _add_passwords(self) -> None:
        roles = {person.name: person.role for person in self._people}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px("gap_large"))
        for row, (name, password) in enumerate(self._secrets.passwords):
            grid.addWidget(QLabel(f"{name}（{roles[name]}）" if name in roles else name), row, 0)
            grid.addWidget(_secret(password), row, 1)
        grid.setColumnStretch(2, 1)
        self.body.addLayout(grid)
        self.body.addWidget(theme.mark(QLabel("第一次登录时必须改成自己的密码"), "hint"))

    def _add_code(self) -> None:
        groups = self._secrets.code.split("-")
        lines = [groups[start : start + _GROUPS_A_LINE] for start in range(0, len(groups), _GROUPS_A_LINE)]
        self.body.addWidget(theme.mark(QLabel("恢复码（忘记密码时用，装入信封封存）"), "strong"))
        self.body.addWidget(_secret("\n".join("  ".join(line) for line in lines)))

    def save_sheet(self) -> None:
        """Write the sheet to be sealed (恢复码封存单)."""
        path = dialogs.save_file(self, "保存恢复码封存单", str(Path.home() / "恢复码封存单.pdf"), "PDF (*.pdf)")
        if path is None:
            return
        village, people, secrets = self._village, self._people, self._secrets
        self._operations.read(
            lambda _book: publishing.print_recovery_sheet(village, people, secrets, path),
            lambda _done: self._saved(path),
            on_failed=lambda refusal: self.message(str(refusal), "danger"),
            initiator=self,
        )

    def _saved(self, path: Path) -> None:
        self.message(f"已保存：{path}\n打印、封存以后请把这个文件删掉", "success")
        self.sheet_saved.emit(path)


def _secret(text: str) -> QLabel:
    label = theme.mark(QLabel(text), "secret")
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
