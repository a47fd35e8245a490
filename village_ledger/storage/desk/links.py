"""Which counterparties in the villages' books are villages of the desk themselves."""

from ...domain.account import COUNTERPARTY
from ...domain.dealings import Link
from .database import DeskDatabase
from .tables import ItemRow, LinkRow


def load_links(store: DeskDatabase) -> tuple[Link, ...]:
    """Every link, by village and counterparty."""
    query = LinkRow.select(LinkRow.village, LinkRow.party, LinkRow.other).order_by(LinkRow.village, LinkRow.party)
    return tuple(Link(*row) for row in store.all(query.tuples()))


def save_link(store: DeskDatabase, link: Link) -> None:
    """Keep a link; a counterparty is one village at most."""
    store.insert(LinkRow, [link._asdict()], replace=True)


def delete_link(store: DeskDatabase, village: str, party: str) -> None:
    """Take a link back."""
    store.run(LinkRow.delete().where(LinkRow.village == village, LinkRow.party == party))


def load_parties(store: DeskDatabase, village: str = "") -> tuple[tuple[str, str, str], ...]:
    """The counterparties as (village, code, name), of all villages or of one."""
    lead = f"{COUNTERPARTY}:"
    query = ItemRow.select(ItemRow.village, ItemRow.key, ItemRow.name).where(ItemRow.key.startswith(lead))
    if village:
        query = query.where(ItemRow.village == village)
    rows = store.all(query.order_by(ItemRow.village, ItemRow.key).tuples())
    return tuple((code, key.removeprefix(lead), name) for code, key, name in rows)
