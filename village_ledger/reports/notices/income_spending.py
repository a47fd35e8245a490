"""财务收支公开表: every receipt and payment of the span, one line each, with what it was for and who decided it.

Columns: no, day, voucher, kind (in everyday words), reason, party, handler, basis, amount. Income first, then
spending, then the funds that were there, came, went and remain. 逐项逐笔: 农村集体经济组织财务公开规定
(农经发〔2011〕13号) art. 8.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from village_ledger.domain.account import COUNTERPARTY
from village_ledger.domain.masking import without_numbers
from village_ledger.domain.money_flow import Flow, FlowLine
from village_ledger.domain.view import LedgerSource
from village_ledger.reports.frame import report
from village_ledger.reports.model import Column, Report, Row, Span, Target, Value
from village_ledger.reports.query import Query

from .model import Totals

COLUMNS = (
    Column("no", "序号", "integer", 5),
    Column("day", "日期", "date", 11),
    Column("voucher", "凭证号", "code", 8),
    Column("kind", "项目", "text", 16),
    Column("reason", "事由", "text", 30),
    Column("party", "交款（收款）方", "text", 16),
    Column("handler", "经手人", "text", 9),
    Column("basis", "决议或申请号", "text", 16),
    Column("amount", "金额", "money", 15, summed=True),
)
PEOPLE = (COUNTERPARTY, "人员")
"""The registers whose members pay and are paid."""
_SECTIONS: tuple[tuple[Flow, str, str], ...] = (
    ("income", "一、收入", "收入合计"),
    ("spending", "二、支出", "支出合计"),
)


class Basis(NamedTuple):
    """What stands behind a payment besides its voucher: who handled it, and the decision's or request's number."""

    party: str = ""
    handler: str = ""
    number: str = ""


class Named:
    """Finds whom of the registers a text names."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = sorted({name for name in names if len(name) > 1}, key=len, reverse=True)

    def in_text(self, text: str) -> str:
        """The one name in a text; empty for none or several. A name within a longer one does not count."""
        found = []
        for name in self._names:
            if name in text:
                found.append(name)
                text = text.replace(name, " ")
        return found[0] if len(found) == 1 else ""


def build(
    source: LedgerSource,
    query: Query,
    lines: Sequence[FlowLine],
    totals: Totals,
    words: Mapping[str, str],
    bases: Mapping[str, Basis],
    named: Callable[[str], str],
) -> Report:
    """`words` are everyday names by account prefix (the longest fits best), `bases` by the voucher's uid.

    `named` tells whom a summary names, where nothing else does.
    """
    rows: list[Row] = []
    number = 0
    for flow, title, total in _SECTIONS:
        rows.append(text_row(title, "section"))
        first = len(rows)
        amount = 0
        for line in lines:
            if line.flow == flow:
                number += 1
                amount += line.amount_fen
                basis = bases.get(line.voucher.uid, Basis())
                rows.append(line_row(source, number, line, words, basis, named))
        formula = (Span(first, len(rows) - 1),) if len(rows) > first else ()
        rows.append(text_row(total, "subtotal", amount)._replace(formula=formula))
    rows.append(text_row("三、资金", "section"))
    rows += [
        text_row("期初资金（现金和存款）", "line", totals.opening_fen),
        text_row("加：本期收入", "line", totals.income_fen),
        text_row("减：本期支出", "line", totals.spending_fen),
        text_row("期末资金", "total", totals.closing_fen),
    ]
    made = report("notice-income-spending", "财务收支公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, blank_zero=False)


def line_row(
    source: LedgerSource,
    number: int,
    line: FlowLine,
    words: Mapping[str, str],
    basis: Basis,
    named: Callable[[str], str],
) -> Row:
    """One receipt or payment as the wall shows it."""
    voucher = line.voucher
    cells: tuple[Value, ...] = (
        number,
        voucher.day,
        voucher.label,
        everyday(source, line.account, words),
        without_numbers(line.summary),
        _own_party(line) or basis.party or _only_party(line) or named(line.summary),
        basis.handler,
        basis.number,
        line.amount_fen,
    )
    return Row(cells, target=Target("voucher", voucher=voucher.id))


def text_row(text: str, kind: str, fen: int | None = None) -> Row:
    """A heading or a sum."""
    return Row((None, None, "", "", text, "", "", "", fen), kind)  # type: ignore[arg-type]  # kinds are literals here


def _own_party(line: FlowLine) -> str:
    """Whom the line itself names: a household or unit, or one of the village's own people."""
    return next((item.name for item in line.items if item.category in PEOPLE), "")


def _only_party(line: FlowLine) -> str:
    """Whom the voucher names, if it names just one."""
    named = {item.name for one in line.voucher.lines for item in one.items if item.category in PEOPLE}
    return named.pop() if len(named) == 1 else ""


def everyday(source: LedgerSource, account: str, words: Mapping[str, str]) -> str:
    """What a villager would call the account: by the longest prefix that has a word, else the account's own name."""
    for length in range(len(account), 2, -1):
        if word := words.get(account[:length]):
            return word
    return source.chart[account].name
