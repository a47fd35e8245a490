"""合同与往来核对表: does what the contracts say of a party agree with its balance on the 往来 account, and if not, why.

Columns: account, party, contract_balance (opening arrears, charges, receipts and waivers that are posted), ledger
(the account's balance; debit positive), difference, voucher, note. Below a party with a difference, rows without party
name what it consists of: voucher lines that belong to no contract (those that cancel each other are left out), the
part of the opening balance that is no arrears of a contract, and vouchers whose amount is not the one the contract has.
"""

from collections.abc import Iterable
from typing import NamedTuple

from village_ledger.domain.account import COUNTERPARTY, Item
from village_ledger.domain.contract import INCOMING
from village_ledger.domain.contract_register import ContractRegister
from village_ledger.domain.view import LedgerLine, LedgerSource

from .frame import day_label, report
from .model import Column, Report, Row, Target
from .query import Query
from .totals import member

COLUMNS = (
    Column("account", "往来科目", "code", 9),
    Column("party", "往来户", "text", 18),
    Column("contract_balance", "合同台账余额", "money", 16),
    Column("ledger", "账面余额", "money", 16),
    Column("difference", "差额", "money", 16),
    Column("voucher", "凭证", "text", 14),
    Column("note", "说明", "text", 44),
)
Key = tuple[str, str]
"""An account and a party's code."""


class Claim(NamedTuple):
    """What the contracts say of a voucher: the whole of it for the party (position 0) or one line. Debit positive."""

    voucher: int
    position: int
    fen: int


class Part(NamedTuple):
    """A piece of a difference, with the voucher it comes from. `foreign`: business that belongs to no contract."""

    fen: int
    voucher: int
    label: str
    note: str
    foreign: bool = False


