"""Bidders bid against each other, not with each other (招标投标法第三十二条: 不得相互串通投标). Looked for: bidders
who share a contact, valid bids within one per cent, one pair of winner and loser again and again.
"""

from collections import defaultdict
from collections.abc import Iterator

from village_ledger.domain.money import MoneyError, parse_fen

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .wording import plain, yuan

_FLAW = "（无效："
_FEWEST = 3
Bid = tuple[str, int]


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a round, one a pair."""
    phones = {cells.name(row, "party"): cells.text(row, "phone_tag") for row in case.rows("contract-parties")}
    losers: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in case.rows("tender-register"):
        bids = valid_bids(cells.text(row, "bids"))
        winner = cells.name(row, "winner")
        for bidder in {bidder for bidder, _ in bids} - {winner} if winner else ():
            losers[winner, bidder].append(row)
        wrong = [text for text in cells.text(row, "remark").split("；") if text]
        close = _closeness(bids)
        if close is not None and close < values["close"] and not wrong:
            wrong.append(f"{len(bids)} 家有效报价高低相差不到 {values['close']}%")
        shared = _shared(bids, phones)
        if shared:
            wrong.append(f"{'、'.join(shared)}的联系电话相同")
        if wrong:
            yield Hit(
                f"招标 {cells.text(row, 'project')} {cells.text(row, 'announced')}",
                f"“{cells.text(row, 'name')}”{cells.text(row, 'announced')} 公告的招标：{'；'.join(wrong)}，"
                "像是围标串标",
                (*((bidder, yuan(fen)) for bidder, fen in bids), ("中标人", cells.text(row, "winner") or "没有")),
                cells.fen(row, "price"),
            )
    for (winner, loser), rows in losers.items():
        if len(rows) >= values["deals"]:
            names = "、".join(cells.text(row, "name") for row in rows)
            yield Hit(
                f"{winner} {loser}",
                f"{winner}中标的 {len(rows)} 次招标都有{loser}陪同投标（{names}），像是陪标",
                tuple(
                    (cells.text(row, "project"), f"{cells.text(row, 'announced')} {cells.text(row, 'bids')}")
                    for row in rows
                ),
                sum(cells.fen(row, "price") for row in rows),
            )


def valid_bids(text: str) -> tuple[Bid, ...]:
    """The valid bids of a text like `甲公司 126,600.00；乙公司 99,000.00（无效：迟到）`."""
    found = []
    for part in text.split("；"):
        bidder, _, amount = part.strip().rpartition(" ")
        if _FLAW in part or not bidder:
            continue
        try:
            found.append((plain(bidder), parse_fen(amount)))
        except MoneyError:
            continue
    return tuple(found)


def _closeness(bids: tuple[Bid, ...]) -> int | None:
    """Whole per cents between the lowest and the highest of three bids or more."""
    amounts = sorted(fen for _, fen in bids)
    if len(amounts) < _FEWEST or amounts[0] <= 0:
        return None
    return (amounts[-1] - amounts[0]) * 100 // amounts[0]


def _shared(bids: tuple[Bid, ...], phones: dict[str, str]) -> list[str]:
    by_phone: defaultdict[str, list[str]] = defaultdict(list)
    for bidder, _ in bids:
        if phones.get(bidder):
            by_phone[phones[bidder]].append(bidder)
    return next((names for names in by_phone.values() if len(names) > 1), [])


RULE = Rule(
    "bid-rigging",
    30,
    "围标串标迹象",
    "投标人不得相互串通投标。",
    "招标投标法第三十二条；审计疑点清单第30条",
    "中",
    check,
    ("close", "deals"),
    ("tender-register",),
)
