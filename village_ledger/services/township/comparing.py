"""In what a month handed over again differs from what was taken in before."""

import json
from collections.abc import Iterator
from typing import Any

from ...domain.chain import canonical_text, voucher_content
from ...domain.desk import Difference, Received
from ...domain.money import format_fen
from ...package.read import Package
from ...reports import registry
from ...storage.desk.ledgers import balance_lines, load_vouchers
from ...storage.desk.registers import load_register
from .desk import Desk

MAX_SHOWN = 200
REGISTERS = "registers/"


def differences(desk: Desk, standing: Received, package: Package) -> tuple[Difference, ...]:
    """Vouchers, balances by account, registers, and the mark; empty when the months say the same."""
    found = [
        *_marks(standing, package),
        *_vouchers(desk, standing, package),
        *_balances(desk, standing, package),
        *_registers(desk, standing, package),
    ]
    return tuple(found[:MAX_SHOWN])


def _marks(standing: Received, package: Package) -> Iterator[Difference]:
    told = package.manifest
    if standing.head != told.head:
        yield Difference("日志链头", standing.head[:16] or "（未签名）", told.head[:16])
    if standing.mark != told.mark:
        yield Difference("标记", standing.mark or "无", told.mark or "无")


def _vouchers(desk: Desk, standing: Received, package: Package) -> Iterator[Difference]:
    texts = load_vouchers(desk.store, standing.village, standing.period, standing.period)
    before: dict[str, Any] = {one["uid"]: one for one in map(json.loads, texts)}
    for voucher in package.contents.of_month:
        name = f"凭证 {voucher.period} {voucher.label}"
        old = before.pop(voucher.uid, None)
        new = voucher_content(voucher)
        if old is None:
            yield Difference(name, "没有", _shown(new))
        elif canonical_text(old) != canonical_text(new):
            yield Difference(name, _shown(old), _shown(new))
    for old in before.values():
        yield Difference(f"凭证 {standing.period} {old['word']}-{old['number']}", _shown(old), "没有")


def _shown(content: dict[str, Any]) -> str:
    total = sum(line[3] for line in content["lines"])
    return f"{content['date']} {content['lines'][0][0]} {format_fen(total)} 元"


def _balances(desk: Desk, standing: Received, package: Package) -> Iterator[Difference]:
    before = {
        (one.account, one.items): one.closing_fen
        for one in balance_lines(desk.store, standing.period, village=standing.village)
    }
    after = {
        (one.account, tuple(f"{item.category}:{item.code}" for item in one.items)): one.closing_fen
        for one in package.contents.ledger.balances(standing.period, standing.period)
    }
    chart, items = package.contents.chart, package.contents.items
    for account, members in sorted(before.keys() | after.keys()):
        old, new = before.get((account, members), 0), after.get((account, members), 0)
        if old != new:
            name = chart.full_name(account) if account in chart else account
            who = "、".join(items.get(member, member) for member in members)
            yield Difference(f"期末余额 {account} {name} {who}".strip(), format_fen(old), format_fen(new))


def _registers(desk: Desk, standing: Received, package: Package) -> Iterator[Difference]:
    known = {kind.key for kind in registry.REGISTER_KINDS}
    for name, content in package.files.items():
        if not (name.startswith(REGISTERS) and name.endswith(".json")):
            continue
        key = name.removeprefix(REGISTERS).removesuffix(".json")
        if key not in known:
            continue
        old = load_register(desk.store, standing.village, standing.period, key)
        before, after = _rows(old), _rows(content)
        if before != after:
            yield Difference(f"登记簿 {registry.kind(key).title}", f"{len(before)} 行", f"{len(after)} 行")


def _rows(content: bytes) -> list[Any]:
    return list(json.loads(content)["rows"]) if content else []
