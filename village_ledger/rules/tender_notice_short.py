"""公示不足: what is tendered or bid for openly is announced long enough. Reference list no. 35 (15 or 7 days)."""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Rule, Values
from .telling import told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each round of an open award, announced in the months looked at, that hung for fewer days."""
    for row in case.rows("tender-register"):
        announced, days = cells.day(row, "announced"), cells.fen(row, "days")
        if announced is None or not case.start.first_day <= announced <= case.last_day:
            continue
        if cells.text(row, "award") in values["awards"] and days < values["days"]:
            about = f"{cells.text(row, 'project')} {cells.text(row, 'name')}"
            yield Hit(
                f"招标 {cells.text(row, 'project')} {announced}",
                f"{about}{cells.text(row, 'award')}，{told_day(announced)} 起只公告了 {days} 天，"
                f"少于 {values['days']} 天",
                (
                    ("公告", f"{told_day(announced)} 至 {told_day(cells.day(row, 'closed'))}"),
                    ("开标", told_day(cells.day(row, "opened"))),
                    ("控制价", yuan(cells.fen(row, "control"))),
                ),
                cells.fen(row, "price"),
            )


RULE = Rule(
    "tender-notice-short",
    35,
    "招标公告时间短",
    "公开招标、公开竞价的公告要满规定天数",
    "审计疑点清单第 35 项",
    "低",
    check,
    ("days", "awards"),
    ("tender-register",),
)
