"""Step 3 of a new book: who keeps the accounts, who checks, who holds the money, who is in charge."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from village_ledger.services.creation import NewBook
from village_ledger.services.passwords import secrets_for
from village_ledger.services.people import Person
from village_ledger.ui.widgets.form import FormGrid

_FIELDS = (
    ("会计", "会计(&K)", "填制凭证、记账、结账、出报表"),
    ("审核", "审核(&H)", "审核凭证，不能和会计是同一人"),
    ("出纳", "出纳(&C)", "管现金和银行存款；会计和审核都不能兼出纳"),
    ("负责人", "负责人(&F)", "村集体负责人，可以办理反结账；可以以后再填"),
    ("审计", "审计(&S)", "只能查看、导出和核验，不能改动；可以以后再填"),
)


class PeopleStep(QWidget):
    """One person for each duty; in a one-person office nobody else reviews."""

    changed = Signal()
    title = "人员"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = FormGrid()
        self.names: dict[str, QLineEdit] = {}
        for role, label, hint in _FIELDS:
            field = QLineEdit()
            field.setMaxLength(30)
            field.setPlaceholderText(hint)
            self.form.add(label, field)
            self.names[role] = field
            field.textChanged.connect(self._typed)
        self.single = QCheckBox("一人岗：村里只有一名会计，没有另外的人审核(&Y)")
        self.form.add(
            "",
            self.single,
            "勾选后会计可以审核自己填的凭证，印出的账表上都会注明。只在确实没有别人时勾选；"
            "以后有了人，可以在“账套设置”里取消。",
        )
        self.single.toggled.connect(self._single_toggled)
        self.log_in = QCheckBox("每个人用自己的密码登录（推荐）(&D)")
        self.log_in.setChecked(True)
        self.form.add("", self.log_in, "建好后给出每人的初始密码和一个恢复码，请准备抄写或打印")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self.names["会计"])

    def prefill(self, new: NewBook) -> None:
        """Fill in who is known; of several with one duty the first."""
        for person in reversed(new.people):
            if person.role in self.names:
                self.names[person.role].setText(person.name)
        self.single.setChecked(new.single_person)

    def people(self) -> tuple[Person, ...]:
        """The people named, the accountant first."""
        return tuple(
            Person(field.text().strip(), role)
            for role, field in self.names.items()
            if field.text().strip() and field.isEnabled()
        )

    def apply(self, new: NewBook) -> NewBook:
        """The new book with this step's answers."""
        return new._replace(people=self.people(), single_person=self.single.isChecked())

    def with_secrets(self, new: NewBook) -> NewBook:
        """The new book with initial passwords and a recovery code, if people are to log in."""
        return new._replace(secrets=secrets_for(new.people)) if self.log_in.isChecked() else new

    def summary(self) -> tuple[tuple[str, str], ...]:
        """What was answered, for the last step."""
        text = "　".join(f"{person.role}：{person.name}" for person in self.people())
        return (
            ("人员", text + ("　（一人岗）" if self.single.isChecked() else "")),
            ("登录", "每个人用密码登录" if self.log_in.isChecked() else "不用密码"),
        )

    def _typed(self) -> None:
        self.form.clear_errors()
        self.changed.emit()

    def _single_toggled(self, single: bool) -> None:
        self.names["审核"].setEnabled(not single)
        self._typed()

    def problems(self) -> dict[str, str]:
        """What is wrong, by duty."""
        found: dict[str, str] = {}
        seen: dict[str, str] = {}
        for role, field in self.names.items():
            name = field.text().strip()
            if not field.isEnabled():
                continue
            if not name and role in ("会计", "审核"):
                found[role] = f"请填写{role}的姓名" + ("；没有人审核的请勾选下面的“一人岗”" if role == "审核" else "")
            elif name and name in seen:
                found[role] = f"“{name}”已经是{seen[name]}了，一个人只能担任一个岗位；同名的请加以区别"
            elif name:
                seen[name] = role
        return found

    def check(self) -> bool:
        """Whether the step can be left; shows what is wrong and goes there."""
        problems = self.problems()
        for role, field in self.names.items():
            self.form.set_error(field, problems.get(role, ""))
        if problems:
            self.names[next(iter(problems))].setFocus()
        return not problems
