"""A township desk of 20, 100 and 300 villages with ten years each, on SQLite and PostgreSQL: size, import, queries.

Run: python benchmarks/township_scale.py GEN.py [--stores sqlite,postgresql] [VILLAGES …]    default: 20 100 300

GEN.py makes the vouchers (480 a year). They go through the program: a book that is imported, closed month by month and
handed over. What a desk would keep of its 120 months is stored once by the desk's own functions, with the registers of
the sample village, and then copied within the database to the other villages. The last village has all months but the
newest, whose package is then taken in. PostgreSQL is a server of its own on a socket, as Debian sets it up (fsync on).
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.ledger_speed import load, make_book  # noqa: E402  (the path comes first)
from tests.township.server import a_server  # noqa: E402
from village_ledger.domain.chain import GENESIS, canonical_text, record_hash  # noqa: E402
from village_ledger.domain.desk import Doubt, Received, Village, received_content  # noqa: E402
from village_ledger.domain.period import Period  # noqa: E402
from village_ledger.package.contents import Contents, write_contents  # noqa: E402
from village_ledger.package.manifest import closing_digest, opening_digest  # noqa: E402
from village_ledger.package.read import Package, read_package  # noqa: E402
from village_ledger.reports.query import Query  # noqa: E402
from village_ledger.reports.township.topics import STATEMENT_TOPICS  # noqa: E402
from village_ledger.services.book import Book  # noqa: E402
from village_ledger.services.closing_sheet import month_proof  # noqa: E402
from village_ledger.services.package_contents import month_contents  # noqa: E402
from village_ledger.services.packages import hand_over  # noqa: E402
from village_ledger.services.sample import build_sample  # noqa: E402
from village_ledger.services.township.cases import MARKET, market  # noqa: E402
from village_ledger.services.township.desk import Desk, DeskSettings  # noqa: E402
from village_ledger.services.township.importing import take  # noqa: E402
from village_ledger.services.township.keeping import register_texts  # noqa: E402
from village_ledger.services.township.ledgers import village_report  # noqa: E402
from village_ledger.services.township.topics import statement_figures  # noqa: E402
from village_ledger.storage.desk import doubts, ledgers, received, registers, villages  # noqa: E402
from village_ledger.storage.desk.tables import TABLES, LogRow, MetaRow  # noqa: E402

RESULTS = ROOT / "benchmarks" / "results" / "township_scale.txt"
FIRST, LAST = Period(2016, 1), Period(2025, 12)
VOUCHERS = 4_800
SEED = "330106000001"
RUNS = 5
DOUBTS_A_YEAR = 40


class Shape(NamedTuple):
    """What one village hands over in ten years: its book, the last month's package, registers by month of a year."""

    book: Path
    package: Path
    registers: dict[int, dict[str, bytes]]


def prepare(gen_path: str, folder: Path) -> Shape:
    """The book of the generator and its last package; the sample village's registers."""
    path, _importing, _closing = make_book(load(gen_path), VOUCHERS, folder)
    with Book.open(path, actor="会计") as book:
        package = hand_over(book, LAST, folder / "last.vlp").path
    texts = {}
    with build_sample(folder / "sample.vlb") as book:
        for month in (3, 6, 9, 12):
            texts[month] = register_texts(read_package(hand_over(book, Period(2025, month), folder / "s.vlp").path))
    return Shape(Path(path), package, texts)


