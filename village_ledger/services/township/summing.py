"""Sums over the villages of a desk (汇总): one report, or all of them as a workbook and a PDF.

A sum reads the figures by topic that were taken when the months came in, and no register or voucher.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ... import clock
from ...domain.dealings import Dealing, Kind, Link, dealings, removed
from ...domain.desk import Figures, MonthState, Received, Village, state_shown
from ...domain.errors import BadInput
from ...domain.period import Period
from ...reports.model import Report
from ...reports.township import registry
from ...reports.township.comparing import MONTHS
from ...reports.township.figures import Gathered, VillageMonth
from ...reports.township.handing_over import Remark
from ...reports.township.measures import Forms, measure, measures
from ...reports.township.registry import SumKind
from ...reports.township.statements import villages_apart
from ...reports.township.topics import (
    BALANCE_SHEET,
    DEALINGS,
    INCOME_DISTRIBUTION,
    INCOME_EXPENSE,
    MONTH,
    OPENING,
)
from ...rules.registry import BY_ID
from ...storage.desk import doubts, links, received, registers, reviews
from ..catalog import CHARTS, StatementDefinition, chart_definition, statement_definition
from ..publishing import write_report, write_sums
from .desk import Desk, Progress
from .statistics import statistics

ON_PAPER = 8
"""Villages beside each other on a sheet of paper."""
_FORMS = {BALANCE_SHEET: "balance_sheet", INCOME_DISTRIBUTION: "income_distribution", INCOME_EXPENSE: "income_expense"}


def run(
    desk: Desk, key: str, period: Period, *, villages: Iterable[str] = (), eliminate: bool = False, line: str = ""
) -> Report:
    """The sum of that name over all villages, or over those named by code or name.

    `eliminate` takes out what linked villages agree to owe and have paid each other; `line` says what is ranked or
    followed (see `lines`).
    """
    return Summing(desk, period, villages).report(key, eliminate=eliminate, line=line)


def lines(desk: Desk) -> tuple[str, ...]:
    """What `line` may be, as the desk's villages have it."""
    forms = _forms(_usual_chart(Counter(one.chart for one in desk.villages)))
    return tuple(one.title for one in measures(forms))


def book_of_sums(desk: Desk, period: Period, folder: Path, progress: Progress | None = None) -> tuple[Path, ...]:
    """Write every sum of a month with its charts into a folder: one workbook and one PDF. Returns what was written."""
    summing = Summing(desk, period)
    linked = bool(links.load_links(desk.store))
    made = []
    for done, kind in enumerate(registry.KINDS):
        if progress:
            progress(done, len(registry.KINDS), kind.title)
        made.append((kind, summing.report(kind.key, eliminate=linked and kind.eliminates)))
    sheets = tuple(report for _, report in made)
    paper = tuple(
        part for kind, report in made for part in (villages_apart(report, ON_PAPER) if kind.wide else (report,))
    )
    written = write_sums(sheets, paper, folder / f"{period} 汇总", progress)
    if not desk.read_only:
        with desk.write() as transaction:
            transaction.record("sums", f"{period} 汇总", {"villages": len(summing.villages)})
    return written


def write_sum(desk: Desk, report: Report, path: Path, kind: str, progress: Progress | None = None) -> Path:
    """Write one sum as text, json, csv, xlsx or pdf, and log it."""
    write_report(report, path, kind, progress)
    if not desk.read_only:
        with desk.write() as transaction:
            transaction.record("export", f"{report.title} {report.as_of}", {"report": report.key, "kind": kind})
    return path


