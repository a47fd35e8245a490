"""The catalogue of the sheets a notice may have: what each is called, and its columns, for choosing among them."""

from typing import NamedTuple

from ..domain.errors import BadInput
from ..reports.model import Column
from ..reports.notices import (
    assets,
    benefits,
    debts,
    exceptions,
    funds,
    income_spending,
    narrowed,
    objections,
    rents,
    resources,
)
from .disclosure_profiles import KEPT, Profile, SheetRule

TITLES = {
    "income-spending": "财务收支",
    "large": "重大收支",
    "funds": "资金余额",
    "debts": "债权债务",
    "rents": "合同与租金",
    "assets": "资产",
    "resources": "资源",
    "projects": "工程项目",
    "benefits": "补贴补偿",
    "decisions": "决策结果",
    "budget": "年度预算执行",
    "exceptions": "紧急例外",
    "objections": "质询和答复",
}


class SheetColumn(NamedTuple):
    """One column of a sheet: its key, its usual title, and whether it must be shown."""

    key: str
    title: str
    kept: bool


def _of(columns: tuple[Column, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((column.key, column.title) for column in columns)


def _narrow(kept: narrowed.Kept) -> tuple[tuple[str, str], ...]:
    return tuple((key, title) for key, title, _ in kept)


_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "income-spending": _of(income_spending.COLUMNS),
    "large": _of(income_spending.COLUMNS),
    "funds": _of(funds.COLUMNS),
    "debts": _of(debts.COLUMNS),
    "rents": _of(rents.COLUMNS),
    "assets": _of(assets.COLUMNS),
    "resources": _of(resources.COLUMNS),
    "projects": _narrow(narrowed.PROJECTS),
    "benefits": _of(benefits.COLUMNS),
    "decisions": _narrow(narrowed.DECISIONS),
    "budget": _narrow(narrowed.BUDGET),
    "exceptions": _of(exceptions.COLUMNS),
    "objections": _of(objections.COLUMNS),
}


def columns_of(sheet: str) -> tuple[SheetColumn, ...]:
    """The columns of a sheet in their order."""
    return tuple(SheetColumn(key, title, key in KEPT.get(sheet, ())) for key, title in _COLUMNS[sheet])


def checked(rules: Profile) -> Profile:
    """The rules, if the columns they leave out and rename are columns of their sheets. Raises BadInput."""
    for sheet in rules.sheets:
        known = {key for key, _ in _COLUMNS[sheet.key]}
        wrong = ({*sheet.without} | {key for key, _ in sheet.titles}) - known
        if wrong:
            raise BadInput(f"{TITLES[sheet.key]}表没有这样的栏目：{'、'.join(sorted(wrong))}")
        if known <= {*sheet.without}:
            raise BadInput(f"{TITLES[sheet.key]}表至少要留一栏；不要这张表就不选它")
    return rules


def rule_of(rules: Profile, key: str) -> SheetRule:
    """The rule of a sheet."""
    return next(sheet for sheet in rules.sheets if sheet.key == key)
