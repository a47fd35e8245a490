"""`township review`: comments on a month of a village, what became of them, and the review file."""

import json
from datetime import date
from pathlib import Path

from village_ledger.domain.desk import Village
from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment, SubjectKind
from village_ledger.services.township import reviewing, sending
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.ledgers import village_voucher
from village_ledger.services.township.reviewing import Thread
from village_ledger.services.township.subjects import require_handed_over

from .arguments import Arguments, wrong_usage
from .township_desk import open_desk

_SUBJECTS: dict[str, SubjectKind] = {
    "--voucher": "凭证",
    "--contract": "合同",
    "--decision": "决策",
    "--asset": "资产",
}


def run(arguments: Arguments) -> int:
    """Do what is asked for, else list the comments."""
    period = arguments.period("PERIOD")
    wishes = [name for name in ("--comment", "--settle", "--opinion") if arguments.get(name)]
    if len(wishes) > 1:
        wrong_usage(arguments.command, f"{'、'.join(wishes)} 一次只能写一样")
    with open_desk(arguments, read_only=not wishes) as desk:
        village = desk.village(arguments.required("VILLAGE"))
        if arguments.get("--comment"):
            kept = reviewing.comment(desk, village, _comment(desk, village, period, arguments))
            print(f"已加意见 {kept.uid}：{kept.kind} {kept.label}")
        elif arguments.get("--settle"):
            state = arguments.required("--state")
            reviewing.settle(desk, village, arguments.get("--settle"), state, arguments.get("--text"))
            print(f"已处理：{state}")
        elif arguments.get("--opinion"):
            path = Path(arguments.required("--out"))
            sent = sending.send(desk, village, period, arguments.get("--opinion"), arguments.get("--text"), path)
            print(f"{sent.path}\n{sent.review.opinion}，意见 {len(sent.review.comments)} 条\n乡镇端公钥 {sent.key}")
        else:
            _list(desk, village, period, as_json="--json" in arguments.flags)
    return 0


def _comment(desk: Desk, village: Village, period: Period, arguments: Arguments) -> Comment:
    kind, subject, label = _subject(desk, village, period, arguments)
    return Comment(
        *("", period, kind, subject, label, arguments.get("--comment")),
        *(arguments.get("--category"), arguments.get("--clause"), arguments.get("--demand")),
        _day(arguments.get("--deadline")),
        arguments.get("--severity", "一般"),
    )


def _subject(desk: Desk, village: Village, period: Period, arguments: Arguments) -> tuple[SubjectKind, str, str]:
    named = [(option, arguments.get(option)) for option in _SUBJECTS if arguments.get(option)]
    if len(named) > 1:
        wrong_usage(arguments.command, "一条意见只能针对一样东西")
    if not named:
        return "账表", "", period.label
    option, value = named[0]
    if option != "--voucher":
        kind = _SUBJECTS[option]
        require_handed_over(desk, village, period, kind, value)
        return kind, value, value
    label = value if " " in value else f"{period} {value}"
    return "凭证", village_voucher(desk, village, label=label).uid, label


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadInput(f"--deadline 应是日期，例如 2025-08-31：{text}") from None


def _list(desk: Desk, village: Village, period: Period, *, as_json: bool) -> None:
    found = reviewing.threads(desk, village, period)
    if as_json:
        print(json.dumps([_told(one) for one in found], ensure_ascii=False, indent=1))
        return
    stands = reviewing.standing(desk, village, period)
    print(f"{village.name} {period.label}：{stands.state}，意见 {len(found)} 条")
    for one in found:
        told = one.comment
        deadline = f"，期限 {told.deadline}" if told.deadline else ""
        print(f"{told.uid} [{told.severity}] {told.kind} {told.label}：{told.text}（{one.state}{deadline}）")
        for answer in one.answers:
            print(f"    村里答复：{answer.text} {answer.voucher}".rstrip())
        for word in one.settlements:
            print(f"    {word.state}：{word.text}")


def _told(one: Thread) -> dict[str, object]:
    told = one.comment
    return {
        "uid": told.uid,
        "kind": told.kind,
        "subject": told.subject,
        "label": told.label,
        "text": told.text,
        "category": told.category,
        "clause": told.clause,
        "demand": told.demand,
        "deadline": told.deadline.isoformat() if told.deadline else None,
        "severity": told.severity,
        "state": one.state,
        "answers": [answer._asdict() for answer in one.answers],
        "settlements": [word._asdict() for word in one.settlements],
    }
