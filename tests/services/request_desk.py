"""A village under spending control, and requests for tests: what was bought for the office, from the stationer."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from village_ledger.domain.period import Period
from village_ledger.domain.request import Request, RequestLine
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Draft, DraftLine, Voucher
from village_ledger.services import (
    accounts,
    creation,
    evidence,
    openings,
    request_signing,
    requests,
    settings,
    vouchers,
)
from village_ledger.services.book import Book
from village_ledger.services.people import Person

STAFF = (
    Person("王会计", "会计"),
    Person("李审核", "审核"),
    Person("赵出纳", "出纳"),
    Person("陈主任", "负责人"),
    Person("孙支书", "负责人"),
    Person("周监督", "村监会"),
    Person("吴镇长", "乡镇"),
)
DAY = date(2025, 10, 8)


def control_book(folder: Path, *, control: str = "national", since: str = "2025-10") -> Book:
    """A book from September 2025, controlled from October, with 1,000,000.00 in the bank and two parties."""
    new = creation.NewBook("石桥村股份经济合作社", Period(2025, 9), people=STAFF, suggested_details=True)
    book = creation.create_book(folder / "石桥村.vlb", new)
    for name in ("甲公司", "乙公司"):
        accounts.add_item(book, "往来户", name)
    accounts.add_item(book, "项目", "村道")
    openings.save_openings(book, (Opening("102", (), 1_000_000_00), Opening("301", (), -1_000_000_00)))
    book.actor = "陈主任"
    settings.save_settings(book, book.settings._replace(control=control, control_from=since))
    book.actor = "王会计"
    return book


@contextmanager
def acting(book: Book, name: str) -> Iterator[None]:
    """Let somebody else be at the keyboard for a while."""
    before, book.actor = book.actor, name
    try:
        yield
    finally:
        book.actor = before


def a_request(fen: int = 500_00, **more: object) -> Request:
    """Paper for the office from the stationer, handled by the cashier, witnessed by the accountant."""
    request = Request(
        DAY,
        "办公用纸",
        "非生产性开支",
        "文具店",
        "赵出纳",
        "王会计",
        (RequestLine("买办公用纸", "51303", (), fen),),
        "102",
    )
    return request._replace(**more)


def a_payment(
    fen: int = 500_00, account: str = "51303", day: date = DAY, items: tuple[tuple[str, str], ...] = ()
) -> Draft:
    """The voucher for it, typed by hand."""
    lines = (DraftLine("买办公用纸", account, items, debit_fen=fen), DraftLine("买办公用纸", "102", credit_fen=fen))
    return Draft(day, "记", lines)


def a_scan(folder: Path, text: str = "签字单") -> Path:
    """A file to attach."""
    path = folder / f"{text}.jpg"
    path.write_bytes(f"\xff\xd8{text}".encode())
    return path


def sign_through(book: Book, one: Request, *, until: str = "") -> Request:
    """Let everybody sign in turn, up to (not including) a duty; the handler signs on paper."""
    names = {"会计": "王会计", "负责人": "陈主任", "村监会": "周监督", "乡镇": "吴镇长"}
    while True:
        link = requests.standing(book, one).next
        if link is None or link.duty == until:
            return requests.request_by_id(book, one.id)
        if not link.role:
            name = one.handler if link.duty == "经手人" else one.witness
            if not evidence.evidence(book, "request", one.uid):
                evidence.attach(book, "request", one.uid, a_scan(book.path.parent, f"签字单{one.id}"))
            request_signing.sign_on_paper(book, one.id, request_signing.OnPaper(name, DAY))
            continue
        who = names[link.role]
        if link.again and any(
            each.signature and each.signature.name == who for each in requests.standing(book, one).links
        ):
            who = "孙支书" if link.role == "负责人" else who
        with acting(book, who):
            request_signing.sign(book, one.id, "同意", DAY)


def approved(book: Book, wanted: Request | None = None) -> Request:
    """A request saved, submitted and signed by everybody."""
    saved = requests.save(book, wanted or a_request())
    return sign_through(book, requests.submit(book, saved.id))


def post(book: Book, draft: Draft) -> Voucher:
    """Review a saved draft as the reviewer and post it."""
    with acting(book, "李审核"):
        vouchers.review(book, [draft.id])
        (voucher,) = vouchers.post(book, [draft.id])
    return voucher
