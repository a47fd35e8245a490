"""The way to a township's desk: what of it can change, and what the window knows of it."""

from typing import NamedTuple

from village_ledger.domain.desk import Village
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

    def read_facts(self, held: Desk, before: DeskFacts | None, touched: Flags) -> DeskFacts:
        """See `Worker`."""
        audit = held.place == MEMORY
        known = before.villages if before and not touched & RECEIVED else held.villages
        return DeskFacts(held.place, held.read_only or audit, audit, held.actor, held.settings, known, held.log_head)
