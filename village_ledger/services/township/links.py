"""Links between villages: which counterparty in one village's books is another village. Proposed, confirmed, logged."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from ...domain.dealings import Link
from ...domain.desk import Village
from ...domain.errors import BadInput
from ...storage.desk import links as store
from .desk import Desk

_BODIES = re.compile(r"(股份)?经济(合作|联合)?(社|总社)$|村民委员会$|村委会$|村民小组$")
_SPACES = re.compile(r"[\s　()（）·]+")


class Proposal(NamedTuple):
    """A counterparty that seems to be a village. `sure`: its whole name or its credit code is that of the village."""

    village: str
    party: str
    name: str
    other: str
    why: str
    sure: bool


def links(desk: Desk) -> tuple[Link, ...]:
    """Every link that was set."""
    return store.load_links(desk.store)


def propose(desk: Desk) -> tuple[Proposal, ...]:
    """Counterparties not linked yet whose name or code is that of a village, the sure ones first."""
    villages = desk.villages
    codes = {code: one for one in villages for code in (one.credit_code, one.region_code) if code}
    names = _unique((_plain(one.name), one) for one in villages)
    short = _unique((_short(one.name), one) for one in villages)
    known = {(link.village, link.party) for link in links(desk)}
    found = []
    for village, party, name in store.load_parties(desk.store):
        if (village, party) in known:
            continue
        for other, why, sure in (
            (codes.get(party) or codes.get(_plain(name)), "信用代码或区划代码相同", True),
            (names.get(_plain(name)), "名称相同", True),
            (short.get(_short(name)), "名称相近", False),
        ):
            if other and other.code != village:
                found.append(Proposal(village, party, name, other.code, why, sure))
                break
    return tuple(sorted(found, key=lambda one: (not one.sure, one.village, one.party)))


def _unique(pairs: Iterable[tuple[str, Village]]) -> dict[str, Village]:
    """By name, those that only one village bears."""
    found: dict[str, Village | None] = {}
    for name, village in pairs:
        found[name] = None if name in found else village
    return {name: village for name, village in found.items() if village and name}


def _plain(name: str) -> str:
    return _SPACES.sub("", name)


def _short(name: str) -> str:
    """The name without what kind of body it is: 石桥村股份经济合作社 as 石桥村."""
    return _BODIES.sub("", _plain(name))


def add(desk: Desk, village: str, party: str, other: str) -> Link:
    """Say that a counterparty (by its code or name) is another village (by code or name). Refuses one of itself."""
    with desk.write() as transaction:
        mine, theirs = desk.village(village), desk.village(other)
        if mine.code == theirs.code:
            raise BadInput("往来户不能是本村自己")
        known = {code: name for _, code, name in store.load_parties(desk.store, mine.code)}
        codes = [code for code, name in known.items() if party in {code, name}]
        if len(codes) != 1:
            raise BadInput(f"{mine.name}{'有几个' if codes else '没有'}往来户“{party}”，请写往来户的编码或全名")
        link = Link(mine.code, codes[0], theirs.code)
        before = next((one.other for one in links(desk) if one[:2] == link[:2]), "")
        store.save_link(desk.store, link)
        detail = {**link._asdict(), "name": known[link.party], "before": before}
        transaction.record("link", f"{mine.name} {known[link.party]}", detail)
    return link


def add_sure(desk: Desk) -> tuple[Link, ...]:
    """Set every sure proposal; each is logged."""
    return tuple(add(desk, one.village, one.party, one.other) for one in propose(desk) if one.sure)


def remove(desk: Desk, link: Link) -> None:
    """Take a link back."""
    with desk.write() as transaction:
        if link not in links(desk):
            raise BadInput("没有这条村与村之间的关联，可能已经取消了")
        store.delete_link(desk.store, link.village, link.party)
        transaction.record("link-remove", f"{desk.village(link.village).name} {link.party}", link._asdict())
