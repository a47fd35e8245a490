"""Short ways to write cases of payments and their papers: a chart, vouchers, rows of registers in a line each.

Vouchers are numbered as they come; `paid` spends on an account, to a payee (a 往来户 unless a category is named).
"""

from datetime import date
from typing import Any

from tests.builders import VILLAGE, a_chart, a_ledger, a_line, a_voucher
from village_ledger.domain.account import Chart
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.domain.voucher import Voucher
from village_ledger.rules.model import Case, Hit, Row, Rule
from village_ledger.services.catalog import chart_definition
from village_ledger.services.township.flags import default_parameters

OFFICE, LABOUR, TRAVEL, CARS, GUESTS = "51303", "51302", "51306", "51307", "51308"
WELFARE, CASH, BANK, OWED, PAY, WORKS = "51402", "101", "102", "211", "212", "153"
CHART: Chart = a_chart(
    "51302误工补贴", "51303办公费", "51306差旅费", "51307车辆费", "51308招待费", "51402救济慰问", "50102出租收入"
)
ROLES = chart_definition("rural-2023").roles
OPENINGS = (Opening(BANK, (), 1_000_000_00),)


def paid(
    number: int,
    day: str,
    fen: int,
    payee: str = "",
    *,
    account: str = OFFICE,
    by: str = BANK,
    summary: str = "购办公用品",
    attachments: int = 1,
) -> Voucher:
    """`paid(1, "2025-06-05", 900_00, "清河文具店")`: debit of an account, credit of bank or till."""
    lines = (a_line(account, fen, payee), a_line(by, -fen))
    return a_voucher(number, day, *lines, summary=summary, attachments=attachments)


def taken(number: int, day: str, fen: int, *, into: str = CASH, summary: str = "收门面租金") -> Voucher:
    """Rent taken in, in cash unless told."""
    return a_voucher(number, day, (into, fen), ("50102", -fen), summary=summary)


def moved(number: int, day: str, fen: int) -> Voucher:
    """Cash carried to the bank; below zero: drawn from it."""
    return a_voucher(number, day, (BANK, fen), (CASH, -fen), summary="现金缴存银行" if fen > 0 else "提取备用金")


def a_case(
    *vouchers: Voucher,
    start: str = "2025-01",
    end: str = "2025-12",
    openings: tuple[Opening, ...] = OPENINGS,
    since: str = "2025-01",
    **registers: list[dict[str, Any]],
) -> Case:
    """A case of 石桥村; registers by name with underscores (`request_register=[…]`)."""
    ledger = a_ledger(vouchers, openings, CHART, VILLAGE._replace(first_period=Period.parse(since)))
    rows = {name.replace("_", "-"): tuple(those) for name, those in registers.items()}
    return Case(ledger, Period.parse(start), Period.parse(end), ROLES, registers=rows)


def hits(rule: Rule, case: Case, **changed: Any) -> tuple[Hit, ...]:
    """What a rule finds with the program's parameters, but for those changed."""
    values = {one.name: one.value for one in default_parameters() if one.rule == rule.id}
    assert set(changed) <= set(values)
    assert all(name in case.registers for name in rule.needs), "a register the rule needs is missing"
    found = tuple(rule.check(case, {**values, **changed}))
    assert len({hit.subject for hit in found}) == len(found), "subjects are not unique"
    return found


def on(text: str) -> date | None:
    """A day, or None for an empty text."""
    return date.fromisoformat(text) if text else None


def a_document(voucher: str, fen: int, day: str, **cells: Any) -> Row:
    """A row of 票据登记簿: an invoice paid, unless told otherwise."""
    row = {
        "voucher": voucher,
        "direction": "付",
        "kind": "税务发票",
        "code": "",
        "number": "",
        "issuer": "清河文具店",
        "day": on(day),
        "amount": fen,
        "account_name": "",
        "account_tag": "",
        "void": False,
        "note": "",
    }
    return _with(row, cells)


