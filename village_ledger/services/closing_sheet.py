"""The sheet people sign when a month is closed: counts, totals and the digests that `verify` compares with."""

from typing import NamedTuple

from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.voucher import Voucher
from ..reports.model import Column, Report, Row
from ..storage.log import head, log_from
from ..storage.periods import PeriodRow, load_periods
from .book import Book

SIGNATURES = ("负责人", "会计", "审核", "村监会")
_COLUMNS = (Column("name", "项目", "text", 26), Column("value", "内容", "text", 74))


class MonthProof(NamedTuple):
    """What fixes a month: its close record, or for an open month the newest record.

    `seq` and `head` are number and hash of that log record; the digests cover the month's stored balances.
    """

    row: PeriodRow
    seq: int
    head: str
    balances_sha256: str = ""
    balances_sm3: str = ""

    @property
    def mark(self) -> str:
        """What every page of the month must show besides the head; empty for an ordinary closed month."""
        if self.row.changed_after_hand_over:
            return "已报送后反结账"
        return "" if self.row.closed else "本月尚未结账"

    @property
    def footer(self) -> str:
        """The line at the foot of each exported page."""
        mark = f"{self.mark}　" if self.mark else ""
        return f"{mark}日志链头 sha256:{self.head}"


def month_proof(book: Book, period: Period) -> MonthProof:
    """The proof of a month as it stands now."""
    rows = {row.period: row for row in load_periods(book.connection)}
    row = rows.get(period, PeriodRow(period, closed=False))
    if not row.closed:
        seq, newest = head(book.connection)
        return MonthProof(row, seq, newest)
    (record,) = log_from(book.connection, row.log_seq, row.log_seq)
    return MonthProof(row, record.seq, record.hash, record.detail["balances_sha256"], record.detail["balances_sm3"])


def closing_sheet(book: Book, period: Period, vouchers: tuple[Voucher, ...], proof: MonthProof) -> Report:
    """The sheet as a report, to be printed like one."""
    row = proof.row
    entity = book.entity
    lines = [("会计期间", f"{period.label}（{period.first_day}至{period.last_day}）")]
    for word in sorted({voucher.word for voucher in vouchers}):
        numbers = [voucher.number for voucher in vouchers if voucher.word == word]
        lines.append((f"{word}字凭证", f"{len(numbers)} 张（{word}-{min(numbers)} 至 {word}-{max(numbers)}）"))
    debit = sum(line.debit_fen for voucher in vouchers for line in voucher.lines)
    credit = sum(line.credit_fen for voucher in vouchers for line in voucher.lines)
    lines += [
        ("凭证合计", f"{len(vouchers)} 张，附件 {sum(voucher.attachments for voucher in vouchers)} 张"),
        ("借方发生额合计", f"{format_fen(debit)} 元"),
        ("贷方发生额合计", f"{format_fen(credit)} 元"),
    ]
    settings = book.settings
    balances = book.ledger.balances(period, period)
    for name, codes in (("库存现金", settings.cash_accounts), ("银行存款", settings.bank_accounts)):
        total = sum(balance.closing_fen for balance in balances if balance.account.startswith(codes))
        lines.append((f"期末{name}", f"{format_fen(total)} 元"))
    if row.closed:
        lines.append(("结账", f"{row.closed_by}　{row.closed_at[:10]}"))
    lines += [("状态", _state(proof)), ("日志链头（SHA-256）", proof.head)]
    if proof.balances_sha256:
        lines.append(("本月余额摘要（SHA-256）", proof.balances_sha256))
    if proof.balances_sm3:
        lines.append(("本月余额摘要（SM3）", proof.balances_sm3))
    return Report(
        key="closing-sheet",
        title="结账单",
        entity=entity.name,
        start=str(period),
        end=str(period),
        as_of=period.label,
        columns=_COLUMNS,
        rows=tuple(Row(line) for line in lines),
        signatures=SIGNATURES,
        notes=(
            "日志链头是账簿操作日志最后一条的摘要，凭证、余额改动一个字它就变。签字后留存此单，"
            "以后用“核验账簿”并填入链头，可以证明账簿没有被重做过。",
            *entity.exceptions,
        ),
        footer=proof.footer,
    )


def _state(proof: MonthProof) -> str:
    row = proof.row
    parts = ["已结账" if row.closed else "尚未结账"]
    if row.reopened:
        parts.append(f"反结账 {row.reopened} 次")
    if row.handed_over:
        parts.append("已报送乡镇")
    if row.changed_after_hand_over:
        parts.append("【已报送后反结账】")
    return "，".join(parts)
