"""The sample village's assets: cards, charges tied to its vouchers, changes, stock, a count at the year's end."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from ..domain.assets.change import Change, Paper
from ..domain.assets.stock import StockItem, StockMove
from ..storage.assets import load_cards
from ..storage.vouchers import uids_by_label
from .asset_changes import apply, approve, file
from .asset_counts import approve as approve_count
from .asset_counts import save_lines, start
from .asset_files import import_assets
from .asset_runs import depreciate
from .book import Book
from .cells import read_fen, read_quantity
from .stock import add_item, book_move

DAMAGED = "ZC-0033"
"""The card the count at the year's end finds broken."""


def add_assets(book: Book, folder: Path) -> None:
    """Register cards and goods of `folder`; the vouchers they refer to are posted already."""
    import_assets(book, folder / "assets.csv")
    _add_stock(book, folder)
    first = book.entity.first_period
    for period in first.through(first.plus(11)):
        depreciate(book, period)
    cards = {card.code: card.id for card in load_cards(book.connection)}
    rows = tuple(_rows(folder / "asset_changes.csv"))
    year_end = first.plus(11).last_day
    for row in rows:
        if row["日期"] <= year_end.isoformat():
            _change(book, row, cards[row["资产编号"]])
    _count(book, year_end, cards[DAMAGED])
    for row in rows:
        if row["日期"] > year_end.isoformat():
            _change(book, row, cards[row["资产编号"]])


def _change(book: Book, row: dict[str, str], card: int) -> None:
    given = dict(part.split("=") for part in row["内容"].split(";") if part)
    change = Change(
        card,
        row["变动"],
        date.fromisoformat(row["日期"]),
        row["原因"],
        status=given.get("状态", ""),
        location=given.get("坐落", ""),
        custodian=given.get("保管使用人", ""),
        application=_paper(row, "申请"),
    )
    saved = apply(book, change)
    if row["批准人"]:
        approve(book, saved.id, _paper(row, "批准"), decision=row["决议"])
    if row["备案单位"]:
        file(book, saved.id, _paper(row, "备案"))


def _paper(row: dict[str, str], step: str) -> Paper:
    who = row.get(f"{step}人") or row.get(f"{step}单位") or ""
    day = row[f"{step}日期"]
    return Paper(who, date.fromisoformat(day) if day else None, row[f"{step}文号"])


def _count(book: Book, day: date, damaged: int) -> None:
    count = start(book, day, f"{day.year}年度清产核资", "周敏、陈秋菊、许长根")
    broken = next(line for line in count.lines if line.card == damaged)
    save_lines(book, count.id, (broken._replace(status="毁损", note="机身锈蚀，不能使用"),))
    approve_count(book, count.id, Paper("石建国", day, f"石清核〔{day.year}〕1号"), "成员代表会议2025年第8次决议")


def _add_stock(book: Book, folder: Path) -> None:
    items: dict[str, int] = {}
    for row in _rows(folder / "stock.csv"):
        item = StockItem(
            row["物资编号"],
            row["品名"],
            row["科目"],
            row["单位"],
            row["规格"],
            row["存放地点"],
            read_quantity(row["期初数量"]),
            read_fen(row["期初金额"]),
        )
        items[item.code] = add_item(book, item).id
    uids = uids_by_label(book.connection)
    for row in _rows(folder / "stock_moves.csv"):
        direction = "入库" if row["方向"] == "入库" else "出库"
        book_move(
            book,
            StockMove(
                items[row["物资编号"]],
                date.fromisoformat(row["日期"]),
                direction,  # type: ignore[arg-type]  # one of the two directions
                read_quantity(row["数量"]),
                read_fen(row["金额"]),
                "",
                row["摘要"],
                row["经手人"],
                adopted=(uids[row["凭证"]],),
            ),
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file_:
        yield from csv.DictReader(file_)
