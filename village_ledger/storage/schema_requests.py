"""The tables of requests for payment, their signatures, the vouchers they led to, and urgent exceptions.

A request can be edited until it is submitted; what was signed for stays as it is. Whether a request is used follows
from the vouchers it is linked to: one that is reversed frees it again.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE request(
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    number TEXT NOT NULL UNIQUE CHECK(number <> ''),
    day TEXT NOT NULL CHECK(day = date(day)),
    title TEXT NOT NULL, kind TEXT NOT NULL, payee TEXT NOT NULL, handler TEXT NOT NULL, witness TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK(amount_fen >= 0),
    lines TEXT NOT NULL CHECK(lines LIKE '[%]'),
    money_account TEXT NOT NULL,
    decision TEXT NOT NULL, contract TEXT NOT NULL, project TEXT NOT NULL, budget_item TEXT NOT NULL,
    documents TEXT NOT NULL CHECK(documents LIKE '[%]'),
    note TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('填写','签批中','已批准','退回','已作废')),
    round INTEGER NOT NULL CHECK(round >= 0),
    submitter TEXT NOT NULL
) STRICT;
CREATE INDEX request_by_decision ON request(decision) WHERE decision <> '';
CREATE INDEX request_by_contract ON request(contract) WHERE contract <> '';
CREATE INDEX request_by_project ON request(project) WHERE project <> '';

-- A signature counts for the submission (round) it was given in.
CREATE TABLE request_signature(
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES request(id),
    round INTEGER NOT NULL, step INTEGER NOT NULL,
    duty TEXT NOT NULL, name TEXT NOT NULL CHECK(name <> ''),
    day TEXT NOT NULL CHECK(day = date(day)),
    method TEXT NOT NULL CHECK(method IN ('本人','书面')),
    opinion TEXT NOT NULL, recorder TEXT NOT NULL,
    UNIQUE(request_id, round, duty)
) STRICT;

-- Which vouchers a request paid for: a draft until it is posted, then the voucher's uid.
CREATE TABLE request_voucher(
    id INTEGER PRIMARY KEY,
    request_id INTEGER NOT NULL REFERENCES request(id),
    draft_id INTEGER NOT NULL,
    voucher_uid TEXT NOT NULL,
    CHECK(draft_id > 0 OR voucher_uid <> '')
) STRICT;
CREATE INDEX request_voucher_by_request ON request_voucher(request_id);
CREATE INDEX request_voucher_by_draft ON request_voucher(draft_id);
CREATE INDEX request_voucher_by_uid ON request_voucher(voucher_uid) WHERE voucher_uid <> '';

-- Leave to post a voucher that lacks something, for the draft as it was (content); open until it is settled.
CREATE TABLE urgent_exception(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    draft_id INTEGER NOT NULL, content TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK(reason <> ''),
    granted_by TEXT NOT NULL, granted TEXT NOT NULL CHECK(granted = date(granted)),
    missing TEXT NOT NULL CHECK(missing LIKE '[%]'),
    voucher_uid TEXT NOT NULL,
    settled TEXT NOT NULL, settled_by TEXT NOT NULL, settlement TEXT NOT NULL
) STRICT;
CREATE INDEX urgent_exception_by_draft ON urgent_exception(draft_id);
"""

TRIGGERS = """
CREATE TRIGGER request_no_delete BEFORE DELETE ON request
BEGIN SELECT RAISE(ABORT, '用款申请不能删除，请作废'); END;
CREATE TRIGGER request_identity_fixed BEFORE UPDATE OF id, uid, number ON request
WHEN NEW.id <> OLD.id OR NEW.uid <> OLD.uid OR NEW.number <> OLD.number
BEGIN SELECT RAISE(ABORT, '用款申请的编号不能修改'); END;
CREATE TRIGGER request_submitted BEFORE UPDATE ON request
WHEN OLD.state IN ('签批中','已批准','已作废') AND (NEW.day <> OLD.day OR NEW.title <> OLD.title
    OR NEW.kind <> OLD.kind OR NEW.payee <> OLD.payee OR NEW.handler <> OLD.handler OR NEW.witness <> OLD.witness
    OR NEW.amount_fen <> OLD.amount_fen OR NEW.lines <> OLD.lines OR NEW.money_account <> OLD.money_account
    OR NEW.decision <> OLD.decision OR NEW.contract <> OLD.contract OR NEW.project <> OLD.project
    OR NEW.budget_item <> OLD.budget_item OR (OLD.state = '已作废' AND NEW.state <> '已作废'))
BEGIN SELECT RAISE(ABORT, '用款申请已经提交，不能修改，请先退回'); END;
CREATE TRIGGER request_signature_no_update BEFORE UPDATE ON request_signature
BEGIN SELECT RAISE(ABORT, '签字不能修改'); END;
CREATE TRIGGER request_signature_no_delete BEFORE DELETE ON request_signature
BEGIN SELECT RAISE(ABORT, '签字不能删除'); END;
CREATE TRIGGER request_voucher_fixed BEFORE UPDATE ON request_voucher
WHEN OLD.voucher_uid <> '' OR NEW.request_id <> OLD.request_id OR NEW.draft_id <> OLD.draft_id
BEGIN SELECT RAISE(ABORT, '用款申请和凭证的关联不能修改'); END;
CREATE TRIGGER request_voucher_no_delete BEFORE DELETE ON request_voucher WHEN OLD.voucher_uid <> ''
BEGIN SELECT RAISE(ABORT, '已记账的凭证和用款申请的关联不能去掉'); END;
CREATE TRIGGER evidence_of_submitted_request BEFORE DELETE ON evidence
WHEN OLD.owner_kind = 'request' AND (SELECT state FROM request WHERE uid = OLD.owner_uid) NOT IN ('填写','退回')
BEGIN SELECT RAISE(ABORT, '用款申请已经提交，附件不能去掉'); END;
CREATE TRIGGER urgent_exception_no_delete BEFORE DELETE ON urgent_exception
BEGIN SELECT RAISE(ABORT, '紧急例外不能删除'); END;
CREATE TRIGGER urgent_exception_fixed BEFORE UPDATE ON urgent_exception
WHEN OLD.settled <> '' OR NEW.uid <> OLD.uid OR NEW.draft_id <> OLD.draft_id OR NEW.content <> OLD.content
    OR NEW.reason <> OLD.reason OR NEW.granted_by <> OLD.granted_by OR NEW.granted <> OLD.granted
    OR (OLD.voucher_uid <> '' AND (NEW.voucher_uid <> OLD.voucher_uid OR NEW.missing <> OLD.missing
    OR NEW.amount_fen <> OLD.amount_fen))
BEGIN SELECT RAISE(ABORT, '紧急例外不能修改'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
