"""Books whose people have passwords, and a clock that can be moved."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from village_ledger import clock
from village_ledger.domain.period import Period
from village_ledger.services import creation, log_in, passwords
from village_ledger.services.book import Book
from village_ledger.services.passwords import Secrets

from .conftest import STAFF

PASSWORDS = {person.name: f"mima-{number}xyz" for number, person in enumerate(STAFF)}
CODE = passwords.new_recovery_code()


class Hands:
    """Moves the clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = datetime(2026, 3, 1, 8)
        monkeypatch.setattr(clock, "now", lambda: self.at.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def later(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


def quicken(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost no time; what they are is tested once with the real ones."""
    monkeypatch.setattr(passwords, "MEMORY_KIB", 8)
    monkeypatch.setattr(passwords, "PASSES", 1)


def a_guarded_book(folder: Path, *, own: bool = True) -> Book:
    """A book that asks everybody to log in, with the passwords above: their own, or still the initial ones."""
    new = creation.NewBook(
        "石桥村",
        Period(2024, 1),
        people=STAFF,
        secrets=Secrets(tuple((name, f"{word}0") for name, word in PASSWORDS.items()), CODE),
    )
    book = creation.create_book(folder / "守门.vlb", new)
    if own:
        for name, password in PASSWORDS.items():
            log_in.change_password(book, name, f"{password}0", password)
        book.enter("")
    return book