def a_request(voucher: str, fen: int, **cells: Any) -> Row:
    """A row of 用款申请台账: signed in order and paid."""
    row = {
        "number": f"用{voucher}",
        "day": on("2025-06-01"),
        "title": "购办公用品",
        "kind": "非生产性开支",
        "payee": "清河文具店",
        "handler": "何大有",
        "witness": "王喜贵",
        "amount": fen,
        "state": "已批准",
        "decision": "",
        "contract": "",
        "project": "",
        "budget_item": "",
        "money_account": BANK,
        "documents": "",
        "signatures": "负责人 石建国 2025-06-02；村监会 许长根 2025-06-03",
        "signed": on("2025-06-03"),
        "voucher": voucher,
        "paid": on("2025-06-05"),
        "submitter": "周敏",
    }
    return _with(row, cells)


def a_relation(name: str, **cells: Any) -> Row:
    """A row of 关联人登记簿: somebody close to 石建国."""
    row = {
        "officer": "石建国",
        "post": "理事长",
        "relation": "配偶",
        "name": name,
        "phone": "",
        "card": "",
        "phone_tag": "",
        "card_tag": "",
        "since": on("2024-12-20"),
        "until": None,
    }
    return _with(row, cells)


def a_person(name: str, role: str = "会计") -> Row:
    """A row of 岗位人员表."""
    return {"name": name, "role": role, "active": True, "since": on("2025-01-01")}


def a_contract(number: str, party: str, fen: int, signed: str, **cells: Any) -> Row:
    """A row of 合同台账: works the village pays for, agreed without a tender."""
    row = {
        "contract": number,
        "kind": "工程",
        "subject": "机耕路维修",
        "party": party,
        "direction": "付",
        "use": "",
        "area_mu_x100": 0,
        "award": "公开协商",
        "signed": on(signed),
        "start": on(signed),
        "end": on("2026-12-31"),
        "price": "固定",
        "cycle": "",
        "annual": 0,
        "total": fen,
        "deposit": 0,
        "decision": "",
        "state": "履行中",
        "arrears": 0,
    }
    return _with(row, cells)


def a_project(code: str, contractor: str, **cells: Any) -> Row:
    """A row of 工程项目台账; figures are nil unless told."""
    row = {
        "project": code,
        "name": "机耕路",
        "kind": "工程",
        "award": "公开招标",
        "decision": "",
        "contract": "",
        "approved": on("2025-01-10"),
        "budget": 0,
        "contractor": contractor,
        "signed": None,
        "contract_sum": 0,
        "changes": 0,
        "accepted": 0,
        "retained": 0,
        "audited": 0,
        "paid": 0,
        "other": 0,
        "owed": 0,
        "state": "施工中",
        "acceptors": "",
    }
    return _with(row, cells)


def a_round(project: str, bids: str, **cells: Any) -> Row:
    """A row of 招投标登记簿."""
    row = {
        "project": project,
        "name": "机耕路",
        "award": "公开招标",
        "announced": on("2025-04-07"),
        "closed": None,
        "days": 8,
        "opened": on("2025-04-15"),
        "place": "",
        "control": 0,
        "bidders": 3,
        "valid": 3,
        "bids": bids,
        "winner": "宏达公司",
        "price": 0,
        "saved": 0,
        "supervisors": "",
        "reason": "",
        "contract_sum": 0,
        "remark": "",
    }
    return _with(row, cells)


def a_decision(number: str, day: str, **cells: Any) -> Row:
    """A row of 决策台账: a decision that holds."""
    row = {
        "number": number,
        "title": "修机耕路",
        "day": on(day),
        "matter": "工程建设",
        "body": "村民代表会议",
        "state": "定稿",
        "valid": True,
        "failures": "",
        "cap": 0,
        "spent": 0,
        "left": 0,
    }
    return _with(row, cells)


def a_benefit(name: str, fen: int, voucher: str = "", **cells: Any) -> Row:
    """A row of 补贴补偿发放台账: relief for one person."""
    row = {
        "batch": "春节慰问",
        "kind": "救济慰问",
        "day": on("2025-01-22"),
        "document": "",
        "voucher": voucher,
        "team": "一组",
        "name": name,
        "amount": fen,
        "people": 1,
        "area_mu_x100": 0,
        "standard": "每人400元",
        "id": "",
        "id_tag": "",
        "card_tag": "",
        "phone_tag": "",
    }
    return _with(row, cells)


def _with(row: dict[str, Any], cells: dict[str, Any]) -> dict[str, Any]:
    assert set(cells) <= set(row), f"no such column: {set(cells) - set(row)}"
    return {**row, **cells}
