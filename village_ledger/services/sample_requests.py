"""The sample village's requests for payment: drawn up, signed and linked to their vouchers as the real ones are."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from ..domain.budget_execution import match
from ..domain.period import Period
from ..domain.request import Request, RequestLine
from ..domain.voucher import Draft
from ..storage.budgets import load_budget
from .book import Book
from .evidence import REQUEST, attach
from .gate import grant_exception
from .request_checks import kind_of_lines
from .request_signing import OnPaper, sign, sign_on_paper
from .requests import link, links_of, save, submit
from .vouchers import drafts_of, post, review

URGENT = "记-20"
"""The voucher of November that was posted by exception, without a request."""
_REASON = "11月19日夜里路灯控制箱短路起火，当晚请人更换，来不及办申请"
_WAITING, _DRAWN_UP = "记-4", "记-5"
"""Of January: one waits for the supervision's signature, one was only drawn up."""
_BEFORE = timedelta(days=2)


class Office(NamedTuple):
    """Who does what in the village: names by duty."""

    accountant: str
    cashier: str
    reviewer: str
    heads: tuple[str, ...]
    supervision: str
    township: str


class SampleRequests:
    """Makes the requests of the sample, month by month."""

    def __init__(self, book: Book, folder: Path, office: Office) -> None:
        self._book = book
        self._folder = folder
        self._office = office
        with (folder / "requests.csv").open(encoding="utf-8", newline="") as file:
            self._rows = {row["凭证"]: row for row in csv.DictReader(file)}

    def settle_month(self, period: Period) -> None:
        """Ask for everything a month's drafts pay, have it signed, review and post."""
        book, office = self._book, self._office
        drafts = drafts_of(book, period)
        for number, draft in enumerate(drafts, 1):
            if row := self._rows.get(f"{period} 记-{number}"):
                self._ask(draft, row)
        ids = [draft.id for draft in drafts]
        with acting(book, office.reviewer):
            review(book, ids)
        for number, draft in enumerate(drafts, 1):
            if (str(period), f"记-{number}") == ("2025-11", URGENT):
                with acting(book, office.heads[0]):
                    grant_exception(book, draft.id, _REASON, draft.day)
        post(book, ids)

    def begin_month(self, period: Period) -> None:
        """The drafts of the open month: some ready, one waiting for signatures, one only drawn up."""
        for number, draft in enumerate(drafts_of(self._book, period), 1):
            label = f"记-{number}"
            if row := self._rows.get(f"{period} {label}"):
                self._ask(draft, row, stop="村监会" if label == _WAITING else "", hold=label == _DRAWN_UP)

    def _ask(self, draft: Draft, row: Mapping[str, str], *, stop: str = "", hold: bool = False) -> None:
        book, office = self._book, self._office
        cashier = row["经手人"] in ("", office.cashier)
        with acting(book, office.cashier if cashier else office.accountant):
            saved = save(book, self._request(draft, row))
            if row["书面"]:
                self._attach_form(saved)
            if not hold:
                saved = submit(book, saved.id, saved.day)
        if not hold:
            self._sign(saved, stop)
        with acting(book, office.accountant):
            link(book, draft.id, (saved.id,))

    def _attach_form(self, saved: Request) -> None:
        """The scan of the signed paper form; one picture serves all, with the request's number behind its end."""
        scan = (self._folder / "evidence" / "用款审批单.png").read_bytes()
        with TemporaryDirectory() as folder:
            form = Path(folder) / f"用款审批单 {saved.number}.png"
            form.write_bytes(scan + saved.number.encode())
            attach(self._book, REQUEST, saved.uid, form, label=saved.number)

    def _request(self, draft: Draft, row: Mapping[str, str]) -> Request:
        book, office = self._book, self._office
        money = (*book.settings.cash_accounts, *book.settings.bank_accounts)
        lines = tuple(
            RequestLine(line.summary, line.account, line.items, line.debit_fen)
            for line in draft.lines
            if line.debit_fen and not line.account.startswith(money)
        )
        paid = {line.account for line in draft.lines if line.credit_fen and line.account.startswith(money)}
        return Request(
            max(draft.day - _BEFORE, draft.day.replace(day=1)),
            row["用途"] or draft.lines[0].summary,
            kind_of_lines(book, lines)[0],
            row["收款人"],
            row["经手人"] or office.cashier,
            row["证明人"] or office.reviewer,
            lines,
            paid.pop() if len(paid) == 1 else "",
            row["决策"],
            row["合同"],
            row["项目"],
            self._budget_item(draft.day, lines),
            tuple(part for part in row["单据"].split(";") if part),
        )

    def _budget_item(self, day: date, lines: Iterable[RequestLine]) -> str:
        """The one item of the year's budget the lines belong to, if they do."""
        budget = load_budget(self._book.connection, day.year)
        chart = self._book.chart
        items = budget.items if budget else ()
        found = {match(items, chart[line.account], chart, frozenset()) for line in lines}
        one = found.pop() if len(found) == 1 else None
        return one.code if one else ""

    def _sign(self, one: Request, stop: str) -> None:
        """Everybody signs in turn the day after; who has no place at the computer signs on paper."""
        book, office = self._book, self._office
        day = one.day + timedelta(days=1)
        heads = [name for name in office.heads if name != one.payee]
        holders = {"负责人": heads[0], "村监会": office.supervision, "乡镇": office.township}
        names = {"经手人": one.handler, "证明人": one.witness}
        for link_ in links_of(book, one):
            if link_.signature:
                continue
            if link_.duty == stop:
                return
            name = holders.get(link_.role) or names[link_.duty]
            if name in self._at_desk:
                with acting(book, name):
                    one = sign(book, one.id, "同意", day)
            else:
                with acting(book, office.accountant):
                    one = sign_on_paper(book, one.id, OnPaper(name, day, "同意"))

    @property
    def _at_desk(self) -> frozenset[str]:
        office = self._office
        return frozenset({office.accountant, office.reviewer, *office.heads, office.supervision, office.township})


@contextmanager
def acting(book: Book, name: str) -> Iterator[None]:
    """Somebody else at the keyboard for a while."""
    before, book.actor = book.actor, name
    try:
        yield
    finally:
        book.actor = before
