"""What was paid, or is bound to be, for projects: by requests, vouchers noted as payments, vouchers of the project.

A request counts once, from its submission on, whatever its voucher; a voucher counts as long as it is not reversed.
"""

import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..domain.project import CONTRACT_PAYMENT, OTHER_COST, Project, ProjectPayment
from ..domain.request import STANDING

_LIVING = "v.reverses = 0 AND NOT EXISTS(SELECT 1 FROM voucher r WHERE r.reverses = v.id)"
_LABEL = "v.month || ' ' || v.word || '-' || v.number"


def load_payments(
    connection: sqlite3.Connection, projects: Iterable[Project], money: tuple[str, ...]
) -> dict[int, tuple[ProjectPayment, ...]]:
    """The payments by project, in day order. `money` are the prefixes of the cash and bank accounts."""
    found: dict[int, list[ProjectPayment]] = {}
    wanted = tuple(projects)
    requested = _requests(connection, wanted, found)
    claimed = _claims(connection, found)
    _direct(connection, wanted, money, requested | claimed, found)
    return {project: tuple(sorted(payments)) for project, payments in found.items()}


def _requests(
    connection: sqlite3.Connection, projects: tuple[Project, ...], found: dict[int, list[ProjectPayment]]
) -> set[str]:
    """Requests that stand, each with its voucher if that is posted; returns the vouchers that any request led to."""
    linked: dict[int, tuple[str, str, str]] = {}
    used = set()
    for request, uid, day, label, living in connection.execute(
        f"SELECT q.request_id, v.uid, v.day, {_LABEL}, {_LIVING} FROM request_voucher q JOIN voucher v"
        " ON v.uid = q.voucher_uid"
    ):
        used.add(uid)
        if living:
            linked[request] = (uid, day, label)
    by_code = {project.code: project for project in projects}
    marks = ",".join("?" * len(STANDING))
    for request, uid, number, day, code, contract, payee, fen in connection.execute(
        "SELECT id, uid, number, day, project, contract, payee, amount_fen FROM request"
        f" WHERE project <> '' AND state IN ({marks})",
        STANDING,
    ):
        project = by_code.get(code)
        if project:
            kind = payment_kind(project, payee, contract)
            _voucher, paid, label = linked.get(request, ("", day, number))
            payment = ProjectPayment(date.fromisoformat(paid), fen, kind, label, uid, posted=request in linked)
            found.setdefault(project.id, []).append(payment)
    return used


def payment_kind(project: Project, payee: str, contract: str = "") -> str:
    """What a payment is for: the contract if it goes to the contractor or names the contract."""
    to_contractor = bool(project.contractor) and payee == project.contractor
    return CONTRACT_PAYMENT if to_contractor or (contract and contract == project.contract) else OTHER_COST


def _claims(connection: sqlite3.Connection, found: dict[int, list[ProjectPayment]]) -> set[str]:
    """Vouchers noted as payments; one that was reversed counts no more."""
    used = set()
    for project, kind, fen, uid, day, label, living in connection.execute(
        f"SELECT p.project_id, p.kind, p.fen, p.voucher_uid, v.day, {_LABEL}, {_LIVING}"
        " FROM project_payment p JOIN voucher v ON v.uid = p.voucher_uid"
    ):
        used.add(uid)
        if living:
            found.setdefault(project, []).append(ProjectPayment(date.fromisoformat(day), fen, kind, label, uid))
    return used


class PaidVoucher(NamedTuple):
    """A posted voucher that pays money out: its heading, the summaries, the parties and projects (codes) on it."""

    id: int
    uid: str
    day: date
    label: str
    money_fen: int
    summary: str
    parties: frozenset[str] = frozenset()
    spent: tuple[tuple[str, int], ...] = ()


def _direct(
    connection: sqlite3.Connection,
    projects: tuple[Project, ...],
    money: tuple[str, ...],
    used: set[str],
    found: dict[int, list[ProjectPayment]],
) -> None:
    """Vouchers that debit an account kept by the project and credit money."""
    by_member = {project.member.code: project for project in projects if project.member}
    if not by_member:
        return
    for voucher in paid_vouchers(connection, money, members=tuple(by_member)):
        if voucher.uid in used:
            continue
        left = voucher.money_fen
        for member, spent in voucher.spent:
            project, fen = by_member[member], min(spent, left)
            left -= fen
            if fen > 0:
                kind = direct_kind(project, voucher.summary, voucher.parties)
                payment = ProjectPayment(voucher.day, fen, kind, voucher.label, voucher.uid)
                found.setdefault(project.id, []).append(payment)


