"""The village's name and codes, checked while they are typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.identity import credit_code_problem, region_code_problem
from village_ledger.domain.view import Entity
from village_ledger.services import settings
from village_ledger.services.catalog import chart_definition
from village_ledger.ui import theme
from village_ledger.ui.operations import SETTINGS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.card import Card
from village_ledger.ui.widgets.form import FormGrid


class IdentityCard(Card):
    """`saved` fires after saving; what is typed and not saved survives a refresh."""

    saved = Signal(str)

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__("单位信息", parent)
        self._operations = operations
        self._entity = Entity("")
        self.name, self.county, self.township = QLineEdit(), QLineEdit(), QLineEdit()
        self.region, self.credit = QLineEdit(), QLineEdit()
        self.region.setMaxLength(20)
        self.credit.setMaxLength(24)
        self.chart, self.start = QLabel(), QLabel()
        for label in (self.chart, self.start):
            label.setMinimumHeight(theme.current().px("control"))
        self.form = FormGrid()
        self.form.add("单位名称(&N)", self.name, "印在账簿报表的“编制单位”处，请写全称")
        place = QWidget()
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px("gap"))
        row.addWidget(self.county)
        row.addWidget(self.township)
        self.county.setPlaceholderText("县、市、区")
        self.township.setPlaceholderText("乡镇、街道")
        self.region.setPlaceholderText("12 位数字，可以不填")
        self.credit.setPlaceholderText("18 位，可以不填")
        self.form.add("县和乡镇", place)
        self.form.add("行政区划代码", self.region)
        self.form.add("统一社会信用代码", self.credit)
        self.form.add("会计制度", self.chart)
        self.form.add("建账月份", self.start)
        self.body.addWidget(self.form)
        self.body.addStretch(1)
        self.save_button = make_button("保存单位信息(&S)", icon="save", on_click=self.save)
        self.corner.addWidget(self.save_button)
        for field in self._fields():
            field.textChanged.connect(self._check)

    def _fields(self) -> tuple[QLineEdit, ...]:
        return self.name, self.county, self.township, self.region, self.credit

    def show_entity(self, entity: Entity, *, writable: bool) -> None:
        """Show what the book holds, unless something has been typed."""
        if not self.is_changed:
            self._entity = entity
            for field, text in zip(self._fields(), entity[:5], strict=True):
                field.setText(text)
        for field in self._fields():
            field.setReadOnly(not writable)
        self.chart.setText(chart_definition(entity.chart).title)
        self.start.setText(entity.first_period.label)
        self._check()
        self.save_button.setEnabled(writable and self.is_changed)

    def entity(self) -> Entity:
        """The entity as typed."""
        name, county, township, region, credit = (field.text().strip() for field in self._fields())
        return self._entity._replace(
            name=name, county=county, township=township, region_code=region, credit_code=credit.upper()
        )

    @property
    def is_changed(self) -> bool:
        """Whether something has not been saved."""
        return bool(self._entity.name) and self.entity() != self._entity

    def problems(self) -> dict[QLineEdit, str]:
        """What is wrong, by field."""
        entity = self.entity()
        return {
            self.name: "" if entity.name else "请填写单位名称",
            self.region: region_code_problem(entity.region_code),
            self.credit: credit_code_problem(entity.credit_code),
        }

    def _check(self) -> None:
        problems = self.problems()
        for field, text in problems.items():
            self.form.set_error(field, text)
        self.save_button.setEnabled(self.is_changed and not self.name.isReadOnly())

    def save(self) -> None:
        """Save what is typed."""
        wrong = [field for field, text in self.problems().items() if text]
        if wrong:
            wrong[0].setFocus()
            return
        entity = self.entity()
        self._operations.write(
            lambda book: settings.save_entity(book, entity),
            lambda _done: self._saved(entity),
            touches=SETTINGS,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _saved(self, entity: Entity) -> None:
        self._entity = entity
        self._check()
        self.saved.emit("单位信息已保存")

    def _failed(self, refusal: Refusal) -> None:
        self.form.set_error(self.name, str(refusal))
        self.save_button.setEnabled(True)
