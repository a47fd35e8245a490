"""固定资产.xml: the cards of fixed assets, their classes, and what happened to them in the last month."""

import re
from typing import Any

from village_ledger.domain.account import CODE_LENGTHS
from village_ledger.domain.assets.card import METHODS, SOURCES, STATUSES
from village_ledger.domain.assets.change import KINDS, WRITE_OFFS

from .books import AssetCard, AssetChange, Books
from .form import Row, Tables
from .ledger import count, yuan
from .shared import CURRENCY_NAME

FORMULAS = {"直线法": "（原值－预计净残值）÷预计使用月份", "工作量法": "（原值－预计净残值）×本月工作量÷工作总量"}
_LIFE = re.compile(r"(?:(\d+)年)?(?:(\d+)个月)?")
_UNITS = re.compile(r"(\d+)(\D*)")


def read_cards(register: dict[str, Any], schedule: dict[str, Any]) -> tuple[AssetCard, ...]:
    """The cards from the JSON of 固定资产登记簿 and of the month's 折旧（摊销）计算表."""
    charged = {row["code"]: row for row in schedule["rows"] if row["code"]}
    return tuple(_card(row, charged.get(row["code"], {})) for row in register["rows"] if row["code"])


def _card(row: dict[str, Any], charged: dict[str, Any]) -> AssetCard:
    units, units_name = 0, ""
    if row["method"] == "工作量法" and (found := _UNITS.fullmatch(row["life"])):
        units, units_name = int(found[1]), found[2]
    spent = row["original"] - row["residual"] <= row["accumulated"] and row["accumulated"] > 0
    months = life_months(row["life"])
    left = charged.get("months_left")
    return AssetCard(
        row["code"],
        row["name"],
        row["class"],
        (row["acquired"] or "").replace("-", ""),
        row["unit"],
        row["quantity"] or 0,
        row["source"],
        row["method"],
        row["status"],
        months,
        max(0, months - left) if isinstance(left, int) and months else months if spent else 0,
        row["original"],
        row["accumulated"],
        row["residual"],
        row["monthly"],
        units,
        units_name,
        row["location"],
        row["model"],
        row["custodian"],
        row["account"],
        charged.get("account", ""),
    )


def life_months(text: str) -> int:
    """20年, 5年6个月 as months; 0 for anything else."""
    found = _LIFE.fullmatch(text)
    return int(found[1] or 0) * 12 + int(found[2] or 0) if found else 0


def read_changes(register: dict[str, Any]) -> tuple[AssetChange, ...]:
    """What happened, from the JSON of 资产变动表; additions (新增) are cards."""
    return tuple(
        AssetChange(
            row["date"].replace("-", ""),
            row["change"],
            row["code"],
            row["name"],
            row["quantity"] or 0,
            row["original"],
            row["accumulated"],
            row["reason"],
        )
        for row in register["rows"]
        if row["code"] and row["change"] in KINDS
    )


def assets_tables(books: Books) -> Tables:
    """The tables' rows."""
    ways = {name: f"{number:02d}" for number, name in enumerate((*SOURCES, *KINDS), 1)}
    methods: dict[str, str] = {name: f"{number:02d}" for number, name in enumerate(METHODS, 1)}
    statuses = {name: f"{number:02d}" for number, name in enumerate(STATUSES, 1)}
    classes = {one.category: "" for one in books.cards}
    classes = {name: f"{number:02d}" for number, name in enumerate(classes, 1)}
    month = str(books.contents.period.month)
    codes = (ways, methods, statuses, classes)
    written_off = [one for one in books.changes if one.kind in WRITE_OFFS]
    others = [one for one in books.changes if one.kind not in WRITE_OFFS]
    return {
        "固定资产基础信息": [_accounts(_top(books, "account"), _top(books, "accumulated_account"))],
        "固定资产类别设置": [
            {"固定资产类别编码规则": "2", "固定资产类别编码": code, "固定资产类别名称": name}
            for name, code in classes.items()
        ],
        "固定资产变动方式": [{"变动方式编码": code, "变动方式名称": name} for name, code in ways.items()],
        "固定资产折旧方法": [
            {"折旧方法编码": code, "折旧方法名称": name, "折旧公式": FORMULAS.get(name, "")}
            for name, code in methods.items()
        ],
        "固定资产使用状况": [{"使用状况编码": code, "使用状况名称": name} for name, code in statuses.items()],
        "固定资产卡片": [_card_row(one, month, *codes) for one in books.cards],
        "固定资产卡片实物信息": [
            {**_tag(one, month), "固定资产位置": one.location, "固定资产规格型号": one.model} for one in books.cards
        ],
        "固定资产卡片使用信息": [{**_tag(one, month), "折旧分配比例": "1.00"} for one in books.cards],
        "固定资产减少情况": [_reduction(one, n, month, ways) for n, one in enumerate(written_off, 1)],
        "固定资产减少实物信息": [
            {
                "固定资产减少流水号": f"{number:04d}",
                "固定资产卡片编号": one.code,
                "固定资产标签号": one.code,
                "会计期间号": month,
            }
            for number, one in enumerate(written_off, 1)
        ],
        "固定资产变动情况": [_change(one, n, month, ways) for n, one in enumerate(others, 1)],
    }


