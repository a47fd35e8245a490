"""Every sum over villages there is, by the name the command line uses. A builder's module is loaded when it is asked
for.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Literal, NamedTuple

from village_ledger.domain.errors import BadInput
from village_ledger.reports.model import Report

from .topics import (
    ACCOUNTS,
    ASSETS,
    BALANCE_SHEET,
    CONTRACTS,
    CONTROL,
    DEALINGS,
    DEBTS,
    INCOME_DISTRIBUTION,
    INCOME_EXPENSE,
    RESOURCES,
)

Group = Literal["报表", "资产资源", "合同往来", "对比", "审核", "农经统计"]
Months = Literal["month", "year-before", "year", "twelve-months"]
"""Whose figures are needed: of the month, of it and the same a year before, from January, of twelve months (of two
years, where a line is followed).
"""
Needs = Literal["statement", "forms", "names", "states", "doubts", "comments", "dealings", "statistics", ""]
"""What the builder takes besides what was gathered: the form of the statement, all three forms and the line, names of
accounts, states of months, doubts with the rules' names, comments and opinions, dealings, a table of the statistics.
"""


class SumKind(NamedTuple):
    """One sum. `build` names the builder as `module:function` within this package; `statement` is the key of its form.

    `line`: it asks by which line; `eliminates`: dealings between villages can be taken out; `wide`: a column a village.
    """

    key: str
    title: str
    build: str
    group: Group
    topics: tuple[str, ...] = ()
    months: Months = "month"
    needs: Needs = ""
    statement: str = ""
    line: bool = False
    eliminates: bool = False
    wide: bool = False


KINDS = (
    *(
        kind
        for key, name, topic, function in (
            ("balance-sheet", "资产负债汇总表", BALANCE_SHEET, "balance_sheet"),
            ("income-distribution", "收益及收益分配汇总表", INCOME_DISTRIBUTION, "income_distribution"),
            ("income-expense", "收支汇总表", INCOME_EXPENSE, "income_expense"),
        )
        for kind in (
            SumKind(
                f"{key}-sum",
                name,
                f"statements:build_{function}",
                "报表",
                (topic,),
                "month" if topic == BALANCE_SHEET else "year-before",
                "statement",
                function,
                eliminates=True,
            ),
            SumKind(
                f"{key}-matrix",
                f"{name}（分村）",
                f"statements:build_{function}_matrix",
                "报表",
                (topic,),
                needs="statement",
                statement=function,
                wide=True,
            ),
        )
    ),
    SumKind("trial-balance-sum", "余额试算汇总表", "accounts:build", "报表", (ACCOUNTS,), needs="names"),
    SumKind("asset-sum", "资产汇总表", "registers:build_assets", "资产资源", (ASSETS,)),
    SumKind("asset-villages", "资产汇总表（分村）", "registers:build_assets_by_village", "资产资源", (ASSETS,)),
    SumKind("resource-sum", "资源汇总表", "registers:build_resources", "资产资源", (RESOURCES,)),
    SumKind(
        "resource-villages", "资源汇总表（分村）", "registers:build_resources_by_village", "资产资源", (RESOURCES,)
    ),
    SumKind("contract-sum", "合同汇总表", "registers:build_contracts", "合同往来", (CONTRACTS,)),
    SumKind("debt-sum", "债权债务汇总表", "registers:build_debts", "合同往来", (DEBTS,), needs="names"),
    SumKind("debt-villages", "债权债务汇总表（分村）", "registers:build_debts_by_village", "合同往来", (DEBTS,)),
    SumKind("elimination", "内部往来核对表", "elimination:build", "合同往来", (DEALINGS,), needs="dealings"),
    SumKind(
        "ranking", "村级排名对比表", "comparing:build_ranking", "对比", (), "year-before", needs="forms", line=True
    ),
    SumKind(
        "month-on-month",
        "环比同比表",
        "comparing:build_month_on_month",
        "对比",
        (BALANCE_SHEET, INCOME_EXPENSE),
        "twelve-months",
        needs="forms",
        line=True,
    ),
    SumKind("handed-over", "报送情况表", "handing_over:build_handed_over", "审核", needs="states"),
    SumKind("doubt-sum", "疑点汇总表", "handing_over:build_doubts", "审核", needs="doubts"),
    SumKind("doubt-villages", "疑点汇总表（分村）", "handing_over:build_doubts_by_village", "审核", needs="doubts"),
    SumKind("comment-sum", "审核意见汇总表", "handing_over:build_comments", "审核", needs="comments"),
    SumKind("control-sum", "内控执行汇总表", "registers:build_control", "审核", (CONTROL,), "year"),
    SumKind(
        "statistics-income",
        "农经统计表六",
        "statistics:build_income",
        "农经统计",
        (INCOME_DISTRIBUTION,),
        needs="statistics",
    ),
    SumKind("statistics-balance", "农经统计表七", "statistics:build", "农经统计", (BALANCE_SHEET,), needs="statistics"),
)
_BY_KEY = {kind.key: kind for kind in KINDS}


def kind(key: str) -> SumKind:
    """The sum of that name; an unknown name is refused with the list of those there are."""
    if key not in _BY_KEY:
        raise BadInput(f"没有名为“{key}”的汇总表。可用的汇总表：{'、'.join(_BY_KEY)}")
    return _BY_KEY[key]


def builder(key: str) -> Callable[..., Report]:
    """The function that builds it."""
    module, _, function = kind(key).build.partition(":")
    found: Callable[..., Report] = getattr(import_module(f"{__package__}.{module}"), function)
    return found
