"""From book to package to desk and back: every report of every month is the book's own, to the fen."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.services.conftest import STAFF, a_draft, post_all
from village_ledger.domain.desk import Village
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.reports import registry
from village_ledger.reports.model import Report
from village_ledger.reports.query import Query
from village_ledger.services import accounts, creation, openings, packages, periods, reports
from village_ledger.services.book import Book
from village_ledger.services.township.desk import Desk, DeskSettings
from village_ledger.services.township.importing import take
from village_ledger.services.township.ledgers import village_ledger, village_report
from village_ledger.services.township.topics import BALANCE_SHEET, statement_figures
from village_ledger.storage.desk import registers

ACCOUNTED = {"multi-column-ledger": "501"}
"""Reports that need an account."""
UNKEPT = frozenset({"payment-trail"})
"""Handed over as data; its cells are the same but for what only the book can follow."""


def queries(first: Period, last: Period) -> Iterator[tuple[str, Query]]:
    """Every report that is made of a ledger: of each month, and of the year up to it."""
    for kind in registry.KINDS:
        for month in first.through(last):
            account = ACCOUNTED.get(kind.key, "")
            yield kind.key, Query(month, month, account=account)
            yield kind.key, Query(first, month, account=account)


def plain(report: Report) -> list[tuple[object, ...]]:
    return [(row.kind, row.cells) for row in report.rows]


def kept(report: Report) -> list[tuple[object, ...]]:
    """The rows of a register that travel: its lines and totals without headings."""
    return sorted((tuple(cell or None for cell in row.cells) for row in report.rows if row.kind != "section"), key=str)


def assert_equal(book: Book, desk: Desk, village: Village, first: Period, last: Period) -> None:
    for key, query in queries(first, last):
        here, there = village_report(desk, village, key, query), reports.run(book, key, query)
        assert plain(here) == plain(there), (key, query)
        assert (here.columns, here.title, here.as_of) == (there.columns, there.title, there.as_of)
    ours = village_ledger(desk, village)
    for month in first.through(last):
        assert ours.balances(month, month) == book.ledger.balances(month, month)
        assert ours.balances(first, month) == book.ledger.balances(first, month)
        rows = registers.load_topics(desk.store, statement_figures(book.ledger, month), month, month)
        assert {row.topic: row.figures for row in rows} == {
            topic: {key: fen for key, fen in figures.items() if fen}
            for topic, figures in statement_figures(book.ledger, month).items()
        }
        sheet = next(row.figures for row in rows if row.topic == BALANCE_SHEET)
        assert sheet.get("23", 0) == sheet.get("39", 0)  # 资产总计, 负债和所有者权益总计


def with_contacts_masked(report):
    """The register as it leaves the village: of a telephone number the last four digits."""
    keys = [column.key for column in report.columns]
    if "contact" not in keys:
        return report
    place = keys.index("contact")
    rows = (
        row._replace(cells=(*row.cells[:place], masked(row.cells[place]), *row.cells[place + 1 :]))
        for row in report.rows
    )
    return report._replace(rows=tuple(rows))


def masked(contact):
    return f"{'*' * (len(contact) - 4)}{contact[-4:]}" if contact and contact.isdigit() else contact


def test_every_report_of_the_sample_village_comes_back(sample_village, tmp_path, desk, monkeypatch):
    monkeypatch.setenv("VILLAGE_LEDGER_HOME", str(tmp_path / "home"))
    path = Path(shutil.copytree(sample_village.parent, tmp_path / "village")) / sample_village.name
    first, last = Period(2025, 1), Period(2025, 3)
    with Book.open(path, actor="王秀英") as book:
        for month in first.through(last):
            taken = take(desk, packages.hand_over(book, month, tmp_path / f"{month}.vlp").path)
        village = taken.village
        assert_equal(book, desk, village, first, last)
        for kind in registry.REGISTER_KINDS:
            if kind.key in UNKEPT:
                continue
            query = Query(first if kind.key in registry.YEAR_TO_DATE else last, last)
            there = reports.run(book, kind.key, query)
            if any(row.kind != "total" for row in there.rows) and registers.load_register(
                desk.store, village.code, last, kind.key
            ):
                here = village_report(desk, village, kind.key, query)
                assert kept(here) == kept(with_contacts_masked(there)), kind.key
            else:
                assert not [row for row in there.rows if row.kind == "line"], kind.key


LEAVES = ("101", "102", "111", "113", "121", "151", "211", "221", "301", "311", "501", "503", "511", "513", "514")
ENOUGH = 2 * 10**12
"""Cash must never be short on a day, or the month cannot be closed."""
ACTS = st.lists(
    st.tuples(
        st.integers(0, 90),
        st.sampled_from(LEAVES),
        st.sampled_from(LEAVES),
        st.one_of(st.integers(-(10**6), -1), st.integers(1, 10**11)),
        st.sampled_from(("张三", "李四")),
        st.sampled_from(("办公费", "=1+1", "＠A1", "收租\u3000金", "'单引号", '"双引号"', "<&>", "𠮷🌾", "-", "0012")),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=5, phases=(Phase.explicit, Phase.generate))  # each makes, closes and hands over a book
@given(
    acts=ACTS,
    cash=st.integers(ENOUGH, ENOUGH + 10**9),
    chart=st.sampled_from(("rural-2023", "rural-2023", "rural-2004")),
)
def test_every_report_of_any_village_comes_back(acts, cash, chart):
    first, last = Period(2024, 1), Period(2024, 3)
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        folder = Path(name)
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        new = creation.NewBook("石桥村", first, people=STAFF, chart=chart)
        with (
            creation.create_book(folder / "a.vlb", new) as book,
            Desk.create(folder / "a.vld", DeskSettings("河口镇")) as desk,
        ):
            for one in ("张三", "李四"):
                accounts.add_item(book, "往来户", one)
            begun = (Opening("101", (), cash), Opening("102", (), ENOUGH), Opening("301", (), -cash - ENOUGH))
            openings.save_openings(book, begun)
            kept_by = {one.code: {aux.category for aux in one.auxiliaries} for one in book.chart}
            with_party = {"112", "113", "211"}  # `a_draft` names a household on these, and on no other
            usual = {code for code, by in kept_by.items() if by == ({"往来户"} if code in with_party else set())}
            known = [act for act in acts if {act[1], act[2]} <= usual]
            for day, debit, credit, fen, party, text in sorted(known):
                when = date.fromordinal(date(2024, 1, 1).toordinal() + day)
                post_all(book, a_draft(when, debit, credit, fen, text, party))
            for month in first.through(last):
                periods.close(book, month, backup=False)
                taken = take(desk, packages.hand_over(book, month, folder / f"{month}.vlp").path)
            assert_equal(book, desk, taken.village, first, last)
