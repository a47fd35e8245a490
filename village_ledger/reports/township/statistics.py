"""农经统计 annual tables: the villages' statements on the lines of the statistics, in 万元 with two decimals.

Columns: number, name, amount (hundredths of 万元), count (villages), note, and hidden confirmed. A leaf line is rounded
once, from the sum over all villages; sums add printed figures, so that the table ties, and the notes tell how far that
is from the exact amount. The lines, their sources and their checks are data (resources/township/statistics.toml).
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from village_ledger.domain.desk import Figures
from village_ledger.domain.money import format_fen
from village_ledger.reports.model import Column, Report, Row, Span

from .figures import Gathered, VillageMonth, sum_report

HUNDREDTH_FEN = 10_000
"""A hundredth of 万元: a hundred yuan."""
Signed = tuple[tuple[str, int], ...]
Counted = Literal["", "all", "without", "with", "operating", "band"]
COLUMNS = (
    Column("number", "行次", "code", 5),
    Column("name", "项目", "text", 30),
    Column("amount", "金额", "money", 16, summed=True),
    Column("count", "村数", "integer", 8),
    Column("note", "说明", "text", 34),
    Column("confirmed", "名称经核实", "flag", 8, shown=False),
)


class StatLine(NamedTuple):
    """One line: what it takes from a village's statement by regulation, or which lines of its own table it adds up.

    `check` are lines of the statement that a sum must come to.
    """

    number: str
    name: str
    level: int = 0
    confirmed: bool = False
    total: bool = False
    sources: Mapping[str, Signed] = {}
    parts: Signed = ()
    check: Mapping[str, Signed] = {}
    note: str = ""
    counts: Counted = ""
    band: int = 0


class StatForm(NamedTuple):
    """A table; `topic` are the figures of the statement its lines take from."""

    key: str
    title: str
    topic: str
    lines: tuple[StatLine, ...]


class Counts(NamedTuple):
    """附报指标: villages by their own income. `income` and `operating` are lines of the table, `bounds` fen."""

    income: str
    operating: str
    bounds: tuple[int, ...]
    lines: tuple[StatLine, ...]
    checks: tuple[tuple[str, ...], ...]


def hundredths(fen: int) -> int:
    """Fen as hundredths of 万元, half away from zero."""
    rounded = (abs(fen) * 2 + HUNDREDTH_FEN) // (2 * HUNDREDTH_FEN)
    return -rounded if fen < 0 else rounded


def line_fen(form: StatForm, number: str, figures: Figures, chart: str) -> int:
    """A line of one village exactly, in fen."""
    line = next(one for one in form.lines if one.number == number)
    if line.parts:
        return sum(sign * line_fen(form, part, figures, chart) for part, sign in line.parts)
    return _taken(line.sources, figures, chart)


def _taken(sources: Mapping[str, Signed], figures: Figures, chart: str) -> int:
    return sum(sign * figures.get(key, 0) for key, sign in sources.get(chart, ()))


def village_counts(counts: Counts, incomes: tuple[tuple[int, int], ...]) -> dict[str, int]:
    """Villages by line of the 附报指标, from what each has on the line of income and on that of operating income."""

    def count(line: StatLine) -> int:
        match line.counts:
            case "all":
                return len(incomes)
            case "with":
                return sum(income > 0 for income, _ in incomes)
            case "without":
                return sum(income <= 0 for income, _ in incomes)
            case "operating":
                return sum(operating > 0 for _, operating in incomes)
        return sum(operating > 0 and _band(operating, counts.bounds) == line.band for _, operating in incomes)

    return {line.number: count(line) for line in counts.lines if line.counts}


def _band(fen: int, bounds: tuple[int, ...]) -> int:
    return sum(fen >= bound for bound in bounds)


def build_income(gathered: Gathered, form: StatForm, counts: Counts) -> Report:
    """表六, with the 附报指标 below it."""
    made = build(gathered, form)
    incomes = tuple(
        (
            line_fen(form, counts.income, gathered.figures(form.topic, one.code), one.chart),
            line_fen(form, counts.operating, gathered.figures(form.topic, one.code), one.chart),
        )
        for one in gathered.there
    )
    found = village_counts(counts, incomes)
    rows = [Row(("", "附报指标", None, None, "", True), "section")]
    rows += [
        Row((one.number, one.name, None, found.get(one.number), one.note, one.confirmed), level=one.level)
        for one in counts.lines
    ]
    checks = (
        f"校验 {whole}={'+'.join(parts)}：{_verdict(found[whole] - sum(found[part] for part in parts))}"
        for whole, *parts in counts.checks
    )
    return made._replace(rows=(*made.rows, *rows), notes=(*made.notes, *checks))


def build(gathered: Gathered, form: StatForm) -> Report:
    """A table over all villages that handed the month over."""
    leaves = {one.number: _leaf(gathered, form, one) or 0 for one in form.lines if not one.parts}
    by_number = {one.number: one for one in form.lines}

    def printed(number: str) -> int:
        line = by_number[number]
        if line.parts:
            return sum(sign * printed(part) for part, sign in line.parts)
        return leaves[number]

    positions = {one.number: place for place, one in enumerate(form.lines)}
    rows = []
    for one in form.lines:
        amount = printed(one.number) if one.parts else _leaf(gathered, form, one)
        spans = tuple(Span(positions[part], positions[part], sign) for part, sign in one.parts)
        note = one.note if amount is None else ""
        cells = (one.number, one.name, amount, None, note, one.confirmed)
        rows.append(Row(cells, "subtotal" if one.total else "line", one.level, formula=spans))
    made = sum_report(gathered, form.key, form.title, COLUMNS, rows, *_checks(gathered, form, printed))
    notes = list(made.notes)
    if not gathered.period.is_year_end:
        notes.append(f"截至{gathered.period.label}的数，年报请在 12 月结账报送后再出")
    if any(not one.confirmed for one in form.lines):
        notes.append("表式未经核实的项目名称、取数口径按程序所带资料，上报前请与当年统计表式核对")
    as_of = f"{gathered.period.year}年度" if gathered.period.is_year_end else made.as_of
    return made._replace(
        notes=tuple(notes),
        unit="万元",
        as_of=as_of,
        landscape=False,
        signatures=("单位负责人", "统计负责人", "填表人", "报出日期"),
    )


def _leaf(gathered: Gathered, form: StatForm, line: StatLine) -> int | None:
    """The printed figure of a line that adds up none of its table; None where no village's statement has it."""
    if not any(one.chart in line.sources for one in gathered.there):
        return None
    return hundredths(_exact(gathered, form, line.sources))


