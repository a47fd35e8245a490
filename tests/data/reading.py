"""Reads the CSV import format without the program's importer, so that the data can be checked on its own."""

import csv
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from village_ledger.domain.account import Account, Chart, Item
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Line, Voucher, VoucherKind

FOLDER = Path(__file__).parent
ACCEPTANCE = FOLDER / "acceptance_2024"


def rows(path: Path) -> list[dict[str, str]]:
    """The file's rows by column title."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fen(yuan: str) -> int:
    """`1234.50` as fen; empty as 0."""
    if not yuan:
        return 0
    whole, _, cents = yuan.removeprefix("-").partition(".")
    amount = int(whole) * 100 + int(cents.ljust(2, "0"))
    return -amount if yuan.startswith("-") else amount


def items(text: str) -> tuple[Item, ...]:
    """`往来户:甲户;项目:村道`."""
    pairs = (pair.partition(":") for pair in text.split(";") if pair)
    return tuple(Item(category, f"{category}/{name}", name) for category, _, name in pairs)


def chart_with(chart: tuple[Account, ...], path: Path) -> Chart:
    """A chart with a file's detail accounts, which take over what the first-level account says."""
    top = {account.code: account for account in chart}
    made = [
        top[row["科目编码"][:3]]._replace(code=row["科目编码"], name=row["科目名称"], official=False)
        for row in rows(path)
        if row["科目编码"] not in top
    ]
    return Chart([*chart, *made])


def openings(path: Path) -> tuple[Opening, ...]:
    """Opening balances, signed."""
    return tuple(
        Opening(
            row["科目编码"],
            items(row["辅助"]),
            fen(row["借方余额"]) - fen(row["贷方余额"]),
            fen(row["本年累计借方"]),
            fen(row["本年累计贷方"]),
        )
        for row in rows(path)
    )


def vouchers(path: Path) -> tuple[Voucher, ...]:
    """Vouchers in file order; those that touch only 321, 322, income and expense count as carry-forward."""
    return tuple(_vouchers(path))


def _vouchers(path: Path) -> Iterator[Voucher]:
    def heading(row: dict[str, str]) -> tuple[str, str, str]:
        return row["日期"], row["凭证字"], row["凭证号"]

    for number, ((day, word, label), lines) in enumerate(groupby(rows(path), heading), 1):
        batch = list(lines)
        made = tuple(
            Line(row["摘要"], row["科目编码"], items(row["辅助"]), fen(row["借方金额"]), fen(row["贷方金额"]))
            for row in batch
        )
        tops = {line.account[:3] for line in made}
        kind: VoucherKind = "normal"
        if "321" in tops and all(top in ("321", "322") or top[0] == "5" for top in tops):
            kind = "year_end" if "322" in tops else "carry"
        elif tops == {"322"}:
            kind = "year_end"
        yield Voucher(
            number,
            f"{number:032x}",
            date.fromisoformat(day),
            word,
            int(label),
            made,
            int(batch[0]["附件数"]),
            kind,
            "会计",
            "审核",
            "出纳",
            "会计",
        )
