"""Contracts and their payment schedules: rows to values and back."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date

from ..domain.account import Item
from ..domain.chain import canonical_text
from ..domain.contract import Attachment, Contract, Payment, Price, Step
from ..domain.contract_schedule import Instalment
from ..domain.parcels import ContractedSpan

_FIELDS = (
    "code, kind, subject, start, end, price, account, counter, direction, signed, award, award_number, decision,"
    " subject_kind, subject_code, use, area_x100, deposit_fen, contact, tracked, opening_fen, ended, ended_reason,"
    " returned, renews, note"
)
_COLUMNS = ", ".join(f'c."{name.strip()}"' for name in _FIELDS.split(","))
_NAMES = tuple(name.strip() for name in _FIELDS.split(","))
_DAYS = frozenset({"start", "end", "signed", "tracked", "ended", "returned"})


def price_text(price: Price) -> str:
    """A price as canonical JSON."""
    content = price._asdict()
    content["steps"] = [list(step) for step in price.steps]
    content["payments"] = [[payment.due.isoformat(), payment.amount_fen] for payment in price.payments]
    return canonical_text(content)


def parse_price(text: str) -> Price:
    """The inverse of `price_text`."""
    content = json.loads(text)
    content["steps"] = tuple(Step(*step) for step in content["steps"])
    content["payments"] = tuple(Payment(date.fromisoformat(due), fen) for due, fen in content["payments"])
    return Price(**content)


def contract_values(contract: Contract) -> dict[str, str | int]:
    """A contract's own columns as stored, without party, id and version."""
    found: dict[str, str | int] = {}
    for name in _NAMES:
        value = getattr(contract, name)
        if name == "price":
            found[name] = price_text(value)
        elif name in _DAYS:
            found[name] = value.isoformat() if value else ""
        else:
            found[name] = value
    return found


def load_contracts(
    connection: sqlite3.Connection, where: str = "1", values: Iterable[object] = ()
) -> tuple[Contract, ...]:
    """Contracts matching a condition on `c`, in code order."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, c.id, c.version, i.category, i.code, i.name FROM contract c"
        f" JOIN item i ON i.id = c.party_id WHERE {where} ORDER BY c.code",
        tuple(values),
    )
    return tuple(_contract(row) for row in rows)


def _contract(row: tuple[object, ...]) -> Contract:
    fields: dict[str, object] = dict(zip(_NAMES, row, strict=False))
    for name in _DAYS:
        fields[name] = date.fromisoformat(str(fields[name])) if fields[name] else None
    fields["price"] = parse_price(str(fields["price"]))
    number, version, *party = row[len(_NAMES) :]
    return Contract(**fields, party=Item(*map(str, party)), id=number, version=version)  # type: ignore[arg-type]  # columns are typed by the schema


def contract_by_id(connection: sqlite3.Connection, contract_id: int) -> Contract | None:
    """One contract, or None."""
    found = load_contracts(connection, "c.id = ?", (contract_id,))
    return found[0] if found else None


def contract_codes(connection: sqlite3.Connection) -> dict[str, int]:
    """Row ids by code."""
    return dict(connection.execute("SELECT code, id FROM contract"))


def contract_subjects(connection: sqlite3.Connection) -> dict[int, tuple[str, str]]:
    """What each contract (by row id) is about: 资产 or 资源, and the code of the card or parcel."""
    rows = connection.execute("SELECT id, subject_kind, subject_code FROM contract WHERE subject_code <> ''")
    return {number: (kind, code) for number, kind, code in rows}


def contracts_on_asset(connection: sqlite3.Connection, code: str) -> tuple[str, ...]:
    """The codes of the contracts over an asset's card."""
    rows = connection.execute(
        "SELECT code FROM contract WHERE subject_kind = '资产' AND subject_code = ? ORDER BY code", (code,)
    )
    return tuple(row[0] for row in rows)


def insert_contract(connection: sqlite3.Connection, contract: Contract, instalments: Iterable[Instalment]) -> int:
    """Add a contract with its schedule and return its id."""
    columns = contract_values(contract)
    names = ", ".join(f'"{name}"' for name in columns)
    row = connection.execute(
        f"INSERT INTO contract({names}, version, party_id) VALUES({','.join('?' * len(columns))}, 1,"
        " (SELECT id FROM item WHERE category=? AND code=?))",
        (*columns.values(), contract.party.category, contract.party.code),
    ).lastrowid
    contract_id = int(row or 0)
    _insert_instalments(connection, contract_id, instalments)
    return contract_id


