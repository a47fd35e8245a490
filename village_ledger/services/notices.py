"""Making a disclosure notice: collects what each sheet is built from and puts the sheets together."""

from collections.abc import Callable, Iterable

from ..domain.disclosure import Act
from ..domain.errors import BadInput
from ..domain.masking import without_numbers
from ..domain.money_flow import FlowLine, money_flow
from ..domain.period import Period
from ..reports import budget_execution, decision_register, project_ledger
from ..reports.frame import span_label
from ..reports.model import Report, Value
from ..reports.notices import (
    assets,
    benefits,
    charts,
    debts,
    exceptions,
    funds,
    income_spending,
    large,
    narrowed,
    objections,
    rents,
    resources,
)
from ..reports.notices.income_spending import PEOPLE, Basis, Named
from ..reports.notices.model import Chart, Edition, Notice, Sheet, Totals, WallFacts
from ..reports.query import Query
from ..storage.accounts import load_items
from ..storage.benefits import load_batches
from ..storage.disclosures import load_objections
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
from .disclosure_profiles import Profile, SheetRule, profile_of

_LOANS = ("借款",)
"""First-level accounts that are debts besides those the chart's roles name, by a part of their name."""


def build(
    book: Book,
    edition: Edition,
    start: Period,
    end: Period,
    version: int = 1,
    *,
    subject: str = "",
    sheets: tuple[str, ...] = (),
) -> Notice:
    """The notice of a span of months as the book stands now; a draft while one of the months is open.

    A special notice is about a `subject` and has the `sheets` chosen by key; it is made at once and is never a draft.
    """
    entity = book.entity
    if start < entity.first_period or end < start:
        raise BadInput(f"{start.label}至{end.label}没有可以公开的账，这本账从 {entity.first_period.label} 开始")
    rules = profile_of(book)
    chosen = rules.sheets_of(edition)
    special = edition == "special"
    if special:
        chosen = tuple(one for one in chosen if one.key in sheets)
        if not subject.strip() or not chosen:
            raise BadInput("专项公开要写明公开什么事项，并至少选一张表")
    desk = _Desk(book, Query(start, end), rules)
    return Notice(
        entity.name,
        entity.township,
        entity.region_code,
        edition,
        start,
        end,
        version,
        end >= book.open_period and not special,
        desk.totals,
        tuple(Sheet(one.key, one.plain, _dressed(one, desk.noted(SHEETS[one.key](desk)))) for one in chosen),
        () if special else _charts(desk),
        _wall(book, rules),
        without_numbers(subject.strip()),
    )


def _dressed(rule: SheetRule, table: Report) -> Report:
    """A sheet without the columns the township leaves out, under its headings, every person's number masked."""
    kept = [place for place, column in enumerate(table.columns) if column.key not in rule.without]
    titles = dict(rule.titles)
    columns = tuple(
        column._replace(title=titles.get(column.key, column.title)) for column in (table.columns[one] for one in kept)
    )
    rows = tuple(row._replace(cells=tuple(_safe(row.cells[one]) for one in kept)) for row in table.rows)
    return table._replace(columns=columns, rows=rows, notes=tuple(without_numbers(note) for note in table.notes))


def _safe(cell: Value) -> Value:
    return without_numbers(cell) if isinstance(cell, str) else cell


def _wall(book: Book, rules: Profile) -> WallFacts:
    """What stands around the tables before anybody signed: how long it hangs, who signs, whom to call."""
    return WallFacts(
        days=rules.posting_days,
        answer_days=rules.answer_days,
        phones=tuple((who, number) for who, number in _phones(book.settings.phones)),
        signers=rules.signers,
        seals=rules.seals,
    )


def with_acts(notice: Notice, acts: Iterable[Act]) -> Notice:
    """A notice with who signed it and where and when it was posted, as far as the acts say."""
    wall = notice.wall
    for act in acts:
        if act.kind == "签字":
            wall = wall._replace(signed=(*wall.signed, (act.role, act.who, act.day)))
        elif act.kind == "张榜":
            wall = wall._replace(place=act.place, posted=act.day)
    return notice._replace(wall=wall)


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
    bases = _bases(desk)
    return income_spending.build(
        desk.ledger, desk.query, desk.lines, desk.totals, desk.rules.words, bases, _named(desk)
    )


def _large(desk: _Desk) -> Report:
    rules = desk.rules
    return large.build(desk.ledger, desk.query, desk.lines, rules.major_fen, rules.words, _bases(desk), _named(desk))


def _bases(desk: _Desk) -> dict[str, Basis]:
    """Who paid or was paid, the handler, and the number of decision or request behind each voucher, by its uid: what
    requests say, and contracts of what was received for them.
    """
    found: dict[str, Basis] = {}
    connection = desk.book.connection
    asked = {one.number: one for one in load_requests(connection)}
    for request, voucher in load_links(connection):
        one = asked[request]
        _add(found, voucher, Basis(one.payee, one.handler, one.decision or one.number))
    contracts = contracts_register.read(connection)
    by_id = {account.contract.id: account.contract for account in contracts.accounts}
    uids = {line.voucher.id: line.voucher.uid for line in desk.lines}
    for receipt, allocations in contracts.receipts:
        posted = receipt.voucher.booking == "posted" and uids.get(receipt.voucher.id)
        for allocation in allocations if posted else ():
            contract = by_id[allocation.contract]
            _add(found, uids[receipt.voucher.id], Basis(contract.party.name, "", contract.decision))
    return found


def _named(desk: _Desk) -> Callable[[str], str]:
    """Whom of the registers a summary names."""
    items = load_items(desk.book.connection).values()
    return Named(item.name for item in items if item.category in PEOPLE).in_text


def _add(found: dict[str, Basis], voucher: str, more: Basis) -> None:
    before = found.get(voucher)
    if before is None:
        found[voucher] = more
        return
    found[voucher] = Basis(
        before.party if before.party == more.party else "",
        _joined(before.handler, more.handler),
        _joined(before.number, more.number),
    )


def _joined(before: str, more: str) -> str:
    if not before or not more:
        return before or more
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
    spans = [(f"本期 {span_label(start, end)}", desk.totals)]
    missing = ""
    for name, back in (("上期", months), ("去年同期", 12)):
        before = start.plus(-back)
        until = before.plus(months - 1)
        if before < first:
            missing = f"{name}（{span_label(before, until)}）还没有用本账记，不能比"
        elif not (name == "去年同期" and months == 12):
            spans.append(
                (f"{name} {span_label(before, until)}", desk.totals_of(before, until, desk.flow(before, until)))
            )
    line = [
        charts.Month(month, desk.totals_of(month, month, desk.flow(month, month)))
        for month in max(end.january, first).through(end)
    ]
    return (
        charts.by_kind(desk.ledger, desk.lines, "income", desk.rules.words, "钱从哪里来"),
        charts.by_kind(desk.ledger, desk.lines, "spending", desk.rules.words, "钱花到哪里去"),
        charts.comparison(spans, missing),
        charts.balance_line(line),
    )


SHEETS: dict[str, Callable[[_Desk], Report]] = {
    "income-spending": _income_spending,
    "large": _large,
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
