"""The payments of a case: what left the till and the banks by each voucher, to whom, for what, on which papers.

A red-letter voucher and the one it takes back are no payments; they are matched by what they book, since a handed-over
ledger numbers its vouchers anew. Money moved between till and bank is none either.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from village_ledger.domain.account import COUNTERPARTY
from village_ledger.domain.money_flow import FlowLine, money_flow
from village_ledger.domain.period import Period
from village_ledger.domain.source_document import BANK, OWN, PAID
from village_ledger.domain.voucher import Line, Voucher

from . import cells
from .model import Case, Row
from .wording import plain, word_in, yuan

OWN_PAPERS = frozenset({BANK, OWN})
"""Kinds of documents whose issuer is not who gets the money."""
_STAFF = "人员"
SHOWN = 20
"""So many payments are named in a hit's evidence; the rest are counted."""


class Share(NamedTuple):
    """What one payee got on one account; `payee` is empty where no paper names one."""

    payee: str
    account: str
    fen: int
    summary: str
    is_staff: bool = False


class Payment(NamedTuple):
    """One voucher that paid money out. `cash_fen` is the part that left the till.

    `requests` and `documents` are the rows of the registers that name the voucher; documents taken in are left out.
    """

    label: str
    day: date
    fen: int
    cash_fen: int
    shares: tuple[Share, ...]
    summary: str
    attachments: int
    requests: tuple[Row, ...] = ()
    documents: tuple[Row, ...] = ()

    @property
    def payees(self) -> tuple[str, ...]:
        """Who got money, each once."""
        return tuple(dict.fromkeys(share.payee for share in self.shares if share.payee))


def voucher_label(voucher: Voucher) -> str:
    """How the registers and the reader name a voucher: `2025-06 记-5`."""
    return f"{voucher.period} {voucher.label}"


def standing_vouchers(case: Case, start: Period | None = None, end: Period | None = None) -> tuple[Voucher, ...]:
    """The vouchers of the case (or other months) that are neither red letters, nor taken back by them, nor carried."""
    found = [one for one in case.ledger.vouchers(start or case.start, end or case.end) if one.kind == "normal"]
    taken_back: set[int] = set()
    open_by_content: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, voucher in enumerate(found):
        if is_red(voucher):
            taken_back.add(place)
            originals = open_by_content[booked(voucher, -1)]
            if originals:
                taken_back.add(originals.pop())
        else:
            open_by_content[booked(voucher)].append(place)
    return tuple(voucher for place, voucher in enumerate(found) if place not in taken_back)


def is_red(voucher: Voucher) -> bool:
    """Whether a voucher only takes back."""
    return all(line.debit_fen <= 0 and line.credit_fen <= 0 for line in voucher.lines)


def booked(voucher: Voucher, sign: int = 1) -> tuple[object, ...]:
    """What a voucher books, in no order; with -1 what a red letter that takes it back books."""
    return tuple(
        sorted((line.account, line.items, sign * line.debit_fen, sign * line.credit_fen) for line in voucher.lines)
    )


def payments(case: Case, start: Period | None = None, end: Period | None = None) -> tuple[Payment, ...]:
    """Every payment of the case, or of other months, in the order of the vouchers."""
    requests, documents = _by_voucher(case.rows("request-register")), _by_voucher(paid_documents(case))
    found = []
    for voucher in standing_vouchers(case, start, end):
        lines = [line for line in money_flow((voucher,), case.cash + case.bank) if line.flow == "spending"]
        fen = sum(line.amount_fen for line in lines)
        if fen <= 0:
            continue
        label = voucher_label(voucher)
        asked, papers = requests.get(label, ()), documents.get(label, ())
        cash = sum(_out(line) for line in voucher.lines if line.account.startswith(case.cash))
        found.append(
            Payment(
                *(label, voucher.day, fen, max(0, min(fen, cash)), _shares(lines, asked, papers)),
                *(voucher.lines[0].summary, voucher.attachments, asked, papers),
            )
        )
    return tuple(found)


def paid_documents(case: Case) -> tuple[Row, ...]:
    """The source documents of what the village paid, but for void ones."""
    return tuple(
        row for row in case.rows("document-register") if cells.text(row, "direction") == PAID and not row.get("void")
    )


def _by_voucher(rows: Iterable[Row]) -> dict[str, tuple[Row, ...]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if label := cells.text(row, "voucher"):
            found[label].append(row)
    return {label: tuple(those) for label, those in found.items()}


def _out(line: Line) -> int:
    return line.credit_fen - line.debit_fen


def _shares(lines: list[FlowLine], asked: tuple[Row, ...], papers: tuple[Row, ...]) -> tuple[Share, ...]:
    payee = _one_payee(asked, papers)
    shares = []
    for line in lines:
        members = [item for item in line.items if item.category in {COUNTERPARTY, _STAFF}]
        name = plain(members[0].name) if members else payee
        staff = bool(members) and members[0].category == _STAFF
        shares.append(Share(name, line.account, line.amount_fen, line.summary, staff))
    return tuple(shares)


def _one_payee(asked: tuple[Row, ...], papers: tuple[Row, ...]) -> str:
    """The payee all requests name, else the one all documents name; none when they name several."""
    names = {cells.name(row, "payee") for row in asked} - {""}
    if not names:
        names = {paper_payee(row) for row in papers} - {""}
    return names.pop() if len(names) == 1 else ""


def paper_payee(row: Row) -> str:
    """Who gets the money of a document: the name on the account, else its issuer."""
    return cells.name(row, "account_name") or (
        "" if cells.text(row, "kind") in OWN_PAPERS else cells.name(row, "issuer")
    )


def only_for(case: Case, words: tuple[str, ...], one: Payment) -> bool:
    """Whether the account or the summary of everything a payment is for holds one of the words."""
    chart = case.ledger.chart
    return all(word_in(words, chart.full_name(share.account), share.summary) for share in one.shares)


def shares_of(found: Iterable[Payment]) -> Iterator[tuple[Payment, Share]]:
    """Every share of payments, with its payment."""
    for one in found:
        for share in one.shares:
            yield one, share


def paid_to(found: Iterable[Payment]) -> dict[str, list[tuple[Payment, int]]]:
    """What each known payee got by each payment, in their order."""
    sums: defaultdict[str, dict[str, int]] = defaultdict(dict)
    by_label = {}
    for one, share in shares_of(found):
        if share.payee:
            by_label[one.label] = one
            known = sums[share.payee]
            known[one.label] = known.get(one.label, 0) + share.fen
    return {payee: [(by_label[label], fen) for label, fen in those.items()] for payee, those in sums.items()}


def cited(one: Payment, fen: int | None = None) -> tuple[str, str]:
    """A payment as evidence: the voucher, and its day, amount and summary."""
    return f"凭证 {one.label}", f"{one.day} 付 {yuan(one.fen if fen is None else fen)}：{one.summary}"


def cited_all(found: Iterable[Payment]) -> tuple[tuple[str, str], ...]:
    """Payments as evidence, those beyond the first ones counted."""
    every = tuple(found)
    more = (("其余", f"还有 {len(every) - SHOWN} 笔"),) if len(every) > SHOWN else ()
    return (*map(cited, every[:SHOWN]), *more)
