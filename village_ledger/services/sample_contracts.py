"""The sample village's contracts, and the year's vouchers that belong to them."""

import csv
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from ..domain.contract_register import ContractRegister
from ..domain.money import parse_fen
from .book import Book
from .contract_claims import candidates, claim_charge, claim_receipt
from .contract_files import import_contracts
from .contract_receipts import Part
from .contracts_register import read

Row = dict[str, str]


def add_contracts(book: Book, folder: Path) -> None:
    """Register the contracts of `folder`, then claim the posted vouchers named there, in voucher order."""
    import_contracts(book, folder / "contracts.csv")
    with (folder / "contract_claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for _, group in groupby(rows, lambda row: (row["月份"], row["凭证号"])):
        _claim(book, list(group))


def _claim(book: Book, rows: list[Row]) -> None:
    """One voucher: rows without an amount take the party's whole line, the others share a line of income."""
    register = read(book.connection)
    parties = {one.contract.code: one.contract.party for one in register.accounts}
    month, number = rows[0]["月份"], rows[0]["凭证号"]
    waiting = [
        one for one in candidates(book) if (f"{one.entry.day:%Y-%m}", one.entry.label) == (month, f"记-{number}")
    ]
    for row in rows:
        if not row["金额"]:
            party = parties[row["合同编号"]]
            found = next(one for one in waiting if one.entry.account == row["科目编码"] and one.entry.party == party)
            claim = claim_charge if found.kind == "应收" else claim_receipt
            claim(book, found.entry.voucher, found.entry.position)
    if shared := [row for row in rows if row["金额"]]:
        found = next(one for one in waiting if one.entry.account == shared[0]["科目编码"] and one.kind == "直接")
        claim_receipt(book, found.entry.voucher, found.entry.position, tuple(_parts(register, shared)))


def _parts(register: ContractRegister, rows: Iterable[Row]) -> list[Part]:
    """Each amount for the earliest payment of its contract that is open."""
    accounts = {one.contract.code: one for one in register.accounts}
    found = []
    for row in rows:
        account = accounts[row["合同编号"]]
        first = next(one for one in account.standings if one.chargeable_fen and one.outstanding_fen > 0)
        found.append((account.contract.id, first.instalment.seq, parse_fen(row["金额"])))
    return found
