"""The fields of a contract: what they show of one, and the contract they describe."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from village_ledger.domain.account import COUNTERPARTY, Account
from village_ledger.domain.contract import (
    AWARDS,
    CYCLES,
    INCOMING,
    KINDS,
    LISTED,
    OUTGOING,
    SHARE,
    STEPPED,
    SUBJECTS,
    TENANCIES,
    USES,
    Contract,
    Price,
)
from village_ledger.domain.contract_schedule import schedule
from village_ledger.domain.money import format_fen
from village_ledger.services.cells import CellError
from village_ledger.services.contract_cells import read_price
from village_ledger.services.contract_files import income_account
from village_ledger.services.contract_subjects import Subject
from village_ledger.ui import theme
from village_ledger.ui.choices import LIMIT, account_choice, dimension_items, ledger_accounts
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.operations import Facts, Operations
from village_ledger.ui.widgets.area_edit import AreaEdit
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.finder import Choice, FinderEdit
from village_ledger.ui.widgets.form import FormGrid
from village_ledger.ui.widgets.money_edit import MoneyEdit


class ContractForm:
    """Makes the fields and reads them; `left`, `right` and `more` are the grids a dialog lays out."""

    def __init__(self, facts: Callable[[], Facts], operations: Operations) -> None:
        self._facts = facts
        self._operations = operations
        self._proposed: str | None = None
        self._subjects: tuple[Subject, ...] = ()
        self.left, self.right, self.more = FormGrid(), FormGrid(), FormGrid()
        self._build_parties()
        self._build_price()
        self._build_rest()

    def _build_parties(self) -> None:
        form = self.left
        self.code, self.subject = _text(40), _text(100)
        form.add("合同编号(&N)", self.code, "例如 HT2025-01，登记后不能改")
        self.kind, self.direction = _combo(KINDS), QComboBox()
        self.direction.addItem("村集体收款", INCOMING)
        self.direction.addItem("村集体付款", OUTGOING)
        form.add("类型(&T)", _row(self.kind, self.direction))
        form.add("标的(&O)", self.subject, "租什么、包什么、办什么事")
        self.party = FinderEdit(dimension_items(self._facts, lambda: COUNTERPARTY), "打字查找往来户")
        form.add("对方(&P)", self.party)
        self.start, self.end = DayField(), DayField()
        self._term = form.add("起止日期(&D)", _row(self.start, self.end))
        self.use, self.area = _combo(("", *USES)), AreaEdit()
        form.add("用途、面积（亩）", _row(self.use, self.area))
        self.subject_kind = _combo(("", *SUBJECTS))
        self.subject_code = FinderEdit(self._find_subject, "F7 查找")
        self.subject_kind.setMaximumWidth(theme.current().scaled(80))
        self.subject_code.chosen.connect(self._take_subject)
        form.add("资产或地块编号", _row(self.subject_kind, self.subject_code))

    def _build_price(self) -> None:
        form = self.right
        self.annual, self.growth, self.share = MoneyEdit(), _text(120), _text(10)
        form.add("年租金(&R)", self.annual, "分成合同填保底租金")
        self.growth.setPlaceholderText("每3年递增5%，或 第4年起11000;第7年起12100")
        form.add("递增", self.growth)
        self.share.setPlaceholderText("例如 30%")
        self.payments = _text(600)
        self.payments.setPlaceholderText("2025-03-01:30000;2025-09-01:70000")
        form.add("分成比例", self.share)
        form.add("分期付款", self.payments, "没有年租金的合同填这里")
        self.cycle = QComboBox()
        for months, label in CYCLES.items():
            self.cycle.addItem(label, label)
            if months == 12:
                self.cycle.setCurrentIndex(self.cycle.count() - 1)
        self.timing, self.first = _combo(("先付", "后付")), DayField()
        form.add("付款周期(&C)", _row(self.cycle, self.timing))
        form.add("首期应付日", self.first, "空着就是每期的首日（先付）或末日（后付）")
        self.account = QComboBox()
        self.counter = FinderEdit(ledger_accounts(self._facts, self._is_counter), "空着不计提")
        form.add("往来科目", self.account)
        form.add("对方科目", self.counter, "到期时借往来科目、贷收入科目（付款相反）")

    def _build_rest(self) -> None:
        form = self.more
        self.signed, self.award = DayField(), _combo(("", *AWARDS))
        form.add("签订日期、交易方式", _row(self.signed, self.award))
        self.decision = DecisionField(self._operations)
        self.award_number, self.renews = _text(100), _text(40)
        form.add("决议文号", self.decision)
        form.add("交易鉴证号", self.award_number)
        form.add("续签自（原合同编号）", self.renews)
        self.deposit = MoneyEdit()
        self.tracked, self.opening = DayField(), MoneyEdit()
        form.add("押金", self.deposit)
        form.add(
            "启用日期、期初欠款",
            _row(self.tracked, self.opening),
            "老合同从哪天起在这里核算，那时还欠多少；在那以前应付的都算已结清，欠款要在期初余额里",
        )
        self.contact, self.note = _text(60), _text(500)
        form.add("联系电话", self.contact)
        form.add("备注", self.note)

    def _is_counter(self, account: Account) -> bool:
        chart = self._facts().chart
        return chart.is_leaf(account.code) and not any(one.required for one in account.auxiliaries)

    def offer_subjects(self, subjects: tuple[Subject, ...]) -> None:
        """What can be chosen under 资产或地块编号."""
        self._subjects = subjects

    def _find_subject(self, text: str) -> Sequence[Choice]:
        """Cards and parcels by code or name; any text where the contract is about something else."""
        kind, typed = self.subject_kind.currentText(), text.strip()
        if kind == "其他":
            return [Choice(typed, "", "自编的编号", Subject(kind, typed, ""))] if typed else []
        return [
            Choice(one.code, one.name, one.detail, one)
            for one in self._subjects
            if kind in ("", one.kind) and typed.lower() in f"{one.code} {one.name} {one.detail}".lower()
        ][:LIMIT]

    def _take_subject(self, subject: Subject | None) -> None:
        """A card or parcel chosen says what kind it is, and fills what is still empty."""
        if subject is None:
            return
        self.subject_code.setCursorPosition(0)
        self.subject_kind.setCurrentText(subject.kind)
        if not self.subject.text().strip():
            self.subject.setText(subject.name)
        if subject.area_x100 and not self.area.text().strip():
            self.area.set_value_x100(subject.area_x100)

    def _subject_code(self) -> str:
        subject: Subject | None = self.subject_code.value()
        return subject.code if subject else ""

    def fill_accounts(self) -> None:
        """Offer the accounts kept by 往来户, those for the direction chosen first."""
        chart = self._facts().chart
        chosen = self.account.currentData()
        category = "资产" if self.direction.currentData() == INCOMING else "负债"
        found = [
            one
            for one in chart
            if chart.is_leaf(one.code)
            and not one.disabled
            and any(auxiliary == (COUNTERPARTY, True) for auxiliary in one.auxiliaries)
        ]
        self.account.clear()
        for one in sorted(found, key=lambda one: (one.category != category, one.code)):
            self.account.addItem(f"{one.code} {one.name}", one.code)
        self.account.setCurrentIndex(max(self.account.findData(chosen), 0))

    def propose_counter(self) -> None:
        """The income account usual for the kind, unless another one was chosen."""
        if self.counter.value() != self._proposed or self.kind.currentText() not in TENANCIES:
            return
        code = income_account(self._facts().chart, self.kind.currentText())
        self._proposed = code or None
        self.counter.set_choice(account_choice(self._facts().chart, code) if code else None)

    def show_contract(self, contract: Contract) -> None:
        """Show a contract."""
        for field, value in (
            (self.code, contract.code),
            (self.subject, contract.subject),
            (self.decision, contract.decision),
            (self.award_number, contract.award_number),
            (self.renews, contract.renews),
            (self.contact, contract.contact),
            (self.note, contract.note),
        ):
            field.setText(value)
        for combo, value in (
            (self.kind, contract.kind),
            (self.use, contract.use),
            (self.subject_kind, contract.subject_kind),
            (self.award, contract.award),
            (self.timing, contract.price.timing),
            (self.cycle, CYCLES.get(contract.price.cycle, "")),
        ):
            combo.setCurrentText(value)
        if contract.subject_code:
            kept = Subject(contract.subject_kind, contract.subject_code, "")
            self.subject_code.set_choice(Choice(kept.code, "", "", kept))
        self.direction.setCurrentIndex(self.direction.findData(contract.direction))
        for day, date_ in (
            (self.start, contract.start),
            (self.end, contract.end),
            (self.signed, contract.signed),
            (self.tracked, contract.tracked),
        ):
            day.set_value(date_)
        self.party.set_choice(Choice("", contract.party.name, COUNTERPARTY, contract.party))
        self.area.set_value_x100(contract.area_x100 or None)
        self.deposit.set_value_fen(contract.deposit_fen or None)
        self.opening.set_value_fen(contract.opening_fen or None)
        self.fill_accounts()
        self.account.setCurrentIndex(max(self.account.findData(contract.account), 0))
        if contract.counter:
            self.counter.set_choice(account_choice(self._facts().chart, contract.counter))
        self._show_price(contract)

    def _show_price(self, contract: Contract) -> None:
        price = contract.price
        if price.form == LISTED:
            self.payments.setText(";".join(f"{due}:{format_fen(fen, grouped=False)}" for due, fen in price.payments))
            return
        self.annual.set_value_fen(price.steps[0].annual_fen or None)
        if price.form == STEPPED:
            later = (f"第{step.year}年起{format_fen(step.annual_fen, grouped=False)}" for step in price.steps[1:])
            self.growth.setText(";".join(later))
        if price.form == SHARE:
            self.share.setText(f"{format_fen(price.share_bp, grouped=False).rstrip('0').rstrip('.')}%")
        self.first.set_value(schedule(contract)[0].due if price.offset else None)

    def contract(self, before: Contract | None) -> Contract:
        """The contract described; raises CellError, MoneyError or AreaError for what cannot be read."""
        start, end, party = self.start.value(), self.end.value(), self.party.value()
        if start is None or end is None:
            raise CellError("请填合同的起止日期")
        if end < start:
            raise CellError("结束日期早于开始日期")
        if party is None:
            raise CellError("请选对方；没有登记过的先到“往来户与项目”里登记")
        area = self.area.value_x100() or 0
        made = Contract(
            self.code.text().strip(),
            self.kind.currentText(),
            self.subject.text().strip(),
            party,
            start,
            end,
            self._price(start, end, area),
            self.account.currentData() or "",
            self.counter.value() or "",
            self.direction.currentData(),
            self.signed.value(),
            self.award.currentText(),
            self.award_number.text().strip(),
            self.decision.text().strip(),
            self.subject_kind.currentText(),
            self._subject_code(),
            self.use.currentText(),
            area,
            self.deposit.value_fen() or 0,
            self.contact.text().strip(),
            self.tracked.value(),
            self.opening.value_fen() or 0,
            renews=self.renews.text().strip(),
            note=self.note.text().strip(),
        )
        if before is None:
            return made
        return made._replace(
            id=before.id,
            version=before.version,
            ended=before.ended,
            ended_reason=before.ended_reason,
            returned=before.returned,
        )

    def _price(self, start: date, end: date, area: int) -> Price:
        cells = {
            "年租金": self.annual.text().strip(),
            "递增": self.growth.text().strip(),
            "分成比例": self.share.text().strip(),
            "付款周期": self.cycle.currentData(),
            "付款时间": self.timing.currentText(),
            "首期应付日": self.first.text().strip(),
            "分期付款": self.payments.text().strip(),
        }
        return read_price(cells, start, end, area)


def _text(longest: int) -> QLineEdit:
    field = QLineEdit()
    field.setMaxLength(longest)
    return field


def _combo(texts: tuple[str, ...]) -> QComboBox:
    combo = QComboBox()
    combo.addItems(texts)
    return combo


def _row(*fields: QWidget) -> QWidget:
    """Fields side by side; the first takes the focus of the label."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.current().px("gap"))
    for field in fields:
        line.addWidget(field, 1)
    row.setFocusProxy(fields[0])
    return row
