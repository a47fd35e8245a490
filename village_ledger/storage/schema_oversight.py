"""Version 11 of a book: what red flags must see: declared relations of officers, and source documents of vouchers.

Rows are final: a relation can only end, a document only become void, and either be struck when it was registered by
mistake. Numbers of people are whole here and masked wherever they are shown.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE related_person(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    officer TEXT NOT NULL CHECK(officer <> ''), post TEXT NOT NULL CHECK(post <> ''),
    relation TEXT NOT NULL
        CHECK(relation IN ('本人','配偶','父母','子女','兄弟姐妹','其他近亲属','任职或投资的单位')),
    name TEXT NOT NULL CHECK(name <> ''),
    phone TEXT NOT NULL, card TEXT NOT NULL, address TEXT NOT NULL, note TEXT NOT NULL,
    since TEXT NOT NULL CHECK(since = date(since)),
    until TEXT NOT NULL CHECK(until = '' OR (until = date(until) AND until >= since)),
    struck TEXT NOT NULL
) STRICT;

CREATE TABLE source_document(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    direction TEXT NOT NULL CHECK(direction IN ('收','付')),
    kind TEXT NOT NULL
        CHECK(kind IN ('税务发票','财政票据','农村集体经济组织统一收据','银行回单','自制凭证','白条','其他')),
    code TEXT NOT NULL CHECK(code NOT GLOB '*[^0-9A-Z]*'),
    number TEXT NOT NULL CHECK(number NOT GLOB '*[^0-9A-Z]*'),
    issuer TEXT NOT NULL,
    day TEXT NOT NULL CHECK(day = date(day)),
    amount_fen INTEGER NOT NULL CHECK(amount_fen <> 0 OR void <> ''),
    account_name TEXT NOT NULL, account TEXT NOT NULL, note TEXT NOT NULL,
    void TEXT NOT NULL, struck TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX source_document_number ON source_document(number, code, kind, direction)
    WHERE struck = '' AND kind IN ('税务发票','财政票据','农村集体经济组织统一收据');
CREATE INDEX source_document_by_day ON source_document(day);

-- Where a document is attached: a draft until it is posted, then the voucher's uid.
CREATE TABLE document_voucher(
    id INTEGER PRIMARY KEY,
    document_id INTEGER NOT NULL REFERENCES source_document(id),
    draft_id INTEGER NOT NULL,
    voucher_uid TEXT NOT NULL,
    CHECK(draft_id > 0 OR voucher_uid <> '')
) STRICT;
CREATE INDEX document_voucher_by_document ON document_voucher(document_id);
CREATE INDEX document_voucher_by_draft ON document_voucher(draft_id) WHERE voucher_uid = '';
CREATE INDEX document_voucher_by_uid ON document_voucher(voucher_uid) WHERE voucher_uid <> '';
"""

TRIGGERS = """
CREATE TRIGGER related_person_no_delete BEFORE DELETE ON related_person
BEGIN SELECT RAISE(ABORT, '关联人不能删除，请登记终止或划去'); END;
CREATE TRIGGER related_person_fixed BEFORE UPDATE ON related_person
WHEN OLD.struck <> '' OR (OLD.until <> '' AND NEW.until <> OLD.until) OR NEW.id <> OLD.id OR NEW.uid <> OLD.uid
    OR NEW.officer <> OLD.officer OR NEW.post <> OLD.post OR NEW.relation <> OLD.relation OR NEW.name <> OLD.name
    OR NEW.phone <> OLD.phone OR NEW.card <> OLD.card OR NEW.address <> OLD.address OR NEW.note <> OLD.note
    OR NEW.since <> OLD.since
BEGIN SELECT RAISE(ABORT, '关联人不能修改，请划去后重新登记'); END;
CREATE TRIGGER source_document_no_delete BEFORE DELETE ON source_document
BEGIN SELECT RAISE(ABORT, '票据不能删除，请作废或划去'); END;
CREATE TRIGGER source_document_fixed BEFORE UPDATE ON source_document
WHEN OLD.struck <> '' OR (OLD.void <> '' AND NEW.void <> OLD.void) OR NEW.id <> OLD.id OR NEW.uid <> OLD.uid
    OR NEW.direction <> OLD.direction OR NEW.kind <> OLD.kind OR NEW.code <> OLD.code OR NEW.number <> OLD.number
    OR NEW.issuer <> OLD.issuer OR NEW.day <> OLD.day OR NEW.amount_fen <> OLD.amount_fen
    OR NEW.account_name <> OLD.account_name OR NEW.account <> OLD.account OR NEW.note <> OLD.note
BEGIN SELECT RAISE(ABORT, '票据不能修改，请划去后重新登记'); END;
CREATE TRIGGER document_voucher_fixed BEFORE UPDATE ON document_voucher
WHEN OLD.voucher_uid <> '' OR NEW.document_id <> OLD.document_id OR NEW.draft_id <> OLD.draft_id
BEGIN SELECT RAISE(ABORT, '票据和凭证的关联不能修改'); END;
CREATE TRIGGER document_voucher_no_delete BEFORE DELETE ON document_voucher WHEN OLD.voucher_uid <> ''
BEGIN SELECT RAISE(ABORT, '已记账凭证的票据不能去掉'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
