"""村级排名对比表 and 环比同比表: villages beside each other, months beside each other.

ranking: rank, name, value, share, previous, change, rate. month-on-month with a line: month, villages, value, change,
rate, previous, year_change, year_rate; without one: name, line, and a column for each of twelve months.
"""

from village_ledger.domain.desk import Figures
from village_ledger.domain.period import Period
from village_ledger.reports.frame import span_label
from village_ledger.reports.model import Column, Report, Row, Value
from village_ledger.reports.statements import ROW_KINDS

from .charts import picture
from .figures import VILLAGE, VILLAGE_CODE, Gathered, listed, percent, remarks, sum_report, with_total
from .measures import OF_MONTH, Forms, Measure, measure
from .topics import BALANCE_SHEET, INCOME_EXPENSE, MONTH, STATEMENT_TOPICS

MONTHS = 12
_RANKING = (
    Column("rank", "名次", "integer", 6),
    VILLAGE_CODE,
    VILLAGE,
    Column("value", "数额", "money", 17, summed=True),
    Column("share", "占比", "text", 10),
    Column("previous", "上年同期", "money", 17, summed=True),
    Column("change", "增减额", "money", 17, summed=True),
    Column("rate", "增减率", "text", 10),
)
_TREND = (
    Column("month", "月份", "text", 12),
    Column("villages", "村数", "integer", 6),
    Column("value", "数额", "money", 17),
    Column("change", "增减额", "money", 16, "环比（比上月）"),
    Column("rate", "增减率", "text", 10, "环比（比上月）"),
    Column("previous", "上年同月", "money", 17, "同比（比上年）"),
    Column("year_change", "增减额", "money", 16, "同比（比上年）"),
    Column("year_rate", "增减率", "text", 10, "同比（比上年）"),
)


def build_ranking(gathered: Gathered, forms: Forms, line: str) -> Report:
    """The villages by one line, the largest first; equal ones share a rank."""
    by = measure(forms, line)
    earlier = gathered.period.plus(-12)
    found = sorted(
        (-by.value(gathered.figures(by.topic, one.code)), one.code, one.name)
        for one in gathered.summed_by(by_chart=_on_statement(by.topic))
    )
    known = gathered.topics.get((by.topic, earlier), {})
    total = -sum(value for value, _, _ in found)
    mixed = len({value > 0 for value, _, _ in found if value}) > 1  # gains and losses have no shares in their balance
    rows: list[Row] = []
    rank, last = 0, None
    for place, (negative, code, name) in enumerate(found, 1):
        value = -negative
        rank, last = (rank, last) if value == last else (place, value)
        before = by.value(known[code]) if code in known else None
        change = None if before is None else value - before
        rate = "" if before is None or change is None else percent(change, abs(before))
        rows.append(Row((rank, code, name, value, "—" if mixed else percent(value, total), before, change, rate)))
    title = f"村级排名对比表：{by.title}"
    rows = with_total(_RANKING, rows, at=2)
    made = sum_report(gathered, "ranking", title, _RANKING, rows)
    notes = list(remarks(gathered, by_chart=_on_statement(by.topic)))
    if lacking := [name for _, code, name in found if code not in known]:
        notes.append(f"没有上年同期数的村：{listed(lacking)}，增减额合计只算两年都有数的村")
    first = gathered.period if by.title.startswith(OF_MONTH) else gathered.period.january
    as_of = span_label(first, gathered.period) if by.flow else made.as_of
    made = made._replace(notes=tuple(notes), unit=by.unit, as_of=as_of, landscape=False)
    return picture(made, "bars", by.title, "name", "value")


def _on_statement(topic: str) -> bool:
    return topic in STATEMENT_TOPICS


def _months(gathered: Gathered) -> tuple[Period, ...]:
    return tuple(gathered.period.plus(1 - MONTHS).through(gathered.period))


def build_month_on_month(gathered: Gathered, forms: Forms, line: str) -> Report:
    """One line over twelve months, or every line."""
    return _trend(gathered, measure(forms, line)) if line else _every_line(gathered, forms)


def _value(gathered: Gathered, by: Measure, period: Period) -> int | None:
    """A month's sum; of income and expense what fell into the month. None while no village handed it over."""
    known = gathered.topics.get((by.topic, period), {})
    villages = gathered.summed_by(by_chart=_on_statement(by.topic))
    there = [known[one.code] for one in villages if one.code in known]
    return sum(map(by.month or by.value, there)) if there else None


def _trend(gathered: Gathered, by: Measure) -> Report:
    rows = []
    by_chart = _on_statement(by.topic)
    everyone = len(gathered.summed_by(by_chart=by_chart))
    for month in _months(gathered):
        value = _value(gathered, by, month)
        before, year = _value(gathered, by, month.previous), _value(gathered, by, month.plus(-12))
        count = everyone - len(gathered.lacking(by.topic, month, by_chart=by_chart))
        cells: tuple[Value, ...] = (month.label, count, value, *_change(value, before))
        rows.append(Row((*cells, year, *_change(value, year))))
    title = f"环比同比表：{by.title}"
    made = sum_report(gathered, "month-on-month", title, _TREND, rows)
    said = "收支项目是各月当月数" if by.month else "余额项目是各月月末数"
    notes = (*remarks(gathered, by_chart=by_chart), *_uneven(gathered, by.topic), said)
    made = made._replace(notes=notes, unit=by.unit, as_of=_span(gathered))
    return picture(made, "line", by.title, "month", "value")


def _change(value: int | None, before: int | None) -> tuple[int | None, str]:
    if value is None or before is None:
        return None, ""
    return value - before, percent(value - before, abs(before))


def _span(gathered: Gathered) -> str:
    months = _months(gathered)
    return f"{months[0].label}—{months[-1].label}"


def _uneven(gathered: Gathered, topic: str) -> tuple[str, ...]:
    """The months that villages are missing from; without them a comparison would mislead."""
    found = []
    by_chart = _on_statement(topic)
    for month in _months(gathered):
        lacking = gathered.lacking(topic, month, by_chart=by_chart)
        if 0 < len(lacking) < len(gathered.summed_by(by_chart=by_chart)):
            found.append(f"{month.label}缺 {len(lacking)} 个村")
    return (f"各月汇入的村不一样多：{'、'.join(found)}",) if found else ()


def _every_line(gathered: Gathered, forms: Forms) -> Report:
    months = _months(gathered)
    columns = (
        Column("name", "项目", "text", 22),
        Column("line", "行次", "integer", 5),
        *(Column(str(month), f"{month.year}-{month.month:02d}", "money", 14) for month in months),
    )
    rows: list[Row] = []
    empty: tuple[Value, ...] = (None,) * len(months)
    for form, topic, suffix, said in zip(
        (forms[2], forms[0]), (BALANCE_SHEET, INCOME_EXPENSE), ("", MONTH), ("月末数", "当月数"), strict=True
    ):
        sums: list[Figures] = [gathered.summed(topic, month) for month in months]
        rows.append(Row((f"{form.title}（{said}）", None, *empty), "section"))
        for line in form.lines:
            amounts = tuple(figures.get(line.key + suffix, 0) if figures else None for figures in sums)
            if line.kind != "heading" and (any(amounts) or not line.only_if_nonzero):
                rows.append(Row((line.title, line.line or None, *amounts), ROW_KINDS[line.kind], line.level))
    made = sum_report(gathered, "month-on-month", "环比表（逐月）", columns, rows)
    notes = (*remarks(gathered, by_chart=True), *_uneven(gathered, BALANCE_SHEET))
    return made._replace(notes=notes, as_of=_span(gathered))
