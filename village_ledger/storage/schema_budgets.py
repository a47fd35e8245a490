"""The tables of yearly budgets and projects with their tenders, changes, acceptances and final accounts.

A budget may be edited until it is approved; from then on it only gets adjustments. What happens to a project is kept in
entries that only grow; how much is spent, and may still be, is folded from them and the ledger and never stored.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE budget(
    year INTEGER PRIMARY KEY CHECK(year BETWEEN 1900 AND 2199),
    version INTEGER NOT NULL,
    decision TEXT NOT NULL,
    approved TEXT NOT NULL CHECK(approved = '' OR approved = date(approved)),
    note TEXT NOT NULL,
    CHECK((decision = '') = (approved = ''))
) STRICT;

-- `accounts` are code prefixes joined by commas, `project` the code of a 项目 or empty.
CREATE TABLE budget_item(
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL REFERENCES budget(year),
    position INTEGER NOT NULL CHECK(position > 0),
    code TEXT NOT NULL CHECK(code <> ''), name TEXT NOT NULL CHECK(name <> ''),
    side TEXT NOT NULL CHECK(side IN ('收入','支出')),
    accounts TEXT NOT NULL, project TEXT NOT NULL CHECK(accounts <> '' OR project <> ''),
    amount_fen INTEGER NOT NULL CHECK(amount_fen >= 0),
    note TEXT NOT NULL,
    UNIQUE(year, code)
) STRICT;

CREATE TABLE budget_adjustment(
    id INTEGER PRIMARY KEY,
    year INTEGER NOT NULL, code TEXT NOT NULL,
    day TEXT NOT NULL CHECK(day = date(day)),
    fen INTEGER NOT NULL CHECK(fen <> 0),
    decision TEXT NOT NULL CHECK(decision <> ''), reason TEXT NOT NULL CHECK(reason <> ''),
    FOREIGN KEY(year, code) REFERENCES budget_item(year, code)
) STRICT;

-- `member` is the code of the 项目 its vouchers are kept by, or empty.
CREATE TABLE project(
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    code TEXT NOT NULL UNIQUE CHECK(code <> ''),
    name TEXT NOT NULL CHECK(name <> ''),
    kind TEXT NOT NULL CHECK(kind IN ('一事一议','工程','采购')),
    award TEXT NOT NULL, decision TEXT NOT NULL CHECK(decision <> ''),
    budget_fen INTEGER NOT NULL CHECK(budget_fen > 0),
    approved TEXT NOT NULL CHECK(approved = date(approved)),
    member TEXT NOT NULL,
    contract TEXT NOT NULL, contractor TEXT NOT NULL,
    contract_fen INTEGER NOT NULL CHECK(contract_fen BETWEEN 0 AND budget_fen),
    signed TEXT NOT NULL, advance_fen INTEGER NOT NULL CHECK(advance_fen BETWEEN 0 AND contract_fen),
    retention_bp INTEGER NOT NULL CHECK(retention_bp BETWEEN 0 AND 9999), retention_due TEXT NOT NULL,
    site TEXT NOT NULL, note TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX project_by_member ON project(member) WHERE member <> '';

CREATE TABLE project_tender(
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project(id),
    version INTEGER NOT NULL,
    announced TEXT NOT NULL CHECK(announced = date(announced)),
    closed TEXT NOT NULL CHECK(closed = date(closed) AND closed >= announced),
    opened TEXT NOT NULL, place TEXT NOT NULL,
    control_fen INTEGER NOT NULL CHECK(control_fen >= 0),
    supervisors TEXT NOT NULL CHECK(supervisors LIKE '[%]'),
    bids TEXT NOT NULL CHECK(bids LIKE '[%]'),
    winner TEXT NOT NULL, reason TEXT NOT NULL, failed TEXT NOT NULL, note TEXT NOT NULL,
    CHECK(winner = '' OR failed = '')
) STRICT;
CREATE INDEX project_tender_by_project ON project_tender(project_id);

CREATE TABLE project_change(
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project(id),
    day TEXT NOT NULL CHECK(day = date(day)),
    fen INTEGER NOT NULL CHECK(fen <> 0),
    decision TEXT NOT NULL CHECK(decision <> ''), reason TEXT NOT NULL CHECK(reason <> '')
) STRICT;

CREATE TABLE project_acceptance(
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project(id),
    day TEXT NOT NULL CHECK(day = date(day)),
    kind TEXT NOT NULL CHECK(kind IN ('阶段验收','竣工验收')),
    total_fen INTEGER NOT NULL CHECK(total_fen > 0),
    people TEXT NOT NULL CHECK(people LIKE '[%]'), opinion TEXT NOT NULL
) STRICT;

CREATE TABLE project_release(
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project(id),
    day TEXT NOT NULL CHECK(day = date(day)),
    fen INTEGER NOT NULL CHECK(fen > 0), reason TEXT NOT NULL CHECK(reason <> '')
) STRICT;

CREATE TABLE project_final(
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project(id),
    day TEXT NOT NULL CHECK(day = date(day)),
    audited_fen INTEGER NOT NULL CHECK(audited_fen > 0),
    auditor TEXT NOT NULL CHECK(auditor <> ''), number TEXT NOT NULL
) STRICT;

-- A posted voucher found to be a payment for a project; one that came from a request needs no such row.
CREATE TABLE project_payment(
    id INTEGER PRIMARY KEY,
    project_id INTEGER NOT NULL REFERENCES project(id),
    kind TEXT NOT NULL CHECK(kind IN ('工程款','其他费用')),
    fen INTEGER NOT NULL CHECK(fen > 0),
    voucher_uid TEXT NOT NULL CHECK(voucher_uid <> '')
) STRICT;
CREATE INDEX project_payment_by_project ON project_payment(project_id);
CREATE INDEX project_payment_by_voucher ON project_payment(voucher_uid);
"""

