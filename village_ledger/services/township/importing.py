"""Taking in what a village handed over: checked whole, refused with the exact reason, or kept in one transaction."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple
from zipfile import BadZipFile, ZipFile

from ...domain.desk import Difference, Figures, Received, Village, received_content, village_code
from ...domain.errors import BadInput, IntegrityFailure, NotAllowed, Refusal, system_reason
from ...domain.period import Period
from ...domain.view import MemoryLedger
from ...exports.atomic import atomic_write
from ...package.contents import CHART, OPENINGS
from ...package.manifest import MANIFEST
from ...package.read import Package
from ...reports import registry
from ...reports.stored import stored_rows
from ...storage.desk import ledgers, received, registers, villages
from ...storage.desk.database import DeskTransaction
from ..catalog import chart_definition
from ..package_check import check_package
from .cases import KEPT_ACTS
from .comparing import REGISTERS, differences
from .debt_topics import earlier_entries
from .desk import Desk, Progress
from .flags import examine
from .joining import check_fork, check_join, check_key
from .register_topics import SOURCES
from .ties import check_ties, untied
from .topics import month_figures

Result = Literal["收到", "已有", "更换"]
MAX_NAME = 200
MAX_MANIFEST = 4_000_000
SUFFIXES = frozenset({".vlp"})
"""What a scan of a folder looks for."""


class Taken(NamedTuple):
    """What became of a file. `differences`: in what it differs from the one it replaces; `set_aside`: later months that
    must be handed over again.
    """

    result: Result
    village: Village
    received: Received
    differences: tuple[Difference, ...] = ()
    set_aside: tuple[Period, ...] = ()
    new_village: bool = False


class MonthChanged(NotAllowed):
    """The month was handed over before and says something else now; `differences` tell what."""

    def __init__(self, message: str, found: tuple[Difference, ...]) -> None:
        super().__init__(message)
        self.differences = found


def take(desk: Desk, path: Path, *, replace: bool = False, accept_key: bool = False) -> Taken:
    """Take a package in. The same one again changes nothing; a changed month is taken only with `replace`.

    Raises BadInput for what is no package, IntegrityFailure for one that is not sound or does not join, MonthChanged
    and KeyChanged for what the official has to decide, NotAllowed for a month that is passed.
    """
    digest = _digest(path)
    known = received.by_digest(desk.store, digest)
    if known and known.current:
        return Taken("已有", _known_village(desk, known.village), known)
    package = check_package(path)
    check_ties(package)
    told = package.manifest
    code = village_code(told.region_code, told.credit_code, told.village)
    with desk.write() as transaction:
        before = villages.load_village(desk.store, code)
        village = _village(code, package, before)
        _check_identity(before, package)
        check_key(village, package, accept_key=accept_key)
        standing = received.current(desk.store, code, told.period)
        if standing and standing.head == told.head and not differences(desk, standing, package):
            transaction.record("package-again", f"{village.name} {told.period}", {"sha256": digest})
            return Taken("已有", village, standing)
        found = _check_standing(desk, village, standing, package, replace=replace)
        check_join(desk, village, package, replacing=standing is not None)
        aside = _later(desk, village, standing, told.head)
        row = _received(desk, village, package, path, digest, transaction)
        _keep_file(desk, row, path)
        if standing:
            received.set_aside(desk.store, code, (told.period, *aside))
        _store(desk, village, row, package, accept_key=accept_key)
        examine(desk, village, told.period.year, transaction)
        transaction.record(
            "package-replace" if standing else "package",
            f"{village.name} {told.period}",
            {**received_content(row), "set_aside": [str(month) for month in aside], "differences": len(found)},
        )
    return Taken("更换" if standing else "收到", village, row, found, aside, before is None)


def _known_village(desk: Desk, code: str) -> Village:
    found = villages.load_village(desk.store, code)
    if found is None:
        raise IntegrityFailure(f"乡镇端数据里没有这个村：{code}")
    return found


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise BadInput(f"找不到文件：{path}") from None
    except OSError as error:
        raise BadInput(f"读不出文件：{path}\n{system_reason(error)}") from error


def _village(code: str, package: Package, before: Village | None) -> Village:
    told, entity = package.manifest, package.contents.entity
    since = min(before.since, told.period) if before and before.key else told.period
    return Village(
        code,
        told.village,
        told.region_code,
        told.credit_code,
        entity.county,
        entity.township,
        entity.chart,
        entity.first_period,
        before.since if before and before.key else since,
        before.key if before else "",
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
    check_fork(standing, package)
    if standing.signed and not replace:
        raise MonthChanged(
            f"{village.name}{month}已经收过，这一份和它不一样（{len(found)} 处）。核对以后，确认再更换", found
        )
    return found


def _later(desk: Desk, village: Village, standing: Received | None, head: str) -> tuple[Period, ...]:
    """The months behind a replaced one: their chain goes on from what does not stand any more."""
    if standing is None or standing.head == head:
        return ()
    rows = received.all_current(desk.store, standing.period.next, village=village.code)
    if passed := [one.period.label for one in rows if one.state == "通过"]:
        raise NotAllowed(f"{village.name}后面的{'、'.join(passed)}已经审核通过，{standing.period.label}不能再换")
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
        f"{_file_name(village.name)}/{told.period}-{digest[:12]}{path.suffix.lower()}",
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


def _file_name(text: str) -> str:
    return "".join("_" if sign in '\\/:*?"<>|' or not sign.isprintable() else sign for sign in text)[:MAX_NAME]


def kept_file(desk: Desk, one: Received) -> Path | None:
    """Where a file taken in is kept; for a desk in memory, where it was read from."""
    return desk.folder / one.file if desk.folder else desk.originals.get(one.sha256)


def _keep_file(desk: Desk, one: Received, path: Path) -> None:
    if desk.folder is None:
        desk.originals[one.sha256] = path
    place = kept_file(desk, one)
    if place is None or place.exists():
        return
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotAllowed(f"报送文件存不进去：{place.parent}\n{system_reason(error)}") from error
    with atomic_write(place) as target, path.open("rb") as source:
        while block := source.read(1 << 20):
            target.write(block)


def _store(desk: Desk, village: Village, row: Received, package: Package, *, accept_key: bool) -> None:
    store, code, period, contents = desk.store, village.code, row.period, package.contents
    first = not received.all_current(store, village=code)
    key = row.key if accept_key or not village.key else village.key
    villages.save_village(store, village._replace(key=key, since=min(village.since, period)))
    received.add(store, row)
    there = ledgers.voucher_months(store, code)
    ledgers.store_vouchers(store, code, (one for one in contents.vouchers if first or one.period not in there))
    ledgers.store_chart(store, code, period.year, package.files[CHART])
    if first or period.month == 1:
        ledgers.store_openings(store, code, contents.start, package.files[OPENINGS])
    ledgers.store_items(store, code, contents.items)
    ledger = contents.ledger
    ledgers.store_balances(store, code, period, ledger.balances(period, period))
    texts = dict(_register_texts(package))
    registers.store_registers(store, code, period, texts)
    registers.store_acts(store, code, period, _acts(package, row))
    registers.store_topics(store, code, period, _topics(desk, code, ledger, period, texts))


def _register_texts(package: Package) -> Iterable[tuple[str, bytes]]:
    known = {kind.key for kind in registry.REGISTER_KINDS}
    for name, content in package.files.items():
        key = name.removeprefix(REGISTERS).removesuffix(".json")
        if name == f"{REGISTERS}{key}.json" and key in known and json.loads(content)["rows"]:
            yield key, content


def _topics(desk: Desk, code: str, ledger: MemoryLedger, period: Period, texts: dict[str, bytes]) -> dict[str, Figures]:
    roles = chart_definition(ledger.entity.chart).roles
    accounts = (*roles.receivable, *roles.two_sided, *roles.payable)
    rows = {name: stored_rows(texts[name]) for name in SOURCES if name in texts}
    return month_figures(ledger, period, rows, earlier_entries(desk.store, code, accounts, period.january))


def _acts(package: Package, row: Received) -> list[list[object]]:
    """The records since the month before was closed."""
    begun = next((one.seq for one in package.records if one.hash == row.previous), 0)
    until = next(one.seq for one in package.records if one.hash == row.head)
    return [
        [one.at, one.actor, one.action, one.subject, {k: v for k, v in (one.detail or {}).items() if k != "content"}]
        for one in package.records
        if begun < one.seq <= until and one.action in KEPT_ACTS
    ]


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
    except (BadZipFile, OSError, ValueError, LookupError, TypeError, RuntimeError, NotImplementedError, RecursionError):
        return ""


def find_files(folder: Path) -> tuple[Path, ...]:
    """Every file in a folder (a USB stick) and the folders below it that may be taken in."""
    try:
        found = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and _is_ours(path)]
    except OSError as error:
        raise BadInput(f"读不出文件夹：{folder}\n{system_reason(error)}") from error
    if not found:
        raise BadInput(f"这里没有找到报送包（.vlp）：{folder}")
    return tuple(sorted(found))


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.name.startswith((".", "~$"))
