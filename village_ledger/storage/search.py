"""Finding vouchers, posted and drafts together, a page at a time."""

import sqlite3
from typing import Any, Literal, NamedTuple

from ..domain.money import MoneyError, parse_fen
from ..domain.period import Period


class VoucherFilter(NamedTuple):
    """What to look for; the defaults match everything. Amounts are fen and apply to the voucher's total or a line."""

    start: Period | None = None
    end: Period | None = None
    state: Literal["all", "draft", "reviewed", "posted"] = "all"
    word: str = ""
    number: int = 0
    text: str = ""
    account: str = ""
    low_fen: int | None = None
    high_fen: int | None = None
    maker: str = ""


class VoucherSummary(NamedTuple):
    """One row of the voucher list. `number` is the posted one, or the one a draft will get if posted in order."""

    id: int
    posted: bool
    state: str
    day: str
    word: str
    number: int
    summary: str
    total_fen: int
    attachments: int
    maker: str
    reviewer: str
    poster: str
    reverses: int
    reversed_by: int


_DRAFT_NUMBERS = 1_000_000
"""Added to a draft's position, so that a month's drafts come after its posted vouchers."""
_POSTED = (
    "SELECT v.id AS id, 1 AS posted, 'posted' AS state, v.month AS month, v.day AS day, v.word AS word,"
    " v.number AS number, v.total_fen AS total_fen, v.attachments AS attachments, v.maker AS maker,"
    " v.reviewer AS reviewer, v.poster AS poster, v.reverses AS reverses FROM voucher v WHERE {where}"
)
_DRAFTS = (
    "SELECT d.id AS id, 0 AS posted, d.state AS state, d.month AS month, d.day AS day, d.word AS word,"
    f" {_DRAFT_NUMBERS} + d.position AS number,"
    " (SELECT coalesce(sum(debit_fen), 0) FROM draft_line WHERE draft_id = d.id) AS total_fen,"
    " d.attachments AS attachments, d.maker AS maker, d.reviewer AS reviewer, '' AS poster,"
    " d.reverses AS reverses FROM draft d WHERE {where}"
)


def _query(wanted: VoucherFilter) -> tuple[str, list[object]]:
    parts, values = [], []
    if wanted.state in {"all", "posted"}:
        where, bound = _conditions(wanted, "v", "voucher_line", "voucher_id")
        parts.append(_POSTED.format(where=where))
        values += bound
    if wanted.state != "posted":
        where, bound = _conditions(wanted, "d", "draft_line", "draft_id")
        if wanted.state != "all":
            where += " AND d.state = ?"
            bound.append(wanted.state)
        parts.append(_DRAFTS.format(where=where))
        values += bound
    return " UNION ALL ".join(parts), values


def _conditions(wanted: VoucherFilter, head: str, lines: str, key: str) -> tuple[str, list[object]]:
    conditions, values = ["1"], list[object]()
    if wanted.start:
        conditions.append(f"{head}.month >= ?")
        values.append(str(wanted.start))
    if wanted.end:
        conditions.append(f"{head}.month <= ?")
        values.append(str(wanted.end))
    if wanted.word:
        conditions.append(f"{head}.word = ?")
        values.append(wanted.word)
    if wanted.maker:
        conditions.append(f"{head}.maker = ?")
        values.append(wanted.maker)
    if wanted.number:
        conditions.append(f"{head}.number = ?" if head == "v" else "0")
        values += [wanted.number] if head == "v" else []
    for condition, bound in _line_conditions(wanted, head):
        conditions.append(f"EXISTS(SELECT 1 FROM {lines} l WHERE l.{key} = {head}.id AND ({condition}))")
        values += bound
    return " AND ".join(conditions), values


