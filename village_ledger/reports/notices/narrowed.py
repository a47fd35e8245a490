"""Sheets of the notice that show fewer columns of a report the township reads whole: decisions, budget, projects.

What to keep, and what villagers call it, is said here; the figures are the report's own.
"""

from village_ledger.reports.model import Column, Report

Kept = tuple[tuple[str, str, int], ...]
"""Key of the column, its title on the wall (empty: as it is), and its width."""

DECISIONS: Kept = (
    ("day", "日期", 11),
    ("number", "决议文号", 18),
    ("title", "定了什么事", 26),
    ("body", "在哪个会上定的", 16),
    ("eligible", "应到", 6),
    ("present", "实到", 6),
    ("yes", "赞成", 6),
    ("no", "反对", 6),
    ("abstain", "弃权", 6),
    ("valid", "成立", 6),
    ("cap", "金额上限", 14),
    ("spent", "已用", 14),
)
BUDGET: Kept = (
    ("name", "预算项目", 26),
    ("adjusted", "全年预算", 16),
    ("period", "本期发生", 16),
    ("executed", "今年累计", 16),
    ("remaining", "还剩", 16),
    ("rate", "完成", 9),
)
PROJECTS: Kept = (
    ("name", "工程项目", 24),
    ("award", "怎么定的施工队", 14),
    ("contractor", "施工方", 20),
    ("contract_sum", "合同价", 15),
    ("changes", "变更", 13),
    ("accepted", "已验收", 15),
    ("paid", "已付", 15),
    ("owed", "该付未付", 15),
    ("state", "进度", 10),
)


def narrow(full: Report, key: str, title: str, kept: Kept) -> Report:
    """The report with the kept columns only, in their order."""
    place = {column.key: number for number, column in enumerate(full.columns)}
    columns = tuple(_column(full.columns[place[name]], head, width) for name, head, width in kept)
    rows = tuple(row._replace(cells=tuple(row.cells[place[name]] for name, _, _ in kept)) for row in full.rows)
    made = full._replace(key=key, title=title, columns=columns, rows=rows, signatures=(), first=())
    return made._replace(landscape=True, blank_zero=True)


def _column(column: Column, title: str, width: int) -> Column:
    return column._replace(title=title or column.title, width=width, group="", shown=True)
