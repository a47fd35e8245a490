"""The printed forms of single assets, ready to write as PDF or xlsx."""

from ..domain.assets.standing import standing
from ..domain.errors import BadInput
from ..domain.period import Period
from ..reports.assets.forms import card_form, change_form
from ..reports.model import Report
from .asset_change_checks import card_of, history_of
from .assets_register import read
from .book import Book


def card_sheet(book: Book, card_id: int, through: Period) -> Report:
    """An asset's card as it stands at the end of a month."""
    found = read(book.connection)
    now = standing(history_of(found, card_of(found, card_id)), through)
    return _noted(book, card_form(book.entity.name, found, book.chart, now, through))


def change_sheet(book: Book, change_id: int) -> Report:
    """The application, approval and filing form of a change, with the asset as it stood before it."""
    found = read(book.connection)
    change = next((one for one in found.changes if one.id == change_id), None)
    if change is None:
        raise BadInput("这项资产变动已经不在了，请刷新列表")
    history = history_of(found, card_of(found, change.card))
    earlier = tuple(one for one in history.changes if (one.day, one.id) < (change.day, change.id))
    before = standing(history._replace(changes=earlier), change.period)
    return _noted(book, change_form(book.entity.name, found, change, before))


def _noted(book: Book, form: Report) -> Report:
    return form._replace(notes=(*form.notes, *book.entity.exceptions))
