"""Taking in many files on the worker, and what became of each, in words."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from village_ledger.domain.errors import Cancelled, Refusal
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.importing import (
    MonthChanged,
    Outcome,
    Taken,
    find_files,
    in_order,
    take,
    take_all,
)
from village_ledger.services.township.joining import KeyChanged
from village_ledger.ui.key_text import key_lines
from village_ledger.ui.worker import Progress


class Fate(NamedTuple):
    """What became of one file; `replace` and `accept_key` tell what the official has agreed to already."""

    outcome: Outcome
    replace: bool = False
    accept_key: bool = False

    @property
    def path(self) -> Path:
        """The file."""
        return self.outcome.path

    @property
    def refused(self) -> bool:
        """Whether it was not taken in."""
        return self.outcome.taken is None

    @property
    def village(self) -> str:
        """Whose it is, once it was taken in."""
        return self.outcome.taken.village.name if self.outcome.taken else ""

    @property
    def month(self) -> str:
        """Which month it tells of, once it was taken in."""
        return self.outcome.taken.received.period.label if self.outcome.taken else ""

    @property
    def result(self) -> str:
        """收到, 已有, 更换; 有改动, 换了密钥, 没有收."""
        if self.outcome.taken:
            return self.outcome.taken.result
        refusal = self.outcome.refusal
        return (
            "有改动"
            if isinstance(refusal, MonthChanged)
            else "换了密钥"
            if isinstance(refusal, KeyChanged)
            else "没有收"
        )

    @property
    def wants(self) -> str:
        """What can be done with it now: open, changed, key; nothing for what has to be mended in the village."""
        if self.outcome.taken:
            return "open"
        refusal = self.outcome.refusal
        return "changed" if isinstance(refusal, MonthChanged) else "key" if isinstance(refusal, KeyChanged) else ""

    @property
    def colour(self) -> str:
        """The colour of its result."""
        if self.refused:
            return "warning" if self.wants else "danger"
        return "success" if self.result != "已有" else "muted"

    @property
    def heading(self) -> str:
        """The result with the file's name."""
        return f"{self.result}：{self.path.name}"

    @property
    def line(self) -> str:
        """The first sentence of what is told."""
        return self.told.partition("\n")[0]

    @property
    def told(self) -> str:
        """All there is to say."""
        if self.outcome.taken:
            return _told(self.outcome.taken)
        return str(self.outcome.refusal)


class Taking(NamedTuple):
    """What became of the files, and how many were left when the official stopped."""

    fates: tuple[Fate, ...]
    left: int = 0

    @property
    def cancelled(self) -> bool:
        """Whether the official stopped."""
        return self.left > 0

    @property
    def said(self) -> str:
        """The whole in one line."""
        counts: dict[str, int] = {}
        for one in self.fates:
            counts[one.result] = counts.get(one.result, 0) + 1
        parts = [f"{result} {count} 个" for result, count in counts.items()]
        if self.left:
            parts.append(f"取消了，还有 {self.left} 个没有收")
        return "、".join(parts) or "没有收到文件"


def take_each(desk: Desk, places: Iterable[Path], progress: Progress) -> Taking:
    """Take in files, and what is in folders. Stopping keeps what was taken in already."""
    paths: list[Path] = []
    lost: list[Fate] = []
    for place in places:
        try:
            paths += find_files(place) if place.is_dir() else [place]
        except Refusal as refusal:
            lost.append(Fate(Outcome(place, None, refusal)))
    ordered = in_order(paths)
    found: list[Fate] = []
    for done, path in enumerate(ordered):
        try:
            progress(done, len(ordered), path.name)
        except Cancelled:
            return Taking((*lost, *found), len(ordered) - done)
        found += [Fate(one) for one in take_all(desk, (path,))]
    return Taking((*lost, *found))


def take_again(desk: Desk, path: Path, *, replace: bool, accept_key: bool) -> Taking:
    """Take in one file the official has decided on."""
    try:
        outcome = Outcome(path, take(desk, path, replace=replace, accept_key=accept_key))
    except Refusal as refusal:
        outcome = Outcome(path, None, refusal)
    return Taking((Fate(outcome, replace, accept_key),))


def _told(taken: Taken) -> str:
    row = taken.received
    kind = "签名、日志链、余额、报表和登记簿都核对过" if row.signed else "未签名的 Excel 文件，数能对上，来源不能证明"
    lines = [f"{kind}；凭证 {row.vouchers} 张"]
    if taken.result == "已有":
        lines = ["以前收过同样的内容，没有改动"]
    if taken.new_village and row.key:
        lines.append(f"新的村。请打电话和村里核对公钥：\n{key_lines(row.key)}")
    if taken.set_aside:
        lines.append(f"后面的月份接不上了，请村里重新报送：{'、'.join(month.label for month in taken.set_aside)}")
    if taken.differences:
        lines.append(f"和原来的有 {len(taken.differences)} 处不同：")
        lines += [f"　{one.what}：{one.before} → {one.after}" for one in taken.differences]
    lines += [f"注：{note}" for note in (row.mark, *row.exceptions, *row.notes) if note]
    return "\n".join(lines)
