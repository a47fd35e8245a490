"""Building the sample township (示例乡镇) from resources/sample/township: books, packages, a desk, and its reviews."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...domain.errors import BadInput, BookUnusable, system_reason
from ...domain.period import Period
from ...domain.review import Comment
from ..book import Progress, no_progress
from ..catalog import read_resource
from ..packages import hand_over
from ..review_answers import answer
from ..reviews import take_in
from . import flags, links, reviewing, sending
from .desk import SUFFIX, Desk, DeskSettings
from .importing import take
from .ledgers import village_voucher
from .sample_villages import SampleVillage, open_village

NAME = f"示例乡镇{SUFFIX}"
BOOKS, REVIEWS, KEPT = "村账", "审核意见", "报送文件"
"""What lies beside the desk's file `X.vld`, in folders `X 村账` …: the villages' books, review files, packages."""


def build_township(place: Path | str, progress: Progress | None = None) -> Path:
    """Make the sample township with its desk at `place`, all of it or nothing; returns `place`.

    Takes part of a minute: the packages are real ones, signed and proved. `progress` may raise to cancel.
    """
    place, report = Path(place), progress or no_progress
    targets = [place.with_name(f"{place.stem} {name}") for name in (BOOKS, REVIEWS, KEPT)]
    if there := next((one for one in (place, *targets) if one.exists()), None):
        raise BadInput(f"已经有这个文件或文件夹，不会覆盖它：{there}\n请换一个地方，或者先把它移走")
    try:
        with TemporaryDirectory(prefix=f"{place.stem}-", dir=place.parent) as folder:
            made = Path(folder) / place.name
            _Builder(made, report).build()
            for one in (*targets, place):
                shutil.move(Path(folder) / one.name, one)
    except OSError as error:
        raise BookUnusable(f"不能在这里建示例乡镇：{place.parent}\n{system_reason(error)}") from error
    return place


def official() -> str:
    """Who works at the sample's desk."""
    return str(_villages()["official"])


def span() -> tuple[Period, Period]:
    """The months of the sample."""
    told = _villages()["village"]
    return min(Period.parse(one["first"]) for one in told), max(Period.parse(one["last"]) for one in told)


def _villages() -> dict[str, Any]:
    return read_resource("sample/township/villages.toml")


class _Builder:
    """One building: the desk, the villages' open books, and how far it has come."""

    def __init__(self, place: Path, report: Progress) -> None:
        self._place, self._report = place, report
        self._told = _villages()
        self._rounds = read_resource("sample/township/reviews.toml")["round"]
        spans = [(Period.parse(one["first"]), Period.parse(one["last"])) for one in self._told["village"]]
        self._total = len(spans) + sum(len(tuple(first.through(last))) for first, last in spans) + 1
        self._done = 0

    def build(self) -> None:
        """Everything, in the order it would happen."""
        books = self._place.with_name(f"{self._place.stem} {BOOKS}")
        books.mkdir()
        self._place.with_name(f"{self._place.stem} {REVIEWS}").mkdir()
        with ExitStack() as stack:
            villages = []
            for one in self._told["village"]:
                self._step(f"{one['name']}的账")
                villages.append(open_village(one, books, self._within))
                stack.callback(villages[-1].book.close)
            settings = DeskSettings(self._told["desk"], self._told["county"], self._told["township"])
            desk = stack.enter_context(Desk.create(self._place, settings, actor=self._told["official"]))
            begun = Period(1, 1)
            for one in self._rounds:
                self._round(desk, tuple(villages), begun, one)
                begun = Period.parse(one["until"]).next
            self._report(self._total, self._total, "完成")

    def _step(self, what: str) -> None:
        self._report(self._done, self._total, what)
        self._done += 1

    def _within(self, _done: int, _of: int, what: str) -> None:
        self._report(self._done, self._total, what)

    def _round(self, desk: Desk, villages: tuple[SampleVillage, ...], begun: Period, told: dict[str, Any]) -> None:
        for month in begun.through(Period.parse(told["until"])):
            for one in villages:
                if one.first <= month <= one.last:
                    self._hand_over(desk, one, month)
        links.add_sure(desk)
        books = {one.name: one.book for one in villages}
        for row in told.get("settlements", ()):
            reviewing.settle(desk, desk.village(row["village"]), _uid_of(desk, row), row["state"], row["text"])
        answers = [(_comment(desk, row), row.get("answer", "")) for row in told.get("comments", ())]
        for row in told.get("begun", ()):
            reviewing.begin(desk, desk.village(row["village"]), Period.parse(row["month"]))
        for row in told.get("opinions", ()):
            village, month = desk.village(row["village"]), Period.parse(row["month"])
            folder = self._place.with_name(f"{self._place.stem} {REVIEWS}")
            path = folder / sending.file_name(village, month, 1)
            sending.send(desk, village, month, row["opinion"], row["text"], path)
            take_in(books[village.name], path)
        for (name, kept), text in answers:
            if text:
                answer(books[name], kept.uid, text)
        for doubt, row in _resolved(desk, told):
            flags.resolve(desk, doubt, row["status"], row["reason"])

    def _hand_over(self, desk: Desk, village: SampleVillage, month: Period) -> None:
        self._step(f"{village.name}报送{month.label}")
        with TemporaryDirectory() as folder:
            package = Path(folder) / f"{month}.vlp"
            hand_over(village.book, month, package, self._within)
            take(desk, package)


def _comment(desk: Desk, row: dict[str, Any]) -> tuple[str, Comment]:
    village, month = desk.village(row["village"]), Period.parse(row["month"])
    label = f"{month} {row['voucher']}" if "voucher" in row else ""
    uid = village_voucher(desk, village, label=label).uid if label else ""
    wanted = Comment("", month, "凭证" if label else "账表", uid, label, row["text"])
    told = {name: row[name] for name in ("category", "clause", "demand", "deadline", "severity") if name in row}
    wanted = wanted._replace(**told)
    return village.name, reviewing.comment(desk, village, wanted)


def _uid_of(desk: Desk, row: dict[str, Any]) -> str:
    village, month = desk.village(row["village"]), Period.parse(row["month"])
    threads = reviewing.threads(desk, village, month)
    return next(one.comment.uid for one in threads if one.comment.label == f"{month} {row['voucher']}")


def _resolved(desk: Desk, told: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    for row in told.get("doubts", ()):
        code = desk.village(row["village"]).code
        for doubt in flags.doubts_of(desk, village=code):
            if doubt.rule == row["rule"]:
                yield doubt, row
