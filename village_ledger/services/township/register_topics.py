"""Figures of a month that come from the registers handed over with it: assets, land, contracts, control of spending.

A register that is missing leaves its figures at nil; rows without their leading code are subtotals and left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ...domain.desk import Figures
from ...domain.period import Period
from ...domain.source_document import SLIP
from ...reports.township.topics import figure_key

Rows = Mapping[str, tuple[Mapping[str, Any], ...]]
"""Registers by report name, their rows by column key."""
ASSET_REGISTERS = {
    "fixed-asset-register": "固定资产",
    "biological-asset-register": "生物资产",
    "intangible-asset-register": "无形资产",
}
ENDED = frozenset({"已到期", "已收回", "已续签", "已终止"})
"""States of contracts that are over and have nothing left to be taken back."""
EXPIRING, EXPIRED = "即将到期", "到期未收回"
IDLE, OPERATING = "闲置", "经营性"
SOURCES = (
    *(*ASSET_REGISTERS, "resource-register", "contract-register", "contract-arrears", "rent-collection"),
    *("request-register", "approvals-pending", "exceptions", "decision-register", "notice-register"),
    "document-register",
)
"""The registers that figures are taken from."""


def assets(rows: Rows) -> Figures:
    """Number and values by kind and class, what of them is idle, what is let or works for income."""
    found: Counter[str] = Counter()
    for register, kind in ASSET_REGISTERS.items():
        for row in rows.get(register, ()):
            if not row["code"]:
                continue
            idle = row["status"] == IDLE
            for name, amount in (
                ("count", 1),
                ("original", row["original"]),
                ("accumulated", row["accumulated"]),
                ("net", row["net"]),
                ("idle_count", int(idle)),
                ("idle_net", row["net"] if idle else 0),
                ("operating_net", row["net"] if row["operating"] == OPERATING else 0),
            ):
                found[figure_key(kind, row["class"], name)] += amount or 0
    return dict(found)


def resources(rows: Rows) -> Figures:
    """Parcels and areas by class of land."""
    found: Counter[str] = Counter()
    for row in rows.get("resource-register", ()):
        if row["code"]:
            for name, amount in (
                ("count", 1),
                ("area", row["area_mu_x100"]),
                ("contracted", row["contracted_x100"]),
                ("idle", row["idle_x100"]),
            ):
                found[figure_key(row["class"], name)] += amount or 0
    return dict(found)


def contracts(rows: Rows) -> Figures:
    """Contracts in force by direction, those that run out or ran out, what is overdue, and the month's rents."""
    found: Counter[str] = Counter()
    for row in rows.get("contract-register", ()):
        if not row["contract"] or row["state"] in ENDED:
            continue
        for name, amount in (
            ("count", 1),
            ("annual", row["annual"]),
            ("total", row["total"]),
            ("deposit", row["deposit"]),
            ("area", row["area_mu_x100"]),
            ("expiring", int(row["state"] == EXPIRING)),
            ("expired", int(row["state"] == EXPIRED)),
        ):
            found[figure_key(row["direction"], name)] += amount or 0
    for row in rows.get("contract-arrears", ()):
        if row["contract"] and row["arrears"]:
            found[figure_key("收", "overdue")] += 1
            found[figure_key("收", "arrears")] += row["arrears"]
    for row in rows.get("rent-collection", ()):
        if row["contract"]:
            for name in ("due", "waived", "received"):
                found[figure_key("收", name)] += row[name] or 0
    return dict(found)


def control(rows: Rows, period: Period) -> Figures:
    """Requests, exceptions, decisions, notices and documents of the month."""
    requests = [row for row in _of(rows, "request-register", "day", period) if row["number"]]
    pending = [row for row in rows.get("approvals-pending", ()) if row["number"]]
    exceptions = [row for row in rows.get("exceptions", ()) if row["voucher"]]
    decisions = [row for row in _of(rows, "decision-register", "day", period) if row["number"]]
    notices = [row for row in _of(rows, "notice-register", "made", period) if row["edition"]]
    documents = [row for row in rows.get("document-register", ()) if row["kind"] and not row["void"]]
    slips = [row for row in documents if row["kind"] == SLIP]
    return {
        "requests": len(requests),
        "requests_fen": _sum(requests, "amount"),
        "pending": len(pending),
        "pending_fen": _sum(pending, "amount"),
        "exceptions": len(exceptions),
        "exceptions_fen": _sum(exceptions, "amount"),
        "unsettled": sum(not row["settled"] for row in exceptions),
        "decisions": len(decisions),
        "decisions_invalid": sum(not row["valid"] for row in decisions),
        "notices": sum(bool(row["posted"]) for row in notices),
        "notices_late": sum((row["late_days"] or 0) > 0 for row in notices),
        "objections": _sum(notices, "objections"),
        "answered": _sum(notices, "answered"),
        "documents": len(documents),
        "white_slips": len(slips),
        "white_slips_fen": _sum(slips, "amount"),
    }


def _of(rows: Rows, name: str, column: str, period: Period) -> list[Mapping[str, Any]]:
    """What happened in the month, of a register that tells the year to date."""
    return [row for row in rows.get(name, ()) if row[column] and Period.of(row[column]) == period]


def _sum(rows: Iterable[Mapping[str, Any]], name: str) -> int:
    return sum(row[name] or 0 for row in rows)
