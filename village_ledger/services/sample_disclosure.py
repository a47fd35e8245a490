"""The sample village's notices: made, signed, posted and filed month by month; one question answered, one waiting."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ..domain.disclosure import SUPERVISION, Act, Answer, Objection
from ..domain.period import Period
from .benefit_files import import_benefits
from .book import Book
from .catalog import read_resource
from .disclosures import answer, enter, object_to, prepare, prepare_special
from .evidence import DISCLOSURE, attach
from .sample_requests import Office
from .settings import save_settings

_ON_PAPER = "纸面签字"


def add_benefits(book: Book, folder: Path) -> None:
    """The lists of who got which subsidy and compensation."""
    import_benefits(book, folder / "benefits.csv")


def disclose(book: Book, folder: Path, office: Office) -> None:
    """Make and carry out every notice of resources/sample/disclosures.toml; December's is left to be made."""
    data = read_resource("sample/disclosures.toml")
    save_settings(book, book.settings._replace(phones=data["phones"], board=data["board"]))
    for row in data["notice"]:
        month, day = Period.parse(row["month"]), row["made"]
        if subject := row.get("subject", ""):
            made = prepare_special(book, subject, tuple(row["sheets"]), month, month, day)
        else:
            made = prepare(book, "month", month, month, day)
        enter(book, made.uid, _acts(row, data["board"], office))
        if photo := row.get("photo"):
            attach(book, DISCLOSURE, made.uid, folder / "evidence" / photo, "公告栏照片", str(month))
        for asked in row.get("objections", ()):
            _object(book, made.uid, asked)


def _acts(row: Mapping[str, Any], board: str, office: Office) -> Iterator[Act]:
    """Signed the day after it was made, then posted, taken down on its last day and filed the day after."""
    signed: date = row["made"] + timedelta(days=1)
    posted: date = row["posted"]
    down = posted + timedelta(days=row["hung"] - 1)
    signers = ((office.supervision, SUPERVISION), (office.heads[0], "负责人"), (office.cashier, "出纳"))
    yield Act("签字", signed, office.accountant, "会计")
    for who, role in signers:
        yield Act("签字", signed, who, role, note=_ON_PAPER)
    yield Act("张榜", posted, office.accountant, place=board)
    yield Act("撤榜", down, office.accountant)
    yield Act("归档", down + timedelta(days=1), office.accountant)


def _object(book: Book, notice: str, row: Mapping[str, Any]) -> None:
    asked = Objection("", notice, row["day"], row["villager"], row["channel"], row["about"], row["text"])
    uid = object_to(book, asked).uid
    for one in row.get("answers", ()):
        answer(book, uid, Answer(one["day"], one["who"], one["text"], closes=True))
