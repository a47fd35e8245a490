"""Version 2 of a book: the tables of assets, and the triggers that keep what was booked from being rewritten.

The voucher of a run or change is found by its `source`, which draft and posted voucher bear; `adopted` lists the
uids of vouchers that had been booked before. `docs/formats-assets.md` documents the tables.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE asset_card(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE CHECK(code <> ''),
    name TEXT NOT NULL CHECK(name <> ''),
    category TEXT NOT NULL,
    original_fen INTEGER NOT NULL CHECK(original_fen > 0),
    acquired TEXT NOT NULL CHECK(acquired = date(acquired)),
    entered TEXT NOT NULL,
    kind TEXT NOT NULL,
    asset_account TEXT NOT NULL REFERENCES account(code),
    depreciation_account TEXT NOT NULL,
    expense_account TEXT NOT NULL,
    residual_fen INTEGER NOT NULL CHECK(residual_fen BETWEEN 0 AND original_fen),
    opening_accumulated_fen INTEGER NOT NULL CHECK(opening_accumulated_fen BETWEEN 0 AND original_fen - residual_fen),
    method TEXT NOT NULL CHECK(method IN ('直线法','工作量法','不提')),
    life_months INTEGER NOT NULL CHECK(life_months >= 0),
    total_units INTEGER NOT NULL CHECK(total_units >= 0),
    opening_units INTEGER NOT NULL CHECK(opening_units >= 0),
    units_name TEXT NOT NULL,
    in_use TEXT NOT NULL CHECK(in_use = '' OR in_use = date(in_use)),
    model TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK(quantity > 0),
    unit TEXT NOT NULL,
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    operating INTEGER NOT NULL CHECK(operating IN (0,1)),
    location TEXT NOT NULL,
    custodian TEXT NOT NULL,
    licence TEXT NOT NULL,
    project TEXT NOT NULL,
    voucher TEXT NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE TABLE asset_photo(
    card_id INTEGER PRIMARY KEY REFERENCES asset_card(id) ON DELETE CASCADE,
    name TEXT NOT NULL, sha256 TEXT NOT NULL, content BLOB NOT NULL
) STRICT;

CREATE TABLE asset_count(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    day TEXT NOT NULL CHECK(day = date(day)),
    title TEXT NOT NULL, people TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('盘点中','已批准','已撤销')),
    approval TEXT NOT NULL, decision TEXT NOT NULL
) STRICT;

CREATE TABLE asset_count_line(
    count_id INTEGER NOT NULL REFERENCES asset_count(id),
    card_id INTEGER NOT NULL REFERENCES asset_card(id),
    book_quantity INTEGER NOT NULL CHECK(book_quantity >= 0),
    counted_quantity INTEGER NOT NULL CHECK(counted_quantity >= 0),
    status TEXT NOT NULL, location TEXT NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY(count_id, card_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE asset_change(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    card_id INTEGER NOT NULL REFERENCES asset_card(id),
    kind TEXT NOT NULL,
    day TEXT NOT NULL CHECK(day = date(day)),
    state TEXT NOT NULL CHECK(state IN ('申请中','已批准','已备案','已撤销')),
    reason TEXT NOT NULL,
    original_fen INTEGER NOT NULL, residual_fen INTEGER NOT NULL, accumulated_fen INTEGER NOT NULL,
    quantity INTEGER NOT NULL, months INTEGER NOT NULL CHECK(months >= 0),
    in_use TEXT NOT NULL, status TEXT NOT NULL, operating TEXT NOT NULL,
    location TEXT NOT NULL, custodian TEXT NOT NULL,
    application TEXT NOT NULL, approval TEXT NOT NULL, filing TEXT NOT NULL, decision TEXT NOT NULL,
    source TEXT NOT NULL, adopted TEXT NOT NULL,
    settled_on TEXT NOT NULL, proceeds_fen INTEGER NOT NULL, cost_fen INTEGER NOT NULL, settle_source TEXT NOT NULL,
    count_id INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX asset_change_by_card ON asset_change(card_id);

CREATE TABLE asset_run(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL, adopted TEXT NOT NULL,
    made_by TEXT NOT NULL, made_at TEXT NOT NULL
) STRICT;

CREATE TABLE asset_run_line(
    run_id INTEGER NOT NULL REFERENCES asset_run(id),
    card_id INTEGER NOT NULL REFERENCES asset_card(id),
    fen INTEGER NOT NULL CHECK(fen >= 0),
    units INTEGER NOT NULL CHECK(units >= 0),
    account TEXT NOT NULL, expense TEXT NOT NULL,
    PRIMARY KEY(run_id, card_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX asset_run_line_by_card ON asset_run_line(card_id);

-- Units produced in a month, for cards charged by units of production; read by the month's run.
CREATE TABLE asset_usage(
    card_id INTEGER NOT NULL REFERENCES asset_card(id) ON DELETE CASCADE,
    month TEXT NOT NULL,
    units INTEGER NOT NULL CHECK(units >= 0),
    PRIMARY KEY(card_id, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE stock_item(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    code TEXT NOT NULL UNIQUE CHECK(code <> ''),
    name TEXT NOT NULL CHECK(name <> ''),
    account TEXT NOT NULL REFERENCES account(code),
    unit TEXT NOT NULL, model TEXT NOT NULL, place TEXT NOT NULL,
    opening_quantity INTEGER NOT NULL CHECK(opening_quantity >= 0),
    opening_fen INTEGER NOT NULL CHECK(opening_fen >= 0),
    note TEXT NOT NULL
) STRICT;

CREATE TABLE stock_move(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    item_id INTEGER NOT NULL REFERENCES stock_item(id),
    day TEXT NOT NULL CHECK(day = date(day)),
    direction TEXT NOT NULL CHECK(direction IN ('入库','出库')),
    quantity INTEGER NOT NULL CHECK(quantity > 0),
    fen INTEGER NOT NULL CHECK(fen >= 0),
    counter TEXT NOT NULL, summary TEXT NOT NULL, handler TEXT NOT NULL,
    source TEXT NOT NULL, adopted TEXT NOT NULL
) STRICT;
CREATE INDEX stock_move_by_item ON stock_move(item_id);
"""

