"""The hash chain: canonical bytes of what was booked and the digest of each log record.

The same few lines are all a stranger needs to check an export; docs/formats.md describes them.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from .view import Balance, Opening
from .voucher import Voucher

GENESIS = "0" * 64


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_text(value: Any) -> str:
    """JSON with sorted keys and no spaces."""
    return _ENCODER.encode(value)


def canonical(value: Any) -> bytes:
    """The canonical JSON in UTF-8."""
    return _ENCODER.encode(value).encode()


def sha256(value: Any) -> str:
    """Hex SHA-256 of the canonical bytes."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sm3(value: Any) -> str:
    """Hex SM3 (GB/T 32905) of the canonical form; empty where the system's OpenSSL does not offer it."""
    if "sm3" not in hashlib.algorithms_available:
        return ""
    return hashlib.new("sm3", canonical(value)).hexdigest()


def record_hash(seq: int, at: str, actor: str, action: str, subject: str, detail: str, previous: str) -> str:
    """The hash of one log record: of the JSON list of its fields in this order. `detail` comes as canonical JSON."""
    head = canonical_text([seq, at, actor, action, subject])
    return hashlib.sha256(f'{head[:-1]},{detail},"{previous}"]'.encode()).hexdigest()


def voucher_content(voucher: Voucher) -> dict[str, Any]:
    """Everything a posted voucher says, with items by category and code (names may later be corrected)."""
    return {
        "uid": voucher.uid,
        "date": voucher.day.isoformat(),
        "word": voucher.word,
        "number": voucher.number,
        "attachments": voucher.attachments,
        "kind": voucher.kind,
        "maker": voucher.maker,
        "reviewer": voucher.reviewer,
        "cashier": voucher.cashier,
        "poster": voucher.poster,
        "reverses": voucher.reverses,
        "source": voucher.source,
        "lines": [
            [
                line.summary,
                line.account,
                [f"{item.category}:{item.code}" for item in line.items],
                line.debit_fen,
                line.credit_fen,
                line.quantity,
            ]
            for line in voucher.lines
        ],
    }


def balances_content(balances: Iterable[Balance]) -> list[list[Any]]:
    """Month balances as plain lists: account, items, opening, debit, credit, closing, closing quantity."""
    return [
        [
            row.account,
            [f"{item.category}:{item.code}" for item in row.items],
            row.opening_fen,
            row.debit_fen,
            row.credit_fen,
            row.closing_fen,
            row.closing_quantity,
        ]
        for row in balances
    ]


def openings_content(openings: Iterable[Opening]) -> list[list[Any]]:
    """Opening balances as plain lists in account order."""
    return sorted(
        [
            row.account,
            [f"{item.category}:{item.code}" for item in row.items],
            row.balance_fen,
            row.year_debit_fen,
            row.year_credit_fen,
            row.quantity,
        ]
        for row in openings
    )
