"""The tables of what people log in with: password hashes, lock-out and the recovery code."""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE credential(
    name TEXT PRIMARY KEY REFERENCES person(name),
    hash TEXT NOT NULL CHECK(hash GLOB '$argon2id$*'),
    must_change INTEGER NOT NULL CHECK(must_change IN (0,1)),
    failures INTEGER NOT NULL DEFAULT 0 CHECK(failures >= 0),
    locked_until TEXT NOT NULL DEFAULT '',
    changed_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The one code in force: the SHA-256 of what is sealed. A used one has been replaced.
CREATE TABLE recovery(
    id INTEGER PRIMARY KEY CHECK(id = 1),
    digest TEXT NOT NULL CHECK(length(digest) = 64),
    issued_at TEXT NOT NULL
) STRICT;
"""
TRIGGERS = """
CREATE TRIGGER credential_no_delete BEFORE DELETE ON credential
BEGIN SELECT RAISE(ABORT, '登录密码不能删除，只能修改或重设'); END;
CREATE TRIGGER recovery_no_delete BEFORE DELETE ON recovery
BEGIN SELECT RAISE(ABORT, '恢复码不能删除，只能换新的'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
