"""What a village handed over, written by hand, and what a rule finds in it with the bounds the program brings."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from tests.builders import a_chart, a_ledger, an_item
from village_ledger.domain.period import Period
from village_ledger.domain.roles import NamedDetail, Roles
from village_ledger.domain.view import Entity, Opening
from village_ledger.domain.voucher import Line, Voucher
from village_ledger.paths import RESOURCES
from village_ledger.rules.model import Act, Case, Hit, Row, Rule, Values

ROLES = Roles(
    "321",
    NamedDetail("322", "未分配收益"),
    NamedDetail("322", "各项分配"),
    "311",
    "301",
    "181",
    ("101",),
    ("102",),
    ("113",),
    ("112",),
    ("211",),
    "113",
)
CHART = a_chart("50101发包收入", "50102出租收入", "50103销售收入", "51303办公费")


@cache
def _defaults() -> dict[str, Any]:
    return tomllib.loads((RESOURCES / "rules" / "parameters.toml").read_text("utf-8"))


def defaults(rule: Rule) -> Values:
    """The rule's parameters as the program brings them."""
    rows = _defaults().get(rule.id, {})
    assert set(rows) == set(rule.parameters)
    return {name: tuple(row["value"]) if isinstance(row["value"], list) else row["value"] for name, row in rows.items()}


def a_case(
    *vouchers: Voucher,
    openings: Iterable[Opening] = (),
    start: str = "2025-01",
    end: str = "2025-12",
    first: str = "2025-01",
    acts: Iterable[Act] = (),
    market: Mapping[str, tuple[int, ...]] | None = None,
    single_person: bool = False,
    **registers: Iterable[Row],
) -> Case:
    """`a_case(a_voucher(…), contract_register=[a_contract()])`: the months of 2025, with these registers."""
    entity = Entity("石桥村", first_period=Period.parse(first), single_person=single_person)
    return Case(
        a_ledger(vouchers, openings, CHART, entity),
        Period.parse(start),
        Period.parse(end),
        ROLES,
        registers={name.replace("_", "-"): tuple(rows) for name, rows in registers.items()},
        acts=tuple(acts),
        market=market or {},
    )


def hits(rule: Rule, case: Case, **own: Any) -> tuple[Hit, ...]:
    """What the rule finds; `own` parameters stand for the program's."""
    assert all(need in case.registers for need in rule.needs), "the case lacks a register the rule needs"
    return tuple(rule.check(case, {**defaults(rule), **own}))


def subjects(rule: Rule, case: Case, **own: Any) -> list[str]:
    """What the hits are about."""
    return [hit.subject for hit in hits(rule, case, **own)]


def a_contract(**cells: Any) -> Row:
    """A running contract of 2023 to 2027 over 10 mu of arable land, 张三's, 1,000 yuan a year."""
    return {
        "contract": "HT1",
        "kind": "承包",
        "subject": "东畈机动地",
        "party": "张三",
        "direction": "收",
        "use": "耕地",
        "area_mu_x100": 10_00,
        "award": "公开竞价",
        "signed": date(2022, 12, 20),
        "start": date(2023, 1, 1),
        "end": date(2027, 12, 31),
        "price": "固定",
        "cycle": "按年",
        "annual": 1_000_00,
        "total": 5_000_00,
        "deposit": 0,
        "decision": "石村议〔2022〕1号",
        "state": "履行中",
        "arrears": 0,
    } | cells


def a_decision(**cells: Any) -> Row:
    """A valid decision of 10 March 2025: 30 came, 25 were for it."""
    return {
        "number": "石村议〔2025〕1号",
        "title": "机动地发包",
        "day": date(2025, 3, 10),
        "matter": "资产资源发包出租",
        "body": "村民代表会议",
        "eligible": 33,
        "present": 30,
        "yes": 25,
        "no": 3,
        "abstain": 2,
        "state": "定稿",
        "valid": True,
        "failures": "",
        "cap": 0,
        "spent": 0,
    } | cells


def related(officer: str, post: str, relation: str = "本人", name: str = "", **cells: Any) -> Row:
    """`related("石建国", "理事长", "配偶", "李秀珍")`: it holds since 2024."""
    return {
        "officer": officer,
        "post": post,
        "relation": relation,
        "name": name or officer,
        "phone_tag": "",
        "card_tag": "",
        "since": date(2024, 1, 1),
        "until": None,
    } | cells


def a_benefit(name: str, amount: int, **cells: Any) -> Row:
    """A row of the list of 12 June 2025; identity and card are the person's own."""
    return {
        "batch": "2025年地力补贴",
        "kind": "惠农补贴",
        "day": date(2025, 6, 12),
        "document": "清农〔2025〕8号",
        "voucher": "",
        "team": "一组",
        "name": name,
        "amount": amount,
        "people": 4,
        "area_mu_x100": 0,
        "standard": "",
        "id": "**************1007",
        "id_tag": f"id-{name}",
        "card_tag": f"card-{name}",
        "phone_tag": "",
    } | cells


def an_asset(code: str, **cells: Any) -> Row:
    """A card of a building worth 100,000 yuan."""
    return {
        "code": code,
        "name": "旧粮仓",
        "class": "房屋及建筑物",
        "original": 100_000_00,
        "net": 60_000_00,
        "status": "在用",
        "location": "村部",
        "custodian": "王喜贵",
        "acquired": date(2015, 5, 1),
        "voucher": "",
        "project": "",
    } | cells


def red_letter(number: int, day: str, original: Voucher, summary: str = "") -> Voucher:
    """The red-letter voucher that cancels another; `summary` stands for the words the program writes."""
    when = date.fromisoformat(day)
    mark = summary or f"冲销{original.day.year}年{original.day.month}月{original.label}号凭证"
    lines = tuple(
        Line(f"{mark}：{line.summary}", line.account, line.items, -line.debit_fen, -line.credit_fen)
        for line in original.lines
    )
    identity = 900_000 + number
    return original._replace(
        id=identity, uid=f"{identity:032x}", day=when, number=number, lines=lines, reverses=original.id
    )


def an_act(action: str, subject: str = "", detail: Any = None, at: str = "2025-07-01T08:00:00Z") -> Act:
    """A record of the log, by 周敏."""
    return Act(at, "周敏", action, subject, detail)


__all__ = [
    "CHART",
    "a_benefit",
    "a_case",
    "a_contract",
    "a_decision",
    "an_act",
    "an_asset",
    "an_item",
    "defaults",
    "hits",
    "red_letter",
    "related",
    "subjects",
]