def build(source: LedgerSource, query: Query, register: ContractRegister) -> Report:
    """Every party with a contract, at the end of the span."""
    parties = {(one.contract.account, one.contract.party.code): one.contract.party for one in register.accounts}
    accounts = sorted({account for account, _ in parties})
    first = source.entity.first_period
    opening: dict[Key, int] = {}
    for row in source.balances(first, first) if accounts else ():
        item = member(row.items, COUNTERPARTY)
        if item and (row.account, item.code) in parties:
            opening[row.account, item.code] = opening.get((row.account, item.code), 0) + row.opening_fen
    lines: dict[Key, list[LedgerLine]] = {}
    for line in source.lines(first, query.end, accounts) if accounts else ():
        item = member(line.items, COUNTERPARTY)
        if item:
            lines.setdefault((line.account, item.code), []).append(line)
    claims = _claims(register)
    starting = _starting(register)
    rows: list[Row] = []
    agree = wrong = 0
    for key, party in sorted(parties.items()):
        posted = lines.get(key, [])
        known = {line.voucher for line in posted}
        own = [claim for claim in claims.get(key, ()) if claim.voucher in known]
        contract_fen = starting[key] + sum(claim.fen for claim in own)
        ledger_fen = opening.get(key, 0) + sum(line.debit_fen - line.credit_fen for line in posted)
        parts = [*_opening_part(opening.get(key, 0) - starting[key]), *_without_pairs(_parts(posted, own))]
        agree += not parts
        wrong += not all(part.foreign for part in parts)
        rows += _rows(key[0], party, contract_fen, ledger_fen, parts)
    verdict = f"一致 {agree} 户，另有合同以外往来的 {len(parties) - agree - wrong} 户，不符 {wrong} 户"
    rows.append(Row(("", f"核对 {len(parties)} 户", None, None, None, "", verdict), "total"))
    made = report("contract-tie", "合同与往来核对表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(as_of=day_label(query.end), landscape=True, blank_zero=False)


def _rows(account: str, party: Item, contract_fen: int, ledger_fen: int, parts: list[Part]) -> list[Row]:
    if not parts:
        note = "一致"
    elif all(part.foreign for part in parts):
        note = f"差额是合同以外的往来，以下 {len(parts)} 项"
    else:
        note = f"不符，差额由以下 {len(parts)} 项组成"
    target = Target("ledger", (account,), str(party))
    difference = ledger_fen - contract_fen
    return [
        Row((account, party.name, contract_fen, ledger_fen, difference, "", note), target=target),
        *(
            Row(
                (account, "", None, None, part.fen, part.label, part.note),
                level=1,
                target=Target("voucher", voucher=part.voucher) if part.voucher else None,
            )
            for part in parts
        ),
    ]


def _claims(register: ContractRegister) -> dict[Key, list[Claim]]:
    """What is posted, by account and party."""
    contracts = {one.contract.id: one.contract for one in register.accounts}
    found: dict[Key, list[Claim]] = {}
    for charge in register.charges:
        contract = contracts[charge.contract]
        sign = 1 if contract.direction == INCOMING else -1
        claim = Claim(charge.voucher.id, charge.position, sign * charge.amount_fen)
        if charge.voucher.booking == "posted":
            found.setdefault((contract.account, contract.party.code), []).append(claim)
    for waiver in register.waivers:
        contract = contracts[waiver.contract]
        if waiver.voucher.booking == "posted":
            claim = Claim(waiver.voucher.id, 0, -waiver.amount_fen)
            found.setdefault((contract.account, contract.party.code), []).append(claim)
    directions = {(one.account, one.party.code): one.direction for one in contracts.values()}
    for receipt in (one.receipt for one in register.receipts):
        if receipt.route == "往来" and receipt.party and receipt.voucher.booking == "posted":
            key = receipt.account, receipt.party.code
            sign = -1 if directions.get(key, INCOMING) == INCOMING else 1
            found.setdefault(key, []).append(Claim(receipt.voucher.id, receipt.position, sign * receipt.amount_fen))
    return found


def _starting(register: ContractRegister) -> dict[Key, int]:
    """Arrears the contracts had when the register began, by account and party; debit positive."""
    found: dict[Key, int] = {}
    for contract in (one.contract for one in register.accounts):
        key = contract.account, contract.party.code
        sign = 1 if contract.direction == INCOMING else -1
        found[key] = found.get(key, 0) + sign * contract.opening_fen
    return found


def _opening_part(fen: int) -> list[Part]:
    return [Part(fen, 0, "期初", "期初余额中不是合同欠款的部分", foreign=True)] if fen else []


def _without_pairs(parts: list[Part]) -> list[Part]:
    """The parts without foreign ones that cancel each other, such as a charge and its payment."""
    kept: list[Part] = []
    for part in parts:
        other = next((one for one in kept if one.foreign and part.foreign and one.fen == -part.fen), None)
        if other:
            kept.remove(other)
        else:
            kept.append(part)
    return kept


def _parts(lines: Iterable[LedgerLine], claims: list[Claim]) -> list[Part]:
    """What keeps the lines of a party from being what the contracts say, line by line or voucher by voucher."""
    whole: dict[int, int] = {}
    single: dict[tuple[int, int], int] = {}
    for claim in claims:
        if claim.position:
            key = claim.voucher, claim.position
            single[key] = single.get(key, 0) + claim.fen
        else:
            whole[claim.voucher] = whole.get(claim.voucher, 0) + claim.fen
    left: dict[int, int] = dict(whole)
    shown: dict[int, LedgerLine] = {}
    found = []
    for line in lines:
        fen = line.debit_fen - line.credit_fen
        label = f"{line.day:%Y-%m} {line.label}"
        if line.voucher in whole:
            left[line.voucher] -= fen
            shown[line.voucher] = line
        elif (line.voucher, line.position) in single:
            if fen != single[line.voucher, line.position]:
                rest = fen - single[line.voucher, line.position]
                found.append(Part(rest, line.voucher, label, f"只有一部分认领到合同：{line.summary}"))
        else:
            found.append(Part(fen, line.voucher, label, f"不属于合同：{line.summary}", foreign=True))
    for voucher, fen in left.items():
        if fen:
            line = shown[voucher]
            note = f"凭证金额和合同台账不同：{line.summary}"
            found.append(Part(-fen, voucher, f"{line.day:%Y-%m} {line.label}", note))
    return found
