"""What a disclosure notice is, before anybody prints it: sheets that are reports, charts that are figures.

Wall sheet, spreadsheet, picture and web page all print this same value, so its digest speaks for all of them.
"""

from base64 import b32encode
from datetime import date, timedelta
from typing import Literal, NamedTuple

from village_ledger.domain.chain import sha256
from village_ledger.domain.period import Period
from village_ledger.reports.model import Report, Value

Edition = Literal["month", "quarter", "year", "special"]
EDITIONS: dict[Edition, str] = {"month": "月度", "quarter": "季度", "year": "年度", "special": "专项"}
EDITION_LETTERS: dict[str, Edition] = {"M": "month", "Q": "quarter", "Y": "year", "S": "special"}
"""How a code names the edition."""


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

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to tell of the span; the notice then says so in one line instead of a table."""
        return not any(row.kind == "line" for row in self.table.rows)


_SPOKEN = {"村监会": "监督"}
"""The part of a signature block's name that stands for a role, where it is not the role's own."""


class WallFacts(NamedTuple):
    """What is printed around the tables; none of it is part of the digest, for it is filled in when posting.

    `days` is how long the notice must hang, `answer_days` how long the village may take to answer an objection,
    `seals` whose stamps the township wants to see.
    """

    place: str = ""
    posted: date | None = None
    days: int = 7
    answer_days: int = 10
    phones: tuple[tuple[str, str], ...] = ()
    signers: tuple[str, ...] = ("村（社）负责人", "会计", "出纳", "村务监督委员会")
    signed: tuple[tuple[str, str, date], ...] = ()
    seals: tuple[str, ...] = ("盖章处",)

    @property
    def last_day(self) -> date | None:
        """The last day it must hang, the day of posting counted; None before it is posted."""
        return self.posted + timedelta(days=self.days - 1) if self.posted else None

    def signature(self, block: str) -> str:
        """Who signed in a block such as 村务监督委员会, and when; the roles are the program's (村监会, 负责人...)."""
        return "、".join(
            f"{name} {day.month}月{day.day}日"
            for role, name, day in self.signed
            if role in block or _SPOKEN.get(role, role) in block
        )


class Notice(NamedTuple):
    """A notice over a span of months. `draft`: a month of it is still open, so it says 草稿 on every sheet.

    `version` counts re-posted corrections of the same span from 1. A special notice (专项公开) is about one `subject`,
    made at once, even before the month is closed: it is no draft, but its span's totals may still grow.
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
    subject: str = ""

    @property
    def title(self) -> str:
        """石桥村2025年6月财务公开榜; 石桥村征地补偿专项公开榜."""
        if self.edition == "special":
            return f"{self.entity}{self.subject}专项公开榜"
        return f"{self.entity}{span_title(self)}财务公开榜"

    @property
    def full(self) -> tuple[Sheet, ...]:
        """The sheets that have something to tell."""
        return tuple(sheet for sheet in self.sheets if not sheet.is_empty)

    @property
    def absent(self) -> tuple[str, ...]:
        """What there was none of in the span, by the title of its sheet."""
        return tuple(sheet.table.title.removesuffix("公开表") for sheet in self.sheets if sheet.is_empty)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of whose notice it is, of what span, and of every cell of its sheets."""
        return sha256(notice_content(self))

    @property
    def code(self) -> str:
        """The text of the QR code: enough to check a wall copy against the book without any network.

        Only signs of the QR standard's alphanumeric mode, so that its squares are large enough to be read off A4.
        """
        span = f"{self.start}" if self.start == self.end else f"{self.start}/{self.end}"
        letter = next(key for key, edition in EDITION_LETTERS.items() if edition == self.edition)
        amounts = "/".join(str(fen) for fen in self.totals)
        mark = "D" if self.draft else "F"
        proof = b32encode(bytes.fromhex(self.digest)).decode().rstrip("=")
        return f"VLN1*{self.region_code}*{letter}*{span}*{self.version}*{mark}*{amounts}*{proof}"


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
    head = [notice.region_code, notice.entity, notice.edition, str(notice.start), str(notice.end), notice.subject]
    return [*head, notice.version, notice.draft, list(notice.totals), sheets]


def _plain(value: Value) -> str | int | bool | None:
    return value.isoformat() if isinstance(value, date) else value