_NEVER_CHANGED = (
    ("budget_adjustment", "预算调整"),
    ("project_change", "工程变更"),
    ("project_acceptance", "工程验收"),
    ("project_release", "质保金退还"),
    ("project_final", "工程决算"),
    ("project_payment", "项目付款登记"),
)

TRIGGERS = """
CREATE TRIGGER budget_no_delete BEFORE DELETE ON budget WHEN OLD.approved <> ''
BEGIN SELECT RAISE(ABORT, '已批准的预算不能删除'); END;
CREATE TRIGGER budget_approved BEFORE UPDATE ON budget
WHEN OLD.approved <> '' AND (NEW.decision <> OLD.decision OR NEW.approved <> OLD.approved OR NEW.year <> OLD.year)
BEGIN SELECT RAISE(ABORT, '预算已经批准，不能改批准的文号和日期'); END;
CREATE TRIGGER budget_item_no_update BEFORE UPDATE ON budget_item
WHEN (SELECT approved FROM budget WHERE year = OLD.year) <> ''
BEGIN SELECT RAISE(ABORT, '预算已经批准，只能调整'); END;
CREATE TRIGGER budget_item_no_delete BEFORE DELETE ON budget_item
WHEN (SELECT approved FROM budget WHERE year = OLD.year) <> ''
BEGIN SELECT RAISE(ABORT, '预算已经批准，只能调整'); END;
CREATE TRIGGER budget_item_no_addition BEFORE INSERT ON budget_item
WHEN (SELECT approved FROM budget WHERE year = NEW.year) <> '' AND NEW.amount_fen <> 0
BEGIN SELECT RAISE(ABORT, '预算已经批准，新增的项目要用调整给它金额'); END;
CREATE TRIGGER budget_adjustment_approved BEFORE INSERT ON budget_adjustment
WHEN (SELECT approved FROM budget WHERE year = NEW.year) = ''
BEGIN SELECT RAISE(ABORT, '预算还没有批准，请直接修改'); END;
CREATE TRIGGER budget_adjustment_not_below BEFORE INSERT ON budget_adjustment
WHEN NEW.fen + (SELECT amount_fen FROM budget_item WHERE year = NEW.year AND code = NEW.code)
    + coalesce((SELECT sum(fen) FROM budget_adjustment WHERE year = NEW.year AND code = NEW.code), 0) < 0
BEGIN SELECT RAISE(ABORT, '预算不能调整到零以下'); END;
CREATE TRIGGER project_no_delete BEFORE DELETE ON project
BEGIN SELECT RAISE(ABORT, '工程项目不能删除'); END;
CREATE TRIGGER project_code_fixed BEFORE UPDATE OF id, uid, code ON project
WHEN NEW.id <> OLD.id OR NEW.uid <> OLD.uid OR NEW.code <> OLD.code
BEGIN SELECT RAISE(ABORT, '项目编号不能修改'); END;
CREATE TRIGGER project_terms_fixed BEFORE UPDATE ON project
WHEN (NEW.contract_fen <> OLD.contract_fen OR NEW.retention_bp <> OLD.retention_bp
    OR NEW.advance_fen <> OLD.advance_fen)
    AND (EXISTS(SELECT 1 FROM project_change WHERE project_id = OLD.id)
    OR EXISTS(SELECT 1 FROM project_acceptance WHERE project_id = OLD.id))
BEGIN SELECT RAISE(ABORT, '合同已经执行，合同价要用变更来改'); END;
CREATE TRIGGER project_tender_no_delete BEFORE DELETE ON project_tender
BEGIN SELECT RAISE(ABORT, '招投标记录不能删除'); END;
CREATE TRIGGER project_tender_settled BEFORE UPDATE ON project_tender
WHEN OLD.winner <> '' OR OLD.failed <> '' OR NEW.project_id <> OLD.project_id
BEGIN SELECT RAISE(ABORT, '已定标或流标的招投标记录不能修改'); END;
""" + "".join(
    f"""CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{name}不能修改'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{name}不能删除'); END;
"""
    for table, name in _NEVER_CHANGED
)


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
