"""A village's ledger as the desk knows it: the same `LedgerSource` a book has, so every report of a book runs on it."""

import json
from typing import Any

from ...domain.account import Chart
from ...domain.desk import Village
from ...domain.errors import BadInput, NotAllowed
from ...domain.period import Period
from ...domain.view import Entity, MemoryLedger
from ...domain.voucher import Voucher
from ...package.contents import accounts_of, opening_of, voucher_of
from ...reports.model import Report
from ...reports.query import Query
from ...reports.stored import stored_report
from ...storage.desk import ledgers, registers
from ...storage.desk.received import current
from ...storage.meta import Settings
from ..reports import from_ledger
from .desk import Desk

UNSIGNED = "未签名的 Excel 文件，不能核验"


def village_chart(desk: Desk, village: Village) -> Chart:
    """The accounts of a village as last handed over."""
    return Chart(accounts_of(json.loads(ledgers.load_chart(desk.store, village.code))))


def village_ledger(desk: Desk, village: Village) -> MemoryLedger:
    """All that was handed over of a village, as a ledger that begins with the first year taken in."""
    chart = village_chart(desk, village)
    items = ledgers.load_items(desk.store, village.code)
    told = ledgers.load_openings(desk.store, village.code)
    begun: dict[str, Any] = json.loads(told) if told else {"period": str(village.first_period), "rows": []}
    entity = Entity(
        village.name,
        village.county,
        village.township,
        village.region_code,
        village.credit_code,
        village.chart,
        Period.parse(begun["period"]),
    )
    vouchers = (
        voucher_of(json.loads(text), number, items, chart)
        for number, text in enumerate(ledgers.load_vouchers(desk.store, village.code), 1)
    )
    return MemoryLedger(entity, chart, (opening_of(row, items, chart) for row in begun["rows"]), vouchers)


def village_settings(desk: Desk, village: Village) -> Settings:
    """Which accounts are the village's money, as it said itself."""
    told = json.loads(ledgers.load_entity(desk.store, village.code))
    plain = Settings()
    return Settings(
        cash_accounts=tuple(told.get("cash_accounts", plain.cash_accounts)),
        bank_accounts=tuple(told.get("bank_accounts", plain.bank_accounts)),
    )


def village_voucher(desk: Desk, village: Village, *, uid: str = "", label: str = "") -> Voucher:
    """One voucher by uid or label (`2025-06 记-5`). Raises BadInput when it was not handed over."""
    text = ledgers.voucher_text(desk.store, village.code, uid=uid, label=label)
    if not text:
        raise BadInput(f"{village.name}没有报送过这张凭证：{label or uid}")
    chart = village_chart(desk, village)
    return voucher_of(json.loads(text), 1, ledgers.load_items(desk.store, village.code), chart)


def village_report(desk: Desk, village: Village, key: str, query: Query) -> Report:
    """A report of a village: a book or statement made from its vouchers, a register as it was handed over."""
    stands = current(desk.store, village.code, query.end)
    footer = f"日志链头 sha256:{stands.head}" if stands and stands.head else UNSIGNED
    if stored := registers.load_register(desk.store, village.code, query.end, key):
        return stored_report(stored)._replace(footer=footer)
    if stands and not stands.signed:
        raise NotAllowed(f"{village.name}{query.end.label}只有未签名的 Excel 文件，里面没有凭证，看不了这张表")
    made = from_ledger(village_ledger(desk, village), village_settings(desk, village), key, query)
    return made._replace(footer=footer, notes=(*made.notes, *(stands.exceptions if stands else ())))
