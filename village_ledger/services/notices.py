"""Making a disclosure notice: collects what each sheet is built from and puts the sheets together."""

from collections.abc import Callable

from ..domain.errors import BadInput
from ..domain.money_flow import FlowLine, money_flow
from ..domain.period import Period
from ..reports import budget_execution, decision_register, project_ledger
from ..reports.frame import span_label
from ..reports.model import Report
from ..reports.notices import (
    assets,
    benefits,
    charts,
    debts,
    exceptions,
    funds,
    income_spending,
    narrowed,
    objections,
    rents,
    resources,
)
from ..reports.notices.income_spending import Basis
from ..reports.notices.model import Chart, Edition, Notice, Sheet, Totals, WallFacts
from ..reports.query import Query
from ..storage.benefits import load_batches
from ..storage.disclosures import load_disclosures, load_objections
from ..storage.requests import load_links, load_requests
from . import (
    assets_register,
    budgets_register,
    contracts_register,
    decisions_register,
    projects_register,
    requests_register,
    resources_register,
)
from .book import Book
from .catalog import chart_definition
from .disclosure_profiles import DEFAULT, Profile, profile

_LOANS = ("借款",)
"""First-level accounts that are debts besides those the chart's roles name, by a part of their name."""


def build(book: Book, edition: Edition, start: Period, end: Period, version: int = 1) -> Notice:
    """The notice of a span of months as the book stands now; a draft while one of the months is open."""
    entity = book.entity
    if start < entity.first_period or end < start:
        raise BadInput(f"{start.label}至{end.label}没有可以公开的账，这本账从 {entity.first_period.label} 开始")
    rules = profile_of(book)
    desk = _Desk(book, Query(start, end), rules)
    return Notice(
        entity.name,
        entity.township,
        entity.region_code,
        edition,
        start,
        end,
        version,
        end >= book.open_period,
        desk.totals,
        tuple(Sheet(one.key, one.plain, desk.noted(SHEETS[one.key](desk))) for one in rules.sheets_of(edition)),
        _charts(desk),
        wall=_wall(book, rules, (edition, start, end, version)),
    )


def profile_of(book: Book) -> Profile:
    """How the book's township discloses: the profile set for the book, else the national one."""
    return profile(book.settings.disclosure or DEFAULT)


def _wall(book: Book, rules: Profile, wanted: tuple[str, Period, Period, int]) -> WallFacts:
    """Who signed, when and where it was posted, as far as the notice has come; who else signs, and whom to call."""
    facts = WallFacts(days=rules.posting_days, answer_days=rules.answer_days, signers=rules.signers)
    facts = facts._replace(phones=tuple((who, number) for who, number in _phones(book.settings.phones)))
    for made in load_disclosures(book.connection):
        if (made.edition, made.start, made.end, made.version) == wanted:
            posted = made.posted
            facts = facts._replace(days=made.days, signed=made.signed)
            if posted:
                facts = facts._replace(place=posted.place, posted=posted.day)
    return facts


def _phones(text: str) -> list[tuple[str, str]]:
    """`村 0555-1234567、镇 0555-7654321` as pairs."""
    found = []
    for part in text.replace("，", "、").split("、"):
        who, _, number = part.strip().rpartition(" ")
        if number:
            found.append((who, number))
    return found


class _Desk:
    """What the sheets of one notice are built from; the funds are reckoned once for all of them."""

    def __init__(self, book: Book, query: Query, rules: Profile) -> None:
        self.book, self.query, self.rules = book, query, rules
        self.ledger = book.ledger
        settings = book.settings
        self.money = (*settings.cash_accounts, *settings.bank_accounts)
        self.lines = self.flow(query.start, query.end)
        self.totals = self.totals_of(query.start, query.end, self.lines)

    def noted(self, sheet: Report) -> Report:
        """A sheet with the exceptions it must say."""
        return sheet._replace(notes=(*sheet.notes, *self.book.entity.exceptions))

    def flow(self, start: Period, end: Period) -> tuple[FlowLine, ...]:
        """The income and spending of a span."""
        return money_flow(self.ledger.vouchers(start, end), self.money)

    def totals_of(self, start: Period, end: Period, lines: tuple[FlowLine, ...]) -> Totals:
        """The four figures of a span."""
        balances = [row for row in self.ledger.balances(start, end) if row.account.startswith(self.money)]
        return Totals(
            sum(row.opening_fen for row in balances),
            sum(line.amount_fen for line in lines if line.flow == "income"),
            sum(line.amount_fen for line in lines if line.flow == "spending"),
            sum(row.closing_fen for row in balances),
        )


