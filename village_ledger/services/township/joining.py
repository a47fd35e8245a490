"""Whether a package joins what a village handed over before: its key, its chain, its opening balances."""

from collections.abc import Iterable

from ...domain.desk import Received, Village
from ...domain.errors import IntegrityFailure, NotAllowed
from ...domain.period import Period
from ...package.read import Package
from ...storage.desk.received import all_current, current
from .desk import Desk


class KeyChanged(NotAllowed):
    """The package is signed by another key than the village's packages were so far; somebody must say it is right.

    `told`: the village's log tells of the change.
    """

    def __init__(self, message: str, village: str, before: str, after: str, *, told: bool) -> None:
        super().__init__(message)
        self.village = village
        self.before = before
        self.after = after
        self.told = told


def check_key(village: Village, package: Package, *, accept_key: bool) -> None:
    """Refuse another key, unless the village's log tells of it and the official has asked the village."""
    new = package.manifest.key
    if not village.key or new == village.key:
        return
    told = any(
        one.action == "key" and one.detail.get("public") == new and one.detail.get("replaces") == village.key
        for one in package.records
    )
    if not accept_key:
        where = "村里的操作日志记有这次更换" if told else "村里的操作日志里没有这次更换的记录，要特别小心"
        raise KeyChanged(
            f"{village.name}的签名密钥和以前的不一样（{where}）。\n以前：{village.key}\n现在：{new}\n"
            "请打电话和村里核对新公钥，确认无误再接受新密钥",
            village.name,
            village.key,
            new,
            told=told,
        )


def check_join(desk: Desk, village: Village, package: Package, *, replacing: bool) -> None:
    """Refuse a package that does not follow the month before (or does not lead to the month after)."""
    manifest = package.manifest
    period = manifest.period
    before, after = current(desk.store, village.code, period.previous), current(desk.store, village.code, period.next)
    if before and before.signed:
        if manifest.previous != before.head:
            raise IntegrityFailure(
                f"日志链接不上：{period.label}报送包里{period.previous.label}的结账记录，"
                f"和已收到的{period.previous.label}报送包不一样。如果那个月反结账后改过，请村里先重新报送那个月"
            )
        if manifest.opening != before.closing:
            raise IntegrityFailure(f"{period.label}的期初余额和{period.previous.label}的期末余额不一样")
    elif period > village.since and not before:
        missing = "、".join(month.label for month in _gap(desk, village, period))
        raise NotAllowed(f"{village.name}还缺{missing}的报送包，请先收前面的月份，再收{period.label}")
    if period < village.since and not after:
        raise NotAllowed(
            f"{village.name}收到的第一个月是{village.since.label}，{period.label}和它之间有空缺，请按月份依次补收"
        )
    if after and after.signed and not replacing and after.previous != manifest.head:
        raise IntegrityFailure(f"{period.label}的结账记录，和已收到的{period.next.label}报送包里记的不一样，接不上")


def check_fork(standing: Iterable[Received], package: Package) -> None:
    """Refuse a changed month whose log does not contain what the village handed over before, of this month or later
    ones: it was not continued from there.
    """
    there = {one.hash for one in package.records}
    for one in standing:
        if one.signed and one.head not in there:
            raise IntegrityFailure(
                f"日志链分叉：这个报送包的操作日志里找不到上次报送的{one.period.label}结账记录（{one.head[:16]}…），"
                "账簿可能是用旧备份恢复后另记的。请村里核验账簿，查明原因"
            )


def _gap(desk: Desk, village: Village, period: Period) -> tuple[Period, ...]:
    there = {one.period for one in all_current(desk.store, village=village.code)}
    return tuple(month for month in village.since.through(period.previous) if month not in there)[:12]
