"""Requests for payment, signatures, their vouchers and urgent exceptions: rows to values and back."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from ..domain.approval import DISPOSAL
from ..domain.chain import canonical_text
from ..domain.request import EDITABLE, STANDING, Request, RequestLine, Signature

_TEXTS = (
    "uid",
    "number",
    "title",
    "kind",
    "payee",
    "handler",
    "witness",
    "money_account",
    "decision",
    "contract",
    "project",
    "budget_item",
    "note",
    "state",
    "submitter",
)
_COLUMNS = ("day", "amount_fen", "lines", "documents", "round", *_TEXTS)


def _values(request: Request) -> dict[str, Any]:
    return {
        "day": request.day.isoformat(),
        "amount_fen": request.amount_fen,
        "lines": canonical_text([list(line) for line in request.lines]),
        "documents": canonical_text(list(request.documents)),
        "round": request.round,
        **{name: getattr(request, name) for name in _TEXTS},
    }


def load_requests(
    connection: sqlite3.Connection, where: str = "1", values: Iterable[object] = ()
) -> tuple[Request, ...]:
    """Requests matching a condition on `r`, by number."""
    rows = connection.execute(
        f"SELECT r.id, r.version, {', '.join(f'r.{name}' for name in _COLUMNS)} FROM request r"
        f" WHERE {where} ORDER BY r.number",
        tuple(values),
    )
    return tuple(_request(row) for row in rows)


def _request(row: tuple[Any, ...]) -> Request:
    fields: dict[str, Any] = dict(zip(_COLUMNS, row[2:], strict=True))
    del fields["amount_fen"]
    fields["day"] = date.fromisoformat(fields["day"])
    fields["lines"] = tuple(
        RequestLine(summary, account, tuple((category, name) for category, name in items), fen)
        for summary, account, items, fen in json.loads(fields["lines"])
    )
    fields["documents"] = tuple(json.loads(fields["documents"]))
    return Request(**fields, id=row[0], version=row[1])


def request_by_id(connection: sqlite3.Connection, request_id: int) -> Request | None:
    """One request, or None."""
    found = load_requests(connection, "r.id = ?", (request_id,))
    return found[0] if found else None


def request_by_number(connection: sqlite3.Connection, number: str) -> Request | None:
    """The request of that number, or None."""
    found = load_requests(connection, "r.number = ?", (number,))
    return found[0] if found else None


def stored_amounts(connection: sqlite3.Connection) -> dict[str, int]:
    """The amount column by number, which must equal the lines' sum."""
    return dict(connection.execute("SELECT number, amount_fen FROM request"))


def next_number(connection: sqlite3.Connection, year: int) -> str:
    """The next free number of a year: 用2025-001."""
    mark = f"用{year}-"
    taken = connection.execute("SELECT number FROM request WHERE number GLOB ?", (f"{mark}*",))
    last = max((int(number.removeprefix(mark)) for (number,) in taken), default=0)
    return f"{mark}{last + 1:03d}"


def insert_request(connection: sqlite3.Connection, request: Request) -> int:
    """Add a request and return its id."""
    values = _values(request)
    marks = ",".join("?" * len(values))
    row = connection.execute(
        f"INSERT INTO request(version, {', '.join(values)}) VALUES(1, {marks})", tuple(values.values())
    ).lastrowid
    return int(row or 0)


def update_request(connection: sqlite3.Connection, request: Request) -> Request:
    """Write a request back under its next version."""
    values = _values(request)
    connection.execute(
        f"UPDATE request SET {', '.join(f'{name}=?' for name in values)}, version=version+1 WHERE id=?",
        (*values.values(), request.id),
    )
    return request._replace(version=request.version + 1)


def insert_signature(connection: sqlite3.Connection, one: Signature) -> None:
    """Add a signature."""
    connection.execute(
        "INSERT INTO request_signature(request_id, round, step, duty, name, day, method, opinion, recorder)"
        " VALUES(?,?,?,?,?,?,?,?,?)",
        (one.request, one.round, *one[:3], one.day.isoformat(), *one[4:7]),
    )


def load_signatures(connection: sqlite3.Connection, request_id: int = 0) -> dict[int, tuple[Signature, ...]]:
    """Signatures by request, of one or of all, in the order they were given."""
    found: dict[int, list[Signature]] = {}
    for row in connection.execute(
        "SELECT step, duty, name, day, method, opinion, recorder, request_id, round FROM request_signature"
        " WHERE ? IN (0, request_id) ORDER BY id",
        (request_id,),
    ):
        one = Signature._make(row)
        found.setdefault(one.request, []).append(one._replace(day=date.fromisoformat(str(one.day))))
    return {request: tuple(rows) for request, rows in found.items()}


def signatures_of(connection: sqlite3.Connection, request: Request) -> tuple[Signature, ...]:
    """The signatures that count for a request: those of its present submission."""
    kept = load_signatures(connection, request.id).get(request.id, ()) if request.id else ()
    return tuple(one for one in kept if one.round == request.round)


def insert_link(connection: sqlite3.Connection, request_id: int, draft_id: int, voucher_uid: str = "") -> None:
    """Link a request to a draft, or to a voucher that is posted already."""
    connection.execute(
        "INSERT INTO request_voucher(request_id, draft_id, voucher_uid) VALUES(?,?,?)",
        (request_id, draft_id, voucher_uid),
    )


