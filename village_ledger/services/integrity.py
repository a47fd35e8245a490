"""`verify`: prove the chain, the vouchers and the balances from the raw rows, and name the first thing that differs."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from ..domain.chain import GENESIS, balances_content, canonical_text, record_hash, sha256, sm3, voucher_content
from ..domain.errors import BookDamaged
from ..domain.period import Period
from ..domain.voucher import Voucher
from ..storage import integrity as raw
from ..storage.ledger import RecomputedLedger
from ..storage.log import LogEntry, log_from
from ..storage.meta import entity_of, load_meta
from ..storage.periods import voucher_counts
from . import (
    assets_check,
    benefits,
    budget_log,
    contracts_register,
    decisions_register,
    disclosures_register,
    documents,
    evidence,
    governance,
    log_in,
    parcels,
    registered,
    related,
    requests_register,
    reviews_register,
)
from .book import Book, Progress, no_progress


class Verification(NamedTuple):
    """What `verify` found. No findings: the book proves itself up to `head`."""

    findings: tuple[str, ...]
    vouchers: int
    log_records: int
    head: str

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(book: Book, head: str = "", progress: Progress | None = None) -> Verification:
    """Check a book whole. `head` was kept elsewhere (a signed closing sheet): the chain must pass through it.

    What cannot even be read is a finding too, told after those made before it.
    """
    found = _Found()
    try:
        _examine(book, head.strip().lower().removeprefix("sha256:"), progress or no_progress, found)
    except (sqlite3.Error, BookDamaged, ValueError, LookupError, TypeError, AttributeError) as error:
        found.texts.append(f"账簿里有读不出来的内容，文件被改动过或已损坏：{error}")
    return Verification(tuple(found.texts), found.vouchers, found.log_records, found.head)


class _Found:
    """What the examination has come to so far."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.vouchers = 0
        self.log_records = 0
        self.head = ""


def _examine(book: Book, head: str, report: Progress, found: _Found) -> None:
    findings = found.texts
    report(0, 6, "检查数据库结构")
    if problem := raw.database_problem(book.connection):
        findings.append(problem)
    findings += [f"防改写保护“{name}”被去掉或改动过" for name in raw.missing_triggers(book.connection)]
    findings += [f"数据库结构“{name}”被去掉、改动或添加过" for name in raw.changed_structure(book.connection)]
    report(1, 6, "检查操作日志")
    log = log_from(book.connection)
    found.log_records, found.head = len(log), log[-1].hash if log else GENESIS
    findings += _check_chain(log)
    if head and head not in {entry.hash for entry in log}:
        findings.append(f"日志链里找不到给定的链头 {head[:16]}…：日志被截短或整本账被重做过")
    report(2, 6, "检查凭证")
    first, last = _span(book)
    vouchers = book.ledger.vouchers(first, last)
    found.vouchers = len(vouchers)
    findings += _check_vouchers(vouchers, log)
    findings += [
        f"凭证 {label} 的分录和凭证头不符（行数、金额或月份）" for label in raw.line_mismatches(book.connection)
    ]
    report(3, 6, "检查凭证号")
    findings += _check_numbers(vouchers)
    report(4, 6, "检查科目、期初、人员、月份和设置")
    findings += registered.findings(book, log)
    findings += log_in.findings(book, log)
    findings += parcels.findings(book, log)
    findings += assets_check.findings(book, log)
    findings += contracts_register.findings(book, log)
    findings += budget_log.findings(book, log)
    findings += governance.findings(book, log)
    findings += decisions_register.findings(book, log)
    findings += evidence.findings(book, log)
    findings += requests_register.findings(book, log)
    findings += disclosures_register.findings(book, log)
    findings += benefits.findings(book, log)
    findings += related.findings(book, log)
    findings += documents.findings(book, log)
    findings += reviews_register.findings(book, log)
    report(5, 6, "重算各月余额")
    findings += _check_balances(book, log)
    report(6, 6, "完成")


def _span(book: Book) -> tuple[Period, Period]:
    begun = entity_of(load_meta(book.connection)).first_period
    months = voucher_counts(book.connection)
    if not months:
        return begun, begun
    return min(begun, Period.parse(min(months))), Period.parse(max(months))


def _check_chain(log: tuple[LogEntry, ...]) -> Iterator[str]:
    previous = GENESIS
    for position, entry in enumerate(log, 1):
        if entry.seq != position:
            yield f"操作日志第 {position} 条缺失或顺序被调换（这里是第 {entry.seq} 条）"
            return
        if entry.previous != previous:
            yield f"操作日志第 {entry.seq} 条和前一条接不上（{entry.at} {entry.actor} {entry.action} {entry.subject}）"
            return
        wanted = record_hash(
            entry.seq, entry.at, entry.actor, entry.action, entry.subject, canonical_text(entry.detail), entry.previous
        )
        if entry.hash != wanted:
            yield f"操作日志第 {entry.seq} 条的内容被改过（{entry.at} {entry.actor} {entry.action} {entry.subject}）"
            return
        previous = entry.hash


def _check_vouchers(vouchers: tuple[Voucher, ...], log: tuple[LogEntry, ...]) -> Iterator[str]:
    logged: dict[str, LogEntry] = {entry.detail["uid"]: entry for entry in log if entry.action == "post"}
    for voucher in vouchers:
        label = f"{voucher.period} {voucher.label}"
        entry = logged.pop(voucher.uid, None)
        if entry is None:
            yield f"凭证 {label} 在操作日志里没有记账记录，是从外部塞进来的"
            continue
        if entry.detail["content"] != sha256(voucher_content(voucher)):
            yield f"凭证 {label} 的内容和记账时不一样，被改动过（日志第 {entry.seq} 条）"
    for uid, entry in sorted(logged.items(), key=lambda pair: pair[1].seq):
        yield f"凭证 {entry.subject} 被删掉了（日志第 {entry.seq} 条有它的记账记录，{uid[:8]}）"


def _check_numbers(vouchers: tuple[Voucher, ...]) -> Iterator[str]:
    last: dict[tuple[Period, str], int] = {}
    for voucher in vouchers:
        key = (voucher.period, voucher.word)
        if voucher.number != last.get(key, 0) + 1:
            yield f"凭证号不连续：{voucher.period} {voucher.word}-{last.get(key, 0) + 1} 缺失或重复"
        last[key] = voucher.number


def _check_balances(book: Book, log: tuple[LogEntry, ...]) -> Iterator[str]:
    closes = {entry.subject: entry.detail for entry in log if entry.action == "close"}
    ledger = book.ledger
    vouchers = RecomputedLedger(book.connection, book.entity, book.chart)
    for period in raw.closed_months(book.connection):
        stored = ledger.balances(period, period)
        computed = vouchers.balances(period, period)
        if stored != computed:
            difference = next(
                (now, then) for now, then in zip((*stored, None), (*computed, None), strict=False) if now != then
            )
            row = difference[0] or difference[1]
            code = row.account if row else ""
            yield f"{period} 科目 {code} 的已结账余额和凭证重算的不一样，被改动过"
            return
        detail = closes.get(str(period))
        content = balances_content(computed)
        if detail is None:  # told where the months are compared with the log
            return
        if detail["balances_sha256"] != sha256(content):
            yield f"{period} 的余额和结账时登记的摘要不一样"
            return
        if detail["balances_sm3"] and sm3(content) not in {"", detail["balances_sm3"]}:
            yield f"{period} 的余额和结账时登记的 SM3 摘要不一样"
            return
