"""Printing what a decision leaves on paper: minutes (会议记录) and resolution (决议); members may read and copy both.

农村集体经济组织法第十三条第三项 and 第三十三条. reportlab is loaded when a paper is asked for.
"""

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from ..domain.decision import Decision
from ..domain.errors import BadInput
from ..domain.governance import Body
from .book import Book
from .decisions import rules_of, standing
from .journal import record_export


def print_minutes(book: Book, number: str, path: Path, keys: tuple[str, ...] = ()) -> None:
    """Write the minutes of a decision's meetings, or of the steps named, as PDF, and log it."""
    decision = _decision(book, number)
    steps = tuple(step for step in decision.steps if step.key in (keys or (step.key,)))
    if not steps:
        raise BadInput(f"决策 {number} 还没有填会议，没有会议记录可以打印")
    _minutes().write_minutes_pdf(decision, steps, _bodies(book, decision), book.entity, path, _footer(book))
    record_export(book, f"会议记录 {number}", {"decision": number, "steps": [step.key for step in steps]})


def print_resolution(book: Book, number: str, path: Path, on: date) -> None:
    """Write the resolution as PDF, with the check of its procedure as it stands on a day, and log it."""
    found = standing(book, number, on)
    if not found.decision.steps:
        raise BadInput(f"决策 {number} 还没有填会议，没有决议可以打印")
    bodies = _bodies(book, found.decision)
    _minutes().write_resolution_pdf(found, bodies, book.entity, on, path, _footer(book))
    record_export(book, f"决议 {number}", {"decision": number})


def _decision(book: Book, number: str) -> Decision:
    return standing(book, number, date.max).decision


def _bodies(book: Book, decision: Decision) -> dict[str, Body]:
    return {body.name: body for body in rules_of(book, decision).bodies}


def _footer(book: Book) -> str:
    return "　".join((*book.entity.exceptions, f"日志链头 sha256:{book.log_head}"))


def _minutes() -> Any:
    return import_module("village_ledger.exports.minutes")
