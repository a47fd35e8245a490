"""Running the red-flag rules over a village of the desk, or over a book, and saying where each doubt stands."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from ...domain.desk import STATUSES, Doubt, Status, Village
from ...domain.errors import BadInput
from ...domain.period import Period
from ...rules.model import Case, Finding, Hit, Rule, Values
from ...rules.read_once import ReadOnce
from ...rules.registry import ALL_RULES, BY_ID
from ...storage.desk import doubts, received
from ...storage.desk.database import DeskTransaction
from ..book import Book
from ..catalog import read_resource
from .cases import case_of_book, case_of_village
from .desk import Desk, Progress

SOURCE = "rules/parameters.toml"
_MOST = 10**12


class Parameter(NamedTuple):
    """A bound or list of words of a rule: what it is called, its value and unit, and whether its source is confirmed.

    `own` tells that the desk set it otherwise than `default`.
    """

    rule: str
    name: str
    title: str
    default: Any
    value: Any
    unit: str
    confirmed: bool
    source: str
    own: bool = False


def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the reference list."""
    return ALL_RULES


@cache
def default_parameters() -> tuple[Parameter, ...]:
    """Every parameter as the program brings it. Refuses a damaged file, or one that does not fit the rules."""
    told = read_resource(SOURCE)
    found = []
    for rule in ALL_RULES:
        rows = told.get(rule.id, {})
        if set(rows) != set(rule.parameters):
            raise BadInput(f"程序文件 resources/{SOURCE} 有误：规则 {rule.id} 的参数不全")
        for name in rule.parameters:
            row = rows[name]
            value = tuple(row["value"]) if isinstance(row["value"], list) else row["value"]
            found.append(
                Parameter(
                    *(rule.id, name, row["title"], value, value, row.get("unit", "")),
                    *(bool(row.get("confirmed")), row.get("source", "")),
                )
            )
    return tuple(found)


def parameters(desk: Desk | None = None) -> tuple[Parameter, ...]:
    """Every parameter as it holds at a desk, or without one."""
    own = doubts.load_parameters(desk.store) if desk else {}
    found = []
    for one in default_parameters():
        if (one.rule, one.name) in own:
            value = own[one.rule, one.name]
            found.append(one._replace(value=tuple(value) if isinstance(value, list) else value, own=True))
        else:
            found.append(one)
    return tuple(found)


def _values(held: Iterable[Parameter]) -> dict[str, Values]:
    found: dict[str, dict[str, Any]] = {rule.id: {} for rule in ALL_RULES}
    for one in held:
        found[one.rule][one.name] = one.value
    return dict(found)


def findings(case: Case, held: Iterable[Parameter], *, tolerant: bool = False) -> tuple[Finding, ...]:
    """Every hit of every rule that has the registers it needs, in the order of the rules.

    `tolerant`: a rule that cannot make sense of registers, which another program may have made, is a finding itself.
    """
    values = _values(held)
    case = case._replace(ledger=ReadOnce(case.ledger))
    found: dict[tuple[str, str], Finding] = {}
    for rule in runnable(case):
        for hit in _hits(rule, case, values[rule.id]) if tolerant else rule.check(case, values[rule.id]):
            found.setdefault((rule.id, hit.subject), Finding(rule, hit))
    return tuple(found.values())


def _hits(rule: Rule, case: Case, values: Values) -> tuple[Hit, ...]:
    try:
        return tuple(rule.check(case, values))
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        what = f"{type(error).__name__} {str(error)[:100]}"
        text = f"报送的登记簿内容不全，规则“{rule.title}”没能检查，要人工核对"
        return (
            Hit(f"规则 {rule.title} 没能检查", text, (("原因", what), ("用到的登记簿", "、".join(rule.needs) or "账"))),
        )


def runnable(case: Case) -> tuple[Rule, ...]:
    """The rules that have what they need."""
    return tuple(rule for rule in ALL_RULES if all(name in case.registers for name in rule.needs))


def book_findings(book: Book, year: int = 0) -> tuple[Finding, ...]:
    """What the rules find in a book's year, to its last month with vouchers."""
    newest = max((month for month in book.entity.first_period.through(book.open_period)), default=book.open_period)
    end = Period(year, 12) if year and year < newest.year else newest
    start = max(end.january, book.entity.first_period)
    return findings(case_of_book(book, start, end), parameters())


