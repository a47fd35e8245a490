"""The disclosure notices with the day each was due and the questions it met, for reports."""

import sqlite3
from datetime import timedelta

from ..domain.notice_register import NoticeRecord
from ..storage.disclosures import load_disclosures, load_objections
from .disclosure_profiles import profile_in


def read(connection: sqlite3.Connection) -> tuple[NoticeRecord, ...]:
    """Every notice in the order made."""
    due_day = profile_in(connection).due_day
    asked = load_objections(connection)
    found = []
    for notice in load_disclosures(connection):
        due = None if notice.edition == "special" else notice.end.next.first_day + timedelta(days=due_day - 1)
        own = [one for one in asked if one.disclosure == notice.uid]
        found.append(NoticeRecord(notice, due, len(own), sum(1 for one in own if one.answers)))
    return tuple(sorted(found, key=lambda one: one.notice.made_on))
