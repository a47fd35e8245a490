"""Statements as data: what each line adds up, and the arithmetic that turns balances into its amounts.

The lines themselves are data (resources/statements); nothing here knows a line's name or an account's code.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from .account import CODE_LENGTHS, COUNTERPARTY, Chart
from .money import format_fen
from .movement import earlier_credit_fen, earlier_debit_fen, expense_fen, income_fen, year_opening_fen
from .period import Period
from .roles import Roles
from .view import Balance, LedgerSource
from .voucher import Voucher

TermKind = Literal[
    "debit",
    "credit",
    "debit_details",
    "credit_details",
    "unclosed",
    "income",
    "expense",
    "allocation",
    "allocation_rest",
    "transfer_in",
    "opening_undistributed",
    "line",
]
"""debit/credit: the account's net balance on that side. *_details: the sum of those details (leaf x 往来户) that
stand on that side. unclosed: net credit of all income and expense accounts, i.e. profit not yet carried forward.
income/expense: movement without carry-forward vouchers. allocation: what 各项分配 gave to a counter-account,
allocation_rest: to any other. transfer_in: put into 未分配收益 other than by the year-end settlement.
opening_undistributed: profit kept at the start. line: another line of the same statement, by its key.
"""

LineKind = Literal["heading", "item", "subtotal", "total"]


class Term(NamedTuple):
    """One summand of a line: `operand` is an account code, or a line's key."""

    kind: TermKind
    operand: str = ""
    sign: int = 1


class StatementLine(NamedTuple):
    """One line. `line` is the printed 行次 (0: none, as on headings); `key` names it within the statement.

    `prefix` is printed before the name (加：, 减：). `only_if_nonzero` lines appear only when they are needed.
    `expand` asks a report to list the account's details below the line.
    """

    key: str
    line: int
    name: str
    side: Literal["left", "right"] = "left"
    level: int = 0
    kind: LineKind = "item"
    terms: tuple[Term, ...] = ()
    prefix: str = ""
    only_if_nonzero: bool = False
    expand: bool = False

    @property
    def title(self) -> str:
        """Prefix and name, as printed."""
        return self.prefix + self.name

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """(key, sign) of the lines this one adds up; empty unless it is made of lines only."""
        if any(term.kind != "line" for term in self.terms):
            return ()
        return tuple((term.operand, term.sign) for term in self.terms)


class Statement(NamedTuple):
    """One statement's form: its title, form number (empty when none is known) and lines in printed order."""

    key: str
    title: str
    lines: tuple[StatementLine, ...]
    form: str = ""
    signatures: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class LineValue(NamedTuple):
    """One line's amount in fen and, in words, where it comes from."""

    line: StatementLine
    fen: int
    explanation: str

    @property
    def shown(self) -> bool:
        """Whether the line is to be printed."""
        return bool(self.fen) or not self.line.only_if_nonzero


def evaluate_balance_sheet(
    statement: Statement,
    balances: Iterable[Balance],
    chart: Chart,
    at: Literal["closing", "year_opening"] = "closing",
) -> dict[str, LineValue]:
    """Amounts by line key at the end of the span, or at 1 January of its year.

    For `year_opening` the balances must be those of a span that begins in January (`LedgerSource.balances`
    of january and end); a book begun in mid-year is taken back to January by its 本年累计.
    """
    rows = tuple(balances)
    details: defaultdict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        details[row.account, _counterparty(row)] += row.closing_fen if at == "closing" else year_opening_fen(row)
    net = _subtotals((code, fen) for (code, _who), fen in details.items())
    debits = _subtotals((code, fen) for (code, _who), fen in details.items() if fen > 0)
    credits_ = _subtotals((code, -fen) for (code, _who), fen in details.items() if fen < 0)
    unclosed = -sum(net[code] for code in _profit_and_loss(chart))

    def amount(term: Term) -> int:
        match term.kind:
            case "debit":
                return net[term.operand]
            case "credit":
                return -net[term.operand]
            case "debit_details":
                return debits[term.operand]
            case "credit_details":
                return credits_[term.operand]
            case "unclosed":
                return unclosed
        raise ValueError(f"a balance sheet cannot use {term.kind}")

    return _evaluate(statement, chart, amount)


def evaluate_income(
    statement: Statement,
    balances: Iterable[Balance],
    chart: Chart,
    roles: Roles,
    vouchers: Iterable[Voucher] = (),
    *,
    from_january: bool,
) -> dict[str, LineValue]:
    """Amounts by line key of 收益及收益分配表 or 收支明细表 over the balances' span.

    `vouchers` need only be those that touch 322 (see `distribution_vouchers`). With `from_january` the span
    begins in January, and what a book begun in mid-year brought along as 本年累计 counts too.
    """
    rows = tuple(balances)
    income = _subtotals((row.account, income_fen(row, from_january=from_january)) for row in rows)
    expense = _subtotals((row.account, expense_fen(row, from_january=from_january)) for row in rows)
    undistributed = roles.undistributed.code(chart)
    given = roles.allocations.code(chart)
    counters = tuple(t.operand for line in statement.lines for t in line.terms if t.kind == "allocation")
    allocated, moved_in = _distribution(tuple(vouchers), counters, roles, undistributed, given)
    kept = 0
    equity = (roles.profit, roles.undistributed.parent, *_profit_and_loss(chart))
    for row in rows:
        if row.account.startswith(equity):
            kept -= year_opening_fen(row) if from_january else row.opening_fen
        if from_january and row.account.startswith(undistributed):
            moved_in -= earlier_debit_fen(row) - earlier_credit_fen(row)
        elif from_january and row.account.startswith(given):
            allocated[""] += earlier_debit_fen(row) - earlier_credit_fen(row)

    def amount(term: Term) -> int:
        match term.kind:
            case "income":
                return income[term.operand]
            case "expense":
                return expense[term.operand]
            case "allocation":
                return allocated[term.operand]
            case "allocation_rest":
                return allocated[""]
            case "transfer_in":
                return moved_in
            case "opening_undistributed":
                return kept
        raise ValueError(f"an income statement cannot use {term.kind}")

    return _evaluate(statement, chart, amount)


