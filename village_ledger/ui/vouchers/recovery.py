"""A local copy of the voucher being typed, so that a power cut costs nothing. Not part of the book."""

import json
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QLockFile

from village_ledger.domain.voucher import Draft, DraftLine
from village_ledger.paths import user_data


class RecoveryCopy:
    """One book's copy. Of several windows on the book only the first has one; the lock falls with its program."""

    def __init__(self, book: Path) -> None:
        name = sha256(str(book.resolve()).encode()).hexdigest()[:16]
        self.path = user_data() / "recovery" / f"{name}.json"
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(self.path.with_suffix(".lock")))
        self._lock.setStaleLockTime(0)
        self._mine = self._lock.tryLock(0)

    def release(self) -> None:
        """Let another window have it."""
        self._lock.unlock()
        self._mine = False

    def keep(self, draft: Draft) -> None:
        """Write the draft beside the program's own data; a full disk is no reason to disturb the typing."""
        if not self._mine:
            return
        values = draft._asdict() | {"day": draft.day.isoformat()}
        fresh = self.path.with_suffix(".new")
        with suppress(OSError):
            fresh.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
            fresh.replace(self.path)

    def forget(self) -> None:
        """The draft is saved, or not wanted."""
        if self._mine:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def recall(self) -> Draft | None:
        """The draft of a session that ended without saving; None if there is none or it cannot be read."""
        if not self._mine:
            return None
        try:
            values = json.loads(self.path.read_text(encoding="utf-8"))
            lines = tuple(_line(*line) for line in values["lines"])
            return Draft(**values)._replace(day=date.fromisoformat(values["day"]), lines=lines)
        except (OSError, ValueError, TypeError, KeyError):
            return None


def _line(summary: str, account: str, items: list[list[str]], debit: int, credit: int, quantity: int) -> DraftLine:
    pairs = tuple((category, name) for category, name in items)
    return DraftLine(summary, account, pairs, debit, credit, quantity)
