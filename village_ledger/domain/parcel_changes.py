"""What happens to parcels: splitting, merging, measuring anew and ending, with the lineage that remains.

Pure functions from cards to cards. A change has a day: old parcels end on it and the new ones begin, so the area of
the register is the same before and after a split or merge.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from .area import format_mu
from .parcels import COLLECTIVE, HOUSEHOLD, TEXT_LENGTH, Parcel, check_parcel
from .problems import Problem

ChangeKind = Literal["split", "merge", "measure", "end"]
KIND_LABELS: dict[ChangeKind, str] = {"split": "分割", "merge": "合并", "measure": "面积重测", "end": "终止"}


class ChangePart(NamedTuple):
    """One parcel's part in a change: its code and its area in hundredths of a mu."""

    code: str
    area_x100: int


class ParcelChange(NamedTuple):
    """One change that is kept for good: from which parcels, to which (none when a parcel ends).

    `reason` says why, `document` is the number of the decision or approval. A measurement has the same parcel on both
    sides.
    """

    day: date
    kind: ChangeKind
    reason: str
    document: str
    old: tuple[ChangePart, ...]
    new: tuple[ChangePart, ...] = ()

    @property
    def label(self) -> str:
        """The change in words: 分割：GD01（10.00 亩）→ GD01-1（6.00 亩）、GD01-2（4.00 亩）."""
        before, after = _parts(self.old), _parts(self.new)
        return f"{KIND_LABELS[self.kind]}：{before}{' → ' + after if after else ''}"


class Outcome(NamedTuple):
    """What a change makes of the cards: those that are replaced as given, those that are new, and the record of it."""

    changed: tuple[Parcel, ...]
    begun: tuple[Parcel, ...]
    change: ParcelChange


class Share(NamedTuple):
    """What one part of a split gets: code, name, area and of it the area contracted to households."""

    code: str
    name: str
    area_x100: int
    household_x100: int = 0


def _parts(parts: tuple[ChangePart, ...]) -> str:
    return "、".join(f"{part.code}（{format_mu(part.area_x100)} 亩）" for part in parts)


def split(
    parcel: Parcel, shares: tuple[Share, ...], day: date, reason: str, document: str = ""
) -> Outcome | tuple[Problem, ...]:
    """Divide a parcel; the parts take over everything but the outline. Otherwise what is wrong, `line` = the share."""
    problems = _check_act(parcel, day, reason)
    if len(shares) < 2:
        problems.append(Problem("parts", "分割至少要有两个新地块"))
    parts = tuple(_part(parcel, share, day) for share in shares)
    for index, part in enumerate(parts):
        problems += [problem._replace(line=index) for problem in check_parcel(part)]
        if part.area_x100 == 0:
            problems.append(Problem("area", "新地块的面积要大于 0", index, "area_x100"))
    problems += _repeated(part.code for part in parts)
    for title, whole, given in (
        ("面积", parcel.area_x100, sum(part.area_x100 for part in parts)),
        ("承包到户面积", parcel.household_x100, sum(part.household_x100 for part in parts)),
    ):
        if whole != given:
            text = f"新地块{title}合计 {format_mu(given)} 亩，应等于原地块的 {format_mu(whole)} 亩"
            problems.append(Problem("sum", f"{text}，相差 {format_mu(abs(whole - given))} 亩", field="area_x100"))
    if problems:
        return tuple(problems)
    change = ParcelChange(day, "split", reason.strip(), document.strip(), _as_parts([parcel]), _as_parts(parts))
    return Outcome((parcel._replace(ended=day),), parts, change)


def _part(parcel: Parcel, share: Share, day: date) -> Parcel:
    management = parcel.management
    if management == HOUSEHOLD and not share.household_x100:
        management = COLLECTIVE
    return parcel._replace(
        code=share.code.strip(),
        name=share.name.strip(),
        area_x100=share.area_x100,
        household_x100=share.household_x100,
        management=management,
        began=day,
        boundary=(),
    )


def merge(
    parcels: tuple[Parcel, ...], code: str, name: str, day: date, reason: str, document: str = ""
) -> Outcome | tuple[Problem, ...]:
    """Join parcels of one class and owner into one with the sum of their areas and all their outlines."""
    problems = [problem for parcel in parcels for problem in _check_act(parcel, day, reason)]
    if len(parcels) < 2:
        problems.append(Problem("parts", "合并至少要选两个地块"))
        return tuple(problems)
    problems += _repeated(parcel.code for parcel in parcels)
    for field, title in (("land_class", "地类"), ("owner", "权属单位")):
        values = list(dict.fromkeys(getattr(parcel, field) for parcel in parcels))
        if len(values) > 1:
            named = "、".join(value or "（空）" for value in values)
            problems.append(Problem("different", f"要合并的地块{title}不同（{named}），不能合并", field=field))
    first = parcels[0]
    household = sum(parcel.household_x100 for parcel in parcels)
    managements = {parcel.management for parcel in parcels}
    outlines = [parcel.boundary for parcel in parcels]
    whole = first._replace(
        code=code.strip(),
        name=name.strip(),
        area_x100=sum(parcel.area_x100 for parcel in parcels),
        household_x100=household,
        management=HOUSEHOLD if household else first.management if len(managements) == 1 else COLLECTIVE,
        began=day,
        boundary=tuple(polygon for outline in outlines for polygon in outline) if all(outlines) else (),
        east=_side(parcels, "east"),
        south=_side(parcels, "south"),
        west=_side(parcels, "west"),
        north=_side(parcels, "north"),
        proof=_joined(parcels, "proof"),
        holder=_joined(parcels, "holder"),
        note=_joined(parcels, "note"),
    )
    problems += check_parcel(whole)
    if problems:
        return tuple(dict.fromkeys(problems))
    change = ParcelChange(day, "merge", reason.strip(), document.strip(), _as_parts(parcels), _as_parts([whole]))
    return Outcome(tuple(parcel._replace(ended=day) for parcel in parcels), (whole,), change)