def store_seed(desk: Desk, shape: Shape) -> None:
    """All that a desk keeps of the seed village's 120 months."""
    store = desk.store
    package = read_package(shape.package)
    with Book.open(shape.book, read_only=True) as book, store.transaction():
        village = Village(SEED, package.manifest.village, first_period=FIRST, since=FIRST, key=package.manifest.key)
        villages.save_village(store, village)
        head = ""
        for month in FIRST.through(LAST):
            balances = book.ledger.balances(month, month)
            vouchers = book.ledger.vouchers(month, month)
            proof = month_proof(book, month)
            row = Received(
                *(SEED, month, 1, proof.head, 600_000, f"{village.name}/{month}.vlp", True, proof.head, head),
                *(opening_digest(balances), closing_digest(balances), village.key),
                program=package.manifest.program,
                vouchers=len(vouchers),
                state="通过" if month.year < LAST.year else "收到",
                at=f"{month}-28T08:00:00",
                actor="张敏",
            )
            head = proof.head
            received.add(store, row)
            ledgers.store_vouchers(store, SEED, vouchers)
            ledgers.store_balances(store, SEED, month, balances)
            registers.store_registers(store, SEED, month, shape.registers[(month.month + 2) // 3 * 3])
            registers.store_acts(store, SEED, month, acts(package))
            topics = {
                **statement_figures(book.ledger, month),
                MARKET: {f"旱地#{number}": 400_00 for number in range(30)},
            }
            registers.store_topics(store, SEED, month, topics)
            if month.month == 12:
                kept = write_contents(contents_of(book, month))
                ledgers.store_chart(store, SEED, month.year, kept["ledger/chart.json"], kept["ledger/entity.json"])
                ledgers.store_openings(store, SEED, month.january, kept["ledger/openings.json"])
        for year in range(FIRST.year, LAST.year + 1):
            doubts.store_doubts(store, SEED, year, doubts_of(year))


def contents_of(book: Book, month: Period) -> Contents:
    """The year's contents as a package has them."""
    return month_contents(book, month, month_proof(book, month))


def acts(package: Package) -> list[object]:
    """As many records as a month has."""
    return [[one.at, one.actor, one.action, one.subject, {"total_fen": 1}] for one in package.records[-60:]]


def doubts_of(year: int) -> Iterator[Doubt]:
    """As many as a busy year may have."""
    for number in range(DOUBTS_A_YEAR):
        label = f"{year}-06 记-{number + 1}"
        yield Doubt(
            *(SEED, year, f"rule-{number % 40}", f"{number:032x}", Period(year, 6), f"凭证 {label}"),
            "同一天付给同一户两笔，合起来超过应当报批的金额",
            (("凭证", label), ("金额", "12,000.00 元")),
            1_200_000,
            (label,),
        )


def copy_villages(desk: Desk, count: int, name: str) -> None:
    """Copy the seed to the other villages within the database, and to one that lacks the last month."""
    store = desk.store
    with store.transaction():
        for model in TABLES:
            fields = list(model._meta.sorted_field_names)
            if "village" not in fields and model._meta.table_name != "village":
                continue
            key = "village" if "village" in fields else "code"
            columns = [f'"{model._meta.fields[field].column_name}"' for field in fields]
            rest = ", ".join(column for column in columns if column != f'"{key}"')
            table = f'"{model._meta.table_name}"'
            for number in range(2, count + 1):
                code = f"33010600{number:04d}" if number < count else name
                but = f" AND period <> '{LAST}'" if number == count and "period" in fields else ""
                store.statement(
                    f"INSERT INTO {table} (\"{key}\", {rest}) SELECT '{code}', {rest} FROM {table}"
                    f" WHERE \"{key}\" = '{SEED}'{but}"
                )


def write_log(desk: Desk, shape: Shape, count: int) -> None:
    """Two records for every month taken in, as imports would have left them."""
    package = read_package(shape.package)
    row = Received(SEED, LAST, 1, "0" * 64, 1, "x", True, "0" * 64, "0" * 64, "0" * 64, "0" * 64, package.manifest.key)
    details = (
        ("flags", canonical_text({"found": DOUBTS_A_YEAR})),
        ("package", canonical_text({**received_content(row), "set_aside": [], "differences": 0, "content": "0" * 64})),
    )
    newest = desk.store.one(LogRow.select(LogRow.seq, LogRow.hash).order_by(LogRow.seq.desc()).tuples())
    seq, head = newest or (0, GENESIS)
    rows = []
    for number in range(count * 120):
        for action, text in details:
            seq += 1
            subject = f"村{number // 120} {FIRST.plus(number % 120)}"
            made = record_hash(seq, "2026-01-01T00:00:00", "张敏", action, subject, text, head)
            values = (seq, "2026-01-01T00:00:00", "张敏", action, subject, text, head, made)
            names = ("seq", "at", "actor", "action", "subject", "detail", "previous", "hash")
            rows.append(dict(zip(names, values, strict=True)))
            head = made
    with desk.store.transaction():
        desk.store.insert(LogRow, rows)
        desk.store.insert(MetaRow, [{"key": "head", "value": f"{seq} {head}"}], replace=True)


def size_of(desk: Desk) -> int:
    """Bytes on disk."""
    if not desk.store.is_postgres:
        return Path(desk.place).stat().st_size
    ((size,),) = desk.store.database.execute_sql("SELECT pg_database_size(current_database())").fetchall()
    return int(size)


def largest(desk: Desk) -> str:
    """Where the bytes are, on a server that tells."""
    if not desk.store.is_postgres:
        return ""
    sql = (
        "SELECT relname, pg_total_relation_size(oid) / 1000000 FROM pg_class WHERE relkind = 'r' AND"
        " relnamespace = current_schema()::regnamespace ORDER BY 2 DESC LIMIT 6"
    )
    rows = desk.store.database.execute_sql(sql).fetchall()
    return f" ({', '.join(f'{name} {size:,.0f}' for name, size in rows)})"


def queries(desk: Desk) -> Iterator[tuple[str, Callable[[], object]]]:
    """What officials wait for."""
    store, year = desk.store, Period(2025, 1)
    village = desk.village("33010600" + "0002")
    yield "grid of a year's months", lambda: received.all_current(store, year, LAST)
    yield "a village's balance sheet", lambda: village_report(desk, village, "balance-sheet", Query(LAST, LAST))
    ledger = Query(year, LAST, account="102")
    yield "a village's ledger of an account", lambda: village_report(desk, village, "general-ledger", ledger)
    yield "a register as handed over", lambda: village_report(desk, village, "contract-register", Query(LAST, LAST))
    yield "sum of 3 statements, 12 months", lambda: total(desk, year)
    yield "balances of a month, all villages", lambda: ledgers.balance_lines(store, LAST, ("112", "113", "211"))
    yield "red flags of a year, all villages", lambda: doubts.load_doubts(store, year=2025)
    yield "red flags of one village", lambda: doubts.load_doubts(store, village=village.code, year=2025)
    yield "vouchers of a month with a word", lambda: ledgers.voucher_heads(store, village.code, LAST, "承包费")
    yield "rents of all villages (market)", lambda: market(desk, LAST)


def total(desk: Desk, start: Period) -> dict[tuple[str, str], int]:
    """Figures by topic and line, added over villages and months."""
    found: dict[tuple[str, str], int] = {}
    for row in registers.load_topics(desk.store, STATEMENT_TOPICS, start, LAST):
        for key, fen in row.figures.items():
            found[row.topic, key] = found.get((row.topic, key), 0) + fen
    return found


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """The first time and the median of the following ones, in seconds."""
    spent = []
    for _run in range(RUNS + 1):
        begun = time.perf_counter()
        what()
        spent.append(time.perf_counter() - begun)
    return spent[0], statistics.median(spent[1:])


def measure(place: str, shape: Shape, count: int, folder: Path) -> list[str]:
    """Build a desk and ask it everything."""
    begun = time.perf_counter()
    name = read_package(shape.package).manifest.village
    with Desk.create(place, DeskSettings("测速", folder=str(folder / "kept")), actor="张敏") as desk:
        store_seed(desk, shape)
        copy_villages(desk, count, name)
        write_log(desk, shape, count)
        if desk.store.is_postgres:
            desk.store.statement("ANALYZE")  # as its own service does before long
        built = time.perf_counter() - begun
    with Desk.open(place, actor="张敏") as desk:
        lines = [f"  built in {built:.0f} s; {size_of(desk) / 1e6:,.0f} MB{largest(desk)}"]
        for what, act in queries(desk):
            first, usual = timed(act)
            lines.append(f"  {what:36} {usual * 1000:9.1f} ms   (first {first * 1000:.1f} ms)")
            print(lines[-1], flush=True)
        begun = time.perf_counter()
        taken = take(desk, shape.package)
        assert (taken.result, taken.village.since) == ("收到", FIRST)
        lines.append(f"  {'import of a month (480 vouchers a year)':36} {(time.perf_counter() - begun) * 1000:6.1f} ms")
        begun = time.perf_counter()
        assert desk.verify() == ""
        lines.append(f"  {'the whole log verified':36} {(time.perf_counter() - begun) * 1000:9.1f} ms")
    return lines


def main() -> None:
    """Measure and keep the results."""
    words = sys.argv[1:]
    stores = words.pop(words.index("--stores") + 1).split(",") if "--stores" in words else ["sqlite", "postgresql"]
    sizes = [int(word) for word in words[1:] if word.isdigit()] or [20, 100, 300]
    lines = [
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores shared with other work;"
        f" wall time, medians of {RUNS}; villages x 10 years, {VOUCHERS // 10} vouchers a year"
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["VILLAGE_LEDGER_HOME"] = str(folder / "home")
        shape = prepare(words[0], folder)
        for count in sizes:
            for store in stores:
                lines += ["", f"{count} villages, {store}"]
                print(lines[-1], flush=True)
                if store == "sqlite":
                    lines += measure(str(folder / f"{count}.vld"), shape, count, folder)
                    (folder / f"{count}.vld").unlink()
                else:
                    with a_server("fsync=on", "full_page_writes=on", "synchronous_commit=on") as url:
                        lines += measure(url, shape, count, folder)
                RESULTS.parent.mkdir(exist_ok=True)
                RESULTS.write_text("\n".join([*lines, ""]), "utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
