"""The tables of the township's reviews: review files as they were taken in, and the village's answers.

All of them only ever grow. A month the township has passed stays closed, whatever program writes.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE township_review(
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE CHECK(length(sha256) = 64),
    key TEXT NOT NULL CHECK(length(key) = 64),
    village TEXT NOT NULL, region_code TEXT NOT NULL,
    month TEXT NOT NULL REFERENCES period(month),
    head TEXT NOT NULL CHECK(length(head) = 64),
    package TEXT NOT NULL,
    opinion TEXT NOT NULL CHECK(opinion IN ('通过','补正后通过','退回','移交')),
    text TEXT NOT NULL, desk TEXT NOT NULL, reviewer TEXT NOT NULL, at TEXT NOT NULL,
    round INTEGER NOT NULL CHECK(round > 0),
    taken_by TEXT NOT NULL, taken_at TEXT NOT NULL,
    UNIQUE(month, round)
) STRICT;

-- The comments of each review file; of one that comes again in a later file the newest row counts.
CREATE TABLE review_comment(
    review_id INTEGER NOT NULL REFERENCES township_review(id),
    position INTEGER NOT NULL CHECK(position > 0),
    uid TEXT NOT NULL CHECK(uid <> ''),
    month TEXT NOT NULL,
    kind TEXT NOT NULL CHECK(kind IN ('凭证','合同','决策','资产','账表','其他')),
    subject TEXT NOT NULL, label TEXT NOT NULL, text TEXT NOT NULL CHECK(text <> ''),
    category TEXT NOT NULL, clause TEXT NOT NULL, demand TEXT NOT NULL,
    deadline TEXT NOT NULL CHECK(deadline = '' OR deadline = date(deadline)),
    severity TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY(review_id, position), UNIQUE(review_id, uid)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_comment_by_subject ON review_comment(kind, subject);
CREATE INDEX review_comment_by_uid ON review_comment(uid, review_id);

CREATE TABLE review_settlement(
    review_id INTEGER NOT NULL REFERENCES township_review(id),
    position INTEGER NOT NULL CHECK(position > 0),
    comment TEXT NOT NULL CHECK(comment <> ''),
    state TEXT NOT NULL CHECK(state IN ('已整改','已排除','重新整改')),
    text TEXT NOT NULL, author TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY(review_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_settlement_by_comment ON review_settlement(comment);

CREATE TABLE review_answer(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    comment TEXT NOT NULL CHECK(comment <> ''),
    text TEXT NOT NULL CHECK(text <> ''), voucher TEXT NOT NULL,
    author TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE INDEX review_answer_by_comment ON review_answer(comment);
"""

_FINAL = (
    ("township_review", "乡镇审核意见"),
    ("review_comment", "乡镇审核意见"),
    ("review_settlement", "乡镇审核意见"),
    ("review_answer", "对审核意见的答复"),
)
TRIGGERS = (
    "".join(
        f"""
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, '{title}不能修改'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
BEGIN SELECT RAISE(ABORT, '{title}不能删除'); END;
"""
        for table, title in _FINAL
    )
    + """
CREATE TRIGGER township_review_in_turn BEFORE INSERT ON township_review
WHEN NEW.round <= coalesce((SELECT max(round) FROM township_review WHERE month = NEW.month), 0)
BEGIN SELECT RAISE(ABORT, '已经接收过这个月同一轮或更新的审核意见'); END;
CREATE TRIGGER period_passed_stays_closed BEFORE UPDATE OF closed ON period
WHEN OLD.closed = 1 AND NEW.closed = 0 AND EXISTS(
    SELECT 1 FROM township_review WHERE month = OLD.month AND opinion IN ('通过','补正后通过')
    AND round = (SELECT max(round) FROM township_review WHERE month = OLD.month)
    AND head = (SELECT hash FROM log WHERE seq = OLD.log_seq))
BEGIN SELECT RAISE(ABORT, '乡镇已审核通过的月份不能反结账'); END;
"""
)
"""Every protective trigger of these tables, and the one that keeps a passed month closed."""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
