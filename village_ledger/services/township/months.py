"""What a month of a village holds, for looking through it: vouchers, registers, files, reviews sent, doubts."""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from ...domain.desk import Difference, Doubt, Received, Village
from ...domain.errors import BadInput, Refusal
from ...domain.money import MoneyError, parse_fen
from ...domain.period import LAST_YEAR, Period
from ...package.read import read_package
from ...reports import registry
from ...rules.model import Rule
from ...rules.registry import BY_ID
from ...storage.desk import ledgers, links, received, registers, reviews
from ...storage.desk.ledgers import VoucherHead as VoucherHead
from ...storage.desk.reviews import SentReview as SentReview
from ...storage.desk.reviews import Thread
from .comparing import differences
from .desk import Desk
from .flags import doubts_of
from .importing import kept_file
from .ledgers import village_chart, village_ledger
from .reviewing import standing, threads

LAST = Period(LAST_YEAR, 12)


class Named(NamedTuple):
    """A report of a village: its key and what it is called."""

    key: str
    title: str


class Month(NamedTuple):
    """A village's month at a glance. `stands` is the file it rests on, `revisions` every file taken in for it, oldest
    first; `comments` those of the month and older ones still open; `doubts` those of the month, with their rules.
    """

    village: Village
    period: Period
    stands: Received
    revisions: tuple[Received, ...]
    registers: tuple[Named, ...]
    comments: tuple[Thread, ...]
    reviews: tuple[SentReview, ...]
    doubts: tuple["Suspicion", ...]


class Suspicion(NamedTuple):
    """A doubt with its village and rule. A rule the program has no more is None."""

    doubt: Doubt
    village: Village
    rule: Rule | None

    @property
    def severity(self) -> str:
        """How bad it is; nothing for a rule that is gone."""
        return self.rule.severity if self.rule else ""

    @property
    def title(self) -> str:
        """What the rule is called."""
        return self.rule.title if self.rule else self.doubt.rule


def month(desk: Desk, village: Village, period: Period) -> Month:
    """A month at a glance; refused when nothing was handed over."""
    stands = standing(desk, village, period)
    said = tuple(
        one
        for one in threads(desk, village)
        if one.comment.period == period or (one.comment.period < period and one.open)
    )
    return Month(
        village,
        period,
        stands,
        received.revisions(desk.store, village.code, period),
        _registers(desk, village, period),
        said,
        reviews.load_reviews(desk.store, village.code, period),
        tuple(one for one in suspicions(desk, period.year, village) if one.doubt.period == period),
    )


def _registers(desk: Desk, village: Village, period: Period) -> tuple[Named, ...]:
    there = {name for _v, _m, name, _c in registers.load_registers(desk.store, period, period, village=village.code)}
    return tuple(Named(kind.key, kind.title) for kind in registry.REGISTER_KINDS if kind.key in there)


def vouchers(
    desk: Desk, village: Village, period: Period, text: str = "", at_least_fen: int = 0
) -> tuple[VoucherHead, ...]:
    """The vouchers of a month, narrowed to a text (in summaries, names of accounts and members, people, an amount) and
    to a least sum; a red-letter voucher by its amount without the sign.
    """
    heads = ledgers.voucher_heads(desk.store, village.code, period, "", at_least_fen)
    if not text.strip():
        return heads
    wanted = tuple(_meant(desk, village, text.strip()))
    contents = ledgers.load_vouchers(desk.store, village.code, period, period)
    found = {json.loads(one)["uid"] for one in contents if any(each in one for each in wanted)}
    return tuple(one for one in heads if one.uid in found)


def _meant(desk: Desk, village: Village, text: str) -> Iterable[str]:
    """What a typed text may stand for in the content of a voucher, where accounts and members are codes, money fen."""
    yield text
    for key, item in ledgers.load_items(desk.store, village.code).items():
        if text in item.name:
            yield f'"{key}"'
    for account in village_chart(desk, village):
        if text in account.name:
            yield f',"{account.code}",'
    with suppress(MoneyError):
        if fen := parse_fen(text):
            yield f",{fen},"
            yield f",{-fen},"


def suspicions(desk: Desk, year: int, village: Village | None = None) -> tuple[Suspicion, ...]:
    """The doubts of a year, of one village or of all, the worst first."""
    known = {one.code: one for one in desk.villages}
    order = {"高": 0, "中": 1, "低": 2}
    found = [
        Suspicion(one, known[one.village], BY_ID.get(one.rule))
        for one in doubts_of(desk, village=village.code if village else "", year=year)
        if one.village in known
    ]
    return tuple(sorted(found, key=lambda one: order.get(one.severity, 3)))


def years(desk: Desk) -> tuple[int, int]:
    """The first and the last year anything was handed over for; raises BadInput while nothing was."""
    there = received.all_current(desk.store)
    if not there:
        raise BadInput("还没有收过任何村的账")
    return min(one.period.year for one in there), max(one.period.year for one in there)


def earlier_differences(desk: Desk, earlier: Received) -> tuple[Difference, ...]:
    """In what the month that stands differs from an earlier file of it, which is read again from where it was kept."""
    stands = received.current(desk.store, earlier.village, earlier.period)
    place = kept_file(desk, earlier)
    if stands is None or place is None or not earlier.signed:
        raise BadInput("早先的这份文件不能比较（未签名，或者现在没有有效的文件）")
    try:
        package = read_package(place)
    except Refusal as refusal:
        raise BadInput(f"早先的文件读不出来：{place}\n{refusal}") from refusal
    turned = differences(desk, stands, package)
    return tuple(Difference(one.what, one.after, one.before) for one in turned)


def label_of(desk: Desk, village: Village, number: int) -> str:
    """The label (`2025-06 记-5`) of the voucher a report of a village leads to by number."""
    ledger = village_ledger(desk, village)
    found = next((one for one in ledger.vouchers(ledger.entity.first_period, LAST) if one.id == number), None)
    if found is None:
        raise BadInput("没有找到这张凭证，可能刚换了报送包，请重新打开这个月")
    return f"{found.period} {found.label}"


def account_names(desk: Desk, village: Village, codes: Iterable[str]) -> dict[str, str]:
    """The full names of accounts as the village last handed them over."""
    chart = village_chart(desk, village)
    return {code: chart.full_name(code) for code in codes if code in chart}


def newest(desk: Desk) -> Period:
    """The newest month anything was handed over for; raises BadInput while nothing was."""
    there = received.all_current(desk.store)
    if not there:
        raise BadInput("还没有收过任何村的账")
    return max(one.period for one in there)


def party_names(desk: Desk) -> dict[tuple[str, str], str]:
    """The names of every village's counterparties, by village and code."""
    return {(village, code): name for village, code, name in links.load_parties(desk.store)}
