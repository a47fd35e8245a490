"""Major matters (重大收支): receipts and payments so large that they are to be disclosed by themselves, at once.

农村集体经济组织财务公开规定 (农经发〔2011〕13号): major matters promptly and separately; 浙江: within 5 days.
"""

from datetime import date, timedelta
from typing import NamedTuple

from ..domain.disclosure import Disclosure
from ..domain.money_flow import flow_sums, money_flow
from ..domain.period import Period
from ..storage.disclosures import load_disclosures
from .book import Book
from .disclosure_profiles import profile_of

_BACK = 2
"""How many months before the open one are looked through; what is older belongs to the months' own notices."""


class Major(NamedTuple):
    """One receipt or payment that counts as major: its voucher, day, sum in fen and the last day for its notice."""

    label: str
    day: date
    period: Period
    amount_fen: int
    due: date


def majors(book: Book) -> tuple[Major, ...]:
    """The major matters of the open month and the two before, by day; none where the township sets no figure."""
    rules = profile_of(book)
    if not rules.major_fen:
        return ()
    end = book.open_period
    start = max(end.plus(-_BACK), book.entity.first_period)
    settings = book.settings
    vouchers = book.ledger.vouchers(start, end)
    lines = money_flow(vouchers, (*settings.cash_accounts, *settings.bank_accounts))
    found = []
    by_uid = {line.voucher.uid: line.voucher for line in lines}
    for (uid, _flow), fen in flow_sums(lines).items():
        if fen >= rules.major_fen:
            voucher = by_uid[uid]
            period = Period(voucher.day.year, voucher.day.month)
            label = f"{period} {voucher.label}"
            found.append(Major(label, voucher.day, period, fen, voucher.day + timedelta(days=rules.major_days)))
    return tuple(sorted(found, key=lambda one: (one.day, one.label)))


def waiting(book: Book, today: date) -> tuple[Major, ...]:
    """The major matters that no posted notice has told of and whose last day is today or past."""
    posted = [one for one in load_disclosures(book.connection) if one.posted and one.state != "已作废"]
    return tuple(
        major for major in majors(book) if major.due <= today and not any(_tells(one, major) for one in posted)
    )


def _tells(notice: Disclosure, major: Major) -> bool:
    return notice.start <= major.period <= notice.end and notice.made_on >= major.day
