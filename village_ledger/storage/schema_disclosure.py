"""The tables of disclosure notices, what was done to them, villagers' objections, and lists of benefits.

All of them only ever grow: where a notice or an objection stands follows from its acts.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE disclosure(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    edition TEXT NOT NULL CHECK(edition IN ('month','quarter','year','special')),
    start TEXT NOT NULL, end TEXT NOT NULL CHECK("end" >= "start"),
    version INTEGER NOT NULL CHECK(version > 0),
    digest TEXT NOT NULL CHECK(length(digest) = 64), code TEXT NOT NULL,
    days INTEGER NOT NULL CHECK(days > 0),
    made_by TEXT NOT NULL, made_on TEXT NOT NULL CHECK(made_on = date(made_on)),
    UNIQUE(edition, start, end, version)
) STRICT;

CREATE TABLE disclosure_act(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    disclosure_uid TEXT NOT NULL REFERENCES disclosure(uid),
    kind TEXT NOT NULL CHECK(kind IN ('签字','张榜','撤榜','归档','作废')),
    day TEXT NOT NULL CHECK(day = date(day)),
    who TEXT NOT NULL, role TEXT NOT NULL, place TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_act_by_disclosure ON disclosure_act(disclosure_uid);

CREATE TABLE objection(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    disclosure_uid TEXT NOT NULL REFERENCES disclosure(uid),
    day TEXT NOT NULL CHECK(day = date(day)),
    villager TEXT NOT NULL CHECK(villager <> ''), channel TEXT NOT NULL,
    about TEXT NOT NULL, text TEXT NOT NULL CHECK(text <> '')
) STRICT;

CREATE TABLE objection_answer(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    objection_uid TEXT NOT NULL REFERENCES objection(uid),
    day TEXT NOT NULL CHECK(day = date(day)),
    who TEXT NOT NULL CHECK(who <> ''), text TEXT NOT NULL CHECK(text <> ''),
    closes INTEGER NOT NULL CHECK(closes IN (0,1)), voucher TEXT NOT NULL
) STRICT;

-- Who got which benefit (惠农补贴, 征地补偿, 救助). Numbers of people are kept whole here and masked wherever shown.
CREATE TABLE benefit_batch(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    kind TEXT NOT NULL CHECK(kind <> ''), title TEXT NOT NULL CHECK(title <> ''),
    day TEXT NOT NULL CHECK(day = date(day)),
    document TEXT NOT NULL, voucher TEXT NOT NULL, note TEXT NOT NULL, struck TEXT NOT NULL
) STRICT;

CREATE TABLE benefit_row(
    batch_id INTEGER NOT NULL REFERENCES benefit_batch(id),
    position INTEGER NOT NULL CHECK(position > 0),
    name TEXT NOT NULL CHECK(name <> ''), team TEXT NOT NULL,
    id_number TEXT NOT NULL, phone TEXT NOT NULL, card TEXT NOT NULL,
    people INTEGER NOT NULL CHECK(people >= 0), area_x100 INTEGER NOT NULL CHECK(area_x100 >= 0),
    standard TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK(amount_fen >= 0),
    PRIMARY KEY(batch_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX benefit_row_by_id_number ON benefit_row(id_number) WHERE id_number <> '';
"""

_GROWING = (
    ("disclosure", "公开榜记录"),
    ("disclosure_act", "公开榜办理记录"),
    ("objection", "质询记录"),
    ("objection_answer", "答复记录"),
    ("benefit_row", "补贴名单"),
)
_TRIGGERS = (
    "".join(
        f"""
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{title}不能修改'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{title}不能删除'); END;
"""
        for table, title in _GROWING
    )
    + """
CREATE TRIGGER benefit_batch_no_delete BEFORE DELETE ON benefit_batch
BEGIN SELECT RAISE(ABORT, '补贴批次不能删除，请划去'); END;
CREATE TRIGGER benefit_batch_fixed BEFORE UPDATE ON benefit_batch
WHEN OLD.struck <> '' OR NEW.struck = '' OR NEW.id <> OLD.id OR NEW.uid <> OLD.uid OR NEW.kind <> OLD.kind
    OR NEW.title <> OLD.title OR NEW.day <> OLD.day OR NEW.document <> OLD.document OR NEW.voucher <> OLD.voucher
    OR NEW.note <> OLD.note
BEGIN SELECT RAISE(ABORT, '补贴批次不能修改，请划去后重新登记'); END;
"""
)

_CONTENTS = """
CREATE TABLE disclosure_content(
    disclosure_uid TEXT PRIMARY KEY REFERENCES disclosure(uid),
    subject TEXT NOT NULL, sheets TEXT NOT NULL, content BLOB NOT NULL
) STRICT, WITHOUT ROWID;
"""
"""What each notice said when it was made: for a special one its subject and the keys of its sheets (by commas), and the
whole notice as deflated JSON (`reports.notices.snapshot`), numbers of people masked."""
_CONTENT_TRIGGERS = """
CREATE TRIGGER disclosure_content_no_update BEFORE UPDATE ON disclosure_content
BEGIN SELECT RAISE(ABORT, '公开榜内容不能修改'); END;
CREATE TRIGGER disclosure_content_no_delete BEFORE DELETE ON disclosure_content
BEGIN SELECT RAISE(ABORT, '公开榜内容不能删除'); END;
"""
TRIGGERS = _TRIGGERS + _CONTENT_TRIGGERS
"""Every protective trigger of these tables."""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + _TRIGGERS)


def add_contents(connection: sqlite3.Connection) -> None:
    """Add the table of what notices said."""
    run_script(connection, _CONTENTS + _CONTENT_TRIGGERS)
