"""Source documents and the vouchers they are attached to: rows to values and back."""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..domain.source_document import COLLECTIVE, NUMBERED, RECEIVED, DocumentRecord, SourceDocument

_COLUMNS = (
    "direction",
    "kind",
    "day",
    "amount_fen",
    "number",
    "code",
    "issuer",
    "account_name",
    "account",
    "note",
    "void",
    "struck",
    "uid",
)
_RECORDS = f"""
SELECT {", ".join(f"d.{name}" for name in _COLUMNS)}, d.id,
    coalesce(v.id, 0), coalesce(v.month || ' ' || v.word || '-' || v.number, ''), coalesce(v.month, ''),
    coalesce(t.id, 0)
FROM source_document d
LEFT JOIN document_voucher l ON l.id = (
    SELECT k.id FROM document_voucher k
    LEFT JOIN voucher u ON u.uid = k.voucher_uid AND k.voucher_uid <> ''
    WHERE k.document_id = d.id AND CASE WHEN k.voucher_uid = ''
        THEN EXISTS(SELECT 1 FROM draft f WHERE f.id = k.draft_id)
        ELSE NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = u.id AND r.reverses <> 0) END)
LEFT JOIN voucher v ON v.uid = l.voucher_uid AND l.voucher_uid <> ''
LEFT JOIN draft t ON t.id = l.draft_id AND l.voucher_uid = ''
"""
"""A document is free again once its draft is gone or its voucher was reversed."""


def load_records(connection: sqlite3.Connection) -> tuple[DocumentRecord, ...]:
    """Every document by day, struck ones too."""
    return _matching(connection, "1")


def records_of_year(connection: sqlite3.Connection, year: int) -> tuple[DocumentRecord, ...]:
    """The documents dated in a year, struck ones too."""
    days = (date(year, 1, 1).isoformat(), date(year, 12, 31).isoformat())
    return _matching(connection, "d.day BETWEEN ? AND ?", days)


def free_records(connection: sqlite3.Connection) -> tuple[DocumentRecord, ...]:
    """The documents that are with no voucher or draft and count."""
    return _matching(connection, "v.id IS NULL AND t.id IS NULL AND d.struck = '' AND d.void = ''")


def stub_records(connection: sqlite3.Connection) -> tuple[DocumentRecord, ...]:
    """The stubs of the village's own receipts, struck ones too."""
    return _matching(connection, "d.direction = ? AND d.kind = ?", (RECEIVED, COLLECTIVE))


def living_record(connection: sqlite3.Connection, uid: str) -> DocumentRecord | None:
    """The document of a uid; None when it was struck or never was."""
    return next(iter(_matching(connection, "d.uid = ? AND d.struck = ''", (uid,))), None)


def _matching(connection: sqlite3.Connection, where: str, values: Iterable[object] = ()) -> tuple[DocumentRecord, ...]:
    """Documents matching a condition on `d`, `v` (its voucher) and `t` (its draft)."""
    rows = connection.execute(f"{_RECORDS} WHERE {where} ORDER BY d.day, d.id", tuple(values))
    return tuple(_record(row) for row in rows)


def _record(row: tuple[Any, ...]) -> DocumentRecord:
    one = SourceDocument._make(row[:14])
    return DocumentRecord(one._replace(day=date.fromisoformat(str(one.day))), *row[14:])


def same_number(connection: sqlite3.Connection, one: SourceDocument) -> DocumentRecord | None:
    """The document of that kind, code and number that is registered already; None when there is none."""
    kinds = ",".join(f"'{kind}'" for kind in NUMBERED)  # as the index says it, so that SQLite uses it
    found = _matching(
        connection,
        f"d.struck = '' AND d.kind IN ({kinds}) AND d.number = ? AND d.code = ? AND d.kind = ? AND d.direction = ?",
        (one.number, one.code, one.kind, one.direction),
    )
    return found[0] if found else None


def insert_document(connection: sqlite3.Connection, one: SourceDocument) -> int:
    """Register a document and return its id."""
    row = connection.execute(
        f"INSERT INTO source_document({', '.join(_COLUMNS)}) VALUES({','.join('?' * len(_COLUMNS))})",
        (*one[:2], one.day.isoformat(), *one[3:13]),
    ).lastrowid
    return int(row or 0)


def update_document(connection: sqlite3.Connection, one: SourceDocument) -> None:
    """Note that a document is void, or was struck."""
    connection.execute("UPDATE source_document SET void=?, struck=? WHERE uid=?", (one.void, one.struck, one.uid))


def insert_link(connection: sqlite3.Connection, document_id: int, draft_id: int, voucher_uid: str = "") -> None:
    """Attach a document to a draft, or to a voucher that is posted already."""
    connection.execute(
        "INSERT INTO document_voucher(document_id, draft_id, voucher_uid) VALUES(?,?,?)",
        (document_id, draft_id, voucher_uid),
    )


def delete_draft_links(connection: sqlite3.Connection, document_id: int) -> None:
    """Take a document off every draft, living or gone."""
    connection.execute("DELETE FROM document_voucher WHERE document_id=? AND voucher_uid=''", (document_id,))


def post_links(connection: sqlite3.Connection, draft_id: int, voucher_uid: str) -> tuple[str, ...]:
    """Turn a draft's links into links of the voucher it became; returns the documents' uids."""
    found = connection.execute(
        "SELECT d.uid FROM document_voucher l JOIN source_document d ON d.id = l.document_id"
        " WHERE l.draft_id=? AND l.voucher_uid='' ORDER BY l.id",
        (draft_id,),
    ).fetchall()
    if found:
        connection.execute(
            "UPDATE document_voucher SET voucher_uid=? WHERE draft_id=? AND voucher_uid=''", (voucher_uid, draft_id)
        )
    return tuple(uid for (uid,) in found)


def attached(connection: sqlite3.Connection, draft_id: int = 0, voucher_uid: str = "") -> tuple[DocumentRecord, ...]:
    """The documents of a draft, or of a posted voucher; struck ones are left out."""
    which, value = ("v.uid = ?", voucher_uid) if voucher_uid else ("t.id = ?", draft_id)
    linked = "voucher_uid = ?" if voucher_uid else "voucher_uid = '' AND draft_id = ?"
    return _matching(
        connection,
        f"d.id IN (SELECT document_id FROM document_voucher WHERE {linked}) AND {which} AND d.struck = ''",
        (value, value),
    )


def load_links(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Uid of the document and uid of the voucher, of every link to a posted voucher."""
    return tuple(
        connection.execute(
            "SELECT d.uid, l.voucher_uid FROM document_voucher l JOIN source_document d ON d.id = l.document_id"
            " WHERE l.voucher_uid <> '' ORDER BY l.id"
        )
    )


def document_years(connection: sqlite3.Connection) -> tuple[int, ...]:
    """The years documents are dated in, newest first."""
    rows = connection.execute("SELECT DISTINCT substr(day, 1, 4) FROM source_document ORDER BY 1 DESC")
    return tuple(int(year) for (year,) in rows)
