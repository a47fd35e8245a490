"""Taking in what a village handed over: checked whole, refused with the exact reason, or kept in one transaction."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from ...domain.desk import Difference, Figures, Received, Village, received_content, village_code
from ...domain.errors import BadInput, IntegrityFailure, NotAllowed, Refusal, system_reason
from ...domain.period import Period
from ...package.manifest import MANIFEST
from ...package.read import Package
from ...reports.stored import stored_rows
from ...storage.desk import received, reviews, villages
from ...storage.desk.database import DeskTransaction
from ..catalog import chart_definition
from ..package_check import check_package
from .cases import MARKET, RENTS, rent_figures
from .comparing import differences
from .debt_topics import earlier_entries
from .desk import Desk, Progress
from .flags import examine
from .joining import check_fork, check_join, check_key
from .keeping import check_keepable, digest_of, file_name, keep_file, register_texts, store_package
from .keeping import kept_file as kept_file
from .register_topics import SOURCES
from .taken import MonthChanged as MonthChanged
from .taken import Taken as Taken
from .ties import check_ties, untied
from .topics import month_figures
from .unsigned import take_workbook
from .workbooks import is_workbook

SUFFIX = ".vlp"
MAX_MANIFEST = 4_000_000
SUFFIXES = frozenset({SUFFIX, ".xlsx"})
"""What a scan of a folder looks for."""
STATEMENTS = "报表"
"""What the name of a workbook ends with that a scan of a folder takes for one of statements."""


def take(desk: Desk, path: Path, *, replace: bool = False, accept_key: bool = False) -> Taken:
    """Take a package or an exported workbook in. The same one again changes nothing; a changed month is taken only
    with `replace`.

    Raises BadInput for what is neither, IntegrityFailure for one that is not sound or does not join, MonthChanged and
    KeyChanged for what the official has to decide, NotAllowed for a month that is passed.
    """
    digest = _digest(path)
    known = received.by_digest(desk.store, digest)
    if known and known.current:
        return Taken("已有", _known_village(desk, known.village), known)
    _check_outdated(desk, known)
    if is_workbook(path):
        return take_workbook(desk, path, digest, replace=replace)
    package = check_package(path)
    check_keepable(package)
    check_ties(package)
    texts = register_texts(package)
    return _take_package(desk, path, digest, package, texts, replace=replace, accept_key=accept_key)


def _take_package(
    desk: Desk,
    path: Path,
    digest: str,
    package: Package,
    texts: dict[str, bytes],
    *,
    replace: bool,
    accept_key: bool,
) -> Taken:
    told = package.manifest
    code = _code(desk, package)
    with desk.write(code) as transaction:
        before = villages.load_village(desk.store, code)
        village = _village(code, package, before)
        _check_identity(before, package)
        check_key(village, package, accept_key=accept_key)
        standing = received.current(desk.store, code, told.period)
        answers = reviews.add_answers(desk.store, code, package.answers, digest)
        again = standing is not None and standing.head == told.head
        if standing and again and (standing.state == "通过" or not differences(desk, standing, package)):
            transaction.record("package-again", f"{village.name} {told.period}", {"sha256": digest, "answers": answers})
            return Taken("已有", village, standing, answers=answers)
        # the same closing with other registers or answers is no changed month: its books are proved to be the same
        found = _check_standing(desk, village, standing, package, replace=replace or again)
        proved = standing if standing and standing.signed else None
        check_join(desk, village, package, replacing=proved is not None)
        aside = _later(desk, village, proved, package)
        row = _received(desk, village, package, path, digest, transaction)
        if standing and again and standing.state == "审核中":
            row = row._replace(state="审核中")
        keep_file(desk, row, path)
        if standing:
            received.set_aside(desk.store, code, (told.period, *aside))
        key = row.key if accept_key or not village.key else village.key
        kept = village._replace(key=key, since=min(village.since, told.period))
        topics = {**_topics(desk, code, package, texts), **_market(texts)}
        store_package(desk, kept, row, package, texts, topics)
        examine(desk, kept, told.period.year, transaction)
        transaction.record(
            "package-replace" if standing else "package",
            f"{village.name} {told.period}",
            {
                **received_content(row),
                "set_aside": [str(month) for month in aside],
                "differences": len(found),
                "answers": answers,
                "content": received.content_digest(desk.store, code, told.period),
            },
        )
    return Taken("更换" if standing else "收到", kept, row, found, aside, before is None, answers)


def _check_outdated(desk: Desk, known: Received | None) -> None:
    """A stick often holds the older file of a month beside the one that took its place."""
    stands = received.current(desk.store, known.village, known.period) if known and known.signed else None
    if known and stands and stands.revision > known.revision:
        raise NotAllowed(
            f"这是{_known_village(desk, known.village).name}{known.period.label}的旧报送包（第 {known.revision} 份），"
            f"以前收过，后来已经更换（现在有效的是第 {stands.revision} 份），不用再收"
        )


def _known_village(desk: Desk, code: str) -> Village:
    found = villages.load_village(desk.store, code)
    if found is None:
        raise IntegrityFailure(f"乡镇端数据里没有这个村：{code}")
    return found


def _digest(path: Path) -> str:
    try:
        return digest_of(path)
    except FileNotFoundError:
        raise BadInput(f"找不到文件：{path}") from None
    except OSError as error:
        raise BadInput(f"读不出文件：{path}\n{system_reason(error)}") from error


def _code(desk: Desk, package: Package) -> str:
    """The code the village is known by here. A village that gets a division code later keeps its first one: its key,
    or files without a key under its bare name, tell that it is the same.
    """
    told = package.manifest
    code = village_code(told.region_code, told.credit_code, told.village)
    every = desk.villages
    if all(one.code != code for one in every):
        for one in every:
            same = one.name == told.village and not (
                one.region_code and told.region_code and one.region_code != told.region_code
            )
            if same and one.key in {"", told.key}:
                return one.code
    return code


def _village(code: str, package: Package, before: Village | None) -> Village:
    told, entity = package.manifest, package.contents.entity
    signed_before = before if before and before.key else None
    return Village(
        code,
        told.village,
        told.region_code,
        told.credit_code,
        entity.county,
        entity.township,
        entity.chart,
        entity.first_period,
        signed_before.since if signed_before else told.period,
        signed_before.key if signed_before else "",
    )


def _check_identity(before: Village | None, package: Package) -> None:
    """Two organisations may not stand under one code."""
    told = package.manifest
    if before and before.key and before.credit_code and told.credit_code and before.credit_code != told.credit_code:
        raise NotAllowed(
            f"区划代码 {told.region_code} 已经是{before.name}（信用代码 {before.credit_code}），"
            f"这个报送包是{told.village}（信用代码 {told.credit_code}）。请村里核对账套设置里的区划代码"
        )


def _check_standing(
    desk: Desk, village: Village, standing: Received | None, package: Package, *, replace: bool
) -> tuple[Difference, ...]:
    if standing is None:
        return ()
    month = package.manifest.period.label
    found = differences(desk, standing, package)
    if standing.state == "通过":
        raise NotAllowed(f"{village.name}{month}已经审核通过，不能再换。需要更正的，请村里在以后的月份用红字冲销")
    check_fork((standing,), package)
    if standing.signed and not replace:
        raise MonthChanged(
            f"{village.name}{month}已经收过，这一份和它不一样（{len(found)} 处）。核对以后，确认再更换", found
        )
    return found


def _later(desk: Desk, village: Village, proved: Received | None, package: Package) -> tuple[Period, ...]:
    """The months behind a replaced one: their chain goes on from what does not stand any more."""
    if proved is None or proved.head == package.manifest.head:
        return ()
    rows = received.all_current(desk.store, proved.period.next, village=village.code)
    if passed := [one.period.label for one in rows if one.state == "通过"]:
        raise NotAllowed(f"{village.name}后面的{'、'.join(passed)}已经审核通过，{proved.period.label}不能再换")
    check_fork(rows, package)
    return tuple(one.period for one in rows)


def _received(
    desk: Desk, village: Village, package: Package, path: Path, digest: str, transaction: DeskTransaction
) -> Received:
    told = package.manifest
    return Received(
        village.code,
        told.period,
        len(received.revisions(desk.store, village.code, told.period)) + 1,
        digest,
        path.stat().st_size,
        file_name(village.name, told.period, digest, SUFFIX),
        True,
        told.head,
        told.previous,
        told.opening,
        told.closing,
        told.key,
        told.mark,
        told.exceptions,
        told.program,
        told.vouchers,
        notes=untied(package),
        at=transaction.at,
        actor=transaction.actor,
    )


def _topics(desk: Desk, code: str, package: Package, texts: dict[str, bytes]) -> dict[str, Figures]:
    ledger, period = package.contents.ledger, package.manifest.period
    roles = chart_definition(ledger.entity.chart).roles
    accounts = (*roles.receivable, *roles.two_sided, *roles.payable)
    rows = {name: stored_rows(texts[name]) for name in SOURCES if name in texts}
    return month_figures(ledger, period, rows, earlier_entries(desk.store, code, accounts, period.january))


def _market(texts: dict[str, bytes]) -> dict[str, Figures]:
    found = rent_figures(stored_rows(texts[RENTS])) if RENTS in texts else {}
    return {MARKET: found} if found else {}


class Outcome(NamedTuple):
    """What became of one file of many: taken, or refused for a reason."""

    path: Path
    taken: Taken | None
    refusal: Refusal | None = None


def take_all(
    desk: Desk, paths: Iterable[Path], progress: Progress | None = None, *, replace: bool = False
) -> tuple[Outcome, ...]:
    """Take in many files, each by itself, months of a village in their order. One that is refused stops no other."""
    ordered = in_order(paths)
    found = []
    for done, path in enumerate(ordered):
        if progress:
            progress(done, len(ordered), path.name)
        try:
            found.append(Outcome(path, take(desk, path, replace=replace)))
        except Refusal as refusal:
            found.append(Outcome(path, None, refusal))
    if progress:
        progress(len(ordered), len(ordered), "完成")
    return tuple(found)


def in_order(paths: Iterable[Path]) -> tuple[Path, ...]:
    """By the month the manifest tells, then by name; what cannot be read comes last and is refused then."""
    return tuple(sorted(paths, key=lambda path: (month_of(path) or "9999", path.name)))


def month_of(path: Path) -> str:
    """The month a package's manifest tells, without checking anything; empty for what is no package."""
    try:
        with ZipFile(path) as packed:
            place = packed.getinfo(MANIFEST)
            if place.compress_type or place.file_size > MAX_MANIFEST:
                return ""
            return str(json.loads(packed.read(place))["period"])[:7]
    except (
        BadZipFile,
        OSError,
        ValueError,
        LookupError,
        TypeError,
        RuntimeError,
        NotImplementedError,
        RecursionError,
        EOFError,
    ):
        return ""


def find_files(folder: Path) -> tuple[Path, ...]:
    """Every file in a folder (a USB stick) and the folders below it that may be taken in."""
    try:
        found = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and _is_ours(path)]
    except OSError as error:
        raise BadInput(f"读不出文件夹：{folder}\n{system_reason(error)}") from error
    if not found:
        raise BadInput(f"这里没有找到报送包（.vlp），也没有导出的“报表.xlsx”：{folder}")
    return tuple(sorted(found))


def _is_ours(path: Path) -> bool:
    named = path.suffix.lower() == SUFFIX or path.stem.endswith(STATEMENTS)
    return named and path.is_file() and not path.name.startswith((".", "~$"))
