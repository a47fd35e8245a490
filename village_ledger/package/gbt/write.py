"""Both sets as files by name, with their list: the same books always the same bytes."""

from .assets import assets_tables
from .books import Books
from .form import Forms, Tables
from .ledger import ledger_tables
from .listing import LIST, list_files
from .shared import shared_tables
from .text_file import write_texts
from .text_tables import text_tables
from .xml_writer import Encoding, write_xml

XML_FOLDER, TEXT_FOLDER = "24589/", "19581/"


def write_sets(books: Books, forms: Forms, encoding: Encoding = "gb18030") -> dict[str, bytes]:
    """The files by name (`24589/总账.xml`, `19581/KJKM.TXT`), and 清单.json, which lists them."""
    members = members_of(books)
    tables: dict[str, Tables] = {
        forms.shared.file: shared_tables(books, members),
        forms.ledger.file: ledger_tables(books, members),
        forms.assets.file: assets_tables(books),
    }
    files = {f"{XML_FOLDER}{form.file}": write_xml(form, tables[form.file], encoding) for form in forms.xml}
    texts = write_texts(forms.texts, text_tables(books, members))
    files.update((f"{TEXT_FOLDER}{name}", content) for name, content in texts.items())
    files[LIST] = list_files(books, files, tables)
    return files


def members_of(books: Books) -> dict[str, dict[str, str]]:
    """The names of the members by code, by dimension, in the order of their codes."""
    found: dict[str, dict[str, str]] = {}
    for key, name in books.contents.items.items():
        category, _, code = key.partition(":")
        found.setdefault(category, {})[code] = "".join(sign if sign.isprintable() else " " for sign in name)
    return found
