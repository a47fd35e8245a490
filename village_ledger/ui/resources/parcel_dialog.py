"""Registering a parcel or changing its card. Area and code of a registered parcel are changed by other acts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from village_ledger import clock
from village_ledger.domain.area import AreaError
from village_ledger.domain.errors import Refusal
from village_ledger.domain.parcels import CODE_LENGTH, HOUSEHOLD, LAND_CLASSES, MANAGEMENTS, TEXT_LENGTH, Parcel
from village_ledger.domain.problems import Problem
from village_ledger.services import parcels
from village_ledger.services.book import Book
from village_ledger.ui import theme
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.operations import RESOURCES, Operations
from village_ledger.ui.widgets.area_edit import AreaEdit
from village_ledger.ui.widgets.day_edit import DayEdit
from village_ledger.ui.widgets.form import FormGrid

_SIDES = (("东至(&E)", "east"), ("南至", "south"), ("西至", "west"), ("北至", "north"))


class ParcelDialog(Dialog):
    """`parcel` None registers a new one; `saved(code)` tells which parcel was written."""

    saved = Signal(str)

    def __init__(self, operations: Operations, parcel: Parcel | None, parent: QWidget) -> None:
        title = f"地块台账　{parcel}" if parcel else "登记地块"
        super().__init__(title, parent, operations=operations, width=860)
        self._operations = operations
        self._parcel = parcel
        self._texts: dict[str, QLineEdit] = {}
        self.left, self.right = FormGrid(), FormGrid()
        columns = QHBoxLayout()
        columns.setSpacing(theme.current().scaled(28))
        columns.addWidget(self.left, 1)
        columns.addWidget(self.right, 1)
        self.body.addLayout(columns)
        self._build_left(parcel)
        self._build_right(parcel)
        fixed = parcel is not None and parcel.ended is not None
        self.add_button("关闭" if fixed else "取消", self.reject)
        self.save_button = self.add_button("保存(&S)", self._save, kind="primary")
        self.save_button.setEnabled(not fixed and not self._read_only())
        if fixed and parcel is not None:
            self.message(f"这块地已于 {parcel.ended} 终止，只能查看", "info")
        self.management.currentTextChanged.connect(lambda _text: self._follow_management())
        self.area.textChanged.connect(lambda _text: self._follow_management())
        (self.field("name") if parcel else self.field("code")).setFocus()

    def _read_only(self) -> bool:
        facts = self._operations.facts
        return facts is None or facts.read_only

    def _build_left(self, parcel: Parcel | None) -> None:
        code = self._text(self.left, "编号(&N)", "code", parcel, "例如 GD001，登记后不能改")
        code.setMaxLength(CODE_LENGTH)
        code.setReadOnly(parcel is not None)
        self._text(self.left, "名称(&M)", "name", parcel)
        self.land_class = QComboBox()
        self.land_class.addItems(LAND_CLASSES)
        if parcel:
            self.land_class.setCurrentText(parcel.land_class)
        self.left.add("地类(&L)", self.land_class)
        self.area = AreaEdit()
        self.area.set_value_x100(parcel.area_x100 if parcel else None)
        self.area.setReadOnly(parcel is not None)
        self.left.add("面积（亩）(&A)", self.area, "改面积请用“变更 → 面积重测”，要留下依据" if parcel else "")
        self._text(self.left, "坐落(&P)", "location", parcel)
        for caption, field in _SIDES:
            self._text(self.left, caption, field, parcel)

    def _build_right(self, parcel: Parcel | None) -> None:
        self.management = QComboBox()
        self.management.addItems(MANAGEMENTS)
        self.management.setCurrentText(parcel.management if parcel else "集体经营")
        self.right.add("经营方式(&W)", self.management)
        self.household = AreaEdit()
        self.household.set_value_x100(parcel.household_x100 if parcel and parcel.household_x100 else None)
        self.right.add("承包到户（亩）(&H)", self.household)
        self._text(self.right, "经营者(&O)", "holder", parcel, "承包的户、合作社、占用人")
        self._text(self.right, "用途(&U)", "land_use", parcel, "例如 水田、茶园、厂房用地")
        self._text(self.right, "权属单位(&G)", "owner", parcel, "村集体经济组织、村民小组")
        self._text(self.right, "权属证明(&Z)", "proof", parcel, "证书号；没有就空着")
        facts = self._operations.facts
        first = facts.entity.first_period.first_day if facts else clock.today()
        self.began = DayEdit(parcel.began if parcel else first)
        self.began.setMaximumWidth(theme.current().scaled(140))
        self.began.setToolTip("从这一天起在册")
        self.right.add("登记日期(&D)", self.began)
        self._text(self.right, "备注(&B)", "note", parcel)
        self._follow_management()

    def _text(self, form: FormGrid, caption: str, field: str, parcel: Parcel | None, hint: str = "") -> QLineEdit:
        edit = QLineEdit(str(getattr(parcel, field)) if parcel else "")
        edit.setMaxLength(TEXT_LENGTH)
        edit.setCursorPosition(0)
        edit.setPlaceholderText(hint)
        form.add(caption, edit)
        self._texts[field] = edit
        return edit

    def field(self, name: str) -> QLineEdit:
        """The field of a text of the card."""
        return self._texts[name]

    def _follow_management(self) -> None:
        """Land contracted to households is contracted whole unless something else is typed."""
        to_households = self.management.currentText() == HOUSEHOLD
        self.household.setEnabled(to_households)
        if not to_households:
            self.household.set_value_x100(None)
        elif not self.household.text() and not self.area.error():
            self.household.set_value_x100(self.area.value_x100())

    def _save(self) -> None:
        self.left.clear_errors()
        self.right.clear_errors()
        problems = [
            Problem("area", edit.error(), field=field)
            for field, edit in (("area_x100", self.area), ("household_x100", self.household))
            if edit.error()
        ]
        if not problems and self.area.value_x100() is None:
            problems.append(Problem("area", "请填面积", field="area_x100"))
        if not self.began.take_over():
            problems.append(Problem("began", "日期不对，请写成 2025-01-01", field="began"))
        if problems:
            self._show_problems(tuple(problems))
            return
        parcel, known = self._entered(), self._parcel is not None

        def act(book: Book) -> Parcel:
            return parcels.change_parcel(book, parcel) if known else parcels.add_parcel(book, parcel)

        self._operations.write(
            act,
            self._saved,
            touches=RESOURCES,
            initiator=self,
            on_failed=self._failed,
            disable=(self.save_button,),
        )

    def _entered(self) -> Parcel:
        try:
            area, household = self.area.value_x100() or 0, self.household.value_x100() or 0
        except AreaError:
            area = household = 0
        texts = {field: " ".join(edit.text().split()) for field, edit in self._texts.items()}
        values = {
            **texts,
            "land_class": self.land_class.currentText(),
            "area_x100": area,
            "household_x100": household,
            "management": self.management.currentText(),
            "began": self.began.day,
        }
        return self._parcel._replace(**values) if self._parcel else Parcel(**values)

    def _saved(self, parcel: Parcel) -> None:
        self.accept()
        self.saved.emit(parcel.code)

    def _failed(self, refusal: Refusal) -> None:
        self._show_problems(refusal.problems)
        if not refusal.problems:
            self.message(str(refusal), "danger")

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Each under its field; the first one gets the focus."""
        fields: dict[str, tuple[FormGrid, QWidget]] = {
            **{name: (self.left, self._texts[name]) for name in ("code", "name", "location")},
            **{name: (self.left, self._texts[name]) for _, name in _SIDES},
            **{name: (self.right, self._texts[name]) for name in ("holder", "land_use", "owner", "proof", "note")},
            "area_x100": (self.left, self.area),
            "land_class": (self.left, self.land_class),
            "management": (self.right, self.management),
            "household_x100": (self.right, self.household),
            "began": (self.right, self.began),
        }
        rest = [problem.message for problem in problems if problem.field not in fields]
        for problem in reversed(problems):
            if problem.field in fields:
                form, edit = fields[problem.field]
                form.set_error(edit, problem.message)
                edit.setFocus()
        if rest:
            self.message("；".join(rest), "danger")
