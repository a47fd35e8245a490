"""A shop that serves others too does not write three invoices in a row to one village on different days (审计疑点清单:
连号发票). Looked for: consecutive numbers of one issuer with different days.
"""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .payments import paid_documents
from .wording import yuan

INVOICE = "税务发票"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a run of numbers."""
    books: defaultdict[tuple[str, str, int], dict[int, Row]] = defaultdict(dict)
    for row in paid_documents(case):
        number, issuer = cells.serial(row, "number"), cells.name(row, "issuer")
        if cells.text(row, "kind") == INVOICE and number is not None and issuer:
            books[issuer, cells.text(row, "code"), len(cells.text(row, "number"))].setdefault(number, row)
    for (issuer, _code, _width), rows in books.items():
        for run in _runs(sorted(rows)):
            found = [rows[number] for number in run]
            days = {cells.text(row, "day") for row in found}
            if len(run) >= values["least"] and len(days) > 1:
                first, last = cells.text(found[0], "number"), cells.text(found[-1], "number")
                yield Hit(
                    f"{issuer} {first}—{last}",
                    f"{issuer}的 {len(run)} 张发票连号（{first}—{last}），日期却有 {len(days)} 天，"
                    "像是一次开出、分次报销",
                    tuple((f"发票 {cells.text(row, 'number')}", _told(row)) for row in found),
                    sum(cells.fen(row, "amount") for row in found),
                    cells.labels(found),
                )


def _told(row: Row) -> str:
    return f"{cells.text(row, 'day')} {yuan(cells.fen(row, 'amount'))} 凭证 {cells.text(row, 'voucher')}"


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


RULE = Rule(
    "consecutive-invoices",
    11,
    "连号发票",
    "同一开票单位不同日期的发票不应连号。",
    "审计疑点清单第11条",
    "中",
    check,
    ("least",),
    ("document-register",),
)
