"""The township's desk (乡镇端): the villages it looks after, the months they handed over, their review.

`Village.code` leads every key of the store: the 12-digit division code where the village has one, else its credit code,
else its name.
"""

from datetime import date
from typing import Any, Literal, NamedTuple

from .chain import canonical_text
from .errors import BadInput
from .period import Period

MonthState = Literal["未报", "逾期", "收到", "审核中", "退回", "通过"]
"""Nothing yet; nothing and late; taken in; being read; sent back; passed."""
Status = Literal["待核", "已核属实", "已核排除", "已整改"]
STATUSES: tuple[Status, ...] = ("待核", "已核属实", "已核排除", "已整改")
"""Where a red flag stands: a doubt, looked into and true, looked into and nothing, mended."""


class Village(NamedTuple):
    """One village. `since` is the first month it handed over here, `chart` its accounts' regulation, `key` the public
    key it signs with (empty: only unsigned files so far), `first_period` the first month of its book.
    """

    code: str
    name: str
    region_code: str = ""
    credit_code: str = ""
    county: str = ""
    township: str = ""
    chart: str = "rural-2023"
    first_period: Period = Period(2025, 1)
    since: Period = Period(2025, 1)
    key: str = ""


class Received(NamedTuple):
    """One file taken in for a month of a village. Of several revisions of a month one is `current`.

    `head`, `previous`, `opening`, `closing` are those of the package's manifest; an unsigned Excel file has none.
    `file` is the name the file is kept under; `state` where the review of the month stands.
    """

    village: str
    period: Period
    revision: int
    sha256: str
    size: int
    file: str
    signed: bool
    head: str = ""
    previous: str = ""
    opening: str = ""
    closing: str = ""
    key: str = ""
    mark: str = ""
    exceptions: tuple[str, ...] = ()
    program: str = ""
    vouchers: int = 0
    state: MonthState = "收到"
    notes: tuple[str, ...] = ()
    at: str = ""
    actor: str = ""
    current: bool = True


class Difference(NamedTuple):
    """One thing in which a newly handed-over month differs from the one taken in before."""

    what: str
    before: str
    after: str


class Doubt(NamedTuple):
    """A red flag as it is kept: the hit (see `rules.model`), the month it was last found in, and where it stands."""

    village: str
    year: int
    rule: str
    key: str
    period: Period
    subject: str
    text: str
    evidence: tuple[tuple[str, str], ...]
    amount_fen: int
    vouchers: tuple[str, ...]
    status: Status = "待核"
    reason: str = ""
    by: str = ""
    at: str = ""


Figures = dict[str, int]
"""A village's month in one topic (a statement, the assets …): integer fen, counts or hundredths of a mu by line key."""


class TopicRow(NamedTuple):
    """The figures of one topic in one month of one village."""

    village: str
    period: Period
    topic: str
    figures: Figures


def village_code(region_code: str, credit_code: str, name: str) -> str:
    """The code a village is known by. Raises BadInput for one that has neither code nor name."""
    found = region_code.strip() or credit_code.strip() or name.strip()
    if not found:
        raise BadInput("文件里没有村名，也没有区划代码，不知道是哪个村的")
    return found


def due_day(period: Period, days: int) -> date:
    """The day a month should be handed over by: that many days into the next month."""
    following = period.next
    return date(following.year, following.month, min(max(days, 1), following.last_day.day))


def state_shown(received: Received | None, period: Period, today: date, days: int) -> MonthState:
    """Where a month stands on a day."""
    if received is not None:
        return received.state
    return "逾期" if today > due_day(period, days) else "未报"


def received_content(one: Received) -> dict[str, Any]:
    """What the desk's log keeps of a file taken in."""
    return {**one._asdict(), "period": str(one.period), "exceptions": list(one.exceptions), "notes": list(one.notes)}


def evidence_text(evidence: tuple[tuple[str, str], ...]) -> str:
    """Evidence as canonical JSON, for keeping."""
    return canonical_text([list(pair) for pair in evidence])
