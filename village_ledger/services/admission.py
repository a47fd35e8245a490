"""The gate at posting: what each voucher's spending needs, looked up in the book once for a whole transaction.

Every voucher that becomes a fact passes here (`posting.Poster`), whatever way it came. What is asked and missing is
decided by pure functions (`domain.approval`, `domain.approval_check`); this module brings them what they need.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..domain.approval import Outflow, Spending, TierTable, disposal_of, kind_of, spending_of
from ..domain.approval_check import Backing, Demands, demands_of, missing
from ..domain.errors import NotAllowed
from ..domain.exemption import UrgentException, draft_content, exception_detail
from ..domain.period import Period
from ..domain.problems import Problem
from ..domain.reception import ReceptionRules, zero_problems
from ..domain.request import Request
from ..domain.voucher import Draft, Voucher, cancels, posted_as_draft
from ..storage import requests as rows
from ..storage.exceptions import load_exceptions, update_exception
from ..storage.projects import load_projects
from ..storage.transaction import Transaction
from ..storage.vouchers import voucher_by_id
from . import projects, reception, request_backing, tiers
from .book import Book
from .catalog import chart_definition
from .works_rules import reception_rules

_NOTHING = Outflow(0, ())


class _Admitted(NamedTuple):
    requests: tuple[Request, ...]
    lacks: tuple[str, ...]
    exception: UrgentException | None


class Gate:
    """What the tiers ask of vouchers, for one transaction or one look at the book."""

    def __init__(self, book: Book) -> None:
        settings = book.settings
        roles = chart_definition(book.entity.chart).roles
        own = (*settings.cash_accounts, *settings.bank_accounts)
        self._book = book
        self._control = bool(settings.control)
        self._since = Period.parse(settings.control_from) if settings.control_from else Period(1, 1)
        # the regulation's money accounts always count, so that no setting can take a payment out of sight
        self._money = tuple({code for code in (*own, *roles.cash, *roles.bank) if code})
        self._chart = book.chart
        self._spending = tiers.spending(book.entity.chart)
        self._kinds: dict[str, str] = {}
        self._tables = tiers.Tables(book.connection)
        self._links: dict[int, tuple[int, ...]] | None = None
        self._backings: dict[tuple[int, date], Backing] = {}
        self._admitted: dict[int, _Admitted] = {}
        self._used: set[int] = set()
        self._members = frozenset(
            (one.member.category, one.member.name) for one in load_projects(book.connection) if one.member
        )
        self._watched = reception.watched_accounts(book) if self._control else ()
        self._reception: dict[date, ReceptionRules] = {}

    @property
    def _connection(self) -> sqlite3.Connection:
        return self._book.connection

    @property
    def spending(self) -> Spending:
        """How spending is told apart and signed for under the book's chart."""
        return self._spending

    def table(self, on: date) -> TierTable:
        """The tiers in force on a day."""
        return self._tables.on(on)

    def kind(self, account: str) -> str:
        """The kind of spending a debit on an account is."""
        if account not in self._kinds:
            path = self._chart.full_name(account) if account in self._chart else ""
            self._kinds[account] = kind_of(self._spending, account, path)
        return self._kinds[account]

    def demands(self, draft: Draft) -> Demands:
        """What the tiers ask of a voucher; nothing while the book is not controlled, or of a red-letter twin."""
        if not self._controls(draft):
            return Demands(_NOTHING, _NOTHING, ())
        payment = spending_of(draft, self._money, self.kind)
        disposal = disposal_of(draft, self._spending.assets)
        if not (payment.total_fen or disposal.total_fen) or self._cancels(draft):
            return Demands(_NOTHING, _NOTHING, ())
        return demands_of(self.table(draft.day), payment, disposal)

    def _controls(self, draft: Draft) -> bool:
        return self._control and draft.period >= self._since

    def _cancels(self, draft: Draft) -> bool:
        return bool(draft.reverses) and cancels(draft, voucher_by_id(self._connection, draft.reverses))

    def missing(self, draft: Draft) -> tuple[str, ...]:
        """What a draft lacks; empty: it may be posted."""
        return self._missing(draft, self.linked(draft.id))

    def missing_of(self, voucher: Voucher) -> tuple[str, ...]:
        """What a posted voucher lacks as the book stands now; papers and requests added since count."""
        ids = rows.requests_of_voucher(self._connection, voucher.uid)
        draft = posted_as_draft(voucher)._replace(reverses=voucher.reverses)
        return self._missing(draft, self._requests(ids), voucher.uid)

    def _missing(self, draft: Draft, linked: tuple[Request, ...], uid: str = "") -> tuple[str, ...]:
        if self._cancels(draft):
            return ()
        plain = draft._replace(kind="normal", reverses=0)  # what a draft calls itself excuses it from nothing
        demands = self.demands(plain)
        found: tuple[str, ...] = ()
        if demands.needs:
            backings = tuple(self.backing(request, draft.day, uid) for request in linked)
            found = missing(demands, backings, self.table(draft.day), self._spending)
        if not uid and self._members and any(self._members & {*line.items} for line in draft.lines):
            found += projects.draft_problems(self._book, plain, linked)
        return found + self._feasts(plain)

    def _feasts(self, draft: Draft) -> tuple[str, ...]:
        """Reception where there is to be none (零招待)."""
        if not self._controls(draft):
            return ()
        if draft.day not in self._reception:
            self._reception[draft.day] = reception_rules(self._book, draft.day)
        rules = self._reception[draft.day]
        return tuple(problem.message for problem in zero_problems(rules, self._chart, self._watched, draft))

    def backing(self, request: Request, on: date, uid: str = "") -> Backing:
        """What stands behind a request on a day; `uid` is the posted voucher it may be used for already."""
        key = (request.id, on)
        if key not in self._backings:
            self._backings[key] = request_backing.backing(self._book, request, on)
        found = self._backings[key]
        use = rows.load_uses(self._connection, request.id).get(request.id)
        taken = ""
        if use and use.voucher and use.uid != uid:
            taken = use.label
        elif request.id in self._used:
            taken = "（同一批记账的另一张）"
        return found._replace(taken=taken)

    def linked(self, draft_id: int) -> tuple[Request, ...]:
        """The requests a draft pays for."""
        if not draft_id:
            return ()
        if self._links is None:
            self._links = rows.links_of_drafts(self._connection)
        return self._requests(self._links.get(draft_id, ()))

    def _requests(self, ids: Iterable[int]) -> tuple[Request, ...]:
        found = (rows.request_by_id(self._connection, number) for number in ids)
        return tuple(request for request in found if request)

    def admit(self, drafts: Iterable[Draft]) -> None:
        """Refuse drafts that lack something and for which no exception was granted, all of them at once.

        What was posted before in the transaction counts, so a voucher is to be asked for again just before it is.
        """
        problems = []
        self._backings.clear()
        self._used.clear()
        for draft in drafts:
            linked = self.linked(draft.id)
            lacks = self._missing(draft, linked)
            exception = self._exception(draft) if lacks else None
            if lacks and exception is None:
                name = draft.source if not draft.id and draft.source else f"草稿{draft.id}"
                problems += [
                    Problem("gate", f"{draft.day} {draft.word}字凭证（{name}）：{text}", field="gate") for text in lacks
                ]
            elif linked or exception:
                self._admitted[draft.id] = _Admitted(linked, lacks, exception)
                self._used |= {request.id for request in linked}
        if problems:
            raise NotAllowed(
                "没有记账，以下凭证的用款手续不全。请补齐手续，确实紧急的请负责人批准“紧急例外”：", tuple(problems)
            )

    def _exception(self, draft: Draft) -> UrgentException | None:
        """The exception granted for a draft, if it still is what it was granted for."""
        if not draft.id:
            return None
        content = draft_content(draft)
        where = "draft_id=? AND voucher_uid='' AND content=?"
        found = load_exceptions(self._connection, where, (draft.id, content))
        return found[-1] if found else None

    def is_excused(self, draft: Draft) -> bool:
        """Whether an exception was granted for a draft as it is."""
        return self._exception(draft) is not None

    def amount_fen(self, draft: Draft) -> int:
        """What an exception for a draft is about: the money it pays, or all it books where none moves."""
        return self.demands(draft).amount_fen or draft.debit_total_fen

    def posted(self, transaction: Transaction, draft: Draft, voucher: Voucher) -> None:
        """Note which requests a voucher used up, and which exception let it pass."""
        one = self._admitted.pop(draft.id, None) if draft.id else None
        if one is None:
            return
        label = f"{voucher.period} {voucher.label}"
        if one.requests:
            rows.post_links(transaction.connection, draft.id, voucher.uid)
            numbers = [request.number for request in one.requests]
            transaction.record("request-voucher", label, {"requests": numbers, "voucher": voucher.uid})
        if one.exception and one.lacks:
            fen = self.amount_fen(draft)
            used = one.exception._replace(voucher=voucher.uid, missing=one.lacks, amount_fen=fen)
            update_exception(transaction.connection, used)
            transaction.record("exception", f"{label} 按例外记账", exception_detail(used))
