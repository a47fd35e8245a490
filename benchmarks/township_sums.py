"""Sums over 300 villages x 12 months, on SQLite: how long each takes, and the whole book of them.

    python benchmarks/township_sums.py [VILLAGES [MONTHS]]

The desk is made of figures put straight into its store, as importing leaves them there; reports are then run on a desk
opened anew, each by itself, so that nothing read for one serves the next. Seconds are CPU and wall time.
"""

import os
import platform
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from village_ledger.domain.account import Item  # noqa: E402  (the path comes first)
from village_ledger.domain.dealings import Link  # noqa: E402
from village_ledger.domain.desk import Figures, Received, Village  # noqa: E402
from village_ledger.domain.period import Period  # noqa: E402
from village_ledger.domain.view import Balance  # noqa: E402
from village_ledger.reports.township import registry, topics  # noqa: E402
from village_ledger.services.catalog import chart_definition, statement_definition  # noqa: E402
from village_ledger.services.township.desk import Desk, DeskSettings  # noqa: E402
from village_ledger.services.township.summing import book_of_sums, run  # noqa: E402
from village_ledger.storage.desk import ledgers, links, received, registers, villages  # noqa: E402

CHART = "rural-2023"
PARTIES = 40
END = Period(2025, 12)
RESULTS = ROOT / "benchmarks" / "results" / "township_sums.txt"


def main() -> None:
    """Make the desk, run every sum, and keep what they took."""
    count, months = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (300, 12)
    lines = [f"Township sums, {time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {os.cpu_count()} cores"]

    def say(what: str, spent: tuple[float, float]) -> None:
        lines.append(f"{what:32} {spent[0]:6.2f} s CPU {spent[1]:6.2f} s")
        print(lines[-1], flush=True)

    with TemporaryDirectory() as folder:
        place = Path(folder) / "bench.vld"
        say(f"make {count} villages x {months} months", timed(partial(make, place, count, months)))
        lines.append(f"the store: {place.stat().st_size / 1_000_000:.0f} MB")
        for kind in registry.KINDS:
            say(kind.key, timed(partial(once, place, kind.key)))
        say("ranking 货币资金", timed(partial(once, place, "ranking", line="货币资金")))
        say("month-on-month 净收益", timed(partial(once, place, "month-on-month", line="净收益")))
        for key in ("balance-sheet-sum", "income-expense-sum"):
            say(f"{key} --eliminate", timed(partial(once, place, key, eliminate=True)))
        with Desk.open(place, actor="测") as desk:
            say("all of them, xlsx and PDF", timed(partial(book_of_sums, desk, END, Path(folder))))
    lines.append("limit for a sum: 2 s")
    RESULTS.write_text("\n".join(lines) + "\n", "utf-8")


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """CPU and wall seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return time.process_time() - cpu, time.perf_counter() - wall


def once(place: Path, key: str, *, line: str = "", eliminate: bool = False) -> None:
    """One sum on a desk opened for it."""
    with Desk.open(place, actor="测") as desk:
        run(desk, key, END, line=line, eliminate=eliminate)


def make(place: Path, count: int, months: int) -> None:
    """A desk with figures of so many villages and months, seed 2026."""
    chance = random.Random(2026)
    begin = END.plus(1 - months)
    with Desk.create(place, DeskSettings("测试乡镇")) as desk, desk.write() as transaction:
        store = desk.store
        for number in range(count):
            code = f"{990123104000 + number}"
            villages.save_village(
                store, Village(code, f"测试{number:03d}村", code, "", "县", "镇", CHART, begin, begin)
            )
            ledgers.store_items(store, code, {f"往来户:{party:04d}": f"往来户{party}" for party in range(PARTIES)})
            for month in begin.through(END):
                digest = f"{number:032d}{month.year * 12 + month.month:032d}"
                received.add(store, Received(code, month, 1, digest, 2_000_000, "x", True, state="通过"))
                ledgers.store_balances(store, code, month, balances(chance))
                registers.store_topics(store, code, month, dict(figures(chance)))
        for number in range(0, count - 1, 10):
            one, other = f"{990123104000 + number}", f"{990123104001 + number}"
            links.save_link(store, Link(one, "0001", other))
            links.save_link(store, Link(other, "0002", one))
        transaction.record("bench", "made", {})


def balances(chance: random.Random) -> Iterator[Balance]:
    """A month's balances: the accounts, and those kept by counterparty."""
    for account in chart_definition(CHART).accounts:
        if account.auxiliaries:
            for party in range(PARTIES // 2):
                item = Item("往来户", f"{party:04d}", "")
                yield Balance(account.code, (item,), chance.randrange(10**7), chance.randrange(10**6))
        else:
            yield Balance(account.code, (), chance.randrange(10**8), chance.randrange(10**7), chance.randrange(10**7))


def figures(chance: random.Random) -> Iterator[tuple[str, Figures]]:
    """A month's figures of every topic, about as many as the sample village has."""
    definition = statement_definition(CHART)
    for topic, form, suffix in (
        (topics.BALANCE_SHEET, definition.balance_sheet, topics.OPENING),
        (topics.INCOME_DISTRIBUTION, definition.income_distribution, topics.MONTH),
        (topics.INCOME_EXPENSE, definition.income_expense, topics.MONTH),
    ):
        yield topic, {key: chance.randrange(10**8) for line in form.lines for key in (line.key, line.key + suffix)}
    accounts = [one.code for one in chart_definition(CHART).accounts]
    yield topics.ACCOUNTS, grid(chance, accounts, topics.ACCOUNT_FIGURES)
    yield topics.ASSETS, grid(chance, [f"固定资产|类别{i}" for i in range(8)], topics.ASSET_FIGURES)
    yield topics.RESOURCES, grid(chance, ["耕地", "园地", "林地", "水面", "四荒", "建设用地"], topics.RESOURCE_FIGURES)
    yield topics.CONTRACTS, grid(chance, ["收", "付"], topics.CONTRACT_FIGURES)
    yield topics.DEBTS, grid(chance, ["112|借", "113|借", "113|贷", "211|贷"], topics.AGES)
    yield topics.CONTROL, {name: chance.randrange(20) for name in topics.CONTROL_FIGURES}
    yield topics.DEALINGS, grid(chance, [f"{party:04d}|113" for party in range(PARTIES)], ("借", "贷", "借@opening"))


def grid(chance: random.Random, of: list[str], names: tuple[str, ...]) -> Figures:
    """Figures of every name for each thing."""
    return {f"{one}|{name}": chance.randrange(10**7) for one in of for name in names}


if __name__ == "__main__":
    main()