def direct_kind(project: Project, summary: str, parties: Iterable[str]) -> str:
    """What a voucher of the project pays: the contract if the contractor is named on it."""
    named = bool(project.contractor) and (project.contractor in parties or project.contractor in summary)
    return CONTRACT_PAYMENT if named else OTHER_COST


def paid_vouchers(
    connection: sqlite3.Connection, money: tuple[str, ...], *, members: tuple[str, ...] = (), party: str = ""
) -> tuple[PaidVoucher, ...]:
    """Posted vouchers that pay money out and debit a line of one of these 项目 (codes), or of a 往来户 (name)."""
    values = (party,) if party else members
    condition = f"i.category = '项目' AND i.code IN ({','.join('?' * len(members))})"
    if party:
        condition = "i.category = '往来户' AND i.name = ?"
    spent: dict[int, dict[str, int]] = {}
    for voucher, code, fen in connection.execute(
        "SELECT l.voucher_id, i.code, sum(l.debit_fen) FROM item i JOIN combination_item c ON c.item_id = i.id"
        " JOIN voucher_line l ON l.combination_id = c.combination_id JOIN voucher v ON v.id = l.voucher_id"
        f" WHERE {condition} AND l.debit_fen > 0 AND v.kind = 'normal' AND {_LIVING} GROUP BY 1, 2",
        values,
    ):
        spent.setdefault(voucher, {})[code] = fen
    found = []
    for start in range(0, len(spent), 500):
        found += _headed(connection, money, dict(list(spent.items())[start : start + 500]))
    return tuple(sorted(found, key=lambda one: (one.day, one.id)))


def _headed(
    connection: sqlite3.Connection, money: tuple[str, ...], spent: dict[int, dict[str, int]]
) -> list[PaidVoucher]:
    ids = ",".join(map(str, spent))
    out: dict[int, int] = {}
    texts: dict[int, list[str]] = {}
    for voucher, code, debit, credit, summary in connection.execute(
        "SELECT l.voucher_id, a.code, l.debit_fen, l.credit_fen, l.summary FROM voucher_line l"
        f" JOIN account a ON a.id = l.account_id WHERE l.voucher_id IN ({ids}) ORDER BY l.voucher_id, l.position"
    ):
        texts.setdefault(voucher, []).append(summary)
        if code.startswith(money):
            out[voucher] = out.get(voucher, 0) + credit - debit
    parties: dict[int, set[str]] = {}
    for voucher, name in connection.execute(
        "SELECT l.voucher_id, i.name FROM voucher_line l JOIN combination_item c ON c.combination_id = l.combination_id"
        f" JOIN item i ON i.id = c.item_id WHERE i.category = '往来户' AND l.voucher_id IN ({ids})"
    ):
        parties.setdefault(voucher, set()).add(name)
    return [
        PaidVoucher(
            voucher,
            uid,
            date.fromisoformat(day),
            label,
            out[voucher],
            "；".join(dict.fromkeys(texts[voucher])),
            frozenset(parties.get(voucher, ())),
            tuple(sorted(spent[voucher].items())),
        )
        for voucher, uid, day, label in connection.execute(
            f"SELECT v.id, v.uid, v.day, {_LABEL} FROM voucher v WHERE v.id IN ({ids})"
        )
        if out.get(voucher, 0) > 0
    ]


def requested_vouchers(connection: sqlite3.Connection) -> frozenset[str]:
    """The uids of the vouchers that requests led to."""
    return frozenset(row[0] for row in connection.execute("SELECT voucher_uid FROM request_voucher"))


def payment_voucher(connection: sqlite3.Connection, source: str) -> int:
    """The id of the voucher of a payment, by its own uid or its request's; 0 when there is none."""
    row = connection.execute(
        "SELECT v.id FROM voucher v WHERE v.uid = :source OR v.uid IN (SELECT q.voucher_uid FROM request_voucher q"
        " JOIN request r ON r.id = q.request_id WHERE r.uid = :source) ORDER BY v.id DESC LIMIT 1",
        {"source": source},
    ).fetchone()
    return int(row[0]) if row else 0
