"""The tables of contracts, added by a later version of the book than the funds.

A contract may be corrected; what was charged, received and waived only ever grows. Whether a charge, receipt or
waiver counts follows from the voucher it led to, found by the voucher's `source` (or, for what was claimed from a
posted voucher, by the voucher's uid and the line's position), so posting and reversing need not know of contracts.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE contract(
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE CHECK(code <> ''),
    kind TEXT NOT NULL, subject TEXT NOT NULL CHECK(subject <> ''),
    party_id INTEGER NOT NULL REFERENCES item(id),
    start TEXT NOT NULL CHECK("start" = date("start")),
    end TEXT NOT NULL CHECK("end" = date("end") AND "end" >= "start"),
    price TEXT NOT NULL,
    account TEXT NOT NULL, counter TEXT NOT NULL,
    direction TEXT NOT NULL CHECK(direction IN ('收','付')),
    signed TEXT NOT NULL, award TEXT NOT NULL, award_number TEXT NOT NULL, decision TEXT NOT NULL,
    subject_kind TEXT NOT NULL, subject_code TEXT NOT NULL, use TEXT NOT NULL,
    area_x100 INTEGER NOT NULL CHECK(area_x100 >= 0),
    deposit_fen INTEGER NOT NULL CHECK(deposit_fen >= 0),
    contact TEXT NOT NULL,
    tracked TEXT NOT NULL, opening_fen INTEGER NOT NULL CHECK(opening_fen >= 0),
    ended TEXT NOT NULL, ended_reason TEXT NOT NULL, returned TEXT NOT NULL,
    renews TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE INDEX contract_by_party ON contract(party_id);
CREATE INDEX contract_by_subject ON contract(subject_code) WHERE subject_code <> '';

-- The payment schedule, as agreed; `settled` 0: the amount is the guaranteed minimum of a share not reckoned yet.
CREATE TABLE contract_instalment(
    contract_id INTEGER NOT NULL REFERENCES contract(id),
    seq INTEGER NOT NULL CHECK(seq > 0),
    start TEXT NOT NULL, end TEXT NOT NULL, due TEXT NOT NULL,
    amount_fen INTEGER NOT NULL CHECK(amount_fen >= 0),
    settled INTEGER NOT NULL CHECK(settled IN (0,1)),
    PRIMARY KEY(contract_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE contract_charge(
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contract(id),
    seq INTEGER NOT NULL,
    day TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK(amount_fen > 0),
    source TEXT NOT NULL, uid TEXT NOT NULL, position INTEGER NOT NULL,
    CHECK((source = '') <> (uid = ''))
) STRICT;
CREATE INDEX contract_charge_by_contract ON contract_charge(contract_id, seq);

CREATE TABLE contract_receipt(
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK(amount_fen > 0),
    route TEXT NOT NULL CHECK(route IN ('往来','直接')),
    account TEXT NOT NULL, party_id INTEGER REFERENCES item(id),
    source TEXT NOT NULL, uid TEXT NOT NULL, position INTEGER NOT NULL,
    CHECK((source = '') <> (uid = '')),
    CHECK(route = '直接' OR party_id IS NOT NULL)
) STRICT;
CREATE INDEX contract_receipt_by_line ON contract_receipt(uid, position) WHERE uid <> '';

CREATE TABLE contract_allocation(
    receipt_id INTEGER NOT NULL REFERENCES contract_receipt(id),
    contract_id INTEGER NOT NULL REFERENCES contract(id),
    seq INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL CHECK(amount_fen > 0),
    PRIMARY KEY(receipt_id, contract_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX contract_allocation_by_contract ON contract_allocation(contract_id, seq);

CREATE TABLE contract_waiver(
    id INTEGER PRIMARY KEY,
    contract_id INTEGER NOT NULL REFERENCES contract(id),
    seq INTEGER NOT NULL,
    day TEXT NOT NULL, amount_fen INTEGER NOT NULL CHECK(amount_fen > 0),
    reason TEXT NOT NULL CHECK(reason <> ''), decision TEXT NOT NULL CHECK(decision <> ''),
    source TEXT NOT NULL
) STRICT;
CREATE INDEX contract_waiver_by_contract ON contract_waiver(contract_id, seq);

-- Attachments lie in a folder beside the book under their SHA-256.
CREATE TABLE contract_file(
    contract_id INTEGER NOT NULL REFERENCES contract(id),
    sha256 TEXT NOT NULL CHECK(length(sha256) = 64),
    name TEXT NOT NULL CHECK(name <> ''), size INTEGER NOT NULL CHECK(size >= 0),
    added TEXT NOT NULL,
    PRIMARY KEY(contract_id, sha256)
) STRICT, WITHOUT ROWID;

-- Only vouchers proposed here are in these, so that other vouchers cost nothing.
CREATE INDEX voucher_by_contracts ON voucher(source) WHERE substr(source, 1, 4) = '〔合同〕';
CREATE INDEX draft_by_contracts ON draft(source) WHERE substr(source, 1, 4) = '〔合同〕';
"""

TRIGGERS = """
CREATE TRIGGER contract_no_delete BEFORE DELETE ON contract
BEGIN SELECT RAISE(ABORT, '合同不能删除，请登记终止'); END;
CREATE TRIGGER contract_code_fixed BEFORE UPDATE OF id, code ON contract WHEN NEW.id <> OLD.id OR NEW.code <> OLD.code
BEGIN SELECT RAISE(ABORT, '合同编号不能修改'); END;
CREATE TRIGGER contract_charge_no_update BEFORE UPDATE ON contract_charge
BEGIN SELECT RAISE(ABORT, '应收记录不能修改'); END;
CREATE TRIGGER contract_charge_no_delete BEFORE DELETE ON contract_charge
BEGIN SELECT RAISE(ABORT, '应收记录不能删除'); END;
CREATE TRIGGER contract_receipt_no_update BEFORE UPDATE ON contract_receipt
BEGIN SELECT RAISE(ABORT, '收款记录不能修改'); END;
CREATE TRIGGER contract_receipt_no_delete BEFORE DELETE ON contract_receipt
BEGIN SELECT RAISE(ABORT, '收款记录不能删除'); END;
CREATE TRIGGER contract_allocation_no_update BEFORE UPDATE ON contract_allocation
BEGIN SELECT RAISE(ABORT, '收款分配不能修改，请撤销后重新分配'); END;
CREATE TRIGGER contract_allocation_within_receipt BEFORE INSERT ON contract_allocation
WHEN NEW.amount_fen + coalesce((SELECT sum(amount_fen) FROM contract_allocation WHERE receipt_id = NEW.receipt_id), 0)
    > (SELECT amount_fen FROM contract_receipt WHERE id = NEW.receipt_id)
BEGIN SELECT RAISE(ABORT, '分配的金额不能超过收款金额'); END;
CREATE TRIGGER contract_waiver_no_update BEFORE UPDATE ON contract_waiver
BEGIN SELECT RAISE(ABORT, '减免记录不能修改'); END;
CREATE TRIGGER contract_waiver_no_delete BEFORE DELETE ON contract_waiver
BEGIN SELECT RAISE(ABORT, '减免记录不能删除'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers of contracts to a book."""
    run_script(connection, TABLES + TRIGGERS)