class Summing:
    """A month's sums over the same villages; what was read for one serves the next."""

    def __init__(self, desk: Desk, period: Period, villages: Iterable[str] = ()) -> None:
        self._desk = desk
        self.period = period
        self.villages = _villages(desk, villages)
        self._today = clock.today()
        self._due = desk.settings.due_days
        self._read: dict[tuple[str, Period], dict[str, Figures]] = {}
        self._current = {
            (one.village, one.period): one for one in received.all_current(desk.store, period.january, period)
        }
        self.chart = _usual_chart(Counter(one.chart for one in self.villages if (one.code, period) in self._current))
        self._months = tuple(self._village_month(one) for one in self.villages)

    def report(self, key: str, *, eliminate: bool = False, line: str = "") -> Report:
        """One sum."""
        kind = registry.kind(key)
        if line and not kind.line:
            raise BadInput(f"{kind.title}不分项目，不要写项目")
        if eliminate and not kind.eliminates:
            raise BadInput(f"{kind.title}不能抵销内部往来，只有资产负债、收益分配、收支三张汇总表可以")
        topics = kind.topics
        if kind.line and (line or not topics):
            topics = (measure(_forms(self.chart), line).topic,)
        gathered = self.gather(topics, self._wanted(kind, line))
        if eliminate:
            gathered = gathered._replace(removed=self._removed())
        return registry.builder(key)(gathered, *self._besides(kind, line))

    def gather(self, topics: Iterable[str], months: Sequence[Period]) -> Gathered:
        """What a builder needs of some topics and months."""
        wanted = tuple(topics)
        missing = [(topic, month) for topic in wanted for month in months if (topic, month) not in self._read]
        if missing:
            unread = sorted({topic for topic, _ in missing})
            first, last = min(month for _, month in missing), max(month for _, month in missing)
            for topic in unread:
                for month in first.through(last):
                    self._read[topic, month] = {}
            for row in registers.load_topics(self._desk.store, unread, first, last):
                self._read[row.topic, row.period][row.village] = row.figures
        codes = {one.code for one in self.villages}
        topics_read = {
            (topic, month): {code: figures for code, figures in self._read[topic, month].items() if code in codes}
            for topic in wanted
            for month in months
        }
        name = self._desk.settings.name
        head = f"日志链头 sha256:{self._desk.log_head}"
        return Gathered(name, self.period, self._months, topics_read, self.chart, footer=head)

    def _wanted(self, kind: SumKind, line: str) -> tuple[Period, ...]:
        match kind.months:
            case "year-before":
                return (self.period.plus(-12), self.period)
            case "year":
                return tuple(self.period.january.through(self.period))
            case "twelve-months":
                return tuple(self.period.plus(-24 if line else 1 - MONTHS).through(self.period))
        return (self.period,)

    def _village_month(self, one: Village) -> VillageMonth:
        stands = self._current.get((one.code, self.period))
        return VillageMonth(
            one.code, one.name, one.chart, self._state(stands, self.period), stands.signed if stands else True
        )

    def _state(self, stands: Received | None, month: Period) -> MonthState:
        return state_shown(stands, month, self._today, self._due)

    def _besides(self, kind: SumKind, line: str) -> tuple[Any, ...]:
        match kind.needs:
            case "statement":
                return (getattr(statement_definition(self.chart), kind.statement),)
            case "forms":
                return (_forms(self.chart), line)
            case "names":
                return ({one.code: one.name for one in chart_definition(self.chart).accounts},)
            case "states":
                return (dict(self._states()),)
            case "doubts":
                return (self._doubts(), {rule.id: (rule.title, rule.severity) for rule in BY_ID.values()})
            case "comments":
                return (self._remarks(), self._opinions(), self._today)
            case "dealings":
                return (self._dealings(),)
            case "statistics":
                told = statistics()
                return (told.income, told.counts) if kind.key == told.income.key else (told.balance,)
        return ()

    def _states(self) -> Iterator[tuple[tuple[str, Period], MonthState]]:
        """Where each month of the year stands; none before the first one a village handed over here."""
        for one in self.villages:
            for month in self.period.january.through(self.period):
                stands = self._current.get((one.code, month))
                if stands or month >= one.since:
                    yield (one.code, month), self._state(stands, month)

    def _doubts(self) -> tuple[Any, ...]:
        codes = {one.code for one in self.villages}
        found = doubts.load_doubts(self._desk.store, year=self.period.year)
        return tuple(one for one in found if one.village in codes and one.period <= self.period)

    def _remarks(self) -> tuple[Remark, ...]:
        """Comments on months of the year so far."""
        codes = {one.code for one in self.villages}
        return tuple(
            Remark(one.village, one.comment.severity, one.state, one.comment.deadline)
            for one in reviews.threads(self._desk.store)
            if one.village in codes and self.period.january <= one.comment.period <= self.period
        )

    def _opinions(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for one in reviews.all_reviews(self._desk.store, self.period.january, self.period):
            found[one.village] = (*found.get(one.village, ()), one.opinion)
        return found

    def _linked(self) -> tuple[tuple[Link, ...], dict[str, Figures]]:
        gathered = self.gather((DEALINGS,), (self.period,))
        codes = {one.code for one in self.villages if one.chart == self.chart}
        found = tuple(one for one in links.load_links(self._desk.store) if one.village in codes and one.other in codes)
        handed = {one.code: gathered.figures(DEALINGS, one.code) for one in gathered.of_chart}
        return found, handed

    def _dealings(self) -> tuple[Dealing, ...]:
        linked, figures = self._linked()
        forms = statement_definition(self.chart)
        return (
            *dealings("应收应付", forms.balance_sheet, linked, figures),
            *dealings("收入支出", forms.income_expense, linked, figures),
        )

    def _removed(self) -> dict[str, Figures]:
        linked, figures = self._linked()
        definition = statement_definition(self.chart)
        found: dict[str, Figures] = {}
        for topic, name in _FORMS.items():
            form = getattr(definition, name)
            kind: Kind = "应收应付" if topic == BALANCE_SHEET else "收入支出"
            suffixes = ("", OPENING) if topic == BALANCE_SHEET else ("", MONTH)
            found[topic] = {
                f"{key}{suffix}": fen
                for suffix in suffixes
                for key, fen in removed(dealings(kind, form, linked, figures, suffix)).items()
            }
        return found


def _villages(desk: Desk, wanted: Iterable[str]) -> tuple[Village, ...]:
    names = tuple(wanted)
    found = tuple({one.code: one for one in map(desk.village, names)}.values()) if names else desk.villages
    if not found:
        raise BadInput("乡镇端还没有收过任何村的报送包，没有可以汇总的数")
    return tuple(sorted(found))


def _usual_chart(counted: Counter[str]) -> str:
    """The regulation most villages keep their books by; the newer one when they are as many."""
    return max(CHARTS, key=lambda chart: (counted[chart], -CHARTS.index(chart)))


def _forms(chart: str) -> Forms:
    found: StatementDefinition = statement_definition(chart)
    return found.income_expense, found.income_distribution, found.balance_sheet
