"""What the log keeps of notices and objections, and the proof that nobody changed them behind the program's back."""

from collections.abc import Iterable, Iterator
from typing import Any

from ..domain.disclosure import Act, Answer, Disclosure, Objection
from ..reports.notices.snapshot import from_plain
from ..storage.disclosures import load_content, load_disclosures, load_objections
from ..storage.log import LogEntry, log_from
from .book import Book

_TITLES = {
    "disclosure": "公开榜记录",
    "disclosure-act": "公开榜办理记录",
    "objection": "质询记录",
    "objection-answer": "答复记录",
}


def disclosure_detail(made: Disclosure) -> dict[str, Any]:
    """What the log keeps of a notice."""
    return {
        "uid": made.uid,
        "span": [made.edition, str(made.start), str(made.end), made.version],
        "digest": made.digest,
        "code": made.code,
        "days": made.days,
        "made": [made.made_by, made.made_on.isoformat()],
    }


def act_detail(owner: str, act: Act) -> dict[str, Any]:
    """What the log keeps of an act on a notice."""
    return {**act._asdict(), "day": act.day.isoformat(), "owner": owner}


def objection_detail(asked: Objection) -> dict[str, Any]:
    """What the log keeps of an objection."""
    detail = {**asked._asdict(), "day": asked.day.isoformat()}
    del detail["answers"]
    return detail


def answer_detail(owner: str, answer: Answer) -> dict[str, Any]:
    """What the log keeps of an answer."""
    return {**answer._asdict(), "day": answer.day.isoformat(), "owner": owner}


def unlogged(book: Book, made: Disclosure) -> bool:
    """Whether the log does not say of a notice, or of an act on it, what the book says."""
    said = {
        entry.detail["uid"]: entry.detail
        for entry in log_from(book.connection)
        if entry.action in {"disclosure", "disclosure-act"}
    }
    now = {made.uid: disclosure_detail(made)} | {act.uid: act_detail(made.uid, act) for act in made.acts}
    return any(said.get(uid) != detail for uid, detail in now.items())


def findings(book: Book, log: Iterable[LogEntry]) -> Iterator[str]:
    """What differs between the notices and objections in the book and what the log says of them."""
    said: dict[str, dict[str, Any]] = {kind: {} for kind in _TITLES}
    for entry in log:
        if entry.action in said:
            said[entry.action][entry.detail["uid"]] = entry.detail
    stored: dict[str, dict[str, Any]] = {kind: {} for kind in _TITLES}
    for made in load_disclosures(book.connection):
        stored["disclosure"][made.uid] = disclosure_detail(made)
        stored["disclosure-act"] |= {act.uid: act_detail(made.uid, act) for act in made.acts}
        content = load_content(book.connection, made.uid)
        if content and from_plain(content.notice).digest != made.digest:
            yield f"公开榜 {made.uid} 保存的内容和它的核对码不一样，被改动过"
    for asked in load_objections(book.connection):
        stored["objection"][asked.uid] = objection_detail(asked)
        stored["objection-answer"] |= {one.uid: answer_detail(asked.uid, one) for one in asked.answers}
    for kind, title in _TITLES.items():
        for uid in sorted(stored[kind].keys() | said[kind].keys()):
            now, then = stored[kind].get(uid), said[kind].get(uid)
            if now is None:
                yield f"{title} {uid} 被删掉了（日志里有它的登记）"
            elif then is None:
                yield f"{title} {uid} 在日志里没有登记，是从外部塞进来的"
            elif now != then:
                yield f"{title} {uid} 和登记的不一样，被改动过"