def delete_links(connection: sqlite3.Connection, draft_id: int) -> None:
    """Take every request off a draft."""
    connection.execute("DELETE FROM request_voucher WHERE draft_id=? AND voucher_uid=''", (draft_id,))


def delete_dead_links(connection: sqlite3.Connection, request_id: int) -> None:
    """Drop a request's links to drafts that are gone."""
    connection.execute(
        "DELETE FROM request_voucher WHERE request_id=? AND voucher_uid=''"
        " AND NOT EXISTS(SELECT 1 FROM draft d WHERE d.id = draft_id)",
        (request_id,),
    )


def post_links(connection: sqlite3.Connection, draft_id: int, voucher_uid: str) -> None:
    """Turn a draft's links into links of the voucher it became."""
    connection.execute(
        "UPDATE request_voucher SET voucher_uid=? WHERE draft_id=? AND voucher_uid=''", (voucher_uid, draft_id)
    )


def links_of_drafts(connection: sqlite3.Connection) -> dict[int, tuple[int, ...]]:
    """The requests linked to each draft."""
    found: dict[int, list[int]] = {}
    for draft, request in connection.execute(
        "SELECT draft_id, request_id FROM request_voucher WHERE voucher_uid='' ORDER BY id"
    ):
        found.setdefault(draft, []).append(request)
    return {draft: tuple(requests) for draft, requests in found.items()}


def requests_of_voucher(connection: sqlite3.Connection, voucher_uid: str) -> tuple[int, ...]:
    """The requests linked to a posted voucher."""
    rows = connection.execute("SELECT request_id FROM request_voucher WHERE voucher_uid=? ORDER BY id", (voucher_uid,))
    return tuple(row[0] for row in rows)


_USES = """
SELECT l.request_id, 0, v.id, v.month || ' ' || v.word || '-' || v.number, v.uid, v.day
FROM request_voucher l JOIN voucher v ON v.uid = l.voucher_uid
WHERE l.voucher_uid <> '' AND NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id) AND {which}
UNION ALL
SELECT l.request_id, d.id, 0, d.month || ' 草稿' || d.id, '', ''
FROM request_voucher l JOIN draft d ON d.id = l.draft_id WHERE l.voucher_uid = '' AND {which}
"""


class Use(NamedTuple):
    """Where a request is used, and how that is called: a waiting draft (its id), or a posted voucher (id, uid, day)."""

    draft: int
    voucher: int
    label: str
    uid: str
    day: str = ""


def load_uses(connection: sqlite3.Connection, request_id: int = 0) -> dict[int, Use]:
    """Where each request is used. A reversed voucher or a deleted draft frees it."""
    which = "l.request_id = :request" if request_id else "1"
    rows = connection.execute(_USES.format(which=which), {"request": request_id})
    return {request: Use._make(use) for request, *use in rows}


def load_links(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Number of the request and uid of the voucher, of every posted link, in their order."""
    return tuple(
        connection.execute(
            "SELECT r.number, l.voucher_uid FROM request_voucher l JOIN request r ON r.id = l.request_id"
            " WHERE l.voucher_uid <> '' ORDER BY l.id"
        )
    )


class RequestDraw(NamedTuple):
    """What a request that stands draws on its decision, in fen."""

    decision: str
    number: str
    uid: str
    title: str
    day: date
    fen: int


def load_draws(connection: sqlite3.Connection) -> tuple[RequestDraw, ...]:
    """What requests draw on decisions. Those under a project, or a contract that was decided on, draw no more.

    Neither do requests to dispose of an asset: the change of the asset draws.
    """
    rows = connection.execute(
        "SELECT decision, number, uid, title, day, amount_fen FROM request r"
        " WHERE decision <> '' AND project = '' AND kind <> ?"
        f" AND state IN ({','.join('?' * len(STANDING))})"
        " AND NOT EXISTS(SELECT 1 FROM contract c WHERE c.code = r.contract AND c.decision <> '')"
        " ORDER BY day, number",
        (DISPOSAL, *STANDING),
    )
    return tuple(
        RequestDraw(decision, number, uid, title, date.fromisoformat(day), fen)
        for decision, number, uid, title, day, fen in rows
    )


def asked_under(connection: sqlite3.Connection, contract: str, besides: int) -> int:
    """Fen that other requests that stand ask for under a contract."""
    (fen,) = connection.execute(
        "SELECT coalesce(sum(amount_fen), 0) FROM request WHERE contract=? AND id<>?"
        f" AND state IN ({','.join('?' * len(STANDING))})",
        (contract, besides, *STANDING),
    ).fetchone()
    return int(fen)


def draft_exists(connection: sqlite3.Connection, draft_id: int) -> bool:
    """Whether a draft still waits."""
    return connection.execute("SELECT 1 FROM draft WHERE id=?", (draft_id,)).fetchone() is not None


def is_submitted(connection: sqlite3.Connection, uid: str) -> bool:
    """Whether the request of a uid has been handed in, so that nothing of it may go."""
    found = load_requests(connection, "r.uid = ?", (uid,))
    return bool(found) and found[0].state not in EDITABLE