def _line_conditions(wanted: VoucherFilter, head: str) -> list[tuple[str, list[object]]]:
    posted = head == "v"
    code = "(SELECT code FROM account WHERE id = l.account_id)" if posted else "l.account"
    found: list[tuple[str, list[object]]] = []
    if wanted.account:
        found.append((f"{code} LIKE ?", [wanted.account + "%"]))
    if wanted.low_fen is not None:
        found.append(("max(abs(l.debit_fen), abs(l.credit_fen)) >= ?", [wanted.low_fen]))
    if wanted.high_fen is not None:
        found.append(("max(abs(l.debit_fen), abs(l.credit_fen)) <= ?", [wanted.high_fen]))
    if wanted.text:
        like = f"%{wanted.text}%"
        condition = (
            f"l.summary LIKE ? OR {code} LIKE ?"
            f" OR EXISTS(SELECT 1 FROM account a WHERE a.code = {code} AND a.name LIKE ?)"
        )
        values: list[object] = [like, wanted.text + "%", like]
        if posted:
            condition += (
                " OR l.combination_id IN (SELECT combination_id FROM combination_item"
                " JOIN item ON item.id = item_id WHERE item.name LIKE ?)"
            )
        else:
            condition += " OR l.items LIKE ?"
        values.append(like)
        try:
            fen = parse_fen(wanted.text)
        except MoneyError:
            pass
        else:
            condition += " OR abs(l.debit_fen) = ? OR abs(l.credit_fen) = ?"
            values += [abs(fen), abs(fen)]
        found.append((condition, values))
    return found


def count_vouchers(connection: sqlite3.Connection, wanted: VoucherFilter) -> int:
    """How many vouchers and drafts match."""
    query, values = _query(wanted)
    return int(connection.execute(f"SELECT count(*) FROM ({query})", values).fetchone()[0])


def find_vouchers(
    connection: sqlite3.Connection, wanted: VoucherFilter, offset: int = 0, limit: int = 200
) -> tuple[VoucherSummary, ...]:
    """A page of matches in (month, word, number) order, each month's drafts after its posted vouchers."""
    query, values = _query(wanted)
    rows = connection.execute(
        f"SELECT * FROM ({query}) ORDER BY month, word, number LIMIT ? OFFSET ?", [*values, limit, offset]
    ).fetchall()
    return tuple(_summary(connection, row) for row in rows)


def recent_summaries(connection: sqlite3.Connection, limit: int) -> tuple[str, ...]:
    """Summaries of the newest lines, newest first, each once."""
    rows = connection.execute(
        "SELECT summary FROM (SELECT summary, max(voucher_id) AS newest FROM (SELECT summary, voucher_id"
        " FROM voucher_line ORDER BY voucher_id DESC LIMIT 3000) GROUP BY summary) ORDER BY newest DESC LIMIT ?",
        (limit,),
    )
    return tuple(summary for (summary,) in rows)


def _summary(connection: sqlite3.Connection, row: tuple[Any, ...]) -> VoucherSummary:
    row_id, posted, state, month, day, word, number, total, *rest, reverses = row
    if posted:
        text = "SELECT summary FROM voucher_line WHERE voucher_id = ? AND position = 1"
        reversed_by = connection.execute(
            "SELECT id FROM voucher WHERE reverses = ? AND reverses <> 0", (row_id,)
        ).fetchone()
    else:
        text = "SELECT summary FROM draft_line WHERE draft_id = ? ORDER BY position LIMIT 1"
        reversed_by = None
        number = _expected_number(connection, month, word, number - _DRAFT_NUMBERS)
    summary = connection.execute(text, (row_id,)).fetchone()
    return VoucherSummary._make(
        (
            row_id,
            bool(posted),
            state,
            day,
            word,
            number,
            summary[0] if summary else "",
            total,
            *rest,
            reverses,
            reversed_by[0] if reversed_by else 0,
        )
    )


def _expected_number(connection: sqlite3.Connection, month: str, word: str, position: int) -> int:
    (last,) = connection.execute(
        "SELECT coalesce(max(number), 0) FROM voucher WHERE month=? AND word=?", (month, word)
    ).fetchone()
    (before,) = connection.execute(
        "SELECT count(*) FROM draft WHERE month=? AND word=? AND position < ?", (month, word, position)
    ).fetchone()
    return int(last) + int(before) + 1
