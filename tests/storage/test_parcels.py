"""Parcels and their changes come back as they were kept, and the file itself protects what has happened."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.parcel_changes import ChangePart, ParcelChange
from village_ledger.domain.parcels import Parcel
from village_ledger.storage.connection import connect
from village_ledger.storage.migrations import migrate
from village_ledger.storage.parcels import (
    insert_change,
    insert_parcel,
    load_changes,
    load_parcel,
    load_parcels,
    parcel_ids,
    update_parcel,
)

DAY = date(2025, 1, 1)
OUTLINE = ((((115.7, 30.6), (115.71, 30.6), (115.71, 30.61), (115.7, 30.6)),),)
FULL = Parcel(
    "GD001",
    "东畈",
    "耕地",
    1234,
    DAY,
    *("东畈路", "河", "堤", "渠", "路", "水田", "一组", "证1", "家庭承包"),
    1000,
    *("20 户", "备注"),
    None,
    OUTLINE,
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = connect(tmp_path / "a.vlb", create=True)
    migrate(opened)
    yield opened
    opened.close()


def test_every_field_of_a_card_comes_back(connection):
    insert_parcel(connection, FULL)
    insert_parcel(connection, Parcel("A", "塘", "水面", 0, DAY))
    assert load_parcels(connection) == (Parcel("A", "塘", "水面", 0, DAY), FULL)
    assert load_parcel(connection, "GD001") == FULL
    assert load_parcel(connection, "B") is None
    assert set(parcel_ids(connection)) == {"A", "GD001"}


def test_a_card_is_written_anew(connection):
    insert_parcel(connection, FULL)
    changed = FULL._replace(name="新名", ended=date(2025, 6, 1), boundary=())
    update_parcel(connection, changed)
    assert load_parcels(connection) == (changed,)


def test_changes_come_back_in_order_with_their_parts(connection):
    for code in "ABC":
        insert_parcel(connection, Parcel(code, code, "耕地", 100, DAY))
    divided = ParcelChange(
        DAY, "split", "分", "1号", (ChangePart("C", 300),), (ChangePart("B", 200), ChangePart("A", 100))
    )
    ended = ParcelChange(DAY, "end", "征收", "", (ChangePart("A", 100),))
    insert_change(connection, divided)
    insert_change(connection, ended)
    assert load_changes(connection) == (divided, ended)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DELETE FROM parcel", "不能删除"),
        ("UPDATE parcel SET code = 'X'", "编号不能修改"),
        ("UPDATE parcel SET name = 'X' WHERE code = 'B'", "已终止"),
        ("UPDATE parcel_change SET reason = 'X'", "不能修改"),
        ("DELETE FROM parcel_change", "不能删除"),
        ("UPDATE parcel_change_part SET area_x100 = 1", "不能修改"),
        ("DELETE FROM parcel_change_part", "不能删除"),
        ("INSERT INTO parcel_change_part VALUES(1, 2, 'new', 1, 5)", "不能添加"),
        ("UPDATE parcel SET area_x100 = -1 WHERE code = 'GD001'", "CHECK"),
        ("UPDATE parcel SET household_x100 = area_x100 + 1 WHERE code = 'GD001'", "CHECK"),
        ("UPDATE parcel SET land_class = '荒漠' WHERE code = 'GD001'", "CHECK"),
        ("UPDATE parcel SET area_x100 = 1.5 WHERE code = 'GD001'", "REAL"),
    ],
)
def test_the_file_refuses_what_must_not_happen(connection, statement, message):
    insert_parcel(connection, FULL)
    insert_parcel(connection, Parcel("B", "旧", "耕地", 100, DAY, ended=DAY))
    insert_change(connection, ParcelChange(DAY, "end", "征收", "", (ChangePart("B", 100),)))
    with pytest.raises(sqlite3.IntegrityError, match=message):
        connection.execute(statement)
