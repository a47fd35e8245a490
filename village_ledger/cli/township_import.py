"""`township import`: take in what villages handed over."""

import sys
from pathlib import Path

from village_ledger.domain.errors import IntegrityFailure, Refusal
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.importing import MonthChanged, Taken, find_files, in_order, take

from .arguments import Arguments
from .township_desk import open_desk

FINE, BAD_INPUT, INTEGRITY_FAILURE = 0, 2, 3


def run(arguments: Arguments) -> int:
    """Take in every file, those of a folder too, and say what became of each; 3 when one was not sound, 2 refused."""
    paths: list[Path] = []
    for word in arguments.rest:
        path = Path(word)
        paths += find_files(path) if path.is_dir() else [path]
    worst = FINE
    with open_desk(arguments) as desk:
        for path in in_order(paths):
            worst = max(worst, _take(desk, path, arguments.flags))
    return worst


def _take(desk: Desk, path: Path, flags: frozenset[str]) -> int:
    try:
        taken = take(desk, path, replace="--replace" in flags, accept_key="--accept-key" in flags)
    except Refusal as refusal:
        print(f"✗ {path.name}：{refusal}", file=sys.stderr)
        if isinstance(refusal, MonthChanged):
            for one in refusal.differences:
                print(f"    {one.what}：{one.before} → {one.after}", file=sys.stderr)
            print("    核对后要更换，加 --replace 再收一次", file=sys.stderr)
        return INTEGRITY_FAILURE if isinstance(refusal, IntegrityFailure) else BAD_INPUT
    _tell(path, taken)
    return FINE


def _tell(path: Path, taken: Taken) -> None:
    row = taken.received
    kind = "" if row.signed else "（未签名的 Excel）"
    print(f"✓ {path.name}：{taken.village.name} {row.period.label} {taken.result}{kind}，凭证 {row.vouchers} 张")
    if taken.answers:
        print(f"    村里答复了 {taken.answers} 条意见")
    if taken.new_village:
        print(f"    新的村，公钥 {row.key}，请和村里核对" if row.key else "    新的村，没有公钥可以核对")
    for one in taken.differences:
        print(f"    {one.what}：{one.before} → {one.after}")
    if taken.set_aside:
        print(f"    后面的月份要重新报送：{'、'.join(month.label for month in taken.set_aside)}")
    for note in (row.mark, *row.exceptions, *row.notes):
        if note:
            print(f"    注：{note}")
