"""The register of contracts as a whole: every contract with its ledger, every receipt with what it pays."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple

from .account import Item
from .contract import Attachment, Contract
from .contract_account import (
    Allocation,
    Charge,
    ContractAccount,
    Paid,
    Receipt,
    Waiver,
    arrears_on,
    build_account,
)
from .contract_schedule import Instalment

State = Literal["未开始", "履行中", "即将到期", "到期未收回", "已到期", "已收回", "已续签", "已终止"]
SOON_DAYS = 90
"""A contract that ends within so many days is announced."""


class ReceiptAccount(NamedTuple):
    """A receipt that counts, and what it pays."""

    receipt: Receipt
    allocations: tuple[Allocation, ...]

    @property
    def unallocated_fen(self) -> int:
        """What is not given to any payment yet: rent paid in advance."""
        return self.receipt.amount_fen - sum(one.amount_fen for one in self.allocations)


class ContractRegister(NamedTuple):
    """Contracts in code order, the receipts that count, the waivers, and the attachments by contract id."""

    accounts: tuple[ContractAccount, ...] = ()
    receipts: tuple[ReceiptAccount, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    charges: tuple[Charge, ...] = ()
    files: Mapping[int, tuple[Attachment, ...]] = {}

    def account(self, contract_id: int) -> ContractAccount | None:
        """The contract of that id with its ledger."""
        return next((one for one in self.accounts if one.contract.id == contract_id), None)

    @property
    def renewed(self) -> frozenset[str]:
        """Codes of contracts that another one continues."""
        return frozenset(one.contract.renews for one in self.accounts if one.contract.renews)


def assemble(
    contracts: Iterable[Contract],
    instalments: Mapping[int, tuple[Instalment, ...]],
    charges: Iterable[Charge] = (),
    receipts: Iterable[Receipt] = (),
    allocations: Iterable[Allocation] = (),
    waivers: Iterable[Waiver] = (),
    files: Mapping[int, tuple[Attachment, ...]] | None = None,
) -> ContractRegister:
    """Put the register together from its entries; what was undone is left out."""
    charges, waivers = tuple(charges), tuple(waivers)
    by_receipt: dict[int, list[Allocation]] = {}
    for one in allocations:
        by_receipt.setdefault(one.receipt, []).append(one)
    living = [
        ReceiptAccount(receipt, tuple(by_receipt.get(receipt.id, ()))) for receipt in receipts if receipt.voucher.counts
    ]
    paid: dict[int, list[tuple[int, Paid]]] = {}
    for account in living:
        for one in account.allocations:
            part = Paid(account.receipt.day, one.amount_fen, account.receipt.route)
            paid.setdefault(one.contract, []).append((one.seq, part))
    charged: dict[int, list[Charge]] = {}
    for charge in charges:
        charged.setdefault(charge.contract, []).append(charge)
    waived: dict[int, list[Waiver]] = {}
    for waiver in waivers:
        waived.setdefault(waiver.contract, []).append(waiver)
    accounts = tuple(
        build_account(
            contract,
            instalments.get(contract.id, ()),
            charged.get(contract.id, ()),
            paid.get(contract.id, ()),
            waived.get(contract.id, ()),
        )
        for contract in contracts
    )
    return ContractRegister(
        accounts,
        tuple(living),
        tuple(one for one in waivers if one.counts),
        tuple(one for one in charges if one.voucher.counts),
        files or {},
    )


def state_on(contract: Contract, day: date, renewed: frozenset[str] = frozenset()) -> State:
    """How a contract stands on a day. A tenancy that ended is still occupied until its return is noted."""
    if contract.start > day:
        return "未开始"
    if contract.ended and contract.ended <= day:
        if contract.is_tenancy and not contract.returned:
            return "到期未收回"
        return "已终止"
    if contract.end >= day:
        near = (contract.end - day).days <= SOON_DAYS and contract.code not in renewed
        return "即将到期" if near and contract.is_tenancy else "履行中"
    if contract.code in renewed:
        return "已续签"
    if not contract.is_tenancy:
        return "已到期"
    return "已收回" if contract.returned and contract.returned <= day else "到期未收回"


class DueEntry(NamedTuple):
    """Something about a contract that wants attention. `days` counts to the day (negative: since it)."""

    kind: Literal["欠租", "到期未收回", "即将到期", "近期应收", "近期应付"]
    contract: Contract
    day: date
    days: int
    amount_fen: int
    text: str


_ORDER = ("欠租", "到期未收回", "即将到期", "近期应收", "近期应付")


def due_entries(register: ContractRegister, today: date, ahead: int = SOON_DAYS) -> tuple[DueEntry, ...]:
    """Overdue rent, tenancies ended but still occupied, those ending soon, payments due within `ahead` days."""
    found: list[DueEntry] = []
    renewed = register.renewed
    for account in register.accounts:
        contract = account.contract
        overdue = arrears_on(account, today)
        if overdue.oldest and overdue.days and contract.direction == "收":
            text = f"最早的一笔已逾期 {overdue.days} 天"
            entry = DueEntry("欠租", contract, overdue.oldest, -overdue.days, overdue.arrears_fen, text)
            found.append(entry)
        state = state_on(contract, today, renewed)
        if state == "到期未收回":
            days = (contract.last_day - today).days
            text = f"到期已过 {-days} 天，没有收回也没有续签"
            found.append(DueEntry("到期未收回", contract, contract.last_day, days, overdue.arrears_fen, text))
        elif state == "即将到期":
            days = (contract.end - today).days
            text = f"还有 {days} 天到期，请准备续签或收回" if days else "今天到期，请续签或收回"
            found.append(DueEntry("即将到期", contract, contract.end, days, 0, text))
        found += _coming(account, today, ahead)
    found.sort(key=lambda one: (_ORDER.index(one.kind), one.day, one.contract.code))
    return tuple(found)


def _coming(account: ContractAccount, today: date, ahead: int) -> list[DueEntry]:
    kind: Literal["近期应收", "近期应付"] = "近期应收" if account.contract.direction == "收" else "近期应付"
    last = today + timedelta(days=ahead)
    return [
        DueEntry(
            kind,
            account.contract,
            one.instalment.due,
            (one.instalment.due - today).days,
            one.outstanding_fen,
            f"{one.instalment.label}，{_when((one.instalment.due - today).days)}应{account.contract.direction}",
        )
        for one in account.standings
        if one.counts and today <= one.instalment.due <= last and one.outstanding_fen > 0
    ]


def _when(days: int) -> str:
    return f"{days} 天后" if days else "今天"


def accounts_of(register: ContractRegister, party: Item, account: str) -> tuple[ContractAccount, ...]:
    """The contracts kept on one 往来 account with one party."""
    return tuple(
        one for one in register.accounts if one.contract.party[:2] == party[:2] and one.contract.account == account
    )