def _accounts(original: str, accumulated: str) -> Row:
    return {"固定资产对账科目": original, "减值准备对账科目": "", "累计折旧对账科目": accumulated}


def _top(books: Books, field: str) -> str:
    """The first-level account that the cards tie to; the regulation has one."""
    return next((code[: CODE_LENGTHS[0]] for one in books.cards if (code := getattr(one, field))), "")


def _card_row(
    one: AssetCard,
    month: str,
    ways: dict[str, str],
    methods: dict[str, str],
    statuses: dict[str, str],
    classes: dict[str, str],
) -> Row:
    units = {"固定资产工作量单位": one.units_name, "固定资产工作总量": yuan(one.units * 100)} if one.units else {}
    return {
        "固定资产卡片编号": one.code,
        "固定资产类别编码": classes[one.category],
        "固定资产编码": one.code,
        "固定资产名称": one.name,
        "固定资产入账日期": one.acquired,
        "会计期间号": month,
        "固定资产计量单位": one.unit,
        "固定资产数量": count(one.quantity),
        "变动方式编码": ways[one.source],
        "折旧方法编码": methods[one.method],
        "使用状况编码": statuses[one.status],
        "预计使用月份": str(one.life_months),
        "已计提月份": str(one.charged_months),
        "本位币": CURRENCY_NAME,
        "固定资产原值": yuan(one.original_fen),
        "固定资产累计折旧": yuan(one.accumulated_fen),
        "固定资产净值": yuan(one.original_fen - one.accumulated_fen),
        "固定资产净残值率": _rate(one.residual_fen, one.original_fen, 2),
        "固定资产净残值": yuan(one.residual_fen),
        "固定资产月折旧率": _rate(one.monthly_fen, one.original_fen, 6),
        "固定资产月折旧额": yuan(one.monthly_fen),
        **units,
        **_accounts(one.account, one.accumulated_account),
    }


def _rate(part: int, whole: int, places: int) -> str:
    """A part of a whole as a fraction of one, cut off after so many decimals."""
    scale = 10**places
    found = part * scale // whole if whole else 0
    return f"{found // scale}.{found % scale:0{places}d}"


def _tag(one: AssetCard, month: str) -> Row:
    return {"固定资产卡片编号": one.code, "会计期间号": month, "固定资产标签号": one.code}


def _reduction(one: AssetChange, number: int, month: str, ways: dict[str, str]) -> Row:
    return {
        "固定资产减少流水号": f"{number:04d}",
        "固定资产减少日期": one.day,
        "会计期间号": month,
        "变动方式编码": ways[one.kind],
        "固定资产卡片编号": one.code,
        "固定资产名称": one.name,
        "固定资产编码": one.code,
        "固定资产减少数量": count(-one.quantity),
        "固定资产减少原值": yuan(-one.original_fen),
        "固定资产减少累计折旧": yuan(-one.accumulated_fen),
        "固定资产减少原因": one.reason,
    }


def _change(one: AssetChange, number: int, month: str, ways: dict[str, str]) -> Row:
    return {
        "固定资产变动流水号": f"{number:04d}",
        "固定资产变动日期": one.day,
        "会计期间号": month,
        "固定资产卡片编号": one.code,
        "固定资产编码": one.code,
        "固定资产名称": one.name,
        "变动方式编码": ways[one.kind],
        "固定资产标签号": one.code,
        "变动后内容及数值": one.reason,
        "固定资产变动原因": one.reason,
    }
