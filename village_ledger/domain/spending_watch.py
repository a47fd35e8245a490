"""What to remark on while a voucher is typed: the budget, reception, spending that may only fall. Never stops anything.

Everything needed is fetched once (`SpendingWatch`), so that the remarks can follow every pause of typing.
"""

from collections.abc import Mapping
from typing import NamedTuple

from .account import Chart
from .budget_execution import Execution, shortfalls, spendings
from .reception import ReceptionRules, falling_group, group_sums, rising, zero_problems
from .voucher import Draft


class SpendingWatch(NamedTuple):
    """The year's budget carried out so far, the rule for reception, and what groups of accounts came to.

    `last_year` and `this_year` are fen by group, from January to the month of the open period; None where the book
    does not hold last year. `watched` are the accounts reception may hide on.
    """

    execution: Execution | None = None
    reception: ReceptionRules | None = None
    watched: tuple[str, ...] = ()
    this_year: Mapping[str, int] | None = None
    last_year: Mapping[str, int] | None = None


def spending_remarks(watch: SpendingWatch, chart: Chart, draft: Draft) -> tuple[str, ...]:
    """What there is to say about a voucher as typed; nothing of reversals and carry-forward."""
    if draft.kind != "normal" or draft.reverses:
        return ()
    found: list[str] = []
    rules = watch.reception
    if rules:
        found += [problem.message for problem in zero_problems(rules, chart, watch.watched, draft)]
    done = watch.execution
    if done and done.budget.year == draft.day.year:
        found += shortfalls(done, chart, spendings(draft.lines, chart))
    if rules and watch.this_year is not None and watch.last_year is not None:
        added = group_sums((falling_group(rules, chart, line.account), line.debit_fen) for line in draft.lines)
        found += rising(draft.day.year, watch.this_year, watch.last_year, added)
    return tuple(found)
