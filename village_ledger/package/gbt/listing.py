"""清单.json: digests, rows and control totals of the files, for whoever receives them."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from village_ledger.domain.chain import canonical_text

from .books import Books
from .form import Tables
from .ledger import yuan
from .told import fen

LIST = "清单.json"
FORMAT = "village-ledger gbt 1"


def list_files(books: Books, files: dict[str, bytes], tables: dict[str, Tables]) -> bytes:
    """The list of the files; `tables` are the rows of the XML ones."""
    contents = books.contents
    ledger = next(one for one in tables.values() if "记账凭证" in one)
    return canonical_text(
        {
            "format": FORMAT,
            "village": contents.entity.name,
            "from": str(contents.start),
            "to": str(contents.period),
            "program": books.program,
            "files": {
                name: {"sha256": hashlib.sha256(content).hexdigest(), "sm3": sm3(content), "size": len(content)}
                for name, content in files.items()
            },
            "rows": {name: counted(one) for name, one in tables.items()},
            "totals": totals(ledger),
        }
    ).encode()


def sm3(content: bytes) -> str:
    """Hex SM3 (GB/T 32905); empty where the system's OpenSSL does not offer it."""
    return hashlib.new("sm3", content).hexdigest() if "sm3" in hashlib.algorithms_available else ""


def counted(tables: Tables) -> dict[str, int]:
    """How many rows each table has; tables without any are left out."""
    return {name: len(rows) for name, rows in tables.items() if rows}


def totals(ledger: Tables) -> dict[str, Any]:
    """Vouchers, entry lines, and the sums of both sides in yuan."""
    rows = ledger["记账凭证"]
    return {
        "vouchers": len({(row["会计期间号"], row["记账凭证类型编号"], row["记账凭证编号"]) for row in rows}),
        "lines": len(rows),
        "debit": yuan(sum(fen(row["借方本币金额"]) for row in rows)),
        "credit": yuan(sum(fen(row["贷方本币金额"]) for row in rows)),
    }


def without_sm3(content: bytes) -> Any:
    """What a list says besides SM3, which not every computer can make."""
    told = json.loads(content)
    for one in told["files"].values():
        one.pop("sm3", None)
    return told


def problems(content: bytes, files: dict[str, bytes], tables: dict[str, Tables]) -> Iterator[str]:
    """Where a list and the files do not agree."""
    try:
        told = json.loads(content)
        listed = {str(name): (one["sha256"], one["sm3"], one["size"]) for name, one in told["files"].items()}
        rows, sums = dict(told["rows"]), told["totals"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        yield "清单.json 读不出来，被改动过或已损坏"
        return
    for name in sorted(listed.keys() - files.keys()):
        yield f"清单列出的 {name} 不在"
    for name in sorted(files.keys() - listed.keys()):
        yield f"多出清单没有列出的 {name}"
    for name in sorted(listed.keys() & files.keys()):
        made = sm3(files[name])
        sha256, known_sm3, size = listed[name]
        if (sha256, size) != (hashlib.sha256(files[name]).hexdigest(), len(files[name])):
            yield f"{name} 和清单上的 SHA-256 或大小不一样，被替换或修改过"
        elif made and known_sm3 and made != known_sm3:
            yield f"{name} 和清单上的 SM3 不一样"
    for name, one in tables.items():
        if rows.get(name, {}) != counted(one):
            yield f"{name} 的记录条数和清单不一样"
    ledger = next((one for one in tables.values() if "记账凭证" in one), None)
    if ledger is not None and sums != totals(ledger):
        yield "凭证张数、行数或借贷合计和清单上的控制数不一样"
