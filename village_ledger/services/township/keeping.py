"""Keeping what was taken in: the file itself in the desk's folder, and everything a package tells in the store."""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ...domain.desk import Figures, Received, Village
from ...domain.errors import ExportFailed, IntegrityFailure, NotAllowed, system_reason
from ...domain.file_name import file_safe
from ...domain.period import Period
from ...exports.atomic import atomic_write
from ...package.contents import CHART, EARLIER, ENTITY, ITEMS, MONTH_VOUCHERS, OPENINGS
from ...package.manifest import MANIFEST
from ...package.read import Package
from ...reports import registry
from ...reports.stored import stored_report
from ...storage.desk import ledgers, received, registers, villages
from .cases import KEPT_ACTS
from .comparing import REGISTERS
from .desk import Desk

MAX_NAME = 200
YEARS = range(1990, 2101)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
_BLOCK = 1 << 20


def kept_file(desk: Desk, one: Received) -> Path | None:
    """Where a file taken in is kept; for a desk in memory, where it was read from."""
    return desk.folder / one.file if desk.folder else desk.originals.get(one.sha256)


def file_name(village: str, period: Period, digest: str, suffix: str) -> str:
    """The name a file is kept under: a folder a village, the month, the beginning of its digest."""
    folder = "".join(sign if sign.isprintable() else "_" for sign in file_safe(village))
    return f"{folder[:MAX_NAME].strip(' .') or '_'}/{period}-{digest[:12]}{suffix}"


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_file(desk: Desk, one: Received, path: Path) -> None:
    """Copy the file into the desk's folder. NotAllowed where the folder takes nothing; IntegrityFailure for a file
    that has changed since it was checked.
    """
    if desk.folder is None:
        desk.originals[one.sha256] = path
    place = kept_file(desk, one)
    try:
        if place is None or (place.is_file() and digest_of(place) == one.sha256):
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        total = hashlib.sha256()
        with atomic_write(place) as target, path.open("rb") as source:
            while block := source.read(_BLOCK):
                total.update(block)
                target.write(block)
            if total.hexdigest() != one.sha256:
                raise IntegrityFailure(f"文件在收取的时候被改动了，请重新收取：{path}")
    except OSError as error:
        raise NotAllowed(f"报送文件存不进“{desk.folder}”，这次没有收：{system_reason(error)}") from error
    except ExportFailed as error:
        raise NotAllowed(f"报送文件存不进“{desk.folder}”，这次没有收。\n{error.message}") from error


def register_texts(package: Package) -> dict[str, bytes]:
    """The registers by report name; an empty one tells that there is nothing.

    IntegrityFailure for one that is no register of the month.
    """
    known = {kind.key for kind in registry.REGISTER_KINDS}
    found = {}
    for name, content in package.files.items():
        key = name.removeprefix(REGISTERS).removesuffix(".json")
        if name != f"{REGISTERS}{key}.json" or key not in known:
            continue
        report = stored_report(content)
        if report.key != key or report.end != str(package.manifest.period):
            raise IntegrityFailure(f"登记簿“{name}”不是{package.manifest.period.label}的{registry.kind(key).title}")
        found[key] = content
    return found


def check_keepable(package: Package) -> None:
    """Refuse what no store can keep, though a village's key may have signed it."""
    told = package.manifest
    if told.period.year not in YEARS:
        raise IntegrityFailure(f"报送包的月份不合情理：{told.period.label}")
    if any(_NUL.search(package.files[name]) for name in (MANIFEST, ITEMS, CHART, OPENINGS, EARLIER, MONTH_VOUCHERS)):
        raise IntegrityFailure("报送包的文字里有不能保存的符号（空字符），不予收取")


def store_package(
    desk: Desk,
    village: Village,
    row: Received,
    package: Package,
    texts: dict[str, bytes],
    topics: dict[str, Figures],
) -> None:
    """Keep everything a package tells of a month. Earlier months of its year that were never handed over by themselves
    are kept as this package has them.
    """
    store, code, period, contents = desk.store, village.code, row.period, package.contents
    villages.save_village(store, village)
    received.add(store, row)
    ledger = contents.ledger
    own = {one.period for one in received.all_current(store, contents.start, period, code) if one.signed} - {period}
    mine = [month for month in contents.start.through(period) if month not in own]
    ledgers.drop_vouchers(store, code, mine)
    ledgers.store_vouchers(store, code, (one for one in contents.vouchers if one.period not in own))
    if not any(one.signed for one in received.all_current(store, village=code) if one.period != period):
        ledgers.drop_charts(store, code)  # what bare workbooks told of accounts
    ledgers.store_chart(store, code, period.year, package.files[CHART], package.files[ENTITY])
    ledgers.store_openings(store, code, contents.start, package.files[OPENINGS])
    ledgers.store_items(store, code, contents.items)
    ledgers.store_balances(store, code, period, ledger.balances(period, period))
    registers.store_registers(store, code, period, texts)
    registers.store_acts(store, code, period, list(_acts(package, row)))
    registers.store_topics(store, code, period, topics)


def _acts(package: Package, row: Received) -> Iterable[list[object]]:
    """The records since the month before was closed."""
    begun = next((one.seq for one in package.records if one.hash == row.previous), 0)
    until = next(one.seq for one in package.records if one.hash == row.head)
    for one in package.records:
        if begun < one.seq <= until and one.action in KEPT_ACTS:
            detail = one.detail
            if isinstance(detail, dict):
                detail = {key: value for key, value in detail.items() if key != "content"}
            yield [one.at, one.actor, one.action, one.subject, detail]
