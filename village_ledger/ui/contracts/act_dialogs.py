"""Small forms on one contract: letting off rent, breaking off, taking back, reckoning a share; and accruing a month."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from village_ledger.domain.contract import INCOMING, SHARE, Contract
from village_ledger.domain.contract_account import ContractAccount, Waiver
from village_ledger.domain.contract_schedule import Instalment
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.domain.voucher import Draft
from village_ledger.services import contract_rents, contracts
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError
from village_ledger.services.contract_deposits import Deposit, DepositMove, propose_deposit
from village_ledger.services.contract_rents import Accrual
from village_ledger.services.contract_waivers import NewWaiver, waive
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.money_accounts import MoneyAccounts
from village_ledger.ui.operations import Operations
from village_ledger.ui.widgets.day_field import DayField
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.period_picker import PeriodPicker


class WaiverDialog(ActDialog):
    """Rent let off, with reason and decision."""

    def __init__(self, operations: Operations, account: ContractAccount, day: date, seq: int, parent: QWidget) -> None:
        super().__init__(operations, f"减免租金　{account.contract.code}", "减免(&S)", parent)
        self._contract = account.contract
        self.instalment, self.amount = QComboBox(), MoneyEdit()
        for one in account.standings:
            if one.counts and one.outstanding_fen > 0:
                text = f"{one.instalment.label}　未收 {format_fen(one.outstanding_fen)}"
                self.instalment.addItem(text, one.instalment.seq)
        self.instalment.setCurrentIndex(max(self.instalment.findData(seq), 0))
        self.day, self.reason, self.decision = DayField(day), QLineEdit(), DecisionField(operations)
        self.form.add("哪一期(&T)", self.instalment)
        self.form.add("减免金额(&A)", self.amount)
        self.form.add("日期(&D)", self.day)
        self.form.add("原因(&R)", self.reason)
        self.form.add(
            "决议（批准）文号(&N)", self.decision, "已计提的会生成红字凭证草稿；以前年度的欠款记入其他支出核销"
        )
        self.save_button.setEnabled(self.instalment.count() > 0)
        self.amount.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "日期")
        fen = self.amount.value_fen() or 0
        seq = self.instalment.currentData()
        wanted = NewWaiver(self._contract.id, seq, fen, day, self.reason.text(), self.decision.text())
        return lambda book: waive(book, wanted)

    def told(self, result: Waiver) -> str:
        """See `ActDialog`."""
        tail = "，凭证草稿等待审核" if result.source else "（还没有计提，不用做凭证）"
        return f"已减免 {format_fen(result.amount_fen)} 元{tail}"


class BreakOffDialog(ActDialog):
    """A contract ended before its time."""

    def __init__(self, operations: Operations, contract: Contract, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"终止合同　{contract.code}", "终止(&S)", parent)
        self._contract = contract
        self.day, self.reason = DayField(day), QLineEdit()
        self.form.add("终止日期(&D)", self.day, "终止日以后开始的各期不再应付；当期租金有退还的请用减免")
        self.form.add("原因(&R)", self.reason)
        self.reason.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day, reason = required_day(self.day, "终止日期"), self.reason.text()
        return lambda book: contracts.break_off(book, self._contract.id, day, reason)

    def told(self, result: Contract) -> str:
        """See `ActDialog`."""
        return f"合同 {result.code} 已登记终止"


class TakeBackDialog(ActDialog):
    """The thing let came back."""

    def __init__(self, operations: Operations, contract: Contract, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"收回标的　{contract.code}", "收回(&S)", parent)
        self._contract = contract
        self.day = DayField(day)
        self.form.add("收回日期(&D)", self.day, f"{contract.subject}已经交还村集体的日期")

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "收回日期")
        return lambda book: contracts.take_back(book, self._contract.id, day)

    def told(self, result: Contract) -> str:
        """See `ActDialog`."""
        return f"合同 {result.code} 的标的已收回"


class ShareDialog(ActDialog):
    """A share reckoned from its proceeds."""

    def __init__(self, operations: Operations, account: ContractAccount, parent: QWidget) -> None:
        super().__init__(operations, f"核定分成　{account.contract.code}", "核定(&S)", parent)
        self._contract = account.contract
        self.instalment, self.proceeds = QComboBox(), MoneyEdit()
        for one in account.standings:
            if one.counts and one.instalment.seq and not (one.charged or one.paid):
                self.instalment.addItem(one.instalment.label, one.instalment.seq)
        rate = f"{format_fen(account.contract.price.share_bp)}%"
        self.form.add("哪一期(&T)", self.instalment)
        self.form.add("经营所得(&A)", self.proceeds, f"按 {rate} 分成，不低于保底租金")
        self.save_button.setEnabled(account.contract.price.form == SHARE and self.instalment.count() > 0)
        self.proceeds.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        fen, seq = self.proceeds.value_fen(), self.instalment.currentData()
        if fen is None:
            raise CellError("请填这一期的经营所得")
        return lambda book: contracts.settle_share(book, self._contract.id, seq, fen)

    def told(self, result: Instalment) -> str:
        """See `ActDialog`."""
        return f"第 {result.seq} 期分成核定为 {format_fen(result.amount_fen)} 元"


class DepositDialog(ActDialog):
    """A deposit paid or given back."""

    def __init__(
        self, operations: Operations, contract: Contract, deposit: Deposit, day: date, parent: QWidget
    ) -> None:
        super().__init__(operations, f"押金　{contract.code}", "生成凭证草稿(&S)", parent)
        self._contract, self._deposit = contract, deposit
        self.way, self.day = QComboBox(), DayField(day)
        self.amount, self.money = MoneyEdit(), MoneyAccounts(operations)
        incoming = contract.direction == INCOMING
        self.way.addItem("收到押金" if incoming else "付出押金", False)
        self.way.addItem("退还押金" if incoming else "收回押金", True)
        self.form.add("事项(&T)", self.way)
        self.form.add("日期(&D)", self.day)
        self.form.add("金额(&A)", self.amount)
        self.form.add("现金或银行(&B)", self.money)
        state = f"约定 {format_fen(deposit.agreed_fen)}，已收 {format_fen(deposit.paid_fen)}，"
        words = QLabel(
            f"{state}已退 {format_fen(deposit.returned_fen)}。押金记在 {deposit.account} 这个往来户名下，不算租金；"
            "建账以前收的押金，退还时请确认期初余额里有。"
        )
        words.setWordWrap(True)
        self.form.add_wide(words)
        self.way.currentIndexChanged.connect(self._propose)
        self.way.setCurrentIndex(0 if deposit.to_pay_fen else 1)
        self._propose()
        self.amount.setFocus()

    def _propose(self) -> None:
        back = self.way.currentData()
        self.amount.set_value_fen((self._deposit.to_return_fen if back else self._deposit.to_pay_fen) or None)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        code, items = self.money.currentData()
        wanted = DepositMove(
            self._contract.id,
            required_day(self.day, "日期"),
            self.amount.value_fen() or 0,
            code,
            self.way.currentData(),
            items,
        )
        return lambda book: propose_deposit(book, wanted)

    def told(self, result: Draft) -> str:
        """See `ActDialog`."""
        return f"{self.way.currentText()} {format_fen(result.debit_total_fen)} 元，凭证草稿等待审核"


class AccrueDialog(ActDialog):
    """A month's rents charged as drafts."""

    def __init__(self, operations: Operations, period: Period, parent: QWidget) -> None:
        super().__init__(operations, "计提到期租金", "计提(&S)", parent)
        self.period = PeriodPicker()
        self.period.set_years(period.year - 1, period.year + 1)
        self.period.set_period(period)
        self.form.add("月份(&M)", self.period)
        words = QLabel("把到这个月底为止到期、还没有计提的合同款项生成应收凭证草稿；预收的租金同时冲抵到期的各期。")
        words.setWordWrap(True)
        self.form.add_wide(words)

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        period = self.period.period()
        return lambda book: contract_rents.accrue(book, period)

    def told(self, result: Accrual) -> str:
        """See `ActDialog`."""
        if not result.charges and not result.prepaid_fen:
            text = f"到{result.period.label}底没有要计提的合同款项"
        else:
            text = f"已计提 {result.charges} 笔，共 {format_fen(result.total_fen)} 元"
            text += f"，{len(result.drafts)} 张凭证草稿等待审核"
        if result.prepaid_fen:
            text += f"；预收冲抵 {format_fen(result.prepaid_fen)} 元"
        return "；".join((text, *result.notes))