def distribution_vouchers(ledger: LedgerSource, start: Period, end: Period, roles: Roles) -> tuple[Voucher, ...]:
    """The vouchers of the span that touch 322 收益分配, reading only the months that have any."""
    wanted = {(line.voucher, Period.of(line.day)) for line in ledger.lines(start, end, (roles.undistributed.parent,))}
    ids = {voucher for voucher, _ in wanted}
    months = sorted({month for _, month in wanted})
    return tuple(voucher for month in months for voucher in ledger.vouchers(month, month) if voucher.id in ids)


def drill_codes(line: StatementLine, statement: Statement, chart: Chart, roles: Roles) -> tuple[str, ...]:
    """The accounts behind a line, for opening their ledgers; a sum's are those of its parts."""
    by_key = {other.key: other for other in statement.lines}
    codes: list[str] = []
    for term in line.terms:
        match term.kind:
            case "line":
                codes += drill_codes(by_key[term.operand], statement, chart, roles)
            case "unclosed":
                codes += _profit_and_loss(chart)
            case "allocation" | "allocation_rest":
                codes.append(roles.allocations.code(chart))
            case "transfer_in" | "opening_undistributed":
                codes.append(roles.undistributed.code(chart))
            case _:
                codes.append(term.operand)
    return tuple(dict.fromkeys(code for code in codes if code in chart))


def _counterparty(row: Balance) -> str:
    """The household or unit a row belongs to; a two-sided account is split by these, whatever else it is kept by."""
    return next((item.code for item in row.items if item.category == COUNTERPARTY), "")


def _profit_and_loss(chart: Chart) -> tuple[str, ...]:
    return tuple(account.code for account in chart if account.level == 1 and account.is_profit_and_loss)


def _subtotals(amounts: Iterable[tuple[str, int]]) -> defaultdict[str, int]:
    """Each account's amount added to itself and everything above it."""
    totals: defaultdict[str, int] = defaultdict(int)
    for code, fen in amounts:
        for length in CODE_LENGTHS:
            if length <= len(code):
                totals[code[:length]] += fen
    return totals


def _distribution(
    vouchers: tuple[Voucher, ...], counters: tuple[str, ...], roles: Roles, undistributed: str, given: str
) -> tuple[defaultdict[str, int], int]:
    """What 各项分配 gave to each counter-account ("" = the rest), and what was put into 未分配收益.

    The year-end settlement (321 and 322 among themselves) is neither, whoever entered it.
    """
    allocated: defaultdict[str, int] = defaultdict(int)
    moved_in = 0
    equity = (roles.profit, roles.undistributed.parent)
    for voucher in vouchers:
        if voucher.kind == "year_end" or all(line.account.startswith(equity) for line in voucher.lines):
            continue
        rest = sum(line.debit_fen - line.credit_fen for line in voucher.lines if line.account.startswith(given))
        sign = -1 if rest < 0 else 1
        for counter in counters:
            found = sum(ln.credit_fen - ln.debit_fen for ln in voucher.lines if ln.account.startswith(counter))
            share = sign * max(0, min(sign * found, sign * rest))
            allocated[counter] += share
            rest -= share
        allocated[""] += rest
        moved_in += sum(ln.credit_fen - ln.debit_fen for ln in voucher.lines if ln.account.startswith(undistributed))
    return allocated, moved_in


def _evaluate(statement: Statement, chart: Chart, amount: Callable[[Term], int]) -> dict[str, LineValue]:
    by_key = {line.key: line for line in statement.lines}
    amounts: dict[str, int] = {}

    def line_amount(key: str) -> int:
        if key not in amounts:
            amounts[key] = sum(term.sign * term_amount(term) for term in by_key[key].terms)
        return amounts[key]

    def term_amount(term: Term) -> int:
        return line_amount(term.operand) if term.kind == "line" else amount(term)

    def explain(line: StatementLine) -> str:
        parts = [
            (term.sign, f"{_term_name(term, chart, by_key)} {format_fen(term_amount(term))}")
            for term in line.terms
            if term_amount(term) or not (term.kind == "line" and by_key[term.operand].only_if_nonzero)
        ]
        text = "".join(f" {'-' if sign < 0 else '+'} {part}" for sign, part in parts)
        return text.removeprefix(" + ").strip()

    return {line.key: LineValue(line, line_amount(line.key), explain(line)) for line in statement.lines}


def _term_name(term: Term, chart: Chart, by_key: dict[str, StatementLine]) -> str:
    if term.kind == "line":
        line = by_key[term.operand]
        return f"第{line.line}行 {line.name}" if line.line else line.name
    fixed = {
        "unclosed": "尚未结转的损益",
        "allocation_rest": "各项分配中的其他去向",
        "transfer_in": "转入未分配收益（年终结转除外）",
        "opening_undistributed": "期初本年收益、收益分配余额",
    }
    if term.kind in fixed:
        return fixed[term.kind]
    account = chart.get(term.operand)
    name = f"{term.operand} {account.name}" if account else term.operand
    return {
        "debit_details": f"{name}（借方余额明细合计）",
        "credit_details": f"{name}（贷方余额明细合计）",
        "allocation": f"各项分配转入 {name}",
    }.get(term.kind, name)
