"""The way to a township's desk: what of it can change, and what the window knows of it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from village_ledger.domain.desk import Village
from village_ledger.paths import user_data
from village_ledger.services.township.desk import MEMORY, Desk, DeskSettings
from village_ledger.ui.worker import Flags, Worker

RECEIVED: Flags = frozenset({"received"})
COMMENTS: Flags = frozenset({"comments"})
DOUBTS: Flags = frozenset({"doubts"})
PARAMETERS: Flags = frozenset({"parameters"})
LINKS: Flags = frozenset({"links"})
SETTINGS: Flags = frozenset({"settings"})
LOG: Flags = frozenset({"log"})
EVERYTHING: Flags = RECEIVED | COMMENTS | DOUBTS | PARAMETERS | LINKS | SETTINGS | LOG


class DeskFacts(NamedTuple):
    """What the GUI thread may know of the desk without asking. `audit`: it is in memory, for looking at packages."""

    place: str
    read_only: bool
    audit: bool
    actor: str
    settings: DeskSettings
    villages: tuple[Village, ...]
    head: str

    def village(self, code: str) -> Village:
        """The village of a code."""
        return next(one for one in self.villages if one.code == code)


class DeskOperations(Worker[Desk, DeskFacts]):
    """The way to one desk."""

    thread_name = "desk"
    _looked_at: TemporaryDirectory[str] | None = None

    def papers_folder(self) -> Path:
        """Where attachments and previews are put to be opened; an auditor's are gone when the window closes."""
        if self.facts is not None and self.facts.audit:
            if self._looked_at is None:
                self._looked_at = TemporaryDirectory(ignore_cleanup_errors=True)
            return Path(self._looked_at.name)
        folder = user_data() / "preview"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def close(self) -> None:
        """See `Worker`."""
        super().close()
        if self._looked_at is not None:
            self._looked_at.cleanup()
            self._looked_at = None

    def read_facts(self, held: Desk, before: DeskFacts | None, touched: Flags) -> DeskFacts:
        """See `Worker`."""
        audit = held.place == MEMORY
        known = before.villages if before and not touched & RECEIVED else held.villages
        return DeskFacts(held.place, held.read_only or audit, audit, held.actor, held.settings, known, held.log_head)
