"""The tables of decisions, their steps, notices and files, and the versions of the rules they follow.

A decision may be edited while it is drafted; once it is final only its withdrawal may be noted. Notices, files and
versions of rules only ever grow. What a decision has moved is never stored: it is folded from what draws on it.
"""

import sqlite3

from .script import run_script

TABLES = """
CREATE TABLE decision(
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    number TEXT NOT NULL UNIQUE CHECK(number <> ''),
    title TEXT NOT NULL, matter TEXT NOT NULL, procedure TEXT NOT NULL,
    side TEXT NOT NULL CHECK(side IN ('集体经济组织','村民委员会')),
    day TEXT NOT NULL CHECK(day = date(day)),
    cap_fen INTEGER NOT NULL CHECK(cap_fen >= 0),
    text TEXT NOT NULL,
    state TEXT NOT NULL CHECK(state IN ('起草','定稿','作废')),
    replaces TEXT NOT NULL, rules TEXT NOT NULL, motion TEXT NOT NULL, opinion TEXT NOT NULL, note TEXT NOT NULL,
    void_reason TEXT NOT NULL,
    CHECK((state = '作废') = (void_reason <> ''))
) STRICT;
CREATE INDEX decision_by_replaced ON decision(replaces) WHERE replaces <> '';

CREATE TABLE decision_step(
    decision_id INTEGER NOT NULL REFERENCES decision(id),
    position INTEGER NOT NULL CHECK(position >= 0),
    key TEXT NOT NULL CHECK(key <> ''), body TEXT NOT NULL CHECK(body <> ''),
    day TEXT NOT NULL CHECK(day = date(day)),
    place TEXT NOT NULL, host TEXT NOT NULL, recorder TEXT NOT NULL,
    eligible INTEGER NOT NULL CHECK(eligible >= 0), present INTEGER NOT NULL CHECK(present >= 0),
    online INTEGER NOT NULL CHECK(online >= 0), proxy INTEGER NOT NULL CHECK(proxy >= 0),
    yes INTEGER NOT NULL CHECK(yes >= 0), no INTEGER NOT NULL CHECK(no >= 0),
    abstain INTEGER NOT NULL CHECK(abstain >= 0),
    attendees TEXT NOT NULL, text TEXT NOT NULL, told TEXT NOT NULL,
    documents TEXT NOT NULL, told_of TEXT NOT NULL, way TEXT NOT NULL, guests TEXT NOT NULL,
    merged INTEGER NOT NULL CHECK(merged IN (0,1)),
    PRIMARY KEY(decision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision_notice(
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE CHECK(uid <> ''),
    decision_id INTEGER NOT NULL REFERENCES decision(id),
    kind TEXT NOT NULL CHECK(kind IN ('会前公告','决议公开','结果公开')),
    start TEXT NOT NULL CHECK("start" = date("start")),
    end TEXT NOT NULL CHECK("end" = date("end") AND "end" >= "start"),
    place TEXT NOT NULL, struck TEXT NOT NULL
) STRICT;
CREATE INDEX decision_notice_by_decision ON decision_notice(decision_id);

-- Photos and scans of decisions, notices, requests and projects; they lie beside the book under their SHA-256.
CREATE TABLE evidence(
    owner_kind TEXT NOT NULL CHECK(owner_kind <> ''),
    owner_uid TEXT NOT NULL CHECK(owner_uid <> ''),
    sha256 TEXT NOT NULL CHECK(length(sha256) = 64),
    name TEXT NOT NULL CHECK(name <> ''), size INTEGER NOT NULL CHECK(size >= 0),
    added TEXT NOT NULL, note TEXT NOT NULL,
    PRIMARY KEY(owner_kind, owner_uid, sha256)
) STRICT, WITHOUT ROWID;

-- The book's own rules by topic (governance, tiers, ...), each version in force from its day on.
CREATE TABLE rule_version(
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL CHECK(topic <> ''),
    valid_from TEXT NOT NULL CHECK(valid_from = date(valid_from)),
    content TEXT NOT NULL,
    made_by TEXT NOT NULL, made_at TEXT NOT NULL
) STRICT;
CREATE INDEX rule_version_by_topic ON rule_version(topic, valid_from);
"""

