"""The text set of GB/T 19581-2004: the same books in its files. Balances are signed by the account's own side."""

from collections.abc import Iterator

from village_ledger.domain.account import COUNTERPARTY

from .books import Books, Sheet
from .figures import monthly
from .form import Row, Tables
from .ledger import count, side_label, yuan
from .notes import members_text, notes_of, voucher_notes
from .shared import CURRENCY, CURRENCY_NAME

CODE_RULE = "3,2,2,2,2,2"
MEMBER_FILES = {
    COUNTERPARTY: ("WLDW", "单位"),
    "项目": ("XMXX", "项目"),
    "部门": ("BMXX", "部门"),
    "人员": ("RYXX", "人员"),
    "银行账户": ("XM1", "银行账户"),
}
"""The file of each dimension, and how its columns begin."""


def text_tables(books: Books, members: dict[str, dict[str, str]]) -> Tables:
    """The files' rows; `members` are names by code, by dimension."""
    contents = books.contents
    entity, year = contents.entity, contents.period.year
    found: Tables = {
        "DZZB": [
            {
                "电子账簿编号": f"{entity.region_code}-{year}".lstrip("-"),
                "电子账簿名称": f"{entity.name}{year}年账",
                "会计核算单位": entity.name,
                "组织机构代码": entity.credit_code,
                "单位性质": "企业单位",
                "开发单位": "村级三资账本",
                "版本号": books.program,
                "年度": str(year),
                "本位币": CURRENCY_NAME,
                "科目结构": CODE_RULE,
            }
        ],
        "KJKM": [
            {
                "科目编号": one.code,
                "科目名称": one.name,
                "科目级次": str(one.level),
                "辅助核算标志": "1" if one.auxiliaries else "0",
                "辅助核算项": ";".join(a.category + ("" if a.required else "?") for a in one.auxiliaries),
                "科目类型": one.category,
                "计量单位": one.unit,
                "余额方向": side_label(one),
            }
            for one in contents.chart
        ],
        "KMYE": list(_figures(books)),
        "JZPZ": list(_lines(books)),
        "ZTSM": [
            {"类别": note.group, "编号": note.key, "内容": note.text}
            for note in (*notes_of(books), *voucher_notes(books))
        ],
    }
    for category, (file, word) in MEMBER_FILES.items():
        named = list(members.get(category, {}).items())
        if category == "人员":
            signers = (name for name in books.people if name not in members.get("人员", {}).values())
            named += [(f"Y{number:03d}", name) for number, name in enumerate(signers, 1)]
        title = "姓名" if category == "人员" else "名称"
        found[file] = [{f"{word}编号": code, f"{word}{title}": name} for code, name in named]
    for sheet in books.sheets:
        found.update(_sheet(books, sheet))
    return found


def _figures(books: Books) -> Iterator[Row]:
    signs = {one.code: -1 if one.side == "credit" else 1 for one in books.contents.chart}
    for one in monthly(books.contents):
        sign = signs[one.account]
        yield {
            "科目编号": one.account,
            "币种": CURRENCY,
            "辅助核算组": members_text(one.items),
            "期初余额": yuan(sign * one.opening_fen),
            "期初数量": count(one.opening_quantity),
            "借方发生额": yuan(one.debit_fen),
            "借方发生数量": count(one.in_quantity),
            "贷方发生额": yuan(one.credit_fen),
            "贷方发生数量": count(one.out_quantity),
            "期末余额": yuan(sign * one.closing_fen),
            "期末数量": count(one.closing_quantity),
            "会计月度": str(one.month),
        }


def _lines(books: Books) -> Iterator[Row]:
    for voucher in books.contents.vouchers:
        head = {
            "凭证日期": f"{voucher.day:%Y%m%d}",
            "凭证种类": voucher.word,
            "凭证编号": str(voucher.number),
            "币种": CURRENCY,
            "汇率": "1",
            "附件数": str(voucher.attachments),
            "制单人员": voucher.maker,
            "审核人员": voucher.reviewer,
            "记账人员": voucher.poster,
            "出纳人员": voucher.cashier,
            "记账标志": "1",
            "作废标志": "0",
        }
        for number, line in enumerate(voucher.lines, 1):
            yield {
                **head,
                "行号": str(number),
                "摘要": line.summary,
                "科目编号": line.account,
                "借方金额": yuan(line.debit_fen),
                "贷方金额": yuan(line.credit_fen),
                "数量": count(line.quantity),
                "辅助核算组": members_text(line.items),
            }


def _sheet(books: Books, sheet: Sheet) -> Tables:
    """The two statements that the text set has a file for."""
    period = books.contents.period
    files = {
        "balance-sheet": ("Q_ZCFZB", "报告日", f"{period.last_day:%Y%m%d}", "期末数", "年初数"),
        "income-distribution": ("Q_SYFPB", "报告期", f"{period.year}{period.month:02d}", "本期金额", "上年同期金额"),
    }
    if sheet.key not in files:
        return {}
    file, when, day, first, second = files[sheet.key]
    return {
        file: [
            {
                "报表编号": sheet.number,
                "编制单位": books.contents.entity.name,
                when: day,
                "货币单位": "元",
                "项目": row.name,
                "行次": str(row.line),
                first: yuan(row.first_fen),
                second: yuan(row.second_fen),
            }
            for row in sheet.rows
        ]
    }
