"""The sample village's decisions: registered, made final and posted as the real ones are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..domain.decision import Decision, Notice, Step
from ..domain.money import parse_fen
from .book import Book
from .catalog import read_resource
from .decisions import add_notice, finalise, save
from .evidence import DECISION, attach

_PAPERS = ("会议记录", "签到表")


def add_decisions(book: Book, folder: Path) -> None:
    """Register every decision of the year in the order of the file."""
    data = read_resource("sample/decisions.toml")
    for row in data["decision"]:
        saved = save(book, _decision(row, data["meeting"]))
        for name in row.get("files", ()):
            attach(book, DECISION, saved.uid, folder / "evidence" / name, label=saved.number)
        final = finalise(book, saved.id, saved.version)
        for notice in row.get("notices", ()):
            add_notice(book, final.id, Notice(notice["kind"], notice["start"], notice["end"], "村务公开栏"))


def _decision(row: Mapping[str, Any], meetings: Mapping[str, Any]) -> Decision:
    steps = tuple(_step(step, meetings[step["body"]]) for step in row["steps"])
    deciding = steps[-1]
    return Decision(
        row["number"],
        row["title"],
        row["matter"],
        row["procedure"],
        row["side"],
        deciding.day,
        parse_fen(row.get("cap", "0")),
        row["text"],
        (*steps[:-1], deciding._replace(text=row["text"])),
        motion=row.get("motion", ""),
    )


def _step(row: Mapping[str, Any], usual: Mapping[str, Any]) -> Step:
    """One meeting; what it does not say is as usual for its body, and who neither objected nor abstained agreed."""
    present = row["present"]
    return Step(
        row["key"],
        row["body"],
        row["day"],
        usual["place"],
        usual["host"],
        usual["recorder"],
        usual["eligible"],
        present,
        row.get("online", 0),
        row.get("proxy", 0),
        row.get("yes", present),
        row.get("no", 0),
        row.get("abstain", 0),
        tuple(usual.get("names", ())[:present]),
        "",
        row.get("told"),
        _PAPERS,
        merged=row.get("merged", False),
    )
