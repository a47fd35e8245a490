"""财务收支公开表: every receipt and payment of the span, one line each, with what it was for and who decided it.

Columns: no, day, voucher, kind (in everyday words), reason, party, handler, basis, amount. Income first, then
spending, then the funds that were there, came, went and remain. 逐项逐笔: 农村集体经济组织财务公开规定
(农经发〔2011〕13号) art. 8.
"""

from collections.abc import Mapping, Sequence
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
_PEOPLE = (COUNTERPARTY, "人员")
_SECTIONS: tuple[tuple[Flow, str, str], ...] = (
    ("income", "一、收入", "收入合计"),
    ("spending", "二、支出", "支出合计"),
)


class Basis(NamedTuple):
    """What stands behind a payment besides its voucher: who handled it, and the decision's or request's number."""

    party: str = ""
    handler: str = ""
    number: str = ""


def build(
    source: LedgerSource,
    query: Query,
    lines: Sequence[FlowLine],
    totals: Totals,
    words: Mapping[str, str],
    bases: Mapping[str, Basis],
) -> Report:
    """`words` are everyday names by account prefix (the longest fits best), `bases` by the voucher's uid."""
    rows: list[Row] = []
    number = 0
    for flow, title, total in _SECTIONS:
        rows.append(_text_row(title, "section"))
        first = len(rows)
        amount = 0
        for line in lines:
            if line.flow == flow:
                number += 1
                amount += line.amount_fen
                rows.append(_row(source, number, line, words, bases.get(line.voucher.uid, Basis())))
        formula = (Span(first, len(rows) - 1),) if len(rows) > first else ()
        rows.append(_text_row(total, "subtotal", amount)._replace(formula=formula))
    rows.append(_text_row("三、资金", "section"))
    rows += [
        _text_row("期初资金（现金和存款）", "line", totals.opening_fen),
        _text_row("加：本期收入", "line", totals.income_fen),
        _text_row("减：本期支出", "line", totals.spending_fen),
        _text_row("期末资金", "total", totals.closing_fen),
    ]
    made = report("notice-income-spending", "财务收支公开表", source, query, columns=COLUMNS, rows=rows)
    return made._replace(landscape=True, blank_zero=False)


def _row(source: LedgerSource, number: int, line: FlowLine, words: Mapping[str, str], basis: Basis) -> Row:
    voucher = line.voucher
    cells: tuple[Value, ...] = (
        number,
        voucher.day,
        voucher.label,
        everyday(source, line.account, words),
        without_numbers(line.summary),
        _own_party(line) or basis.party or _only_party(line),
        basis.handler,
        basis.number,
        line.amount_fen,
    )
    return Row(cells, target=Target("voucher", voucher=voucher.id))


def _text_row(text: str, kind: str, fen: int | None = None) -> Row:
    return Row((None, None, "", "", text, "", "", "", fen), kind)  # type: ignore[arg-type]  # kinds are literals here


def _own_party(line: FlowLine) -> str:
    """Whom the line itself names: a household or unit, or one of the village's own people."""
    return next((item.name for item in line.items if item.category in _PEOPLE), "")


def _only_party(line: FlowLine) -> str:
    """Whom the voucher names, if it names just one."""
    named = {item.name for one in line.voucher.lines for item in one.items if item.category in _PEOPLE}
    return named.pop() if len(named) == 1 else ""


def everyday(source: LedgerSource, account: str, words: Mapping[str, str]) -> str:
    """What a villager would call the account: by the longest prefix that has a word, else the account's own name."""
    for length in range(len(account), 2, -1):
        if word := words.get(account[:length]):
            return word
    return source.chart[account].name
