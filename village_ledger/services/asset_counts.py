"""Counting assets (盘点): a sheet of the cards, what was found, and what follows for shortage and surplus."""

from datetime import date

from ..domain.assets.card import Card
from ..domain.assets.change import SHORTAGE, SURPLUS, USE, Change, Paper
from ..domain.assets.count import Count, CountLine
from ..domain.assets.register import Register
from ..domain.errors import BadInput, NotAllowed
from ..domain.period import Period
from ..storage import asset_counts, assets
from .asset_cards import insert_checked, log_row
from .asset_changes import carry_out, insert
from .assets_register import read
from .book import Book
from .proposals import new_uid


def counts(book: Book) -> tuple[Count, ...]:
    """Every count, newest first."""
    return tuple(reversed(asset_counts.load_counts(book.connection)))


def start(book: Book, day: date, title: str, people: str) -> Count:
    """Open a sheet with every asset on the books that day, each as if found complete."""
    with book.write("asset.count") as transaction:
        if not people.strip():
            raise BadInput("请填写盘点人（清查小组）")
        found = read(book.connection)
        if any(count.state == "盘点中" for count in found.counts):
            raise NotAllowed("还有一次盘点没有完成，请先批准或撤销它")
        lines = tuple(
            CountLine(now.card.id, now.quantity, now.quantity)
            for now in found.standings(Period.of(day), posted_only=False)
            if now.present
        )
        if not lines:
            raise BadInput("还没有资产卡片，没有可以盘点的资产")
        made = Count(
            day, title.strip() or f"{day.year}年{day.month}月资产盘点", people.strip(), lines=lines, uid=new_uid()
        )
        saved = asset_counts.insert_count(transaction.connection, made)
        log_row(transaction, "asset-count", f"开始 {saved.title}", "asset_count", saved.id)
        return saved


def save_lines(book: Book, count_id: int, lines: tuple[CountLine, ...]) -> Count:
    """Note what was found; lines not given stay."""
    with book.write("asset.count") as transaction:
        before = _open_count(book, count_id)
        given = {line.card: line for line in lines}
        known = {line.card for line in before.lines}
        if not given.keys() <= known:
            raise BadInput("盘点表里没有这张资产卡片，请刷新")
        for line in lines:
            if line.counted_quantity < 0:
                raise BadInput("盘点数量不能小于零")
        done = before._replace(lines=tuple(given.get(line.card, line) for line in before.lines))
        asset_counts.update_count(transaction.connection, done)
        log_row(transaction, "asset-count", done.title, "asset_count", done.id)
        return done


def approve(book: Book, count_id: int, approval: Paper, decision: str = "") -> tuple[Change, ...]:
    """Approve a count: what is missing is taken off the books through 181, states found are noted on the cards.

    Every shortage is a change of its own with its own draft voucher; settling it (赔偿、核销) comes later.
    """
    with book.write("asset.approve") as transaction:
        count = _open_count(book, count_id)
        if not approval.who.strip() or approval.day is None:
            raise BadInput("请填写批准人和批准日期")
        found = read(book.connection)
        made: list[Change] = []
        for change in _findings(found, count, approval, decision):
            card = found.card(change.card)
            if card is not None:
                saved = insert(transaction, card, change._replace(uid=new_uid()))
                made.append(carry_out(book, transaction, found, saved))
        done = count._replace(state="已批准", approval=approval, decision=decision.strip())
        asset_counts.update_count(transaction.connection, done)
        log_row(transaction, "asset-count", f"批准 {done.title}", "asset_count", done.id)
        return tuple(made)


def _findings(found: Register, count: Count, approval: Paper, decision: str) -> list[Change]:
    """The changes a count leads to."""
    application = Paper(count.people, count.day, "")
    standing = {now.card.id: now for now in found.standings(count.period, posted_only=False)}
    made = []
    for line in count.lines:
        now = standing.get(line.card)
        if now is None or not now.present:
            continue
        common = Change(
            line.card,
            "",
            count.day,
            line.note or count.title,
            application=application,
            approval=approval,
            decision=decision,
            counted_in=count.id,
        )
        missing = min(line.missing, now.quantity)
        if missing:
            made.append(common._replace(kind=SHORTAGE, quantity=-missing))
        if missing < now.quantity and (line.status or line.location):
            changed = common._replace(
                kind=USE,
                status=line.status if line.status != now.status else "",
                location=line.location if line.location != now.location else "",
            )
            if changed.status or changed.location:
                made.append(changed)
    return made


def add_surplus(book: Book, card: Card, application: Paper, approval: Paper, *, decision: str = "") -> Change:
    """Register something a count found that no card knew: the card, and its draft voucher through 181."""
    entered = Period.of(card.acquired)
    with book.write("asset.count") as transaction:
        saved = insert_checked(book, transaction, card._replace(source="盘盈", entered=entered, voucher=""))
        change = Change(
            saved.id,
            SURPLUS,
            card.acquired,
            card.note or "盘点发现",
            application=application,
            approval=approval,
            decision=decision,
            uid=new_uid(),
        )
        inserted = insert(transaction, saved, change)
        return carry_out(book, transaction, read(transaction.connection), inserted)


def withdraw(book: Book, count_id: int) -> Count:
    """Drop a count that has not been approved; its sheet stays on record."""
    with book.write("asset.count") as transaction:
        done = _open_count(book, count_id)._replace(state="已撤销")
        asset_counts.update_count(transaction.connection, done)
        log_row(transaction, "asset-count", f"撤销 {done.title}", "asset_count", done.id)
        return done


def _open_count(book: Book, count_id: int) -> Count:
    count = next((one for one in asset_counts.load_counts(book.connection) if one.id == count_id), None)
    if count is None:
        raise BadInput("这次盘点已经不在了，请刷新")
    if count.state != "盘点中":
        raise NotAllowed(f"这次盘点{count.state}，不能再改")
    return count


def cards_of(book: Book) -> dict[int, Card]:
    """Every card by its id, for showing a sheet."""
    return {card.id: card for card in assets.load_cards(book.connection)}
