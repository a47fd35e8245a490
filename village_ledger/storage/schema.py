"""The tables of a book, version 1, and the triggers that make posted rows facts.

Drafts live apart from posted vouchers, so that the posted tables only ever grow. `docs/formats.md` documents them.
"""

TABLES = """
CREATE TABLE meta(
    key TEXT PRIMARY KEY, value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person(
    name TEXT PRIMARY KEY, role TEXT NOT NULL, active INTEGER NOT NULL DEFAULT 1 CHECK(active IN (0,1))
) STRICT, WITHOUT ROWID;

CREATE TABLE account(
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE CHECK(length(code) IN (3,5,7,9,11,13) AND code NOT GLOB '*[^0-9]*'),
    name TEXT NOT NULL CHECK(name <> ''),
    category TEXT NOT NULL,
    side TEXT NOT NULL CHECK(side IN ('debit','credit','both')),
    auxiliaries TEXT NOT NULL DEFAULT '',
    unit TEXT NOT NULL DEFAULT '',
    disabled INTEGER NOT NULL DEFAULT 0 CHECK(disabled IN (0,1)),
    pinyin TEXT NOT NULL DEFAULT '',
    official INTEGER NOT NULL DEFAULT 0 CHECK(official IN (0,1))
) STRICT;

CREATE TABLE item(
    id INTEGER PRIMARY KEY,
    category TEXT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL CHECK(name <> ''),
    note TEXT NOT NULL DEFAULT '',
    disabled INTEGER NOT NULL DEFAULT 0 CHECK(disabled IN (0,1)),
    pinyin TEXT NOT NULL DEFAULT '',
    UNIQUE(category, code), UNIQUE(category, name)
) STRICT;

-- A combination of items a line is kept by; combination 0 is "none".
CREATE TABLE combination(
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE combination_item(
    combination_id INTEGER NOT NULL REFERENCES combination(id),
    item_id INTEGER NOT NULL REFERENCES item(id),
    PRIMARY KEY(combination_id, item_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX combination_by_item ON combination_item(item_id);
INSERT INTO combination(id, key) VALUES(0, '');

CREATE TABLE opening(
    account_id INTEGER NOT NULL REFERENCES account(id),
    combination_id INTEGER NOT NULL REFERENCES combination(id),
    balance_fen INTEGER NOT NULL DEFAULT 0,
    year_debit_fen INTEGER NOT NULL DEFAULT 0,
    year_credit_fen INTEGER NOT NULL DEFAULT 0,
    quantity INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(account_id, combination_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE draft(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    month TEXT NOT NULL, day TEXT NOT NULL,
    word TEXT NOT NULL, position INTEGER NOT NULL,
    attachments INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL CHECK(state IN ('draft','reviewed')),
    kind TEXT NOT NULL CHECK(kind IN ('normal','carry','year_end')),
    maker TEXT NOT NULL, reviewer TEXT NOT NULL DEFAULT '', cashier TEXT NOT NULL DEFAULT '',
    reverses INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX draft_by_month ON draft(month, word, position);
CREATE UNIQUE INDEX draft_reversal ON draft(reverses) WHERE reverses <> 0;

CREATE TABLE draft_line(
    draft_id INTEGER NOT NULL REFERENCES draft(id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    summary TEXT NOT NULL, account TEXT NOT NULL, items TEXT NOT NULL,
    debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL, quantity INTEGER NOT NULL,
    PRIMARY KEY(draft_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE template(
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, lines TEXT NOT NULL
) STRICT;

CREATE TABLE voucher(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    uid TEXT NOT NULL UNIQUE,
    month TEXT NOT NULL CHECK(month = substr(day, 1, 7)),
    day TEXT NOT NULL CHECK(day = date(day)),
    word TEXT NOT NULL, number INTEGER NOT NULL CHECK(number > 0),
    attachments INTEGER NOT NULL CHECK(attachments >= 0),
    kind TEXT NOT NULL CHECK(kind IN ('normal','carry','year_end')),
    maker TEXT NOT NULL, reviewer TEXT NOT NULL, cashier TEXT NOT NULL, poster TEXT NOT NULL,
    reverses INTEGER NOT NULL DEFAULT 0,
    source TEXT NOT NULL DEFAULT '',
    line_count INTEGER NOT NULL CHECK(line_count >= 2),
    total_fen INTEGER NOT NULL,
    UNIQUE(month, word, number)
) STRICT;
CREATE UNIQUE INDEX voucher_reversal ON voucher(reverses) WHERE reverses <> 0;

CREATE TABLE voucher_line(
    voucher_id INTEGER NOT NULL REFERENCES voucher(id),
    position INTEGER NOT NULL,
    month TEXT NOT NULL,
    carried INTEGER NOT NULL CHECK(carried IN (0,1)),
    account_id INTEGER NOT NULL REFERENCES account(id),
    combination_id INTEGER NOT NULL REFERENCES combination(id),
    debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL,
    quantity INTEGER NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY(voucher_id, position),
    CHECK((debit_fen = 0) <> (credit_fen = 0)),
    CHECK(abs(debit_fen) < 10000000000000 AND abs(credit_fen) < 10000000000000)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_by_month ON voucher_line(
    month, account_id, combination_id, carried, debit_fen, credit_fen, quantity);
CREATE INDEX line_by_account ON voucher_line(account_id, month);

CREATE TABLE period(
    month TEXT PRIMARY KEY,
    closed INTEGER NOT NULL CHECK(closed IN (0,1)),
    closed_at TEXT NOT NULL DEFAULT '', closed_by TEXT NOT NULL DEFAULT '',
    reopened INTEGER NOT NULL DEFAULT 0,
    handed_over INTEGER NOT NULL DEFAULT 0 CHECK(handed_over IN (0,1)),
    changed_after_hand_over INTEGER NOT NULL DEFAULT 0 CHECK(changed_after_hand_over IN (0,1)),
    log_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The balances of closed months: facts, because nothing can be booked there any more.
CREATE TABLE closed_balance(
    month TEXT NOT NULL REFERENCES period(month),
    account_id INTEGER NOT NULL REFERENCES account(id),
    combination_id INTEGER NOT NULL REFERENCES combination(id),
    opening_fen INTEGER NOT NULL,
    debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL,
    carried_debit_fen INTEGER NOT NULL, carried_credit_fen INTEGER NOT NULL,
    opening_quantity INTEGER NOT NULL, in_quantity INTEGER NOT NULL, out_quantity INTEGER NOT NULL,
    PRIMARY KEY(month, account_id, combination_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE log(
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    previous TEXT NOT NULL, hash TEXT NOT NULL
) STRICT;
"""