_POSTED = (
    "EXISTS(SELECT 1 FROM voucher v WHERE {source} <> '' AND v.source = {source}"
    " AND NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id))"
)
_USED = (
    "(EXISTS(SELECT 1 FROM asset_run_line WHERE card_id = OLD.id)"
    " OR EXISTS(SELECT 1 FROM asset_change WHERE card_id = OLD.id AND state IN ('已批准','已备案') AND kind <> '盘盈'))"
)
_RUN_SOURCE = "(SELECT source FROM asset_run WHERE id = OLD.run_id)"

TRIGGERS = f"""
CREATE TRIGGER asset_card_figures_fixed BEFORE UPDATE OF id, kind, asset_account, depreciation_account, original_fen,
    residual_fen, opening_accumulated_fen, method, life_months, total_units, opening_units, entered, in_use, quantity
    ON asset_card WHEN {_USED}
BEGIN SELECT RAISE(ABORT, '这张资产卡片已经计提折旧或发生变动，价值和折旧资料不能再改'); END;
CREATE TRIGGER asset_card_no_delete BEFORE DELETE ON asset_card
WHEN {_USED} OR EXISTS(SELECT 1 FROM asset_change WHERE card_id = OLD.id)
    OR EXISTS(SELECT 1 FROM asset_count_line WHERE card_id = OLD.id)
BEGIN SELECT RAISE(ABORT, '这张资产卡片已经计提折旧、变动或盘点过，不能删除'); END;
CREATE TRIGGER asset_run_no_update BEFORE UPDATE ON asset_run
BEGIN SELECT RAISE(ABORT, '折旧计提记录不能修改，请撤销后重新计提'); END;
CREATE TRIGGER asset_run_no_delete BEFORE DELETE ON asset_run
WHEN {_POSTED.format(source="OLD.source")}
BEGIN SELECT RAISE(ABORT, '折旧凭证已经记账，不能撤销计提；请先红字冲销'); END;
CREATE TRIGGER asset_run_line_no_update BEFORE UPDATE ON asset_run_line
BEGIN SELECT RAISE(ABORT, '折旧计提记录不能修改，请撤销后重新计提'); END;
CREATE TRIGGER asset_run_line_no_delete BEFORE DELETE ON asset_run_line
WHEN {_POSTED.format(source=_RUN_SOURCE)}
BEGIN SELECT RAISE(ABORT, '折旧凭证已经记账，不能撤销计提；请先红字冲销'); END;
CREATE TRIGGER asset_change_no_delete BEFORE DELETE ON asset_change
BEGIN SELECT RAISE(ABORT, '资产变动记录不能删除，只能撤销'); END;
CREATE TRIGGER asset_change_effect_fixed BEFORE UPDATE OF id, uid, card_id, kind, day, original_fen, residual_fen,
    accumulated_fen, quantity, months, source, adopted, count_id ON asset_change
WHEN OLD.state <> '申请中'
BEGIN SELECT RAISE(ABORT, '已经批准的资产变动不能修改'); END;
CREATE TRIGGER asset_change_no_withdrawal BEFORE UPDATE OF state ON asset_change
WHEN NEW.state IN ('申请中','已撤销') AND {_POSTED.format(source="OLD.source")}
BEGIN SELECT RAISE(ABORT, '资产变动的凭证已经记账，不能撤销；请先红字冲销'); END;
CREATE TRIGGER asset_change_settled BEFORE UPDATE OF settled_on, proceeds_fen, cost_fen, settle_source ON asset_change
WHEN {_POSTED.format(source="OLD.settle_source")}
BEGIN SELECT RAISE(ABORT, '清理结转的凭证已经记账，不能修改'); END;
CREATE TRIGGER asset_count_no_delete BEFORE DELETE ON asset_count
BEGIN SELECT RAISE(ABORT, '盘点记录不能删除，只能撤销'); END;
CREATE TRIGGER asset_count_line_no_update BEFORE UPDATE ON asset_count_line
WHEN (SELECT state FROM asset_count WHERE id = OLD.count_id) <> '盘点中'
BEGIN SELECT RAISE(ABORT, '盘点已经批准或撤销，不能修改'); END;
CREATE TRIGGER asset_count_line_no_delete BEFORE DELETE ON asset_count_line
WHEN (SELECT state FROM asset_count WHERE id = OLD.count_id) <> '盘点中'
BEGIN SELECT RAISE(ABORT, '盘点已经批准或撤销，不能修改'); END;
CREATE TRIGGER stock_move_no_update BEFORE UPDATE ON stock_move
BEGIN SELECT RAISE(ABORT, '出入库记录不能修改，请撤销后重新登记'); END;
CREATE TRIGGER stock_move_no_delete BEFORE DELETE ON stock_move
WHEN {_POSTED.format(source="OLD.source")}
BEGIN SELECT RAISE(ABORT, '出入库凭证已经记账，不能撤销；请先红字冲销'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers of assets to a book."""
    run_script(connection, TABLES + TRIGGERS)