TRIGGERS = """
CREATE TRIGGER decision_no_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, '决策不能删除，请作废'); END;
CREATE TRIGGER decision_final BEFORE UPDATE ON decision WHEN OLD.state <> '起草' AND NOT (
    OLD.state = '定稿' AND NEW.state = '作废' AND NEW.id = OLD.id AND NEW.uid = OLD.uid AND NEW.number = OLD.number
    AND NEW.title = OLD.title AND NEW.matter = OLD.matter AND NEW.procedure = OLD.procedure AND NEW.side = OLD.side
    AND NEW.day = OLD.day AND NEW.cap_fen = OLD.cap_fen AND NEW.text = OLD.text AND NEW.replaces = OLD.replaces
    AND NEW.rules = OLD.rules AND NEW.motion = OLD.motion AND NEW.opinion = OLD.opinion AND NEW.note = OLD.note)
BEGIN SELECT RAISE(ABORT, '决策已经定稿，不能修改，请另作决策代替它'); END;
CREATE TRIGGER decision_uid_fixed BEFORE UPDATE OF id, uid ON decision WHEN NEW.id <> OLD.id OR NEW.uid <> OLD.uid
BEGIN SELECT RAISE(ABORT, '决策的标识不能修改'); END;
CREATE TRIGGER decision_step_no_insert BEFORE INSERT ON decision_step
WHEN (SELECT state FROM decision WHERE id = NEW.decision_id) <> '起草'
BEGIN SELECT RAISE(ABORT, '决策已经定稿，不能添加会议'); END;
CREATE TRIGGER decision_step_no_update BEFORE UPDATE ON decision_step
WHEN (SELECT state FROM decision WHERE id = OLD.decision_id) <> '起草'
    OR (SELECT state FROM decision WHERE id = NEW.decision_id) <> '起草'
BEGIN SELECT RAISE(ABORT, '决策已经定稿，不能修改会议'); END;
CREATE TRIGGER decision_step_no_delete BEFORE DELETE ON decision_step
WHEN (SELECT state FROM decision WHERE id = OLD.decision_id) <> '起草'
BEGIN SELECT RAISE(ABORT, '决策已经定稿，不能删除会议'); END;
CREATE TRIGGER decision_notice_fixed BEFORE UPDATE ON decision_notice
WHEN OLD.struck <> '' OR NEW.struck = '' OR NEW.id <> OLD.id OR NEW.uid <> OLD.uid OR NEW.kind <> OLD.kind
    OR NEW.decision_id <> OLD.decision_id OR NEW.start <> OLD.start OR NEW.end <> OLD.end OR NEW.place <> OLD.place
BEGIN SELECT RAISE(ABORT, '公告记录不能修改，请划去后重新登记'); END;
CREATE TRIGGER decision_notice_no_delete BEFORE DELETE ON decision_notice
BEGIN SELECT RAISE(ABORT, '公告记录不能删除，请划去'); END;
CREATE TRIGGER evidence_no_update BEFORE UPDATE ON evidence
BEGIN SELECT RAISE(ABORT, '附件记录不能修改'); END;
CREATE TRIGGER evidence_of_final_decision BEFORE DELETE ON evidence
WHEN OLD.owner_kind = 'notice' OR OLD.owner_kind = 'decision'
    AND (SELECT state FROM decision WHERE uid = OLD.owner_uid) <> '起草'
BEGIN SELECT RAISE(ABORT, '决策已经定稿，附件不能去掉'); END;
CREATE TRIGGER rule_version_no_update BEFORE UPDATE ON rule_version
BEGIN SELECT RAISE(ABORT, '规则版本不能修改，请另存新版本'); END;
CREATE TRIGGER rule_version_no_delete BEFORE DELETE ON rule_version
BEGIN SELECT RAISE(ABORT, '规则版本不能删除'); END;
"""


def create(connection: sqlite3.Connection) -> None:
    """Add the tables and triggers to a book."""
    run_script(connection, TABLES + TRIGGERS)
