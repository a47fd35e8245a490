"""`report`: one book or statement as text, JSON, CSV, xlsx or PDF."""

import sys
from importlib import import_module

from village_ledger.domain.account import Item
from village_ledger.domain.errors import BadInput
from village_ledger.reports.model import Report
from village_ledger.reports.query import Query
from village_ledger.services.reading import Reading
from village_ledger.services.reports import run as build

from . import ACTOR
from .arguments import Arguments, wrong_usage

FORMATS = ("text", "json", "csv", "xlsx", "pdf")


def run(arguments: Arguments) -> int:
    """Build the report and print it or write it to --out."""
    form, out = arguments.get("--format", "text"), arguments.get("--out")
    if form not in FORMATS:
        wrong_usage(arguments.command, f"没有“{form}”这种格式，只能是 {'、'.join(FORMATS)}")
    if form in {"xlsx", "pdf"} and not out:
        wrong_usage(arguments.command, f"输出 {form} 要用 --out 写明文件名")
    query = _query(arguments)
    with Reading.open(arguments.required("BOOK")) as book:
        if wanted := arguments.get("--item"):
            query = query._replace(item=_item(book, wanted))
        report = build(book, arguments.required("NAME"), query)
    if out:
        publishing = import_module("village_ledger.services.publishing")  # openpyxl and reportlab stand behind it
        publishing.write_report(report, out, form)
        publishing.record_report(arguments.required("BOOK"), report, form, ACTOR)
        print(f"已写出：{out}")
    elif form == "text":
        _print(import_module("village_ledger.exports.text").to_text(report))
    else:
        _print(_plain(report, form))
    return 0


def _query(arguments: Arguments) -> Query:
    """What is asked for; a voucher named says its month itself."""
    voucher = arguments.get("--voucher")
    end = arguments.period("--to", voucher.strip()[:7]) if voucher else arguments.period("--to")
    start = arguments.period("--from", str(end if voucher else end.january))
    return Query(start, end, arguments.get("--account"), voucher=voucher)


def _plain(report: Report, form: str) -> str:
    plain = import_module("village_ledger.exports.plain")
    return str(plain.to_json(report) if form == "json" else plain.to_csv(report))


def _print(text: str) -> None:
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def _item(book: Reading, text: str) -> Item:
    category, colon, name = text.replace("：", ":").partition(":")
    item = book.ledger.item(category.strip(), name.strip()) if colon else None
    if item is None:
        raise BadInput(f"没有登记过“{text}”，请写成“往来户:甲户”的形式")
    return item
