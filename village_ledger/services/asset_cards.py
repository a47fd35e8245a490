"""Asset cards: registering, correcting, removing, photos, and finding purchases that have no card yet."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from ..domain.assets.card import FINANCIAL, Card, check_card
from ..domain.assets.register import Register
from ..domain.assets.rules import BIOLOGICAL, WELFARE, AssetRules
from ..domain.assets.standing import Standing
from ..domain.assets.tie import Tie, compare
from ..domain.errors import BadInput, NotAllowed, system_reason
from ..domain.period import Period
from ..domain.problems import Problem
from ..storage import asset_counts, assets
from ..storage.asset_rows import logged_row
from ..storage.contracts import contracts_on_asset
from ..storage.transaction import Transaction
from ..storage.vouchers import is_posted, uids_by_id
from .asset_rules import asset_rules
from .assets_register import read
from .book import Book

MAX_PHOTO_BYTES = 3_000_000
_PHOTO_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


class Addition(NamedTuple):
    """A posted line that added to an account kept by cards, and what of it no card accounts for yet."""

    voucher: int
    uid: str
    period: Period
    label: str
    account: str
    summary: str
    fen: int


def rules_of(book: Book) -> AssetRules:
    """Which accounts the book's assets are kept on."""
    return asset_rules(book.entity.chart)


def register(book: Book) -> Register:
    """The whole register."""
    return read(book.connection)


def log_row(transaction: Transaction, action: str, subject: str, table: str, row_id: int) -> None:
    """Log a row of the register as it is now; `verify` compares the tables with the newest such record."""
    row = logged_row(transaction.connection, table, row_id)
    transaction.record(action, subject, {"table": table, "id": row_id, "row": row})


def card_problems(book: Book, card: Card) -> tuple[Problem, ...]:
    """What is wrong with a card, by field."""
    problems = check_card(card, rules_of(book), book.chart)
    if card.voucher and not is_posted(book.connection, card.voucher):
        problems += (Problem("card-voucher", "关联的购建凭证不在账上，请重新选择", field="voucher"),)
    if any(other.code == card.code and other.id != card.id for other in assets.load_cards(book.connection)):
        problems += (Problem("card-code", f"资产编号 {card.code} 已经用过了", field="code"),)
    return problems


def add_card(book: Book, card: Card) -> Card:
    """Register an asset."""
    with book.write("asset") as transaction:
        return insert_checked(book, transaction, card)


def insert_checked(book: Book, transaction: Transaction, card: Card, *, unique: bool = False) -> Card:
    """Check and insert within a transaction; `unique` says the code is known to be new (import of many)."""
    card = tidied(card)
    if problems := check_card(card, rules_of(book), book.chart) if unique else card_problems(book, card):
        raise BadInput(f"资产卡片 {card.label} 有问题：", problems)
    saved = assets.insert_card(transaction.connection, card)
    log_row(transaction, "asset-card", saved.label, "asset_card", saved.id)
    return saved


def tidied(card: Card) -> Card:
    """The card without blanks around texts, and without what its method does not use."""
    card = Card._make(field.strip() if isinstance(field, str) else field for field in card)
    if card.method != "工作量法":
        card = card._replace(total_units=0, opening_units=0, units_name="")
    if card.method != "直线法":
        card = card._replace(life_months=0)
    return card._replace(residual_fen=0, opening_accumulated_fen=0) if card.method == "不提" else card


def change_card(book: Book, card: Card) -> Card:
    """Correct a card. What decides its depreciation is fixed once a charge or a change rests on it."""
    book.authorise("asset")
    card = tidied(card)
    with book.write("asset") as transaction:
        before = existing(book, card.id)
        changed = [name for name in FINANCIAL if getattr(before, name) != getattr(card, name)]
        if changed and assets.card_is_used(transaction.connection, card.id):
            raise NotAllowed(
                f"{before.label} 已经计提折旧或发生变动，原值、年限等资料不能直接改；"
                "原值或年限变化请登记“改扩建”或“减值”，登记错了请先撤销计提"
            )
        if problems := card_problems(book, card):
            raise BadInput(f"资产卡片 {card.label} 有问题：", problems)
        if card.code != before.code:
            _refuse_under_contract(transaction, before, "编号不能改")
        assets.update_card(transaction.connection, card)
        log_row(transaction, "asset-card", card.label, "asset_card", card.id)
    return card


def is_fixed(book: Book, card_id: int) -> bool:
    """Whether a card's figures are fixed, because a charge or a change rests on them."""
    return assets.card_is_used(book.connection, card_id)


