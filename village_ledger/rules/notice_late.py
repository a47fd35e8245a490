"""公开不到位: a notice is up in time, is signed by the supervisors, hangs as long as it must, and what is asked is
answered (农村集体经济组织财务公开规定). Reference list no. 55.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .telling import told_day

REGISTER = "notice-register"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each notice with something amiss."""
    for row in case.rows(REGISTER):
        found = tuple(_amiss(case, row, values))
        if found:
            span = cells.text(row, "from")
            if cells.text(row, "to") not in {"", span}:
                span = f"{span} 至 {cells.text(row, 'to')}"
            name = f"{cells.text(row, 'edition')} {span} 第{cells.fen(row, 'version')}版"
            yield Hit(
                f"公开榜 {name} {cells.day(row, 'made') or ''}".strip(),
                f"公开榜（{name}）{'；'.join(found)}",
                (
                    ("制作", told_day(cells.day(row, "made"))),
                    ("村监会签字", told_day(cells.day(row, "signed"))),
                    ("张榜", told_day(cells.day(row, "posted"))),
                    ("撤榜", told_day(cells.day(row, "taken_down"))),
                ),
            )


def _amiss(case: Case, row: Row, values: Values) -> Iterator[str]:
    late = cells.fen(row, "late_days")
    posted, until, down = cells.day(row, "posted"), cells.day(row, "until"), cells.day(row, "taken_down")
    made, open_questions = cells.day(row, "made"), cells.fen(row, "objections") - cells.fen(row, "answered")
    if late > values["days"]:
        yield f"晚了 {late} 天" if posted else f"还没有张榜，已晚 {late} 天"
    if posted and cells.day(row, "signed") is None:
        yield "没有村监会签字就张榜"
    if down and until and down < until:
        yield f"应公开到 {told_day(until)}，{told_day(down)} 就撤了"
    if open_questions > 0 and made and (case.last_day - made).days > values["answer_days"]:
        yield f"群众质询 {cells.fen(row, 'objections')} 条，还有 {open_questions} 条没有答复"


RULE = Rule(
    "notice-late",
    55,
    "公开不到位",
    "公开榜要按时张榜、经村监会签字、挂满天数，群众质询要答复",
    "审计疑点清单第 55 项；农村集体经济组织财务公开规定",
    "中",
    check,
    ("days", "answer_days"),
    (REGISTER,),
)