def _joined(parcels: tuple[Parcel, ...], field: str) -> str:
    """The texts of all parcels, each once; too long together, they are left for the user to write."""
    text = "；".join(dict.fromkeys(value for parcel in parcels if (value := getattr(parcel, field))))
    return text if len(text) <= TEXT_LENGTH else ""


def _side(parcels: tuple[Parcel, ...], side: str) -> str:
    """One of the four boundaries of the whole: what named another of the parcels is no boundary any more."""
    outer = tuple(
        parcel
        for parcel in parcels
        if (text := getattr(parcel, side)) and not any(text in other.name for other in parcels if other is not parcel)
    )
    return _joined(outer, side)


def measure(
    parcel: Parcel, area_x100: int, household_x100: int, day: date, reason: str, document: str = ""
) -> Outcome | tuple[Problem, ...]:
    """Give a parcel another area because it was measured anew (重测) or the certificate was corrected."""
    problems = _check_act(parcel, day, reason)
    after = parcel._replace(area_x100=area_x100, household_x100=household_x100)
    problems += check_parcel(after)
    if area_x100 == parcel.area_x100:
        problems.append(Problem("area", "面积没有变化", field="area_x100"))
    if problems:
        return tuple(problems)
    change = ParcelChange(day, "measure", reason.strip(), document.strip(), _as_parts([parcel]), _as_parts([after]))
    return Outcome((after,), (), change)


def end(parcel: Parcel, day: date, reason: str, document: str = "") -> Outcome | tuple[Problem, ...]:
    """End a parcel that the collective no longer has (征收、灭失) or that should not have been registered."""
    if problems := _check_act(parcel, day, reason):
        return tuple(problems)
    change = ParcelChange(day, "end", reason.strip(), document.strip(), _as_parts([parcel]))
    return Outcome((parcel._replace(ended=day),), (), change)


def _check_act(parcel: Parcel, day: date, reason: str) -> list[Problem]:
    problems = []
    if parcel.ended is not None:
        problems.append(Problem("ended", f"地块 {parcel} 已于 {parcel.ended} 终止，不能再变更", field="code"))
    elif day < parcel.began:
        text = f"变更日期 {day} 早于地块 {parcel.code} 的登记日期 {parcel.began}"
        problems.append(Problem("day", text, field="day"))
    if not reason.strip():
        problems.append(Problem("reason", "请填变更原因", field="reason"))
    return problems


def _repeated(codes: Iterable[str]) -> list[Problem]:
    seen: set[str] = set()
    problems = []
    for index, code in enumerate(codes):
        if code and code in seen:
            problems.append(Problem("code", f"地块编号 {code} 写了两次", index, "code"))
        seen.add(code)
    return problems


def _as_parts(parcels: Iterable[Parcel]) -> tuple[ChangePart, ...]:
    return tuple(ChangePart(parcel.code, parcel.area_x100) for parcel in parcels)


def lineage(changes: Iterable[ParcelChange], code: str) -> tuple[ParcelChange, ...]:
    """Every change in a parcel's history, oldest first: its own, those it came from, and those that came of it."""
    ordered = sorted(enumerate(changes), key=lambda pair: (pair[1].day, pair[0]))
    family = {code}
    for _, change in reversed(ordered):
        if family & {part.code for part in change.new}:
            family |= {part.code for part in change.old}
    descendants = {code}
    for _, change in ordered:
        if descendants & {part.code for part in change.old}:
            descendants |= {part.code for part in change.new}
    return tuple(
        change
        for _, change in ordered
        if family & {part.code for part in change.new} or descendants & {part.code for part in change.old}
    )


def area_on(parcel: Parcel, changes: Iterable[ParcelChange], day: date) -> int:
    """The parcel's area on a day in hundredths of a mu: later measurements are taken back."""
    later = [
        change
        for change in changes
        if change.kind == "measure" and change.day > day and change.old[0].code == parcel.code
    ]
    return min(later, key=lambda change: change.day).old[0].area_x100 if later else parcel.area_x100
