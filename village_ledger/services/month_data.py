"""The data of a month that a stranger can check without this program: docs/formats.md describes every file."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .. import __version__
from ..domain.chain import balances_content, canonical_text, voucher_content
from ..domain.period import Period
from ..domain.voucher import Voucher
from ..exports.atomic import atomic_write
from ..paths import RESOURCES
from ..storage.log import first_posting, log_from
from .book import Book
from .closing_sheet import MonthProof
from .month_names import month_names

VERIFIER = "verify_month.py"
_GUIDE = """这个文件夹用来独立核对 {label} 的账，不需要安装记账程序，只要有 Python 3.8 以上：

    python {verifier} .
    python {verifier} . --head 签字结账单上的日志链头

它检查：文件没有被换过；操作日志一环扣一环；每张凭证与记账时登记的摘要一致，没有缺号、多出或被删；
借贷平衡；期初加本月发生等于期末；余额、科目和往来户等的名称与结账时登记的摘要一致。
未结账的月份只有凭证受日志保护，期初和名称要等结账才固定下来。
能重写整个文件夹的人也能重算全部摘要，所以要用手里签过字的结账单上的链头（--head）核对。

文件：manifest.json 清单，vouchers.jsonl 凭证，log.jsonl 操作日志，balances.json 余额，
accounts.json 科目，items.json 辅助核算名称。
"""


def write_month_data(
    book: Book, period: Period, vouchers: tuple[Voucher, ...], proof: MonthProof, folder: Path
) -> None:
    """Write the month's vouchers, log slice, balances and names with a manifest into an empty folder."""
    balances = book.ledger.balances(period, period)
    names = month_names(book, vouchers, balances, proof.seq)
    files = {
        "vouchers.jsonl": _lines(voucher_content(voucher) for voucher in vouchers),
        "log.jsonl": _lines(_log_slice(book, period, proof.seq)),
        "balances.json": canonical_text(balances_content(balances)),
        "accounts.json": canonical_text(names.accounts),
        "items.json": canonical_text(names.items),
    }
    digests = {}
    for name, text in files.items():
        digests[name] = _write(folder / name, text)
    manifest = {
        "format": "village-ledger month 1",
        "village": names.village,
        "region_code": names.region_code,
        "period": str(period),
        "closed": proof.row.closed,
        "mark": proof.mark,
        "exceptions": list(book.entity.exceptions),
        "head": proof.head,
        "vouchers": len(vouchers),
        "program": __version__,
        "files": digests,
    }
    _write(folder / "manifest.json", canonical_text(manifest))
    _write(folder / VERIFIER, (RESOURCES / VERIFIER).read_text("utf-8"))
    _write(folder / "说明.txt", _GUIDE.format(label=period.label, verifier=VERIFIER))


def _log_slice(book: Book, period: Period, last: int) -> Iterator[list[Any]]:
    """The records from the first posting of the month to the one that fixes it."""
    first = first_posting(book.connection, period) or last
    return (list(entry) for entry in log_from(book.connection, first, last))


def _lines(values: Iterable[Any]) -> str:
    return "".join(canonical_text(value) + "\n" for value in values)


def _write(path: Path, text: str) -> str:
    """Write UTF-8 and return the SHA-256 of the bytes."""
    content = text.encode()
    with atomic_write(path) as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()