def update_contract(connection: sqlite3.Connection, contract: Contract, instalments: Iterable[Instalment]) -> None:
    """Write a contract back with its schedule; its code stays."""
    columns = contract_values(contract)
    del columns["code"]
    settings = ", ".join(f'"{name}"=?' for name in columns)
    connection.execute(
        f"UPDATE contract SET {settings}, version=version+1,"
        " party_id=(SELECT id FROM item WHERE category=? AND code=?) WHERE id=?",
        (*columns.values(), contract.party.category, contract.party.code, contract.id),
    )
    connection.execute("DELETE FROM contract_instalment WHERE contract_id=?", (contract.id,))
    _insert_instalments(connection, contract.id, instalments)


def _insert_instalments(connection: sqlite3.Connection, contract_id: int, instalments: Iterable[Instalment]) -> None:
    connection.executemany(
        "INSERT INTO contract_instalment(contract_id, seq, start, end, due, amount_fen, settled) VALUES(?,?,?,?,?,?,?)",
        [
            (contract_id, seq, start.isoformat(), end.isoformat(), due.isoformat(), fen, settled)
            for seq, start, end, due, fen, settled in instalments
        ],
    )


def load_instalments(
    connection: sqlite3.Connection,
    contract_id: int = 0,
    until: date = date.max,
    without: frozenset[tuple[int, int]] = frozenset(),
) -> dict[int, tuple[Instalment, ...]]:
    """The schedules by contract, in order: of one or of all, as far as due by a day, some perhaps left out."""
    found: dict[int, list[Instalment]] = {}
    days: dict[str, date] = {}
    rows = connection.execute(
        "SELECT contract_id, seq, start, end, due, amount_fen, settled FROM contract_instalment"
        f" WHERE due <= ? {'AND contract_id = ?' if contract_id else ''} ORDER BY contract_id, seq",
        (until.isoformat(), contract_id) if contract_id else (until.isoformat(),),
    ).fetchall()
    if without:
        rows = [row for row in rows if row[:2] not in without]
    for text in {text for row in rows for text in row[2:5]}:
        days[text] = date.fromisoformat(text)
    current, own = 0, list[Instalment]()
    for contract, seq, start, end, due, fen, settled in rows:
        if contract != current:
            current, own = contract, found.setdefault(contract, [])
        own.append(Instalment(seq, days[start], days[end], days[due], fen, settled == 1))
    return {contract: tuple(schedule) for contract, schedule in found.items()}


def parcel_span(contract: Contract) -> ContractedSpan:
    """How much land a contract lets, and when."""
    return ContractedSpan(contract.start, contract.last_day, contract.area_x100, f"合同 {contract.code}")


def parcel_spans(connection: sqlite3.Connection) -> dict[str, tuple[ContractedSpan, ...]]:
    """The contracts that let parcels, by the parcel's code: from when to when, and how many hundredths of a mu."""
    found: dict[str, list[ContractedSpan]] = {}
    for contract in load_contracts(connection, "c.subject_kind = '资源' AND c.subject_code <> ''"):
        if contract.is_tenancy:
            found.setdefault(contract.subject_code, []).append(parcel_span(contract))
    return {parcel: tuple(spans) for parcel, spans in found.items()}


def insert_file(connection: sqlite3.Connection, contract_id: int, row: Attachment) -> None:
    """Note an attachment; one noted before stays as it is."""
    connection.execute("INSERT OR IGNORE INTO contract_file VALUES(?,?,?,?,?)", (contract_id, *row))


def delete_file(connection: sqlite3.Connection, contract_id: int, sha256: str) -> None:
    """Take an attachment off a contract; the file itself stays in the folder."""
    connection.execute("DELETE FROM contract_file WHERE contract_id=? AND sha256=?", (contract_id, sha256))


def has_contracts(connection: sqlite3.Connection) -> bool:
    """Whether the file is of a version that keeps contracts."""
    return bool(connection.execute("SELECT 1 FROM sqlite_schema WHERE name='contract_file'").fetchone())


def load_files(connection: sqlite3.Connection) -> dict[int, tuple[Attachment, ...]]:
    """Attachments by contract, oldest first."""
    found: dict[int, list[Attachment]] = {}
    for contract, *row in connection.execute(
        "SELECT contract_id, sha256, name, size, added FROM contract_file ORDER BY contract_id, added, name"
    ):
        found.setdefault(contract, []).append(Attachment._make(row))
    return {contract: tuple(rows) for contract, rows in found.items()}