def delete_card(book: Book, card_id: int) -> None:
    """Remove a card registered by mistake; one with charges, changes or counts stays."""
    with book.write("asset") as transaction:
        card = existing(book, card_id)
        found = read(transaction.connection)
        if (
            assets.card_is_used(transaction.connection, card_id)
            or any(change.card == card_id for change in found.changes)
            or any(line.card == card_id for count in found.counts for line in count.lines)
        ):
            raise NotAllowed(f"{card.label} 已经计提折旧、变动或盘点过，不能删除；不再使用请登记报废或出售")
        _refuse_under_contract(transaction, card, "不能删除")
        if asset_counts.load_photo(transaction.connection, card_id):
            asset_counts.delete_photo(transaction.connection, card_id)
            log_row(transaction, "asset-photo", card.label, "asset_photo", card_id)
        assets.delete_card(transaction.connection, card_id)
        log_row(transaction, "asset-card", f"删除 {card.label}", "asset_card", card_id)


def _refuse_under_contract(transaction: Transaction, card: Card, what: str) -> None:
    if codes := contracts_on_asset(transaction.connection, card.code):
        raise NotAllowed(f"{card.label} 是合同 {'、'.join(codes)} 的标的，{what}；请先改合同的标的编号")


def existing(book: Book, card_id: int) -> Card:
    """A card by its id; refused when it is gone."""
    found = next((card for card in assets.load_cards(book.connection) if card.id == card_id), None)
    if found is None:
        raise BadInput("这张资产卡片已经不在了，请刷新列表")
    return found


def standings(book: Book, period: Period, *, posted_only: bool = True) -> tuple[Standing, ...]:
    """What every card stands at, at the end of a month."""
    return read(book.connection).standings(period, posted_only=posted_only)


def tie(book: Book, period: Period) -> Tie:
    """The cards against the ledger at the end of a month."""
    return compare(read(book.connection), book.ledger, period)


def next_code(book: Book, kind: str) -> str:
    """A code for the next card of a kind: ZC-0001 for fixed assets, SW, GY, WX for the others."""
    prefix = {BIOLOGICAL: "SW", WELFARE: "GY", "无形资产": "WX"}.get(kind, "ZC")
    taken = {card.code for card in assets.load_cards(book.connection)}
    width = max((len(code) - 3 for code in taken if code.startswith(f"{prefix}-")), default=4)
    numbers = [int(code[3:]) for code in taken if code.startswith(f"{prefix}-") and code[3:].isdigit()]
    return f"{prefix}-{max(numbers, default=0) + 1:0{width}d}"


class Overview(NamedTuple):
    """What a list of assets shows: every card acts that wait included, whether all ties, purchases without a card."""

    standings: tuple[Standing, ...]
    tied: bool
    additions: tuple[Addition, ...]


def overview(book: Book, period: Period) -> Overview:
    """The cards at the end of a month, and what does not tie by then or later."""
    found = read(book.connection)
    through = max(period, book.open_period).plus(12)
    compared = compare(found, book.ledger, through)
    additions = _without_card(book, found, compared, through)
    return Overview(found.standings(period, posted_only=False), compared.tied, additions)


def additions_without_card(book: Book) -> tuple[Addition, ...]:
    """Posted additions to accounts kept by cards that no card or change accounts for, oldest first."""
    return overview(book, book.open_period).additions


def _without_card(book: Book, found: Register, compared: Tie, through: Period) -> tuple[Addition, ...]:
    wanted = {(cause.voucher, cause.account): -cause.fen for cause in compared.causes if cause.voucher}
    if not wanted:
        return ()
    originals = tuple(rule.original for rule in found.rules.kinds)
    uids = uids_by_id(book.connection)
    additions = []
    for line in book.ledger.lines(book.entity.first_period, through, originals):
        fen = wanted.pop((line.voucher, line.account), 0)
        if fen > 0:
            period, uid = Period.of(line.day), uids[line.voucher]
            additions.append(Addition(line.voucher, uid, period, line.label, line.account, line.summary, fen))
    return tuple(additions)


def set_photo(book: Book, card_id: int, path: Path) -> None:
    """Keep a photo with a card: JPEG or PNG, at most 3 MB."""
    with book.write("asset") as transaction:
        card = existing(book, card_id)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise BadInput(f"读不出照片“{path.name}”：{system_reason(error)}") from error
        if not content.startswith(_PHOTO_STARTS):
            raise BadInput(f"“{path.name}”不是 JPG 或 PNG 照片")
        if len(content) > MAX_PHOTO_BYTES:
            raise BadInput(f"照片“{path.name}”超过 3 MB，请先缩小再添加，以免账簿文件太大")
        digest = hashlib.sha256(content).hexdigest()
        asset_counts.save_photo(transaction.connection, card_id, path.name, digest, content)
        log_row(transaction, "asset-photo", card.label, "asset_photo", card_id)


def remove_photo(book: Book, card_id: int) -> None:
    """Remove a card's photo."""
    with book.write("asset") as transaction:
        card = existing(book, card_id)
        asset_counts.delete_photo(transaction.connection, card_id)
        log_row(transaction, "asset-photo", f"删除 {card.label}", "asset_photo", card_id)


def photo(book: Book, card_id: int) -> tuple[str, bytes] | None:
    """File name and content of a card's photo, or None."""
    return asset_counts.load_photo(book.connection, card_id)