def _exact(gathered: Gathered, form: StatForm, sources: Mapping[str, Signed]) -> int:
    def of(one: VillageMonth) -> int:
        return _taken(sources, gathered.figures(form.topic, one.code), one.chart)

    return sum(map(of, gathered.there))


def _checks(gathered: Gathered, form: StatForm, printed: Callable[[str], int]) -> tuple[str, ...]:
    """What became of every check of the table: its own formulas, and the statement's sums it must come to."""
    found = []
    for line in form.lines:
        if not line.parts:
            continue
        terms = "".join(f"{'-' if sign < 0 else '+'}{part}" for part, sign in line.parts).removeprefix("+")
        off = printed(line.number) - sum(sign * printed(part) for part, sign in line.parts)
        text = f"校验 {line.number}={terms}：{_verdict(off)}"
        if line.check:
            exact = hundredths(_exact(gathered, form, line.check))
            rest = printed(line.number) - exact
            text += f"；与报表合计 {format_fen(exact)} {_difference(rest, _depth(form, line))}"
        found.append(text)
    return tuple(found)


def _depth(form: StatForm, line: StatLine) -> int:
    """How many rounded figures a sum rests on."""
    by_number = {one.number: one for one in form.lines}
    return sum(_depth(form, by_number[part]) for part, _ in line.parts) if line.parts else 1


def _difference(rest: int, figures: int) -> str:
    if not rest:
        return "相符"
    kind = "四舍五入尾差" if 2 * abs(rest) <= figures + 1 else "不符，相差"
    return f"{kind} {format_fen(rest)}"


def _verdict(off: int) -> str:
    return "相符" if not off else f"不符，相差 {off}"
