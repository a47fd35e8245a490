"""CPU seconds of depreciating 5,000 assets for a month, and of the reports over them, three years of runs behind.

Run: python benchmarks/assets.py    Results go to results/assets.txt. The target is 2 s for the month.
"""

import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from village_ledger.domain.assets.card import Card  # noqa: E402 - run from source
from village_ledger.domain.period import Period  # noqa: E402
from village_ledger.domain.view import Opening  # noqa: E402
from village_ledger.reports.query import Query  # noqa: E402
from village_ledger.services import asset_cards, asset_runs, creation, openings, vouchers  # noqa: E402
from village_ledger.services.book import Book  # noqa: E402
from village_ledger.services.reports import run  # noqa: E402

CARDS, MONTHS = 5000, 36
FIRST = Period(2022, 1)


def card(number: int) -> Card:
    """One of many like it, bought in the four years before the book."""
    bought = FIRST.plus(-1 - number % 48).first_day
    return Card(
        f"ZC-{number:05d}",
        f"资产{number}",
        f"类别{number % 9}",
        10_000_00 + number,
        bought,
        FIRST.previous,
        asset_account="151",
        depreciation_account="152",
        expense_account=("511", "513", "514")[number % 3],
        life_months=240,
        in_use=date(bought.year, bought.month, 1),
    )


def measured(what: str, act: Callable[[], object]) -> str:
    """Run an act and say how long it took."""
    started = time.process_time()
    act()
    line = f"{what:<48}{time.process_time() - started:6.2f} s"
    print(line)
    return line


def post(book: Book, period: Period) -> None:
    """Review and post the month's drafts."""
    ids = [draft.id for draft in vouchers.drafts_of(book, period)]
    vouchers.review(book, ids)
    vouchers.post(book, ids)


def main() -> None:
    """Build the book, run the months, write the figures down."""
    lines = [f"{CARDS} cards, {MONTHS} months charged before; Python {platform.python_version()}, {platform.machine()}"]
    with tempfile.TemporaryDirectory() as folder:
        new = creation.NewBook("测试村", FIRST, single_person=True)
        with creation.create_book(Path(folder) / "a.vlb", new) as book:
            cards = [card(number) for number in range(CARDS)]
            total = sum(one.original_fen for one in cards)
            openings.save_openings(book, (Opening("151", (), total), Opening("301", (), -total)))
            with book.write() as transaction:
                for one in cards:
                    asset_cards.insert_checked(book, transaction, one, unique=True)
            last = FIRST.plus(MONTHS)
            for period in FIRST.through(last.previous):
                asset_runs.depreciate(book, period)
                post(book, period)
            lines.append(measured("depreciate a month", lambda: asset_runs.depreciate(book, last)))
            lines.append(measured("undo it", lambda: asset_runs.undo(book, last)))
            query = Query(last.january, last)
            names = ("fixed-asset-register", "depreciation-schedule", "asset-clearing", "asset-ledger-check")
            lines += [measured(name, partial(run, book, name, query)) for name in names]
    (ROOT / "benchmarks" / "results" / "assets.txt").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
