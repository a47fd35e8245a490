"""Disclosure notices, what was done to them, and objections: rows to values and back. Nothing updates or deletes."""

import json
import sqlite3
import zlib
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ..domain.disclosure import Act, Answer, Disclosure, Objection
from ..domain.period import Period


def insert_disclosure(connection: sqlite3.Connection, row: Disclosure) -> None:
    """Note that a notice was made."""
    connection.execute(
        "INSERT INTO disclosure(uid, edition, start, end, version, digest, code, days, made_by, made_on)"
        " VALUES(?,?,?,?,?,?,?,?,?,?)",
        (row.uid, row.edition, str(row.start), str(row.end), *row[4:9], row.made_on.isoformat()),
    )


def insert_act(connection: sqlite3.Connection, disclosure: str, act: Act) -> None:
    """Note an act on a notice."""
    connection.execute(
        "INSERT INTO disclosure_act(uid, disclosure_uid, kind, day, who, role, place, note) VALUES(?,?,?,?,?,?,?,?)",
        (act.uid, disclosure, act.kind, act.day.isoformat(), act.who, act.role, act.place, act.note),
    )


def load_disclosures(connection: sqlite3.Connection) -> tuple[Disclosure, ...]:
    """Every notice made, by span and version, each with its acts in order."""
    acts: dict[str, list[Act]] = {}
    for owner, uid, kind, day, who, role, place, note in connection.execute(
        "SELECT disclosure_uid, uid, kind, day, who, role, place, note FROM disclosure_act ORDER BY id"
    ):
        acts.setdefault(owner, []).append(Act(kind, date.fromisoformat(day), who, role, place, note, uid))
    return tuple(
        Disclosure(
            uid,
            edition,
            Period.parse(start),
            Period.parse(end),
            version,
            digest,
            code,
            days,
            made_by,
            date.fromisoformat(made_on),
            tuple(acts.get(uid, ())),
        )
        for uid, edition, start, end, version, digest, code, days, made_by, made_on in connection.execute(
            "SELECT uid, edition, start, end, version, digest, code, days, made_by, made_on FROM disclosure"
            " ORDER BY start, end, version"
        )
    )


def insert_objection(connection: sqlite3.Connection, row: Objection) -> None:
    """Note an objection."""
    connection.execute(
        "INSERT INTO objection(uid, disclosure_uid, day, villager, channel, about, text) VALUES(?,?,?,?,?,?,?)",
        (row.uid, row.disclosure, row.day.isoformat(), *row[3:7]),
    )


def insert_answer(connection: sqlite3.Connection, objection: str, answer: Answer) -> None:
    """Note an answer."""
    connection.execute(
        "INSERT INTO objection_answer(uid, objection_uid, day, who, text, closes, voucher) VALUES(?,?,?,?,?,?,?)",
        (answer.uid, objection, answer.day.isoformat(), answer.who, answer.text, int(answer.closes), answer.voucher),
    )


def load_objections(connection: sqlite3.Connection) -> tuple[Objection, ...]:
    """Every objection by day, each with its answers in order."""
    answers: dict[str, list[Answer]] = {}
    for owner, uid, day, who, text, closes, voucher in connection.execute(
        "SELECT objection_uid, uid, day, who, text, closes, voucher FROM objection_answer ORDER BY id"
    ):
        answers.setdefault(owner, []).append(Answer(date.fromisoformat(day), who, text, closes == 1, voucher, uid))
    return tuple(
        Objection(uid, disclosure, date.fromisoformat(day), villager, channel, about, text, tuple(answers.get(uid, ())))
        for uid, disclosure, day, villager, channel, about, text in connection.execute(
            "SELECT uid, disclosure_uid, day, villager, channel, about, text FROM objection ORDER BY day, id"
        )
    )


class Content(NamedTuple):
    """What a notice said when it was made; `subject` and `sheets` are a special notice's."""

    subject: str
    sheets: tuple[str, ...]
    notice: dict[str, Any]


def insert_content(
    connection: sqlite3.Connection, disclosure: str, subject: str, sheets: tuple[str, ...], notice: Mapping[str, Any]
) -> None:
    """Keep what a notice says, for good."""
    text = json.dumps(notice, ensure_ascii=False, separators=(",", ":"))
    connection.execute(
        "INSERT INTO disclosure_content(disclosure_uid, subject, sheets, content) VALUES(?,?,?,?)",
        (disclosure, subject, ",".join(sheets), zlib.compress(text.encode(), 9)),
    )


def load_content(connection: sqlite3.Connection, disclosure: str) -> Content | None:
    """What a notice said; None for one made before the book kept that."""
    row = connection.execute(
        "SELECT subject, sheets, content FROM disclosure_content WHERE disclosure_uid=?", (disclosure,)
    ).fetchone()
    if row is None:
        return None
    subject, sheets, content = row
    return Content(subject, tuple(sheets.split(",")) if sheets else (), json.loads(zlib.decompress(content)))


def load_subjects(connection: sqlite3.Connection) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Subject and keys of the sheets of every special notice, by its uid."""
    return {
        uid: (subject, tuple(sheets.split(",")) if sheets else ())
        for uid, subject, sheets in connection.execute(
            "SELECT disclosure_uid, subject, sheets FROM disclosure_content WHERE subject <> ''"
        )
    }
