"""Photos and scans as evidence (佐证材料) of decisions, requests, projects and notices.

Files are copied into the folder beside the book under their SHA-256; backups take them along, `verify` reads them.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .. import clock
from ..domain.contract import Attachment
from ..domain.errors import BadInput, NotAllowed
from ..storage.decisions import load_decisions
from ..storage.evidence import Evidence as Evidence
from ..storage.evidence import delete_evidence, insert_evidence, load_evidence
from ..storage.log import LogEntry
from ..storage.requests import is_submitted
from .attachment_folder import attachment_place, attachment_state, keep_file
from .book import Book

DECISION, NOTICE, REQUEST, PROJECT = "decision", "notice", "request", "project"
DISCLOSURE = "disclosure"
OWNERS = {DECISION: "决策", NOTICE: "公告", REQUEST: "用款申请", PROJECT: "工程项目", DISCLOSURE: "公开榜"}
"""What evidence can belong to, by `owner_kind`."""
_ACTS = {DECISION: "decision", NOTICE: "decision", REQUEST: "request", PROJECT: "project", DISCLOSURE: "notice"}
"""The act of `duties.DUTIES` that adding evidence is a part of."""


def evidence(book: Book, owner_kind: str, owner_uid: str) -> tuple[Evidence, ...]:
    """The files of an owner, oldest first."""
    return load_evidence(book.connection, owner_kind, owner_uid)


def attach(book: Book, owner_kind: str, owner_uid: str, source: Path, note: str = "", label: str = "") -> Evidence:
    """Copy a file to the book's attachments and note it with its owner, which `label` names in the log."""
    act = _ACTS[owner_kind]
    book.authorise(act)
    row = Evidence(owner_kind, owner_uid, keep_file(book.path, source, clock.now()), note.strip())
    with book.write(act) as transaction:
        known = load_evidence(transaction.connection, owner_kind, owner_uid)
        if any(one.file.sha256 == row.file.sha256 for one in known):
            raise BadInput(f"{OWNERS[owner_kind]}{label} 已经有内容相同的附件")
        insert_evidence(transaction.connection, row)
        transaction.record("evidence", f"{OWNERS[owner_kind]} {label} {row.file.name}", evidence_detail(row))
    return row


def detach(book: Book, owner_kind: str, owner_uid: str, sha256: str, label: str = "") -> None:
    """Take a file off its owner; it stays in the folder, since the log names it. Refused once a decision is final."""
    with book.write(_ACTS[owner_kind]) as transaction:
        connection = transaction.connection
        if all(one.file.sha256 != sha256 for one in load_evidence(connection, owner_kind, owner_uid)):
            raise BadInput("这个附件已经去掉了，请刷新")
        if owner_kind == REQUEST and is_submitted(connection, owner_uid):
            raise NotAllowed("用款申请提交以后，附件不能去掉")
        final = owner_kind == DECISION and load_decisions(connection, "d.uid = ? AND d.state <> '起草'", (owner_uid,))
        if final or owner_kind in {NOTICE, DISCLOSURE}:
            raise NotAllowed("决策定稿以后，附件和张贴的照片只能添加，不能去掉")
        delete_evidence(connection, owner_kind, owner_uid, sha256)
        detail = {"owner": f"{owner_kind}:{owner_uid}", "sha256": sha256}
        transaction.record("evidence-delete", f"{OWNERS[owner_kind]} {label}", detail)


def place_of(book: Book, file: Attachment) -> Path:
    """Where a file lies."""
    return attachment_place(book.path, file)


def state(book: Book, file: Attachment) -> str:
    """完好, 找不到 or 内容被改动."""
    return attachment_state(book.path, file)


def evidence_detail(row: Evidence) -> dict[str, Any]:
    """What the log keeps of a file."""
    return {
        "owner": f"{row.owner_kind}:{row.owner_uid}",
        "sha256": row.file.sha256,
        "name": row.file.name,
        "size": row.file.size,
        "note": row.note,
    }


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """Files noted outside the program, taken off, or changed in the folder."""
    said: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in log:
        if entry.action == "evidence":
            said[entry.detail["owner"], entry.detail["sha256"]] = entry.detail
        elif entry.action == "evidence-delete":
            said.pop((entry.detail["owner"], entry.detail["sha256"]), None)
    for row in load_evidence(book.connection):
        told = evidence_detail(row)
        what = f"{OWNERS.get(row.owner_kind, row.owner_kind)}附件“{row.file.name}”"
        logged = said.pop((told["owner"], told["sha256"]), None)
        if logged is None:
            yield f"{what}在日志里没有登记，是从外部塞进来的"
        elif logged != told:
            yield f"{what}的登记被改动过"
        if attachment_state(book.path, row.file) == "内容被改动":
            yield f"{what}内容被改动过"
    for (owner, _digest), detail in said.items():
        yield f"{OWNERS.get(owner.partition(':')[0], '')}附件“{detail['name']}”的登记被删掉了（日志里有它）"
