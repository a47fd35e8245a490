"""Whether the registers of a package tie to its ledger: what they say of an account is what its vouchers make."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from ...domain.account import COUNTERPARTY
from ...domain.errors import IntegrityFailure
from ...domain.money import format_fen
from ...package.read import Package
from ...reports.stored import stored_rows
from .comparing import REGISTERS

_CARDS, _CONTRACTS = "asset-ledger-check", "contract-tie"


def check_ties(package: Package) -> None:
    """Refuse a package whose registers claim other ledger amounts than its vouchers make."""
    try:
        found = next(_problems(package), "")
        untied(package)
    except (LookupError, TypeError, ValueError) as error:
        raise IntegrityFailure(f"账卡核对表或合同与往来核对表的内容不全：{str(error)[:100]}") from error
    if found:
        raise IntegrityFailure(found)


def untied(package: Package) -> tuple[str, ...]:
    """Where registers and ledger differ, as the package says itself; the reviewer looks into it."""
    cards = (
        f"资产卡片与账不符：{row['account']} {row['name']} 差 {_yuan(row['difference'])}"
        for row in _rows(package, _CARDS)
        if row["account"] and row["difference"]
    )
    contracts = (
        f"合同与往来不符：{row['account']} {row['party']} 差 {_yuan(row['difference'])}（{row['note']}）"
        for row in _rows(package, _CONTRACTS)
        if row["party"] and row["difference"] and str(row["note"]).startswith("不符")
    )
    return (*cards, *contracts)


def _problems(package: Package) -> Iterator[str]:
    month = package.manifest.period
    by_account: defaultdict[str, int] = defaultdict(int)
    by_party: defaultdict[tuple[str, str], int] = defaultdict(int)
    for one in package.contents.ledger.balances(month, month):
        by_account[one.account] += one.closing_fen
        for item in one.items:
            if item.category == COUNTERPARTY:
                by_party[one.account, item.name] += one.closing_fen
    for row in _rows(package, _CARDS):
        code = str(row["account"])
        ours = sum(fen for account, fen in by_account.items() if account.startswith(code))
        if code and row["ledger"] != ours:
            yield f"账卡核对表里科目 {code} 的账面数是 {_yuan(row['ledger'])}，凭证重算是 {_yuan(ours)}"
    names = Counter(
        name for key, name in package.contents.items.items() if key.startswith(f"{COUNTERPARTY}:")
    )  # two parties of one name cannot be told apart by it
    for row in _rows(package, _CONTRACTS):
        code, party = str(row["account"]), str(row["party"])
        ours = by_party[code, party]
        if party and names[party] == 1 and row["ledger"] != ours:
            yield f"合同与往来核对表里 {code} {party} 的账面数是 {_yuan(row['ledger'])}，凭证重算是 {_yuan(ours)}"


def _rows(package: Package, key: str) -> tuple[dict[str, Any], ...]:
    content = package.files.get(f"{REGISTERS}{key}.json")
    return stored_rows(content) if content else ()


def _yuan(fen: int | None) -> str:
    return f"{format_fen(fen or 0)} 元"