def _income_spending(desk: _Desk) -> Report:
    bases = _bases(desk.book)
    return income_spending.build(desk.ledger, desk.query, desk.lines, desk.totals, desk.rules.words, bases)


def _bases(book: Book) -> dict[str, Basis]:
    """Payee, handler and the number of decision or request behind each payment, by the voucher's uid."""
    asked = {one.number: one for one in load_requests(book.connection)}
    found: dict[str, Basis] = {}
    for request, voucher in load_links(book.connection):
        one = asked[request]
        before = found.get(voucher)
        if before is None:
            found[voucher] = Basis(one.payee, one.handler, one.decision or one.number)
        else:
            found[voucher] = Basis(
                before.party if before.party == one.payee else "",
                _joined(before.handler, one.handler),
                _joined(before.number, one.decision or one.number),
            )
    return found


def _joined(before: str, more: str) -> str:
    return before if more in before.split("、") else f"{before}、{more}"


def _decisions(desk: _Desk) -> Report:
    full = decision_register.build(desk.ledger, desk.query, decisions_register.read(desk.book.connection))
    return narrowed.narrow(full, "notice-decisions", "决策结果公开表", narrowed.DECISIONS)


def _budget(desk: _Desk) -> Report:
    last = desk.query.end.last_day
    budgets = tuple(
        one._replace(adjustments=tuple(change for change in one.adjustments if change.day <= last))
        for one in budgets_register.read(desk.book.connection)
    )
    full = budget_execution.build(desk.ledger, desk.query, budgets)
    return narrowed.narrow(full, "notice-budget", "年度预算执行公开表", narrowed.BUDGET)


def _projects(desk: _Desk) -> Report:
    full = project_ledger.build(desk.ledger, desk.query, projects_register.read(desk.book.connection))
    return narrowed.narrow(full, "notice-projects", "工程项目公开表", narrowed.PROJECTS)


def _debts(desk: _Desk) -> Report:
    roles = chart_definition(desk.book.entity.chart).roles
    loans = (one.code for one in desk.ledger.chart if one.level == 1 and any(word in one.name for word in _LOANS))
    owing = (*roles.receivable, *roles.two_sided, *roles.payable, *loans)
    return debts.build(desk.ledger, desk.query, owing, desk.rules.words)


def _charts(desk: _Desk) -> tuple[Chart, ...]:
    """Where the money came from and went, compared with before, and what was left each month of the year."""
    start, end = desk.query.start, desk.query.end
    months = len(tuple(start.through(end)))
    first = desk.book.entity.first_period
    spans = [(span_label(start, end), desk.totals)]
    for name, back in (("上期", months), ("去年同期", 12)):
        before = start.plus(-back)
        if before >= first and name not in {label for label, _ in spans}:
            until = before.plus(months - 1)
            spans.append((name, desk.totals_of(before, until, desk.flow(before, until))))
    line = [
        charts.Month(month, desk.totals_of(month, month, desk.flow(month, month)))
        for month in max(end.january, first).through(end)
    ]
    return (
        charts.by_kind(desk.ledger, desk.lines, "income", desk.rules.words, "钱从哪里来"),
        charts.by_kind(desk.ledger, desk.lines, "spending", desk.rules.words, "钱花到哪里去"),
        charts.comparison(spans),
        charts.balance_line(line),
    )


SHEETS: dict[str, Callable[[_Desk], Report]] = {
    "income-spending": _income_spending,
    "funds": lambda desk: funds.build(desk.ledger, desk.query, desk.money),
    "debts": _debts,
    "rents": lambda desk: rents.build(desk.ledger, desk.query, contracts_register.read(desk.book.connection)),
    "assets": lambda desk: assets.build(desk.ledger, desk.query, assets_register.read(desk.book.connection)),
    "resources": lambda desk: resources.build(desk.ledger, desk.query, resources_register.read(desk.book.connection)),
    "projects": _projects,
    "benefits": lambda desk: benefits.build(desk.ledger, desk.query, load_batches(desk.book.connection)),
    "decisions": _decisions,
    "budget": _budget,
    "exceptions": lambda desk: exceptions.build(desk.ledger, desk.query, requests_register.read(desk.book.connection)),
    "objections": lambda desk: objections.build(desk.ledger, desk.query, load_objections(desk.book.connection)),
}
"""How each sheet of the catalogue is built."""
