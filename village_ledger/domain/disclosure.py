"""The way of a disclosure notice (公开榜): made, signed by the supervisors, posted, taken down, filed; and objections.

Pure: states follow from acts that only ever grow. A correction is a new version of the same span; the earlier one then
counts as replaced. Days are calendar days.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Literal, NamedTuple

from .period import Period

ActKind = Literal["签字", "张榜", "撤榜", "归档", "作废"]
State = Literal["拟制", "已签字", "已张榜", "已撤榜", "已归档", "已作废"]
STATE_AFTER: dict[str, State] = {"张榜": "已张榜", "撤榜": "已撤榜", "归档": "已归档", "作废": "已作废"}
SUPERVISION = "村监会"
"""The role whose signature a notice needs before it is posted (农经发〔2011〕13号: 民主理财小组 checks first)."""

CHANNELS = ("当面", "电话", "书面", "其他")


class Act(NamedTuple):
    """One act on a notice: signed by somebody in a role, posted at a place, taken down, filed or withdrawn."""

    kind: ActKind
    day: date
    who: str
    role: str = ""
    place: str = ""
    note: str = ""
    uid: str = ""


class Disclosure(NamedTuple):
    """A notice that was made: what span, which version, the digest and code of what it said, and what was done to it.

    `days` is how long it has to hang, as the rule was when it was made.
    """

    uid: str
    edition: str
    start: Period
    end: Period
    version: int
    digest: str
    code: str
    days: int
    made_by: str
    made_on: date
    acts: tuple[Act, ...] = ()

    @property
    def state(self) -> State:
        """Where it stands, by its last act."""
        state: State = "拟制"
        for act in self.acts:
            if act.kind == "签字":
                state = "已签字" if state == "拟制" and act.role == SUPERVISION else state
            else:
                state = STATE_AFTER[act.kind]
        return state

    @property
    def signed(self) -> tuple[tuple[str, str, date], ...]:
        """Who signed, as (role, name, day)."""
        return tuple((act.role, act.who, act.day) for act in self.acts if act.kind == "签字")

    @property
    def posted(self) -> Act | None:
        """The act of posting, if it was posted."""
        return next((act for act in self.acts if act.kind == "张榜"), None)

    @property
    def last_day(self) -> date | None:
        """The last day it must hang."""
        return self.posted.day + timedelta(days=self.days - 1) if self.posted else None

    @property
    def hung(self) -> int | None:
        """How many days it hung, first and last counted; None while it hangs or before."""
        down = next((act.day for act in self.acts if act.kind == "撤榜"), None)
        return (down - self.posted.day).days + 1 if down and self.posted else None


class Answer(NamedTuple):
    """An answer to an objection; `closes` ends it, `voucher` is the correction it led to, if any."""

    day: date
    who: str
    text: str
    closes: bool = False
    voucher: str = ""
    uid: str = ""


class Objection(NamedTuple):
    """What a villager asked about a notice (质询): on which entry, how it was put, and the answers it got."""

    uid: str
    disclosure: str
    day: date
    villager: str
    channel: str
    about: str
    text: str
    answers: tuple[Answer, ...] = ()

    @property
    def closed(self) -> bool:
        """Whether an answer ended it."""
        return any(answer.closes for answer in self.answers)

    def due(self, days: int) -> date:
        """By when it must be answered."""
        return self.day + timedelta(days=days)


def wrong_act(notice: Disclosure, act: Act) -> str:
    """Why an act does not fit the notice as it stands, in words that say what to do; empty when it does."""
    state = notice.state
    if state in {"已归档", "已作废"}:
        return f"这张公开榜{state}，不能再办理"
    if problem := _RULES[act.kind](notice, act):
        return problem
    last = max((one.day for one in notice.acts), default=notice.made_on)
    return f"日期 {act.day} 早于上一步的 {last}" if act.day < last else ""


def _sign(notice: Disclosure, act: Act) -> str:
    if notice.state not in {"拟制", "已签字"}:
        return f"这张公开榜{notice.state}，不能再签字"
    return f"{act.who}已经签过字" if (act.role, act.who) in {one[:2] for one in notice.signed} else ""


def _post(notice: Disclosure, act: Act) -> str:
    if notice.state == "拟制":
        return "村监会还没有签字，签字以后才能张榜"
    if notice.state != "已签字":
        return f"这张公开榜{notice.state}"
    return "" if act.place.strip() else "请填写张榜地点"


def _take_down(notice: Disclosure, act: Act) -> str:
    if notice.state != "已张榜" or notice.posted is None:
        return f"这张公开榜是“{notice.state}”，还没有张榜"
    hung = (act.day - notice.posted.day).days + 1
    if hung < notice.days and not act.note.strip():
        return f"规定公开 {notice.days} 天，到 {act.day} 只有 {hung} 天；确需提前撤榜请写明原因"
    return ""


def _file(notice: Disclosure, _act: Act) -> str:
    return "" if notice.state == "已撤榜" else f"这张公开榜是“{notice.state}”，撤榜以后才能归档"


def _void(_notice: Disclosure, act: Act) -> str:
    return "" if act.note.strip() else "作废要写明原因"


_RULES: dict[str, Callable[[Disclosure, Act], str]] = {
    "签字": _sign,
    "张榜": _post,
    "撤榜": _take_down,
    "归档": _file,
    "作废": _void,
}


class Span(NamedTuple):
    """A span of months that is disclosed together, and by when."""

    edition: str
    start: Period
    end: Period
    due: date


def spans_due(first: Period, today: date, rhythm: str, due_day: int) -> tuple[Span, ...]:
    """The spans whose notice should be on the wall by today, oldest first; a quarter's is due after its last month."""
    months = 1 if rhythm == "month" else 3
    found: list[Span] = []
    month = first
    while True:
        end = month if months == 1 else Period(month.year, month.month + (-month.month) % 3)
        due = end.next.first_day + timedelta(days=due_day - 1)
        if due > today:
            return tuple(found)
        found.append(Span(rhythm, month, end, due))
        month = end.next


def overdue(first: Period, today: date, rhythm: str, due_day: int, made: Iterable[Disclosure]) -> tuple[Span, ...]:
    """The spans due by today whose notice was never posted; a special notice of one subject stands for none."""
    posted = [one for one in made if one.posted and one.state != "已作废" and one.edition != "special"]
    return tuple(
        span
        for span in spans_due(first, today, rhythm, due_day)
        if not any(one.start <= span.start and span.end <= one.end for one in posted)
    )
