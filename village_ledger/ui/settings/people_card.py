"""The people who work with the book and what they do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from village_ledger.domain.errors import Refusal
from village_ledger.services import log_in
from village_ledger.services import people as service
from village_ledger.services.log_in import Access
from village_ledger.services.passwords import Secrets
from village_ledger.services.people import Person
from village_ledger.ui import dialogs, theme
from village_ledger.ui.log_in.secrets_dialog import SecretsDialog
from village_ledger.ui.operations import PEOPLE, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.table import dress_table

ROLE_HINTS = {
    "会计": "填制凭证、记账、结账、出报表",
    "出纳": "管现金和银行存款；不能审核凭证",
    "审核": "审核凭证；不能审核自己填的凭证",
    "负责人": "村集体负责人；可以办理反结账",
    "村监会": "村务监督委员会；查看和监督",
    "乡镇": "乡镇（街道）业务主管；可以办理反结账",
    "审计": "审计人员；只能查看、导出和核验，不能改动",
}


class PersonDialog(dialogs.Dialog):
    """Adding a person, or changing what one does; `saved(name)` fires afterwards."""

    saved = Signal(str)

    def __init__(self, operations: Operations, known: tuple[str, ...], person: Person | None, parent: QWidget) -> None:
        super().__init__("修改人员" if person else "增加人员", parent, operations=operations, width=460)
        self._operations = operations
        self._known = known
        self._person = person
        self.name = QLineEdit(person.name if person else "")
        self.name.setMaxLength(30)
        self.name.setReadOnly(person is not None)
        self.role = QComboBox()
        self.role.addItems(list(ROLE_HINTS))
        self.form = FormGrid()
        self.form.add("姓名(&N)", self.name, "已经登记的姓名不能改，换人请停用后另外增加" if person else "")
        self.form.add("岗位(&R)", self.role, ROLE_HINTS["会计"])
        self.body.addWidget(self.form)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.role.currentTextChanged.connect(self._role_changed)
        if person:
            self.role.setCurrentText(person.role)
        self.name.textChanged.connect(lambda _text: self.form.set_error(self.name, ""))
        (self.role if person else self.name).setFocus()

    def _role_changed(self, role: str) -> None:
        self.form.set_hint(self.role, ROLE_HINTS[role])

    def _save(self) -> None:
        name = self.name.text().strip()
        problem = "请填写姓名" if not name else ""
        if self._person is None and name in self._known:
            problem = f"已经有“{name}”了；同名的请加以区别，例如 {name}（二组）"
        self.form.set_error(self.name, problem)
        if problem:
            self.name.setFocus()
            return
        wanted = Person(name, self.role.currentText(), self._person.active if self._person else True)
        self._operations.write(
            lambda book: service.save_person(book, wanted),
            lambda _done: self._saved(name),
            touches=PEOPLE,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, name: str) -> None:
        self.accept()
        self.saved.emit(name)

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.name, str(refusal))


class PeopleCard(Card):
    """A table of people with buttons; `changed(text)` fires after each change."""

    changed = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("人员", parent)
        look = theme.current()
        self._operations = operations
        self._people: tuple[Person, ...] = ()
        self._access: dict[str, Access] = {}
        self.table = QTableWidget(0, 4)
        self.table.setHorizontalHeaderLabels(["姓名", "岗位", "状态", "密码"])
        dress_table(self.table)
        self.table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(1, look.scaled(90))
        header.resizeSection(2, look.scaled(70))
        header.resizeSection(3, look.scaled(100))
        self.table.setMinimumHeight(look.scaled(128))
        name = self.table.horizontalHeaderItem(0)
        name.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self.table, 1)
        self.add_button = make_button("增加(&A)", icon="plus", on_click=self.add)
        self.change_button = make_button("改岗位(&E)", icon="pen", on_click=self.change)
        self.stop_button = make_button("停用(&T)", icon="lock", on_click=self.switch_active)
        self.corner.setSpacing(look.px("gap"))
        self.reset_button = make_button("重设密码(&P)", icon="unlock", on_click=self.reset_password)
        for button in (self.add_button, self.change_button, self.stop_button, self.reset_button):
            self.corner.addWidget(button)
        self.table.currentCellChanged.connect(lambda *_cells: self._show_possible())
        self.table.cellActivated.connect(lambda _row, _column: self.change())
        self._writable = False

    def show_people(self, people: tuple[Person, ...], access: dict[str, Access], *, writable: bool) -> None:
        """Show these, keeping the selection."""
        before = self.selected()
        self._access = access
        self._people = people
        self._writable = writable
        self.table.setRowCount(len(people))
        for row, person in enumerate(people):
            state = "在岗" if person.active else "停用"
            for column, text in enumerate((person.name, person.role, state, self._password_state(person.name))):
                item = QTableWidgetItem(text)
                if not person.active:
                    item.setForeground(theme.current().colour("faint"))
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(row, column, item)
        names = [person.name for person in people]
        row = names.index(before.name) if before and before.name in names else 0
        self.table.setCurrentCell(row if people else -1, 0)
        self._show_possible()

    def selected(self) -> Person | None:
        """The person of the current row."""
        row = self.table.currentRow()
        return self._people[row] if 0 <= row < len(self._people) else None

    def _password_state(self, name: str) -> str:
        """已设, 临时, 没有 or 锁定."""
        known = self._access.get(name, Access("免密"))
        if known.minutes:
            return "锁定"
        return {"密码": "已设", "临时密码": "临时"}.get(known.state, "没有")

    def _show_possible(self) -> None:
        person = self.selected()
        self.add_button.setEnabled(self._writable)
        self.change_button.setEnabled(self._writable and person is not None)
        self.stop_button.setEnabled(self._writable and person is not None)
        self.reset_button.setEnabled(self._writable and person is not None and person.active)
        self.stop_button.setText("停用(&T)" if person is None or person.active else "恢复(&T)")

    def _names(self) -> tuple[str, ...]:
        return tuple(person.name for person in self._people)

    def add(self) -> None:
        """Add a person."""
        self._open(PersonDialog(self._operations, self._names(), None, self))

    def change(self) -> None:
        """Change what the selected person does."""
        person = self.selected()
        if person is not None and self._writable:
            self._open(PersonDialog(self._operations, self._names(), person, self))

    def _open(self, dialog: PersonDialog) -> None:
        dialog.saved.connect(lambda name: self.changed.emit(f"{name} 已保存"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def reset_password(self) -> None:
        """Give the selected person a temporary password."""
        person = self.selected()
        if person is None:
            return
        text = f"给 {person.name} 一个临时密码（原来的密码作废，锁定解除），他登录时要改成自己的密码。"
        if dialogs.ask(self, "重设密码", text, accept="重设"):
            self._operations.write(
                lambda book: log_in.reset_password(book, person.name),
                lambda password: self._show_password(person, password),
                touches=PEOPLE,
                initiator=self,
                disable=(self.reset_button,),
            )

    def _show_password(self, person: Person, password: str) -> None:
        self.changed.emit(f"{person.name} 的密码已重设")
        facts = self._operations.facts
        handed_out = Secrets(((person.name, password),), "")
        why = f"请把临时密码交给 {person.name} 本人。"
        village = facts.entity.name if facts else ""
        dialog = SecretsDialog(self._operations, village, (person,), handed_out, self.window(), why=why)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def switch_active(self) -> None:
        """Take a person off duty, or back."""
        person = self.selected()
        if person is None:
            return
        if person.active and not dialogs.ask(
            self, "停用人员", f"停用后，{person.name} 不能再登录做账；以前的签名不受影响。", accept="停用"
        ):
            return
        wanted = person._replace(active=not person.active)
        self._operations.write(
            lambda book: service.save_person(book, wanted),
            lambda _done: self.changed.emit(f"{wanted.name} 已{'恢复' if wanted.active else '停用'}"),
            touches=PEOPLE,
            initiator=self,
            disable=(self.stop_button,),
        )
