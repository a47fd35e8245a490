"""What is wrong with a voucher draft: one function a check, run on every pause in the window and again before posting.

Each check takes the draft and a `CheckContext` and yields `Problem` values; none raises, none looks anything up.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from .account import DIMENSION_CATEGORIES, Chart
from .money import LIMIT_FEN, format_fen
from .period import Period
from .problems import Problem
from .voucher import Draft, DraftLine

MAX_LINES = 500
MAX_ATTACHMENTS = 9999


class CheckContext(NamedTuple):
    """The state of the book the checks need, fetched once. `items` are the enabled (category, name) pairs."""

    chart: Chart
    words: tuple[str, ...]
    first_period: Period
    open_period: Period
    last_day: date
    items: frozenset[tuple[str, str]] = frozenset()
    disabled_items: frozenset[tuple[str, str]] = frozenset()
    single_person: bool = False


def _heading(draft: Draft, context: CheckContext) -> Iterator[Problem]:
    period = draft.period
    if period < context.first_period:
        yield Problem(
            "date-before-book",
            f"日期 {draft.day} 早于建账月份 {context.first_period.label}，请改日期",
            field="date",
        )
    elif period < context.open_period:
        yield Problem(
            "period-closed",
            f"{period.label}已经结账，不能再记账，请把日期改到 {context.open_period.first_day} 以后",
            field="date",
        )
    elif draft.day > context.last_day:
        yield Problem(
            "date-outside",
            f"日期 {draft.day} 不在可记账的范围内（{context.open_period.first_day} 至 {context.last_day}），"
            "请检查年份和月份",
            field="date",
        )
    if draft.word not in context.words:
        yield Problem("word", f"凭证字“{draft.word}”不对，本账套使用：{'、'.join(context.words)}", field="word")
    if not 0 <= draft.attachments <= MAX_ATTACHMENTS:
        yield Problem("attachments", f"附件张数应在 0 到 {MAX_ATTACHMENTS} 之间", field="attachments")


def _line_count(draft: Draft, _context: CheckContext) -> Iterator[Problem]:
    if len(draft.lines) < 2:
        yield Problem("too-few-lines", "一张凭证至少要有两行分录（有借必有贷）")
    elif len(draft.lines) > MAX_LINES:
        yield Problem("too-many-lines", f"一张凭证最多 {MAX_LINES} 行，请拆成几张")


def _summaries(draft: Draft, _context: CheckContext) -> Iterator[Problem]:
    for index, line in enumerate(draft.lines):
        if not line.summary.strip():
            yield Problem("summary", f"第 {index + 1} 行没有摘要", index, "summary")


def _accounts(draft: Draft, context: CheckContext) -> Iterator[Problem]:
    for index, line in enumerate(draft.lines):
        account = context.chart.get(line.account)
        row = f"第 {index + 1} 行"
        if not line.account:
            yield Problem("account-missing", f"{row}没有选科目", index, "account")
        elif account is None:
            yield Problem("account-unknown", f"{row}的科目 {line.account} 不存在，请重新选择", index, "account")
        elif not context.chart.is_leaf(line.account):
            yield Problem(
                "account-not-leaf", f"{row}的科目 {line.account} {account.name} 有下级，请选到最末级", index, "account"
            )
        elif account.disabled:
            yield Problem(
                "account-disabled", f"{row}的科目 {line.account} {account.name} 已停用，请换一个科目", index, "account"
            )
        else:
            yield from _items(index, line, context)


def _items(index: int, line: DraftLine, context: CheckContext) -> Iterator[Problem]:
    account = context.chart[line.account]
    row = f"第 {index + 1} 行"
    given = [category for category, _ in line.items]
    allowed = {auxiliary.category for auxiliary in account.auxiliaries}
    for auxiliary in account.auxiliaries:
        if auxiliary.required and auxiliary.category not in given:
            yield Problem(
                "item-missing", f"{row}的科目 {account.code} {account.name} 要填{auxiliary.category}", index, "items"
            )
    for category, name in line.items:
        if category not in allowed:
            known = "" if category in DIMENSION_CATEGORIES else f"（可用的类别：{'、'.join(DIMENSION_CATEGORIES)}）"
            yield Problem(
                "item-not-allowed",
                f"{row}的科目 {account.code} {account.name} 没有设置“{category}”辅助核算{known}",
                index,
                "items",
            )
        elif (category, name) in context.disabled_items:
            yield Problem("item-disabled", f"{row}的{category}“{name}”已停用", index, "items")
        elif (category, name) not in context.items:
            yield Problem("item-unknown", f"{row}的{category}“{name}”还没有登记", index, "items")
    if len(given) != len(set(given)):
        yield Problem("item-twice", f"{row}同一类别的辅助核算填了两次", index, "items")
    if line.quantity and not account.unit:
        yield Problem("quantity", f"{row}的科目 {account.code} {account.name} 不核算数量", index, "quantity")


def _amounts(draft: Draft, _context: CheckContext) -> Iterator[Problem]:
    for index, line in enumerate(draft.lines):
        row = f"第 {index + 1} 行"
        if line.debit_fen and line.credit_fen:
            yield Problem("both-sides", f"{row}借方和贷方都有金额，只能填一方", index, "credit")
        elif not line.debit_fen and not line.credit_fen:
            yield Problem("zero", f"{row}没有金额，金额不能为零", index, "debit")
        if abs(line.debit_fen) >= LIMIT_FEN or abs(line.credit_fen) >= LIMIT_FEN:
            yield Problem("too-large", f"{row}的金额过大，必须小于一千亿元", index, "debit")


def _balance(draft: Draft, _context: CheckContext) -> Iterator[Problem]:
    difference = draft.debit_total_fen - draft.credit_total_fen
    if difference:
        more = "借方多" if difference > 0 else "贷方多"
        yield Problem(
            "unbalanced",
            f"借贷不平：借方 {format_fen(draft.debit_total_fen)}，贷方 {format_fen(draft.credit_total_fen)}，"
            f"{more} {format_fen(abs(difference))}",
        )


Check = Callable[[Draft, CheckContext], Iterator[Problem]]
DRAFT_CHECKS: tuple[Check, ...] = (_heading, _line_count, _summaries, _accounts, _amounts, _balance)


def check_draft(draft: Draft, context: CheckContext) -> tuple[Problem, ...]:
    """Everything wrong with a draft, in reading order. Empty means it may be posted (会计法 art. 14, 15)."""
    return tuple(problem for check in DRAFT_CHECKS for problem in check(draft, context))


def voucher_kind(draft: Draft, chart: Chart, profit: str = "321", distribution: str = "322") -> str:
    """Tell a carry-forward voucher by its lines: profit and loss against 321, or 321 and 322 among themselves.

    Imported books bring their own closing vouchers; the income statement must leave those movements out.
    """
    codes = [line.account for line in draft.lines]
    if not all(code in chart for code in codes):
        return "normal"
    on_profit = any(code.startswith(profit) for code in codes)
    if on_profit and all(code.startswith(profit) or chart[code].is_profit_and_loss for code in codes):
        return "carry" if any(chart[code].is_profit_and_loss for code in codes) else "year_end"
    if all(code.startswith((profit, distribution)) for code in codes):
        return "year_end"
    return "normal"
