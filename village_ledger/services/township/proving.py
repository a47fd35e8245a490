"""Whether a desk still holds what was taken in: its log follows, and every month's rows are those the log tells of."""

from pathlib import Path

from ...domain.desk import Received, Village
from ...domain.period import Period
from ...package.manifest import closing_digest
from ...storage.desk import received, villages
from .desk import Desk, Progress
from .keeping import digest_of, kept_file
from .ledgers import village_ledger

TAKING = ("package", "package-replace")


def problems(desk: Desk, progress: Progress | None = None, *, files: bool = True) -> tuple[str, ...]:
    """What is wrong, in Chinese; empty when everything holds. `files`: look at the kept files, too."""
    with desk.store.transaction():
        found = [text for text in (desk.verify(),) if text]
        told = _told(desk)
        names = {one.code: one for one in desk.villages}
        rows = received.all_current(desk.store)
        for done, one in enumerate(rows):
            if progress:
                progress(done, len(rows), f"{names[one.village].name} {one.period}")
            found += _of_month(desk, names[one.village], one, told.pop((one.village, one.period), {}), files=files)
        found += [f"{village} {month}：操作日志里收过，数据里没有了" for village, month in told]
        newest = {one.village: one for one in rows if one.signed}
        found += [text for one in newest.values() if (text := _closing(desk, names[one.village], one))]
    return tuple(found)


def _told(desk: Desk) -> dict[tuple[str, Period], dict[str, object]]:
    """What the log says was taken in last for every month that still stands."""
    found: dict[tuple[str, Period], dict[str, object]] = {}
    for entry in villages.log_of(desk.store, TAKING):
        code = entry.detail["village"]
        for month in entry.detail["set_aside"]:
            found.pop((code, Period.parse(month)), None)
        found[code, Period.parse(entry.detail["period"])] = entry.detail
    return found


def _of_month(desk: Desk, village: Village, one: Received, told: dict[str, object], *, files: bool) -> tuple[str, ...]:
    name = f"{village.name} {one.period}"
    if (told.get("sha256"), told.get("head"), told.get("revision")) != (one.sha256, one.head, one.revision):
        return (f"{name}：收取记录和操作日志不一样",)
    if told.get("content") != received.content_digest(desk.store, one.village, one.period):
        return (f"{name}：保存的凭证、余额、登记簿或汇总数被改动过，和收取时登记的不一样",)
    place = kept_file(desk, one) if files else None
    if place is not None and not _is(place, one.sha256):
        return (f"{name}：保存的报送文件不见了或被改动过：{place}",)
    return ()


def _is(place: Path, sha256: str) -> bool:
    try:
        return digest_of(place) == sha256
    except OSError:
        return False


def _closing(desk: Desk, village: Village, one: Received) -> str:
    """The newest month's balances, made again from all vouchers and the opening balances, are those handed over."""
    try:
        made = closing_digest(village_ledger(desk, village).balances(one.period, one.period))
    except (ValueError, LookupError, TypeError):
        made = ""
    return "" if made == one.closing else f"{village.name} {one.period}：由保存的凭证重算的余额，和报送时的不一样"
