"""A local copy of the voucher being typed, so that a power cut costs nothing. Not part of the book."""

import json
from datetime import date
from hashlib import sha256
from pathlib import Path

from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.paths import user_data


def copy_of(book: Path) -> Path:
    """Where the copy for a book lies."""
    return user_data() / "recovery" / f"{sha256(str(book.resolve()).encode()).hexdigest()[:16]}.json"


def keep(book: Path, draft: Draft) -> None:
    """Write the draft beside the program's own data; a full disk is no reason to disturb the typing."""
    values = draft._replace(day=draft.day.isoformat())._asdict()  # type: ignore[arg-type] # JSON has no dates
    target = copy_of(book)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")
        fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        fresh.replace(target)
    except OSError:
        return


def forget(book: Path) -> None:
    """The draft is saved, or not wanted."""
    try:
        copy_of(book).unlink(missing_ok=True)
    except OSError:
        return


def recall(book: Path) -> Draft | None:
    """The draft of a session that ended without saving; None if there is none or it cannot be read."""
    try:
        values = json.loads(copy_of(book).read_text(encoding="utf-8"))
        lines = tuple(
            DraftLine(summary, account, tuple((category, name) for category, name in items), debit, credit, quantity)
            for summary, account, items, debit, credit, quantity in values.pop("lines")
        )
        return Draft(**values)._replace(day=date.fromisoformat(values["day"]), lines=lines)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
