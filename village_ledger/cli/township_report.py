"""`township report`: one sum over the villages of a desk, as text, JSON, CSV, xlsx or PDF."""

import sys
from importlib import import_module
from pathlib import Path

from village_ledger.reports.model import Report
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.summing import run as build
from village_ledger.services.township.summing import write_sum

from . import ACTOR
from .arguments import Arguments, wrong_usage

FORMATS = ("text", "json", "csv", "xlsx", "pdf")


def run(arguments: Arguments) -> int:
    """Build the sum and print it or write it to --out. Several villages are told apart by 、 or a comma."""
    form, out = arguments.get("--format", "text"), arguments.get("--out")
    if form not in FORMATS:
        wrong_usage(arguments.command, f"没有“{form}”这种格式，只能是 {'、'.join(FORMATS)}")
    if form in {"xlsx", "pdf"} and not out:
        wrong_usage(arguments.command, f"输出 {form} 要用 --out 写明文件名")
    names = arguments.get("--village").replace("，", ",").replace("、", ",").split(",")
    with Desk.open(arguments.required("DESK"), read_only=not out, actor=ACTOR) as desk:
        report = build(
            desk,
            arguments.required("NAME"),
            arguments.period("--period"),
            villages=tuple(name.strip() for name in names if name.strip()),
            eliminate="--eliminate" in arguments.flags,
            line=arguments.get("--line").strip(),
        )
        if out:
            write_sum(desk, report, Path(out), form)
            print(f"已写出：{out}")
        else:
            text = _text(report, form)
            sys.stdout.write(text if text.endswith("\n") else text + "\n")
    return 0


def _text(report: Report, form: str) -> str:
    if form == "text":
        return str(import_module("village_ledger.exports.text").to_text(report))
    plain = import_module("village_ledger.exports.plain")
    return str(plain.to_json(report) if form == "json" else plain.to_csv(report))
