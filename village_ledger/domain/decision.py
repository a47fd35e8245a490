"""A decision of the village (决策): its steps with the votes, its public notices, and what is wrong with it by itself.

Whether it is valid under the rules is told by `decision_rules.evaluate`. Money is integer fen.
"""

from datetime import date
from typing import NamedTuple

from .governance import NOTICES, SIDES, TOLD_OF
from .money import LIMIT_FEN
from .problems import Problem

DRAFT, FINAL, VOID = "起草", "定稿", "作废"
STATES = (DRAFT, FINAL, VOID)
MOTIONS = ("党员群众建议", "村干部提议", "上级安排")
"""Where a motion came from (动议事由 of the 四议两公开 form)."""

WAYS = ("举手表决", "无记名投票", "口头表决", "集体讨论")


class Step(NamedTuple):
    """One meeting on the way to a decision.

    `present` counts everybody who took part, those `online` and by written `proxy` among them; `attendees` are their
    names. `told` is the day the voters were told of the meeting (or given the plan), `told_of` what they were told.
    `documents` are the papers at hand. `merged`: held together with the step before (支书、主任一肩挑). `guests` are
    township officials who took part.
    """

    key: str
    body: str
    day: date
    place: str = ""
    host: str = ""
    recorder: str = ""
    eligible: int = 0
    present: int = 0
    online: int = 0
    proxy: int = 0
    yes: int = 0
    no: int = 0
    abstain: int = 0
    attendees: tuple[str, ...] = ()
    text: str = ""
    told: date | None = None
    documents: tuple[str, ...] = ()
    told_of: tuple[str, ...] = TOLD_OF
    way: str = ""
    guests: str = ""
    merged: bool = False

    @property
    def voted(self) -> bool:
        """Whether votes were counted."""
        return bool(self.yes or self.no or self.abstain)


class Notice(NamedTuple):
    """A public notice: what of, its first and last day, where. `struck` says why it does not count (划去)."""

    kind: str
    start: date
    end: date
    place: str = ""
    uid: str = ""
    struck: str = ""

    @property
    def days(self) -> int:
        """How many calendar days it was up, first and last included."""
        return (self.end - self.start).days + 1


class Failure(NamedTuple):
    """Something a decision lacks under the rules: stable code, what exactly with its figures, the article asked for.

    `doubt` says why the article's figure is not certain on the day.
    """

    code: str
    text: str
    article: str = ""
    doubt: str = ""

    def __str__(self) -> str:
        source = "；".join(part for part in (self.article, self.doubt) if part)
        return f"{self.text}（{source}）" if source else self.text


class Decision(NamedTuple):
    """A decision. `day` is that of the deciding vote, `cap_fen` the money it may move (0: none).

    `rules` names the rules it was judged by when it was made final; `replaces` the number of the decision it corrects.
    """

    number: str
    title: str
    matter: str
    procedure: str
    side: str
    day: date
    cap_fen: int = 0
    text: str = ""
    steps: tuple[Step, ...] = ()
    state: str = DRAFT
    replaces: str = ""
    rules: str = ""
    motion: str = ""
    opinion: str = ""
    note: str = ""
    void_reason: str = ""
    uid: str = ""
    id: int = 0
    version: int = 0

    def step(self, key: str) -> Step | None:
        """The step of that name."""
        return next((step for step in self.steps if step.key == key), None)

    @property
    def deciding(self) -> Step | None:
        """The last step, whose vote is the decision."""
        return self.steps[-1] if self.steps else None

    @property
    def body(self) -> str:
        """The body that decided."""
        return self.steps[-1].body if self.steps else ""

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


