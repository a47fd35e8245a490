"""What a disclosure notice is, before anybody prints it: sheets that are reports, charts that are figures.

Wall sheet, spreadsheet, picture and web page all print this same value, so its digest speaks for all of them.
"""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from village_ledger.domain.chain import sha256
from village_ledger.domain.period import Period
from village_ledger.reports.model import Report, Value

Edition = Literal["month", "quarter", "year", "special"]
EDITIONS: dict[Edition, str] = {"month": "月度", "quarter": "季度", "year": "年度", "special": "专项"}


class Totals(NamedTuple):
    """The four figures everybody checks, in fen: opening + income - spending = closing funds."""

    opening_fen: int
    income_fen: int
    spending_fen: int
    closing_fen: int


class Series(NamedTuple):
    """One line or set of bars of a chart; amounts in fen, one a label."""

    name: str
    amounts_fen: tuple[int, ...]


class Chart(NamedTuple):
    """A picture people can read: horizontal bars by kind, grouped columns, or the line of a balance."""

    kind: Literal["bars", "columns", "line"]
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""


class Sheet(NamedTuple):
    """One table of the notice; `plain` explains it in everyday words above the table, `key` is the catalogue's."""

    key: str
    plain: str
    table: Report


class WallFacts(NamedTuple):
    """What is printed around the tables; none of it is part of the digest, for it is filled in when posting.

    `days` is how long the notice must hang, `answer_days` how long the village may take to answer an objection.
    """

    place: str = ""
    posted: date | None = None
    days: int = 7
    answer_days: int = 10
    phones: tuple[tuple[str, str], ...] = ()
    signers: tuple[str, ...] = ("村（社）负责人", "会计", "出纳", "村务监督委员会")
    signed: tuple[tuple[str, str, date], ...] = ()

    @property
    def last_day(self) -> date | None:
        """The last day it must hang, the day of posting counted; None before it is posted."""
        return self.posted + timedelta(days=self.days - 1) if self.posted else None


class Notice(NamedTuple):
    """A notice over a span of months. `draft`: a month of it is still open, so it says 草稿 on every sheet.

    `version` counts re-posted corrections of the same span from 1.
    """

    entity: str
    township: str
    region_code: str
    edition: Edition
    start: Period
    end: Period
    version: int
    draft: bool
    totals: Totals
    sheets: tuple[Sheet, ...]
    charts: tuple[Chart, ...] = ()
    wall: WallFacts = WallFacts()

    @property
    def title(self) -> str:
        """石桥村2025年6月财务公开榜."""
        return f"{self.entity}{span_title(self)}财务公开榜"

    @property
    def digest(self) -> str:
        """Hex SHA-256 of whose notice it is, of what span, and of every cell of its sheets."""
        return sha256(notice_content(self))

    @property
    def code(self) -> str:
        """The text of the QR code: enough to check a wall copy against the book without any network."""
        span = f"{self.start}" if self.start == self.end else f"{self.start}~{self.end}"
        amounts = ",".join(str(fen) for fen in self.totals)
        mark = "D" if self.draft else "F"
        return f"VLN1|{self.region_code}|{self.edition}|{span}|{self.version}|{mark}|{amounts}|{self.digest}"


def span_title(notice: Notice) -> str:
    """How the span is named in the title: 2025年6月, 2025年第二季度, 2025年度."""
    year = notice.end.year
    if notice.edition == "quarter":
        return f"{year}年第{'一二三四'[(notice.end.month - 1) // 3]}季度"
    if notice.edition == "year":
        return f"{year}年度"
    if notice.start == notice.end:
        return notice.end.label
    return f"{notice.start.label}至{notice.end.label}"


def notice_content(notice: Notice) -> list[object]:
    """What the digest is taken of; masked cells as they are printed, so that a villager's copy can be checked."""
    sheets = [
        [sheet.key, [[_plain(cell) for cell in row.cells] for row in sheet.table.rows]] for sheet in notice.sheets
    ]
    head = [notice.region_code, notice.entity, notice.edition, str(notice.start), str(notice.end)]
    return [*head, notice.version, notice.draft, list(notice.totals), sheets]


def _plain(value: Value) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value
