"""The tables of resources, added by a later version of the book than the funds.

A parcel is never deleted and never comes back once ended; what happened to parcels only ever grows.
Areas are hundredths of a mu, `boundary` is a MultiPolygon's coordinates as JSON (longitude, latitude).
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE parcel(
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK(code <> ''),
    name TEXT NOT NULL CHECK(name <> ''),
    land_class TEXT NOT NULL CHECK(land_class IN ('耕地','园地','林地','草地','水面','四荒','建设用地','其他')),
    area_x100 INTEGER NOT NULL CHECK(area_x100 >= 0),
    began TEXT NOT NULL,
    location TEXT NOT NULL DEFAULT '',
    east TEXT NOT NULL DEFAULT '', south TEXT NOT NULL DEFAULT '',
    west TEXT NOT NULL DEFAULT '', north TEXT NOT NULL DEFAULT '',
    land_use TEXT NOT NULL DEFAULT '', owner TEXT NOT NULL DEFAULT '', proof TEXT NOT NULL DEFAULT '',
    management TEXT NOT NULL CHECK(management IN ('家庭承包','集体经营','对外发包','闲置','被占')),
    household_x100 INTEGER NOT NULL DEFAULT 0 CHECK(household_x100 >= 0),
    holder TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    ended TEXT NOT NULL DEFAULT '',
    boundary TEXT NOT NULL DEFAULT '',
    CHECK(household_x100 <= area_x100),
    CHECK(ended = '' OR ended >= began)
) STRICT;

CREATE TABLE parcel_change(
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK(kind IN ('split','merge','measure','end')),
    reason TEXT NOT NULL CHECK(reason <> ''),
    document TEXT NOT NULL DEFAULT '',
    parts INTEGER NOT NULL CHECK(parts > 0)
) STRICT;

-- The parcels before (old) and after (new) a change, with their areas at that moment.
CREATE TABLE parcel_change_part(
    change_id INTEGER NOT NULL REFERENCES parcel_change(id),
    position INTEGER NOT NULL,
    side TEXT NOT NULL CHECK(side IN ('old','new')),
    parcel_id INTEGER NOT NULL REFERENCES parcel(id),
    area_x100 INTEGER NOT NULL CHECK(area_x100 >= 0),
    PRIMARY KEY(change_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX parcel_change_by_parcel ON parcel_change_part(parcel_id);
"""

TRIGGERS = """
CREATE TRIGGER parcel_no_delete BEFORE DELETE ON parcel
BEGIN SELECT RAISE(ABORT, '地块不能删除，请登记终止'); END;
CREATE TRIGGER parcel_code_fixed BEFORE UPDATE OF id, code ON parcel
BEGIN SELECT RAISE(ABORT, '地块编号不能修改'); END;
CREATE TRIGGER parcel_ended_fixed BEFORE UPDATE ON parcel WHEN OLD.ended <> ''
BEGIN SELECT RAISE(ABORT, '已终止的地块不能修改'); END;
CREATE TRIGGER parcel_change_no_update BEFORE UPDATE ON parcel_change
BEGIN SELECT RAISE(ABORT, '地块变更记录不能修改'); END;
CREATE TRIGGER parcel_change_no_delete BEFORE DELETE ON parcel_change
BEGIN SELECT RAISE(ABORT, '地块变更记录不能删除'); END;
CREATE TRIGGER parcel_change_part_no_update BEFORE UPDATE ON parcel_change_part
BEGIN SELECT RAISE(ABORT, '地块变更记录不能修改'); END;
CREATE TRIGGER parcel_change_part_no_delete BEFORE DELETE ON parcel_change_part
BEGIN SELECT RAISE(ABORT, '地块变更记录不能删除'); END;
CREATE TRIGGER parcel_change_part_no_addition BEFORE INSERT ON parcel_change_part
WHEN NOT EXISTS(SELECT 1 FROM parcel_change WHERE id = NEW.change_id AND NEW.position BETWEEN 1 AND parts)
BEGIN SELECT RAISE(ABORT, '地块变更记录不能添加'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers of resources to a book."""
    run_script(connection, TABLES + TRIGGERS)
