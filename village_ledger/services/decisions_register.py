"""The register of decisions as kept in the book, and the proof that nobody changed it behind the program's back."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.chain import sha256
from ..domain.decision import Decision, Notice
from ..domain.decision_register import DecisionRegister, Record, draws_of
from ..storage.decisions import decision_values, load_decisions, load_notices, replacements, step_values, stored
from ..storage.log import LogEntry
from .book import Book
from .decision_draws import all_draws
from .governance import Rulebook


def read(connection: sqlite3.Connection, number: str = "") -> DecisionRegister:
    """Every decision, or the one of that number, with its rules, its notices and what draws on it."""
    rulebook = Rulebook(connection)
    notices, replaced, draws = load_notices(connection), replacements(connection), all_draws(connection)
    return DecisionRegister(
        tuple(
            Record(
                one,
                rulebook.named(one.rules, one.day),
                notices.get(one.id, ()),
                draws_of(one.number, draws, replaced.items()),
                replaced.get(one.number, ""),
            )
            for one in load_decisions(connection, "? IN ('', d.number)", (number,))
        )
    )


def decision_detail(decision: Decision) -> dict[str, Any]:
    """What the log keeps of a decision: its own fields in full, each step's figures in full and texts as a digest."""
    return {**decision_values(decision), "steps": [_step_detail(step_values(step)) for step in decision.steps]}


def _step_detail(values: dict[str, str | int]) -> dict[str, str | int]:
    return {**values, "text": sha256(values["text"]), "attendees": sha256(values["attendees"])}


def notice_detail(owner_uid: str, notice: Notice) -> dict[str, Any]:
    """What the log keeps of a public notice."""
    return {"decision": owner_uid, **{name: stored(name, value) for name, value in notice._asdict().items()}}


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the decisions in the book and what the log says of them."""
    said: dict[str, dict[str, Any]] = {}
    told: dict[str, dict[str, Any]] = {}
    for entry in log:
        if entry.action == "decision":
            said[entry.detail["uid"]] = entry.detail
        elif entry.action == "decision-notice":
            told[entry.detail["uid"]] = entry.detail
    decisions = load_decisions(book.connection)
    for one in decisions:
        now, then = decision_detail(one), said.pop(one.uid, None)
        if then is None:
            yield f"决策 {one.number} 在日志里没有登记，是从外部塞进来的"
        elif now != then:
            yield f"决策 {one.number} 和登记的不一样，被改动过（{_differences(now, then)}）"
    for then in said.values():
        yield f"决策 {then['number']} 被删掉了（日志里有它的登记）"
    notices = load_notices(book.connection)
    for one in decisions:
        for notice in notices.get(one.id, ()):
            label = f"决策 {one.number} 的{notice.kind}（{notice.start} 起）"
            logged = told.pop(notice.uid, None)
            if logged is None:
                yield f"{label}在日志里没有登记，是从外部塞进来的"
            elif logged != notice_detail(one.uid, notice):
                yield f"{label}和登记的不一样，被改动过"
    for logged in told.values():
        yield f"决策的{logged['kind']}（{logged['start']} 起）被删掉了（日志里有它的登记）"


def _differences(now: dict[str, Any], then: dict[str, Any]) -> str:
    """The fields that differ, with old and new value; steps by their place and fields."""
    found = [
        f"{name}：{then.get(name)} → {now[name]}" for name in now if name != "steps" and now[name] != then.get(name)
    ]
    old, new = then.get("steps", []), now["steps"]
    if len(old) != len(new):
        found.append(f"会议：{len(old)} 次 → {len(new)} 次")
    for before, after in zip(old, new, strict=False):
        names = [name for name in after if after[name] != before.get(name)]
        found += [
            f"{after['key']} {name}" + (f"：{before[name]} → {after[name]}" if isinstance(after[name], int) else "")
            for name in names
        ]
    return "、".join(found)
