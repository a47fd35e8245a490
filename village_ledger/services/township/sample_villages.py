"""The books of the sample township: the sample village's, and those of two small neighbours from resources/sample."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ...domain.disclosure import SUPERVISION, Act
from ...domain.period import Period
from ...paths import RESOURCES
from ...storage.connection import set_durable
from ..asset_files import import_assets
from ..asset_runs import depreciate
from ..book import Book, Progress
from ..catalog import read_resource
from ..creation import NewBook, create_book
from ..disclosures import enter, prepare
from ..importing import Signers, import_accounts, import_openings, import_vouchers
from ..journal import record_opening
from ..people import Person
from ..periods import close
from ..sample import FOLDER as SAMPLE_VILLAGE
from ..sample import build_sample
from ..sample_contracts import add_contracts
from ..sample_oversight import add_oversight

FOLDER = RESOURCES / "sample" / "township"
_START = Period(2025, 1)


class SampleVillage(NamedTuple):
    """A village of the sample: its open book, and the months it hands over."""

    name: str
    book: Book
    first: Period
    last: Period


def open_village(told: dict[str, Any], folder: Path, progress: Progress) -> SampleVillage:
    """Build the book of one row of villages.toml in `folder` and leave it open."""
    path = folder / f"{told['name'].removesuffix('股份经济合作社')}.vlb"
    book = _small_village(path, told) if "folder" in told else build_sample(path, progress)
    return SampleVillage(told["name"], book, Period.parse(told["first"]), Period.parse(told["last"]))


def _small_village(path: Path, told: dict[str, Any]) -> Book:
    whole = read_resource("sample/township/villages.toml")
    people = tuple(Person(one["name"], one["role"]) for one in told["people"])
    place = (told["name"], _START, whole["county"], whole["township"])
    book = create_book(path, NewBook(*place, told["region_code"], told["credit_code"], people=people))
    try:
        set_durable(book.connection, durable=False)
        _fill(book, told, {person.role: person.name for person in people})
        set_durable(book.connection, durable=True)
        record_opening(book)
    except BaseException:
        book.close()
        raise
    return book


def _fill(book: Book, told: dict[str, Any], names: dict[str, str]) -> None:
    source, last = FOLDER / told["folder"], Period.parse(told["last"])
    signers = Signers(names["会计"], names["审核"], names["会计"], names["出纳"])
    import_accounts(book, SAMPLE_VILLAGE / "accounts.csv")
    import_openings(book, source / "openings.csv")
    import_vouchers(book, source / "vouchers.csv", post=True, signers=signers)
    import_assets(book, source / "assets.csv")
    for period in _START.through(last):
        depreciate(book, period)
    add_contracts(book, source)
    add_oversight(book, source)
    for period in _START.through(last):
        close(book, period, backup=False)
    if made := told.get("notice"):
        _disclose(book, made, names)


def _disclose(book: Book, made: date, names: dict[str, str]) -> None:
    """The first quarter's notice: signed the day after it was made, posted the day after that for ten days."""
    notice = prepare(book, "quarter", _START, _START.plus(2), made)
    signed, posted = made + timedelta(days=1), made + timedelta(days=2)
    signers = ((names["会计"], "会计"), (names["村监会"], SUPERVISION), (names["负责人"], "负责人"))
    acts = [Act("签字", signed, who, role) for who, role in signers]
    acts += [
        Act("张榜", posted, names["会计"], place="村务公开栏"),
        Act("撤榜", posted + timedelta(days=9), names["会计"]),
        Act("归档", posted + timedelta(days=10), names["会计"]),
    ]
    enter(book, notice.uid, acts)
