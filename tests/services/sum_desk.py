"""A desk of four tiny villages: 石桥 let land to 柳湾, 高岗 lent to 石桥, 沙洲 handed over January only."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.services import accounts, creation, openings, packages, periods
from village_ledger.services.township import importing
from village_ledger.services.township.desk import Desk, DeskSettings

from .conftest import STAFF, a_draft, post_all

JANUARY, FEBRUARY = Period(2024, 1), Period(2024, 2)
SHIQIAO, LIUWAN, GAOGANG, SHAZHOU = (f"99012310420{number}" for number in (1, 2, 3, 4))
FULL = "股份经济合作社"
VILLAGES = (
    (
        SHIQIAO,
        f"石桥村{FULL}",
        "101",
        1_000_00,
        (f"柳湾村{FULL}",),
        (
            (date(2024, 1, 5), "112", "501", 500_00, f"柳湾村{FULL}"),
            (date(2024, 1, 8), "513", "101", 80_00, ""),
            (date(2024, 2, 6), "102", "112", 200_00, f"柳湾村{FULL}"),
        ),
    ),
    (
        LIUWAN,
        f"柳湾村{FULL}",
        "102",
        2_000_00,
        (f"石桥村{FULL}",),
        (
            (date(2024, 1, 5), "511", "211", 500_00, f"石桥村{FULL}"),
            (date(2024, 2, 6), "211", "102", 200_00, f"石桥村{FULL}"),
        ),
    ),
    (
        GAOGANG,
        f"高岗村{FULL}",
        "102",
        100_000_00,
        ("石桥村村民委员会",),
        (
            (date(2024, 1, 9), "113", "102", 70_00, "石桥村村民委员会"),
            (date(2024, 2, 9), "102", "501", 60_000_00, ""),
        ),
    ),
    (SHAZHOU, f"沙洲村{FULL}", "102", 10_00, (), ((date(2024, 1, 9), "513", "102", 1_00, ""),)),
)


def hand_over(folder: Path, months: tuple[Period, ...] = (JANUARY, FEBRUARY)) -> Iterator[Path]:
    """The packages of the villages; of 沙洲村 that of January alone."""
    for code, name, money, fen, parties, entries in VILLAGES:
        new = creation.NewBook(name, JANUARY, region_code=code, people=STAFF)
        with creation.create_book(folder / f"{code}.vlb", new) as book:
            for party in parties:
                accounts.add_item(book, "往来户", party)
            openings.save_openings(book, (Opening(money, (), fen), Opening("301", (), -fen)))
            post_all(book, *(a_draft(day, debit, credit, f, item=who) for day, debit, credit, f, who in entries))
            for month in months[:1] if code == SHAZHOU else months:
                periods.close(book, month, backup=False)
                target = folder / f"{code}-{month}.vlp"
                packages.hand_over(book, month, target)
                yield target


def a_desk(folder: Path) -> Desk:
    """The desk that took them all in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        files = tuple(hand_over(folder))
    desk = Desk.create(folder / "河口镇.vld", DeskSettings("河口镇三资代管中心"), actor="张敏")
    for outcome in importing.take_all(desk, files):
        assert outcome.refusal is None, outcome.refusal
    return desk
