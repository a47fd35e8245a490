"""Relief and welfare reach the people on the list, by one standard, and what is listed is what is paid (审计疑点清单:
福利异常). Looked for: a list that does not come to what its voucher paid, a person twice on one list, and unlike sums
per head under one standard.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .payments import payments
from .subsidies import person
from .wording import yuan

_List = tuple[str, str, str]
_SHOWN = 20


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a list and fault."""
    lists: defaultdict[_List, list[Row]] = defaultdict(list)
    listed: defaultdict[str, int] = defaultdict(int)
    for row in case.rows("benefit-register"):
        label = cells.text(row, "voucher")
        listed[label] += cells.fen(row, "amount")
        if cells.text(row, "kind") in values["kinds"]:
            lists[cells.text(row, "batch"), cells.text(row, "day"), label].append(row)
    paid = {one.label: one.fen for one in payments(case)}
    for (batch, day, label), rows in lists.items():
        subject, labels = f"{batch} {day}", (label,) if label else ()
        if label in paid and listed[label] != paid[label]:
            text = f"名单“{batch}”等合计 {yuan(listed[label])}，凭证 {label} 却付出 {yuan(paid[label])}，对不上"
            sums = (("名单合计", yuan(listed[label])), ("付款", yuan(paid[label])))
            yield Hit(f"{subject} 金额", text, sums, abs(listed[label] - paid[label]), labels)
        if twice := _twice(rows):
            names = "、".join(twice)
            yield Hit(f"{subject} 重名", f"名单“{batch}”里有人列了不止一次：{names}", (("重复", names),), 0, labels)
        if unlike := _unlike(rows):
            text = f"名单“{batch}”同一标准下人均金额不一样：{'、'.join(cells.text(row, 'name') for row in unlike)}"
            told = tuple((cells.text(row, "name"), _told(row)) for row in unlike[:_SHOWN])
            yield Hit(f"{subject} 人均", text, told, sum(cells.fen(row, "amount") for row in unlike), labels)


def _told(row: Row) -> str:
    return f"{cells.fen(row, 'people')} 人 {yuan(cells.fen(row, 'amount'))}"


def _twice(rows: list[Row]) -> list[str]:
    """Names whose identity stands twice on the list."""
    counted = Counter(map(person, rows))
    repeated = {person(row): cells.text(row, "name") for row in rows if counted[person(row)] > 1}
    return list(repeated.values())


def _unlike(rows: list[Row]) -> list[Row]:
    """Rows whose sum per head differs from that of most under the same standard; lists by area are none of these."""
    by_standard: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if cells.fen(row, "people") > 0 and not cells.text(row, "area_mu_x100"):
            by_standard[cells.text(row, "standard")].append(row)
    found = []
    for standard, those in by_standard.items():
        usual, times = Counter(_per_head(row) for row in those).most_common(1)[0]
        if standard and times * 2 > len(those):
            found += [row for row in those if _per_head(row) != usual]
    return found


def _per_head(row: Row) -> tuple[int, int]:
    return divmod(cells.fen(row, "amount"), cells.fen(row, "people"))


RULE = Rule(
    "welfare-lists",
    23,
    "福利、慰问名单异常",
    "福利和慰问按名单、按同一标准发放，名单合计等于付款。",
    "审计疑点清单第23条",
    "中",
    check,
    ("kinds",),
    ("benefit-register",),
)
