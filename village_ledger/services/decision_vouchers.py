"""From a decision to every yuan it moved: the vouchers that rest on it, whatever led from one to the other."""

from typing import NamedTuple

from ..storage import requests as request_rows
from ..storage import trail as rows
from ..storage.project_payments import load_payments
from ..storage.projects import load_projects
from ..storage.vouchers import voucher_by_id
from . import decisions
from .book import Book


class Moved(NamedTuple):
    """A voucher that rests on a decision: its id, how it is called, its day, total in fen, and what led to it."""

    voucher: int
    label: str
    day: str
    fen: int
    summary: str
    via: str


def moved_by(book: Book, number: str) -> tuple[Moved, ...]:
    """Every posted voucher that rests on a decision: by request, contract, project, waiver or disposal."""
    connection = book.connection
    via: dict[int, str] = {}
    every = load_projects(connection)
    projects = [one for one in every if one.decision == number]
    contracts = [draw.target.partition(":")[2] for draw in decisions.draws(book, number) if draw.kind == "合同"]
    codes = {one.code for one in projects}
    asked = [
        one
        for one in request_rows.load_requests(connection)
        if one.decision == number or one.project in codes or (one.contract and one.contract in contracts)
    ]
    numbers = {one.id: one.number for one in asked}
    for request, voucher in rows.vouchers_of_requests(connection, numbers):
        via.setdefault(voucher, f"用款申请 {numbers[request]}")
    money = (*book.settings.cash_accounts, *book.settings.bank_accounts)
    paid = load_payments(connection, every, money) if projects else {}
    for project in projects:
        for payment in paid.get(project.id, ()):
            found = rows.voucher_of_uid(connection, payment.source) if payment.posted else 0
            if found:
                via.setdefault(found, f"工程 {project.code}")
    for code, voucher in rows.contract_vouchers(connection, contracts):
        via.setdefault(voucher, f"合同 {code}")
    for what, voucher in rows.change_vouchers(connection, number):
        via.setdefault(voucher, f"资产{what}")
    found_rows = (voucher_by_id(connection, voucher) for voucher in via)
    made = [
        Moved(
            one.id,
            f"{one.period} {one.label}",
            one.day.isoformat(),
            one.total_fen,
            one.lines[0].summary if one.lines else "",
            via[one.id],
        )
        for one in found_rows
        if one
    ]
    return tuple(sorted(made, key=lambda one: (one.day, one.label)))