TRIGGERS = """
CREATE TRIGGER voucher_no_update BEFORE UPDATE ON voucher
BEGIN SELECT RAISE(ABORT, '已记账的凭证不能修改，请用红字冲销'); END;
CREATE TRIGGER voucher_no_delete BEFORE DELETE ON voucher
BEGIN SELECT RAISE(ABORT, '已记账的凭证不能删除，请用红字冲销'); END;
CREATE TRIGGER voucher_next_number BEFORE INSERT ON voucher
WHEN NEW.number <> 1 + coalesce((SELECT max(number) FROM voucher WHERE month = NEW.month AND word = NEW.word), 0)
BEGIN SELECT RAISE(ABORT, '凭证号必须连续'); END;
CREATE TRIGGER voucher_open_month BEFORE INSERT ON voucher
WHEN EXISTS(SELECT 1 FROM period WHERE month >= NEW.month AND closed = 1)
BEGIN SELECT RAISE(ABORT, '该月已经结账，不能再记账'); END;
CREATE TRIGGER line_no_update BEFORE UPDATE ON voucher_line
BEGIN SELECT RAISE(ABORT, '已记账的分录不能修改，请用红字冲销'); END;
CREATE TRIGGER line_no_delete BEFORE DELETE ON voucher_line
BEGIN SELECT RAISE(ABORT, '已记账的分录不能删除，请用红字冲销'); END;
CREATE TRIGGER line_no_addition BEFORE INSERT ON voucher_line
WHEN NOT EXISTS(
    SELECT 1 FROM voucher WHERE id = NEW.voucher_id AND line_count >= NEW.position AND month = NEW.month)
BEGIN SELECT RAISE(ABORT, '已记账的凭证不能添加分录'); END;
CREATE TRIGGER log_no_update BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, '操作日志不能修改'); END;
CREATE TRIGGER log_no_delete BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, '操作日志不能删除'); END;
CREATE TRIGGER log_in_sequence BEFORE INSERT ON log
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM log), 0)
BEGIN SELECT RAISE(ABORT, '操作日志必须连续'); END;
CREATE TRIGGER closed_balance_no_update BEFORE UPDATE ON closed_balance
BEGIN SELECT RAISE(ABORT, '已结账月份的余额不能修改'); END;
CREATE TRIGGER closed_balance_no_delete BEFORE DELETE ON closed_balance
WHEN (SELECT closed FROM period WHERE month = OLD.month) = 1
BEGIN SELECT RAISE(ABORT, '已结账月份的余额不能删除'); END;
CREATE TRIGGER closed_balance_no_addition BEFORE INSERT ON closed_balance
WHEN (SELECT closed FROM period WHERE month = NEW.month) = 1
BEGIN SELECT RAISE(ABORT, '已结账月份的余额不能添加'); END;
CREATE TRIGGER period_no_delete BEFORE DELETE ON period
BEGIN SELECT RAISE(ABORT, '会计期间不能删除'); END;
CREATE TRIGGER opening_no_update BEFORE UPDATE ON opening
WHEN EXISTS(SELECT 1 FROM voucher)
BEGIN SELECT RAISE(ABORT, '已经记账，期初余额不能修改'); END;
CREATE TRIGGER opening_no_delete BEFORE DELETE ON opening
WHEN EXISTS(SELECT 1 FROM voucher)
BEGIN SELECT RAISE(ABORT, '已经记账，期初余额不能删除'); END;
CREATE TRIGGER opening_no_addition BEFORE INSERT ON opening
WHEN EXISTS(SELECT 1 FROM voucher)
BEGIN SELECT RAISE(ABORT, '已经记账，期初余额不能添加'); END;
CREATE TRIGGER account_code_fixed BEFORE UPDATE OF id, code ON account
BEGIN SELECT RAISE(ABORT, '科目编码不能修改'); END;
CREATE TRIGGER item_code_fixed BEFORE UPDATE OF id, category, code ON item
BEGIN SELECT RAISE(ABORT, '辅助核算编码不能修改'); END;
CREATE TRIGGER combination_no_update BEFORE UPDATE ON combination
BEGIN SELECT RAISE(ABORT, '辅助核算组合不能修改'); END;
CREATE TRIGGER combination_no_delete BEFORE DELETE ON combination
BEGIN SELECT RAISE(ABORT, '辅助核算组合不能删除'); END;
CREATE TRIGGER combination_item_no_update BEFORE UPDATE ON combination_item
BEGIN SELECT RAISE(ABORT, '辅助核算组合不能修改'); END;
CREATE TRIGGER combination_item_no_delete BEFORE DELETE ON combination_item
BEGIN SELECT RAISE(ABORT, '辅助核算组合不能删除'); END;
"""
