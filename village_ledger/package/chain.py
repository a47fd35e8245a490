"""The slice of a book's log that a package carries, and what it proves: every voucher, every month's balances, the key.

`chain/before.jsonl`, `month/log.jsonl` and `chain/after.jsonl` are one run of records, from the year's first posting to
the close of the month, and on to the record of the key if that is younger.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from village_ledger.domain.chain import (
    balances_content,
    canonical_text,
    openings_content,
    record_hash,
    sha256,
    sm3,
    voucher_content,
)
from village_ledger.domain.errors import IntegrityFailure
from village_ledger.domain.period import Period

from .contents import Contents
from .manifest import Manifest

BEFORE, MONTH, AFTER = "chain/before.jsonl", "month/log.jsonl", "chain/after.jsonl"
CHANGED = "已报送后反结账"


class Record(NamedTuple):
    """One record of the log."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: Any
    previous: str
    hash: str


def record_lines(records: Any) -> bytes:
    """The records as canonical JSON, a line each."""
    return "".join(canonical_text(list(one)) + "\n" for one in records).encode()


def read_chain(files: dict[str, bytes]) -> tuple[tuple[Record, ...], int]:
    """The records, each following from the one before, and how many come before the end of the month's own slice."""
    records: list[Record] = []
    until = 0
    try:
        for name in (BEFORE, MONTH, AFTER):
            told = [Record(*json.loads(line)) for line in files[name].splitlines()]
            if record_lines(told) != files[name]:
                raise IntegrityFailure(f"操作日志（{name}）写法不规范，被改动过")
            records += told
            until = len(records) if name == MONTH else until
        for before, one in zip([None, *records], records, strict=False):
            _follow(before, one)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityFailure("报送包里的操作日志读不出来，文件被改动过或已损坏") from error
    return tuple(records), until


def _follow(before: Record | None, one: Record) -> None:
    wanted = record_hash(*one[:5], canonical_text(one.detail), one.previous)
    if one.hash != wanted:
        raise IntegrityFailure(f"操作日志第 {one.seq} 条的内容被改过（{one.action} {one.subject}）")
    if before and (one.seq != before.seq + 1 or one.previous != before.hash):
        raise IntegrityFailure(f"操作日志第 {one.seq} 条和前一条接不上（缺失、插入或调换）")


def check_chain(records: tuple[Record, ...], until: int, manifest: Manifest, contents: Contents, names: Any) -> None:
    """Refuse a package whose vouchers, balances, names, marks or key are not those the log tells of."""
    try:
        for problem in _problems(records, until, manifest, contents, names):
            raise IntegrityFailure(problem)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise IntegrityFailure(f"报送包里的操作日志缺少应有的内容：{str(error)[:100]}") from error


def _problems(
    records: tuple[Record, ...], until: int, manifest: Manifest, contents: Contents, names: Any
) -> Iterator[str]:
    close = records[until - 1]
    period = str(manifest.period)
    if (close.action, close.subject, close.hash) != ("close", period, manifest.head):
        yield f"{period} 的结账记录不是清单上的日志链头"
    if close.detail.get("names_sha256", sha256(names)) != sha256(names):
        yield "村名、科目或往来户等的名称和结账时登记的不一样"
    yield from _vouchers(records[:until], contents)
    yield from _months(records[:until], manifest, contents)
    yield from _openings(records[:until], contents)
    yield from _mark(records[:until], manifest)
    keys = [one.detail["public"] for one in records if one.action == "key"] or [close.detail.get("key", "")]
    if keys[-1] != manifest.key:
        yield "签名用的密钥不是操作日志里登记的那一把"


def _vouchers(records: tuple[Record, ...], contents: Contents) -> Iterator[str]:
    """Each voucher is what was posted, none is missing, the numbers run from 1."""
    first, last = str(contents.start), str(contents.period)
    posted = {one.detail["uid"]: one for one in records if one.action == "post" and first <= one.subject[:7] <= last}
    numbers: defaultdict[tuple[Period, str], int] = defaultdict(int)
    for voucher in contents.vouchers:
        label = f"{voucher.period} {voucher.label}"
        record = posted.pop(voucher.uid, None)
        if record is None or record.subject != label:
            yield f"凭证 {label} 在操作日志里没有记账记录"
        elif record.detail["content"] != sha256(voucher_content(voucher)):
            yield f"凭证 {label} 的内容和记账时登记的不一样"
        numbers[voucher.period, voucher.word] += 1
        if voucher.number != numbers[voucher.period, voucher.word]:
            yield f"凭证号不连续：{label}"
    for record in posted.values():
        yield f"凭证 {record.subject} 不在报送包里，操作日志有它的记账记录"


def _months(records: tuple[Record, ...], manifest: Manifest, contents: Contents) -> Iterator[str]:
    """The balances of every month of the year, made again from the vouchers, are those the month was closed with."""
    closes = {one.subject: one for one in records if one.action == "close"}
    ledger = contents.ledger
    for month in contents.start.through(contents.period):
        balances = ledger.balances(month, month)
        content = balances_content(balances)
        detail = closes[str(month)].detail
        if detail["balances_sha256"] != sha256(content):
            yield f"{month} 的余额由凭证重算后，和结账时登记的不一样"
        if detail.get("balances_sm3") and sm3(content) not in {"", detail["balances_sm3"]}:
            yield f"{month} 的余额摘要（SM3）和结账时登记的不一样"
    before = manifest.period.previous
    told = closes[str(before)].hash if str(before) in closes else None
    if before >= contents.start and told != manifest.previous:
        yield f"清单上 {before} 的链头和操作日志不一致，本月接不上上月"
    if manifest.period == contents.entity.first_period and manifest.previous:
        yield "这是建账的第一个月，清单上却写了上月的链头"


def _openings(records: tuple[Record, ...], contents: Contents) -> Iterator[str]:
    if contents.start != contents.entity.first_period:
        return  # proved by the balances of January
    told = [one.detail["content"] for one in records if one.action == "openings"] or [sha256([])]
    if told[-1] != sha256(openings_content(contents.openings)):
        yield "期初余额和录入时登记的不一样"


def _mark(records: tuple[Record, ...], manifest: Manifest) -> Iterator[str]:
    period = str(manifest.period)
    changed = any(one.action == "reopen" and one.subject == period and one.detail["handed_over"] for one in records)
    if manifest.mark not in {"", CHANGED} or (changed and manifest.mark != CHANGED):
        yield "清单上的标记（是否报送后反结账）和操作日志不一致"
