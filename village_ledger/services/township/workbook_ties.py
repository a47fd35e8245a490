"""Whether a bare workbook agrees with itself: debits and credits, accounts and their details, sums, both sides."""

from collections.abc import Iterator

from ...domain.account import parent_code
from ...domain.errors import IntegrityFailure
from ...domain.money import format_fen
from ...domain.statement import Statement, evaluate_balance_sheet
from ...reports.township.topics import BALANCE_SHEET, INCOME_DISTRIBUTION, INCOME_EXPENSE
from ..catalog import statement_definition
from .workbooks import Figure, Told

_TRIAL = "科目余额表"
_COLUMNS = ("期初余额", "本期发生额", "本年累计", "期末余额")
_NET = frozenset({"debit", "credit", "unclosed"})
"""Kinds of terms that a table of accounts is enough for; the others need the balance of each party."""


def check_workbook(told: Told) -> None:
    """Refuse a workbook whose figures do not agree, with the cell that is wrong."""
    for problem in _problems(told):
        raise IntegrityFailure(f"这个 Excel 文件自己对不上：{problem}")


def _problems(told: Told) -> Iterator[str]:
    forms = statement_definition(told.chart_key)
    yield from _accounts(told)
    for topic, form in (
        (BALANCE_SHEET, forms.balance_sheet),
        (INCOME_DISTRIBUTION, forms.income_distribution),
        (INCOME_EXPENSE, forms.income_expense),
    ):
        yield from _sums(form, told.lines[topic])
    yield from _sides(forms.balance_sheet, told.lines[BALANCE_SHEET])
    yield from _sheet_and_accounts(told, forms.balance_sheet)


def _accounts(told: Told) -> Iterator[str]:
    children: dict[str, list[Figure]] = {}
    for code, one in told.accounts.items():
        children.setdefault(parent_code(code), []).append(one)
        opening, debit, credit, closing = _net(one, 0), one.fen[2], one.fen[3], _net(one, 6)
        if closing != opening + debit - credit:
            wanted = opening + debit - credit
            yield f"“{_TRIAL}”I{one.row} 科目 {code} 期末余额是 {_yuan(closing)}，期初加减发生额是 {_yuan(wanted)}"
    for code, below in children.items():
        if code not in told.accounts:
            continue
        one = told.accounts[code]
        for title, start, gross in zip(_COLUMNS, (0, 2, 4, 6), (False, True, True, False), strict=True):
            pairs = [(one.fen[start], one.fen[start + 1])] + [(row.fen[start], row.fen[start + 1]) for row in below]
            kept = pairs if gross else [(debit - credit, 0) for debit, credit in pairs]
            added = (sum(pair[0] for pair in kept[1:]), sum(pair[1] for pair in kept[1:]))
            if kept[0] != added:
                yield f"“{_TRIAL}”{_letter(2 + start)}{one.row} 科目 {code} 的{title}和下级科目之和不一样"
    for column in range(8):
        added_fen = sum(one.fen[column] for one in children.get("", ()))
        if told.total.fen[column] != added_fen:
            yield f"“{_TRIAL}”{_letter(2 + column)}{told.total.row} 合计和各科目之和不一样，应为 {_yuan(added_fen)}"
    for title, start in zip(_COLUMNS, (0, 2, 4, 6), strict=True):
        debit, credit = told.total.fen[start : start + 2]
        if debit != credit:
            place = f"{_letter(2 + start)}{told.total.row}"
            yield f"“{_TRIAL}”{place} {title}借贷不平：借方 {_yuan(debit)}，贷方 {_yuan(credit)}"


def _net(one: Figure, start: int) -> int:
    return one.fen[start] - one.fen[start + 1]


def _sums(form: Statement, lines: dict[str, Figure]) -> Iterator[str]:
    for line in form.lines:
        if not line.parts or line.key not in lines:
            continue
        one = lines[line.key]
        for column, fen in enumerate(one.fen):
            wanted = sum(sign * lines[key].fen[column] for key, sign in line.parts if key in lines)
            if fen != wanted:
                yield f"{_cell(form, line.key, one, column)} “{line.title}”是 {_yuan(fen)}，各项之和是 {_yuan(wanted)}"


def _sides(form: Statement, lines: dict[str, Figure]) -> Iterator[str]:
    left, right = ([line for line in form.lines if line.side == side][-1] for side in ("left", "right"))
    for column in range(2):
        assets, claims = lines[left.key].fen[column], lines[right.key].fen[column]
        if assets != claims:
            place = _cell(form, left.key, lines[left.key], column)
            yield f"{place} “{left.title}”{_yuan(assets)} 不等于“{right.title}”{_yuan(claims)}"


def _sheet_and_accounts(told: Told, form: Statement) -> Iterator[str]:
    """Lines that the table of accounts is enough for."""
    made = evaluate_balance_sheet(form, told.balances, told.chart)
    for line in form.lines:
        one = told.lines[BALANCE_SHEET].get(line.key)
        if one and line.terms and all(term.kind in _NET for term in line.terms) and one.fen[0] != made[line.key].fen:
            wanted = made[line.key].fen
            yield f"{_cell(form, line.key, one, 0)} “{line.title}”是 {_yuan(one.fen[0])}，科目余额表是 {_yuan(wanted)}"


def _cell(form: Statement, key: str, one: Figure, column: int) -> str:
    right = form.key == "balance_sheet" and any(line.key == key and line.side == "right" for line in form.lines)
    return f"“{form.title}”{_letter(2 + column + 4 * right)}{one.row}"


def _letter(column: int) -> str:
    return chr(ord("A") + column)


def _yuan(fen: int) -> str:
    return f"{format_fen(fen)} 元"