_TEXTS = {
    "number": ("决议文号", 60),
    "title": ("决策事项标题", 120),
    "text": ("决议内容", 5000),
    "opinion": ("监督意见", 500),
    "note": ("备注", 500),
}
_STEP_TEXTS = {
    "place": ("地点", 100),
    "host": ("主持人", 40),
    "recorder": ("记录人", 40),
    "text": ("会议内容", 8000),
    "guests": ("乡镇参会人员", 200),
}
_COUNTS = {
    "eligible": "应到人数",
    "present": "实到人数",
    "online": "线上参加人数",
    "proxy": "委托人数",
    "yes": "赞成票",
    "no": "反对票",
    "abstain": "弃权票",
}
MAX_PEOPLE = 100_000
FIRST_YEAR, LAST_YEAR = 1949, 2199


def check_decision(decision: Decision) -> tuple[Problem, ...]:
    """What keeps a decision from being kept at all: empty or wrong fields. `line` is the place of the step."""
    found = [
        Problem("too-long", f"{title}太长，最多 {limit} 个字", field=field)
        for field, (title, limit) in _TEXTS.items()
        if len(getattr(decision, field)) > limit
    ]
    found += [
        Problem("missing", f"请填{_TEXTS[field][0]}", field=field)
        for field in ("number", "title")
        if not getattr(decision, field).strip()
    ]
    if decision.number and (not decision.number.isprintable() or any(one in " ,，;；" for one in decision.number)):
        found.append(Problem("number", "决议文号不能含有空格、逗号和分号", field="number"))
    found += [
        Problem("missing", f"请选{title}", field=field)
        for field, title in (("matter", "决策事项类别"), ("procedure", "决策程序"))
        if not getattr(decision, field)
    ]
    if decision.side not in SIDES:
        found.append(Problem("choice", f"决策主体只能是：{'、'.join(SIDES)}", field="side"))
    if not 0 <= decision.cap_fen < LIMIT_FEN:
        found.append(Problem("amount", "金额上限不能是负数，也不能过大", field="cap_fen"))
    if decision.motion not in ("", *MOTIONS):
        found.append(Problem("choice", f"动议事由只能是：{'、'.join(MOTIONS)}", field="motion"))
    keys = [step.key for step in decision.steps]
    found += [Problem("step", f"“{key}”填了两次", field="steps") for key in dict.fromkeys(keys) if keys.count(key) > 1]
    for place, step in enumerate(decision.steps):
        found += [problem._replace(line=place) for problem in check_step(step)]
    return tuple(found)


def check_step(step: Step) -> tuple[Problem, ...]:
    """What is wrong with the fields of one step."""
    found = [
        Problem("too-long", f"{step.key}的{title}太长，最多 {limit} 个字", field=field)
        for field, (title, limit) in _STEP_TEXTS.items()
        if len(getattr(step, field)) > limit
    ]
    found += [
        Problem("count", f"{step.key}的{title}不能是负数，也不能过大", field=field)
        for field, title in _COUNTS.items()
        if not 0 <= getattr(step, field) <= MAX_PEOPLE
    ]
    if not all(FIRST_YEAR <= one.year <= LAST_YEAR for one in (step.day, step.told or step.day)):
        found.append(Problem("day", f"{step.key}的日期不对，年份应在 {FIRST_YEAR} 到 {LAST_YEAR} 之间", field="day"))
    if not step.body:
        found.append(Problem("missing", f"请选{step.key}的会议", field="body"))
    if step.way not in ("", *WAYS):
        found.append(Problem("choice", f"{step.key}的表决方式只能是：{'、'.join(WAYS)}", field="way"))
    return tuple(found)


def check_notice(notice: Notice) -> tuple[Problem, ...]:
    """What is wrong with the fields of a public notice."""
    found = []
    if notice.kind not in NOTICES:
        found.append(Problem("choice", f"公告类别只能是：{'、'.join(NOTICES)}", field="kind"))
    if notice.end < notice.start:
        found.append(Problem("term", f"公告的结束日期 {notice.end} 早于开始日期 {notice.start}", field="end"))
    if not notice.place.strip():
        found.append(Problem("missing", "请填公告地点", field="place"))
    return tuple(found)
