"""Keeping contracts: registering, correcting, breaking off, taking back, reckoning shares; and what is due."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from ..domain.contract import SHARE, Contract
from ..domain.contract_account import Arrears, ContractAccount, Standing, arrears_on
from ..domain.contract_register import SOON_DAYS, ContractRegister, DueEntry, State, due_entries, state_on
from ..domain.contract_reminder import Reminder, reminder
from ..domain.contract_schedule import Instalment, schedule, share_amount
from ..domain.contract_terms import term_warnings
from ..domain.errors import BadInput, NotAllowed, StaleDraft
from ..domain.problems import Problem
from ..storage.contracts import contract_by_id, insert_contract, load_instalments, update_contract
from ..storage.transaction import Transaction
from .book import Book
from .contract_checks import ContractChecks
from .contract_rules import term_rules
from .contracts_register import contract_detail, read


def register(book: Book) -> ContractRegister:
    """Every contract with its payments, receipts and attachments."""
    return read(book.connection)


class ContractRecord(NamedTuple):
    """A contract as a list shows it: how it stands on a day, what is overdue, and the next payment (date, fen)."""

    contract: Contract
    state: State
    arrears: Arrears
    next_due: date | None
    next_fen: int
    files: int


def records(book: Book, day: date) -> tuple[ContractRecord, ...]:
    """Every contract in code order as it stands on a day."""
    found = read(book.connection, day + timedelta(days=366))
    renewed = found.renewed
    return tuple(
        _record(account, day, renewed, len(found.files.get(account.contract.id, ()))) for account in found.accounts
    )


def _record(account: ContractAccount, day: date, renewed: frozenset[str], files: int) -> ContractRecord:
    contract = account.contract
    coming = next(
        (one for one in account.standings if one.counts and one.instalment.due >= day and one.outstanding_fen > 0), None
    )
    return ContractRecord(
        contract,
        state_on(contract, day, renewed),
        arrears_on(account, day),
        coming.instalment.due if coming else None,
        coming.outstanding_fen if coming else 0,
        files,
    )


def contract_account(book: Book, contract_id: int) -> ContractAccount:
    """One contract with its ledger."""
    found = read(book.connection, contract_id=contract_id).account(contract_id)
    if found is None:
        raise BadInput("找不到这份合同，请刷新列表")
    return found


def due_list(book: Book, today: date) -> tuple[DueEntry, ...]:
    """What wants attention: overdue rent, tenancies over or ending within 90 days, payments falling due."""
    return due_entries(read(book.connection, today + timedelta(days=SOON_DAYS)), today)


def reminders(book: Book, day: date, contract_ids: Iterable[int] = ()) -> tuple[Reminder, ...]:
    """The reminder slips of the named contracts, or of all, that have something overdue on a day."""
    wanted = set(contract_ids)
    found = [
        reminder(account, day)
        for account in read(book.connection, day).accounts
        if not wanted or account.contract.id in wanted
    ]
    return tuple(one for one in found if one)


def warnings(contract: Contract) -> tuple[Problem, ...]:
    """What the law says against the term; such a contract can be registered all the same."""
    return term_warnings(contract, term_rules())


def check(book: Book, contract: Contract) -> tuple[Problem, ...]:
    """Everything wrong with a contract, and what the law warns of (not blocking)."""
    return ContractChecks(book).check(contract)


def save(book: Book, contract: Contract) -> Contract:
    """Register a contract, or correct one. Payments that were charged or paid keep their day and amount."""
    with book.write("contract") as transaction:
        return save_checked(transaction, contract, ContractChecks(book), register(book))


def save_checked(
    transaction: Transaction, contract: Contract, checks: ContractChecks, known: ContractRegister
) -> Contract:
    """`save` within a transaction; `known` is the register as it was before, needed for a correction."""
    if problems := tuple(problem for problem in checks.check(contract) if problem.blocking):
        raise BadInput(f"合同 {contract.code} 有问题，没有保存：", problems)
    instalments = schedule(contract)
    before = None
    if contract.id:
        _require_current(transaction, contract)
        before = known.account(contract.id)
        if before:
            instalments = _kept(before, instalments)
    total = sum(one.amount_fen for one in instalments if not contract.ended or one.start <= contract.ended)
    checks.require_decision(contract, total, before.contract if before else None)
    if contract.id:
        update_contract(transaction.connection, contract, instalments)
        saved = contract._replace(version=contract.version + 1)
    else:
        saved = contract._replace(id=insert_contract(transaction.connection, contract, instalments), version=1)
    checks.note(saved)
    transaction.record("contract", saved.code, contract_detail(saved, instalments))
    return saved


def _require_current(transaction: Transaction, contract: Contract) -> None:
    stored = contract_by_id(transaction.connection, contract.id)
    if stored is None:
        raise BadInput("找不到这份合同，请刷新列表")
    if stored.version != contract.version:
        raise StaleDraft("这份合同刚才在另一个窗口里改过，请重新打开后再改；您改的内容没有保存")
    if stored.code != contract.code:
        raise NotAllowed(f"合同编号 {stored.code} 已经登记，不能修改")


def _kept(before: ContractAccount, instalments: tuple[Instalment, ...]) -> tuple[Instalment, ...]:
    """The new schedule with shares reckoned before; refused if it changes what was charged, paid or waived."""
    new = {one.seq: one for one in instalments}
    for standing in before.standings:
        old = standing.instalment
        now = new.get(old.seq)
        if now is not None and old.settled and not now.settled:
            now = new[old.seq] = now._replace(amount_fen=old.amount_fen, settled=True)
        if not old.seq or not _is_used(standing):
            continue
        if now is None or (now.due, now.amount_fen) != (old.due, old.amount_fen):
            raise NotAllowed(
                f"第 {old.seq} 期（{old.due} 应{before.contract.direction}）已经计提、收款或减免，日期和金额不能再改。"
                "租金变动请从以后的年份起改，或终止本合同后另登新合同"
            )
    return tuple(new.values())


def _is_used(standing: Standing) -> bool:
    return bool(standing.charged or standing.paid or standing.waived)


def break_off(book: Book, contract_id: int, day: date, reason: str) -> Contract:
    """End a contract before its time; payments for later months are not asked for any more."""
    contract, standings = contract_account(book, contract_id)
    if contract.ended:
        raise NotAllowed(f"合同 {contract.code} 已于 {contract.ended} 终止")
    changed = contract._replace(ended=day, ended_reason=reason.strip())
    later = [one for one in standings if _is_used(one) and one.instalment.start > day]
    if later:
        raise NotAllowed(
            f"终止日以后的第 {later[0].instalment.seq} 期已经计提或收款，请先冲销那张凭证或退款，再登记终止"
        )
    return save(book, changed)


def take_back(book: Book, contract_id: int, day: date) -> Contract:
    """Note that the village has the thing back (收回), so that it no longer counts as occupied."""
    contract = contract_account(book, contract_id).contract
    if not contract.is_tenancy:
        raise NotAllowed(f"{contract.kind}合同没有要收回的标的")
    return save(book, contract._replace(returned=day))


def settle_share(book: Book, contract_id: int, seq: int, proceeds_fen: int) -> Instalment:
    """Reckon a share (分成) from the proceeds it is a part of; the guaranteed minimum holds."""
    with book.write("contract") as transaction:
        account = contract_account(book, contract_id)
        standing, contract = account.at(seq), account.contract
        if contract.price.form != SHARE or standing is None or not seq:
            raise BadInput("这一期不是分成租金")
        if standing.charged or standing.paid:
            raise NotAllowed(f"第 {seq} 期已经计提或收款，不能再改分成金额")
        if proceeds_fen < 0:
            raise BadInput("经营所得不能是负数")
        minimum = schedule(contract)[seq - 1].amount_fen
        amount = share_amount(proceeds_fen, contract.price.share_bp, minimum)
        settled = standing.instalment._replace(amount_fen=amount, settled=True)
        instalments = tuple(
            settled if one.seq == seq else one
            for one in load_instalments(transaction.connection, contract_id)[contract_id]
        )
        update_contract(transaction.connection, contract, instalments)
        transaction.record("contract", contract.code, contract_detail(contract, instalments))
    return settled
