"""What a posted voucher rests on: found by its uid and source, read for following one payment to its reasons."""

import json
import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from ..domain.contract import Attachment

_CONTRACT = """
SELECT c.id, c.code, c.subject, i.name, c.decision FROM contract c JOIN item i ON i.id = c.party_id
WHERE c.code IN ({}) ORDER BY c.code
"""
_GRANTED = """
SELECT decision, '资产' || kind || ' ' || (SELECT code FROM asset_card k WHERE k.id = card_id) FROM asset_change
WHERE decision <> '' AND (source = :source OR settle_source = :source
    OR instr(',' || adopted || ',', ',' || :uid || ',') > 0) AND :source || :uid <> ''
UNION
SELECT w.decision, '租金减免 ' || c.code FROM contract_waiver w JOIN contract c ON c.id = w.contract_id
WHERE w.source = :source AND :source <> ''
"""


class LogRecord(NamedTuple):
    """A record of the log without its place in the chain; `detail` as it was recorded."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: Any
    hash: str


def voucher_at(connection: sqlite3.Connection, month: str, word: str, number: int) -> int:
    """The id of the posted voucher of that number; 0 when there is none."""
    row = connection.execute(
        "SELECT id FROM voucher WHERE month=? AND word=? AND number=?", (month, word, number)
    ).fetchone()
    return int(row[0]) if row else 0


def voucher_of_uid(connection: sqlite3.Connection, uid: str) -> int:
    """The id of the posted voucher of a uid, or of the one a request of that uid led to; 0 when there is none."""
    row = connection.execute(
        "SELECT id FROM voucher WHERE uid = ?1 UNION ALL SELECT v.id FROM request r JOIN request_voucher l"
        " ON l.request_id = r.id JOIN voucher v ON v.uid = l.voucher_uid WHERE r.uid = ?1 LIMIT 1",
        (uid,),
    ).fetchone()
    return int(row[0]) if row else 0


def contract_rows(connection: sqlite3.Connection, codes: Iterable[str]) -> tuple[tuple[int, str, str, str, str], ...]:
    """(id, code, subject, party, decision) of contracts by code."""
    wanted = tuple(codes)
    return tuple(connection.execute(_CONTRACT.format(",".join("?" * len(wanted))), wanted))


def granted_by(connection: sqlite3.Connection, source: str, uid: str) -> tuple[tuple[str, str], ...]:
    """Decisions behind an asset's change or rent let off that led to a voucher, with what names them."""
    return tuple(connection.execute(_GRANTED, {"source": source or "\0", "uid": uid}))


def draft_of(connection: sqlite3.Connection, uid: str) -> int:
    """The draft a voucher was posted from, where a request knows it; else 0."""
    row = connection.execute("SELECT max(draft_id) FROM request_voucher WHERE voucher_uid=?", (uid,)).fetchone()
    return int(row[0] or 0)


def vouchers_of_requests(connection: sqlite3.Connection, requests: Iterable[int]) -> tuple[tuple[int, int], ...]:
    """(request, voucher id) of every request of some that was paid."""
    wanted = tuple(requests)
    return tuple(
        connection.execute(
            "SELECT l.request_id, v.id FROM request_voucher l JOIN voucher v ON v.uid = l.voucher_uid"
            f" WHERE l.request_id IN ({','.join('?' * len(wanted))}) ORDER BY v.month, v.word, v.number",
            wanted,
        )
    )


def contract_vouchers(connection: sqlite3.Connection, codes: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """(contract, voucher id) of what contracts were charged, received and paid with."""
    wanted = tuple(codes)
    return tuple(
        connection.execute(
            f"""SELECT DISTINCT c.code, v.id FROM contract c JOIN (
                SELECT contract_id, source, uid FROM contract_charge
                UNION SELECT a.contract_id, r.source, r.uid FROM contract_allocation a
                    JOIN contract_receipt r ON r.id = a.receipt_id
                UNION SELECT contract_id, source, '' FROM contract_waiver
            ) e ON e.contract_id = c.id
            JOIN voucher v ON (e.uid <> '' AND v.uid = e.uid) OR (e.source <> '' AND v.source = e.source)
            WHERE c.code IN ({",".join("?" * len(wanted))}) ORDER BY v.month, v.word, v.number""",
            wanted,
        )
    )


def change_vouchers(connection: sqlite3.Connection, decision: str) -> tuple[tuple[str, int], ...]:
    """(what, voucher id) of the changes of assets a decision allowed."""
    return tuple(
        connection.execute(
            "SELECT a.kind || ' ' || k.code, v.id FROM asset_change a JOIN asset_card k ON k.id = a.card_id"
            " JOIN voucher v ON v.source <> '' AND v.source IN (a.source, a.settle_source)"
            " WHERE a.decision = ? ORDER BY v.month, v.word, v.number",
            (decision,),
        )
    )


def contract_files(connection: sqlite3.Connection, code: str) -> tuple[Attachment, ...]:
    """The files kept with a contract, oldest first."""
    return tuple(
        Attachment(*row)
        for row in connection.execute(
            "SELECT f.sha256, f.name, f.size, f.added FROM contract_file f JOIN contract c ON c.id = f.contract_id"
            " WHERE c.code = ? ORDER BY f.added, f.name",
            (code,),
        )
    )


def file_named(connection: sqlite3.Connection, sha256: str) -> Attachment | None:
    """The file of that digest, kept as evidence or with a contract."""
    row = connection.execute(
        "SELECT sha256, name, size, added FROM evidence WHERE sha256 = ?1"
        " UNION ALL SELECT sha256, name, size, added FROM contract_file WHERE sha256 = ?1 LIMIT 1",
        (sha256,),
    ).fetchone()
    return Attachment(*row) if row else None


def log_records(
    connection: sqlite3.Connection, actions: Iterable[str], words: Iterable[str] = ()
) -> tuple[LogRecord, ...]:
    """The records of some actions, oldest first; of those that hold one of some words, if any are given."""
    acts, wanted = tuple(actions), tuple(words)
    where = " OR ".join("instr(detail, ?) OR instr(subject, ?)" for _ in wanted) or "1"
    rows = connection.execute(
        "SELECT seq, at, actor, action, subject, detail, hash FROM log"
        f" WHERE action IN ({','.join('?' * len(acts))}) AND ({where}) ORDER BY seq",
        (*acts, *(word for word in wanted for _ in range(2))),
    )
    return tuple(LogRecord._make((*row[:5], json.loads(row[5]), row[6])) for row in rows)
