"""Step 1 of a new book: whose it is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.identity import credit_code_problem, region_code_problem
from village_ledger.services.creation import NewBook
from village_ledger.ui.widgets.form import FormGrid


class IdentityStep(QWidget):
    """Codes are checked while they are typed; an empty name is only complained about when leaving the step."""

    changed = Signal()
    title = "单位"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name, self.county, self.township = QLineEdit(), QLineEdit(), QLineEdit()
        self.region, self.credit = QLineEdit(), QLineEdit()
        self.name.setPlaceholderText("例如 石桥村股份经济合作社")
        self.county.setPlaceholderText("例如 青山县")
        self.township.setPlaceholderText("例如 河口镇")
        for field, length in (
            (self.name, 60),
            (self.county, 30),
            (self.township, 30),
            (self.region, 20),
            (self.credit, 24),
        ):
            field.setMaxLength(length)
        self.form = FormGrid()
        self.form.add("单位名称(&M)", self.name, "村集体经济组织的全称，会印在账簿和报表上")
        self.form.add("县（市、区）(&X)", self.county)
        self.form.add("乡镇（街道）(&Z)", self.township)
        self.form.add("行政区划代码(&Q)", self.region, "12 位数字，可以以后再填")
        self.form.add("统一社会信用代码(&Y)", self.credit, "登记证上的 18 位代码，可以以后再填")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addStretch(1)
        self.setFocusProxy(self.name)
        for field in (self.name, self.region, self.credit):
            field.textChanged.connect(lambda _text: self._check_typed())

    def prefill(self, new: NewBook) -> None:
        """Fill in what is known."""
        self.name.setText(new.name)
        self.county.setText(new.county)
        self.township.setText(new.township)
        self.region.setText(new.region_code)
        self.credit.setText(new.credit_code)

    def apply(self, new: NewBook) -> NewBook:
        """The new book with this step's answers."""
        return new._replace(
            name=self.name.text().strip(),
            county=self.county.text().strip(),
            township=self.township.text().strip(),
            region_code=self.region.text().strip(),
            credit_code=self.credit.text().strip().upper(),
        )

    def summary(self) -> tuple[tuple[str, str], ...]:
        """What was answered, for the last step."""
        place = f"{self.county.text().strip()}{self.township.text().strip()}"
        codes = "　".join(text for text in (self.region.text().strip(), self.credit.text().strip().upper()) if text)
        return ("单位", self.name.text().strip()), ("所在地", place or "没有填"), ("代码", codes or "以后再填")

    def _check_typed(self) -> None:
        self.form.set_error(self.name, "")
        self.form.set_error(self.region, region_code_problem(self.region.text().strip()))
        self.form.set_error(self.credit, credit_code_problem(self.credit.text().strip().upper()))
        self.changed.emit()

    def check(self) -> bool:
        """Whether the step can be left; shows what is wrong and goes there."""
        self._check_typed()
        if not self.name.text().strip():
            self.form.set_error(self.name, "请填写单位名称")
            self.name.setFocus()
            return False
        for field, problem in (
            (self.region, region_code_problem(self.region.text().strip())),
            (self.credit, credit_code_problem(self.credit.text().strip().upper())),
        ):
            if problem:
                field.setFocus()
                return False
        return True
