"""报送情况表, 疑点汇总表, 审核意见汇总表: how the work of the desk stands.

handed-over: village, name, a column for each month of the year (`m01` …), handed, passed, late. doubt-sum: rule, title,
severity, villages, total, a column for each status, amount. doubt-villages: village, name, total, a column for each
status, amount. comment-sum: village, name, reviews, passed, returned, comments, serious, waiting, answered, settled,
withdrawn, overdue.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from village_ledger.domain.desk import STATUSES, Doubt, MonthState
from village_ledger.domain.period import Period
from village_ledger.domain.review import PASSING
from village_ledger.reports.model import Column, Report, Row, Value

from .figures import VILLAGE, VILLAGE_CODE, Gathered, sum_report, with_total

States = Mapping[tuple[str, Period], MonthState]
Titles = Mapping[str, tuple[str, str]]
"""A rule's name and severity by its id."""
_STATUS_KEYS = ("open", "true", "dismissed", "mended")
_STATUS_COLUMNS = tuple(
    Column(key, status, "integer", 9, summed=True) for key, status in zip(_STATUS_KEYS, STATUSES, strict=True)
)
_AMOUNT = Column("amount", "涉及金额", "money", 16, summed=True)


class Remark(NamedTuple):
    """A reviewer's comment as it is counted: `state` is where it stands (待答复, 已答复, 已整改 …)."""

    village: str
    severity: str
    state: str
    deadline: date | None


def build_handed_over(gathered: Gathered, states: States) -> Report:
    """The months of the year by village, up to the month asked for."""
    months = tuple(gathered.period.january.through(gathered.period))
    columns = (
        *(VILLAGE_CODE, VILLAGE),
        *(Column(f"m{month.month:02d}", f"{month.month}月", "text", 7) for month in months),
        Column("handed", "已报月数", "integer", 8, summed=True),
        Column("passed", "通过月数", "integer", 8, summed=True),
        Column("late", "逾期月数", "integer", 8, summed=True),
    )
    rows = []
    for one in gathered.villages:
        told = tuple(states.get((one.code, month), "") for month in months)
        handed = sum(state not in {"", "未报", "逾期"} for state in told)
        rows.append(Row((one.code, one.name, *told, handed, told.count("通过"), told.count("逾期"))))
    made = sum_report(gathered, "handed-over", "报送情况表", columns, with_total(columns, rows, at=1))
    return _of_all(made, gathered)._replace(
        as_of=f"{gathered.period.year}年1—{gathered.period.month}月", blank_zero=False
    )


def build_doubts(gathered: Gathered, doubts: Iterable[Doubt], titles: Titles) -> Report:
    """疑点汇总表: by rule."""
    columns = (
        Column("rule", "规则编号", "code", 16, shown=False),
        Column("title", "疑点", "text", 30),
        Column("severity", "轻重", "text", 6),
        Column("villages", "涉及村数", "integer", 8),
        Column("total", "疑点数", "integer", 8, summed=True),
        *_STATUS_COLUMNS,
        _AMOUNT,
    )
    found = _split(doubts, lambda one: one.rule)
    rows = []
    for rule, members in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        title, severity = titles.get(rule, (rule, ""))
        villages = len({one.village for one in members})
        rows.append(Row((rule, title, severity, villages, len(members), *_statuses(members))))
    made = sum_report(gathered, "doubt-sum", "疑点汇总表", columns, with_total(columns, rows, at=1))
    return _of_all(made, gathered)


def build_doubts_by_village(gathered: Gathered, doubts: Iterable[Doubt], titles: Titles) -> Report:
    """疑点汇总表（分村）: by village, those of grave rules told apart."""
    columns = (
        *(VILLAGE_CODE, VILLAGE),
        Column("total", "疑点数", "integer", 8, summed=True),
        Column("grave", "其中轻重为高", "integer", 9, summed=True),
        *_STATUS_COLUMNS,
        _AMOUNT,
    )
    found = _split(doubts, lambda one: one.village)
    rows = []
    for one in gathered.villages:
        members = found.get(one.code, [])
        grave = sum(titles.get(doubt.rule, ("", ""))[1] == "高" for doubt in members)
        rows.append(Row((one.code, one.name, len(members), grave, *_statuses(members))))
    made = sum_report(gathered, "doubt-villages", "疑点汇总表（分村）", columns, with_total(columns, rows, at=1))
    return _of_all(made, gathered)


def _of_all(made: Report, gathered: Gathered) -> Report:
    """What the desk knows of every village stands here, whether or not it handed the month over."""
    return made._replace(notes=(f"共 {len(gathered.villages)} 个村，包括还没有报送{gathered.period.label}的村",))


def _split(doubts: Iterable[Doubt], by: Callable[[Doubt], str]) -> dict[str, list[Doubt]]:
    found: dict[str, list[Doubt]] = {}
    for one in doubts:
        found.setdefault(by(one), []).append(one)
    return found


def _statuses(members: list[Doubt]) -> tuple[int, ...]:
    counts = Counter(one.status for one in members)
    return (*(counts[status] for status in STATUSES), sum(one.amount_fen for one in members))


def build_comments(
    gathered: Gathered, remarks: Iterable[Remark], opinions: Mapping[str, tuple[str, ...]], today: date
) -> Report:
    """审核意见汇总表: reviews sent back and what became of the comments, by village."""
    columns = (
        *(VILLAGE_CODE, VILLAGE),
        Column("reviews", "次数", "integer", 8, "审核", summed=True),
        Column("passed", "通过", "integer", 8, "审核", summed=True),
        Column("returned", "退回、移交", "integer", 8, "审核", summed=True),
        Column("comments", "件数", "integer", 8, "意见", summed=True),
        Column("serious", "其中严重", "integer", 8, "意见", summed=True),
        Column("waiting", "待答复", "integer", 8, "意见", summed=True),
        Column("answered", "已答复", "integer", 8, "意见", summed=True),
        Column("settled", "已整改", "integer", 8, "意见", summed=True),
        Column("withdrawn", "已排除", "integer", 8, "意见", summed=True),
        Column("overdue", "过期未结", "integer", 8, "意见", summed=True),
    )
    by_village: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_village.setdefault(remark.village, []).append(remark)
    rows = []
    for one in gathered.villages:
        said = [remark for remark in by_village.get(one.code, ()) if remark.state != "已撤回"]
        given = opinions.get(one.code, ())
        passed = sum(opinion in PASSING for opinion in given)
        states = Counter(remark.state for remark in said)
        late = sum(_is_late(remark, today) for remark in said)
        cells: tuple[Value, ...] = (
            *(len(given), passed, len(given) - passed, len(said)),
            *(sum(remark.severity == "严重" for remark in said), states["待答复"] + states["重新整改"]),
            *(states["已答复"], states["已整改"], states["已排除"], late),
        )
        rows.append(Row((one.code, one.name, *cells)))
    made = sum_report(gathered, "comment-sum", "审核意见汇总表", columns, with_total(columns, rows, at=1))
    return _of_all(made, gathered)


def _is_late(remark: Remark, today: date) -> bool:
    done = remark.state in {"已整改", "已排除"}
    return not done and remark.deadline is not None and remark.deadline < today