def examine(desk: Desk, village: Village, year: int, transaction: DeskTransaction) -> tuple[Doubt, ...]:
    """Look through the months of a year that a village handed over, and keep what was found. A village that begins in
    mid-year is not asked for papers of the months before, whose registers it never handed over.
    """
    months = [one.period for one in received.all_current(desk.store, village=village.code) if one.period.year == year]
    if not months:
        doubts.store_doubts(desk.store, village.code, year, ())
        return ()
    end = max(months)
    case = case_of_village(desk, village, min(months), end)
    found = tuple(_doubt(village, end, one) for one in findings(case, parameters(desk), tolerant=True))
    doubts.store_doubts(desk.store, village.code, year, found)
    transaction.record("flags", f"{village.name} {end}", {"found": len(found)})
    return found


def examine_all(desk: Desk, year: int, progress: Progress | None = None) -> int:
    """Look through a year of every village anew, as after a change of parameters; how many doubts there are."""
    total = 0
    every = desk.villages
    for done, village in enumerate(every):
        if progress:
            progress(done, len(every), village.name)
        with desk.write(village.code) as transaction:
            total += len(examine(desk, village, year, transaction))
    return total


def _doubt(village: Village, end: Period, one: Finding) -> Doubt:
    hit = one.hit
    month = max((month for label in hit.vouchers if (month := month_of(label))), default=end)
    return Doubt(
        *(village.code, end.year, one.rule.id, one.key, month, hit.subject, hit.text),
        *(hit.evidence, hit.amount_fen, hit.vouchers),
    )


def doubts_of(desk: Desk, *, village: str = "", year: int = 0) -> tuple[Doubt, ...]:
    """The doubts as they were found when the months came in, and where each stands."""
    return doubts.load_doubts(desk.store, village=village, year=year)


def month_of(label: str) -> Period | None:
    """The month of a voucher's label (`2025-06 记-5`); None where a village wrote something else into its register."""
    try:
        return Period.parse(label[:7])
    except ValueError:
        return None


def resolve(desk: Desk, doubt: Doubt, status: Status, reason: str) -> None:
    """Say where a doubt stands; anything but 待核 needs a reason."""
    if status not in STATUSES:
        raise BadInput(f"疑点的处理结果只能是：{'、'.join(STATUSES)}")
    if status != "待核" and not reason.strip():
        raise BadInput("请写明核实的情况和理由")
    with desk.write(doubt.village) as transaction:
        stands = _standing(desk, doubt)
        doubts.set_status(desk.store, doubt, status, reason.strip(), transaction.actor, transaction.at)
        detail = {
            "key": doubt.key,
            "rule": doubt.rule,
            "status": status,
            "reason": reason.strip(),
            "before": stands.status,
        }
        transaction.record("flag-status", f"{desk.village(doubt.village).name} {doubt.subject}", detail)


def _standing(desk: Desk, doubt: Doubt) -> Doubt:
    """A doubt as it stands now; another official may have dealt with it, or a new package made it go."""
    found = doubts.load_doubts(
        desk.store, village=doubt.village, year=doubt.year, rule=doubt.rule, key=doubt.key, every=True
    )
    if not found:
        raise BadInput("这条疑点已经不在了，可能刚换了报送包，请刷新")
    return found[0]


def set_parameter(desk: Desk, rule: str, name: str, value: Any, reason: str) -> None:
    """Set a rule's parameter at this desk; None returns to the program's own. The change and its reason are logged."""
    if not reason.strip():
        raise BadInput("请写明修改参数的理由")
    with desk.write() as transaction:
        before = next((one for one in parameters(desk) if (one.rule, one.name) == (rule, name)), None)
        if before is None:
            raise BadInput(f"规则“{rule}”没有参数“{name}”")
        if value is not None:
            _check_value(before, value)
        kept = list(value) if isinstance(value, tuple) else value
        doubts.save_parameter(desk.store, rule, name, kept)
        title = f"{BY_ID[rule].title} {before.title}"
        transaction.record("flag-parameter", title, {"before": before.value, "after": kept, "reason": reason.strip()})


def _check_value(one: Parameter, value: Any) -> None:
    if isinstance(one.default, tuple) and all(isinstance(part, int) for part in one.default):
        if not isinstance(value, tuple) or not value or not all(map(_is_number, value)):
            raise BadInput(f"“{one.title}”应是一组不小于 0 的整数，用顿号分开（单位：{one.unit or '个'}）")
    elif isinstance(one.default, tuple):
        if not isinstance(value, tuple) or not all(isinstance(word, str) and word.strip() for word in value):
            raise BadInput(f"“{one.title}”应是一组词，用顿号分开")
    elif not _is_number(value):
        raise BadInput(f"“{one.title}”应是不小于 0 的整数（单位：{one.unit or '个'}）")


def _is_number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST
