"""总账.xml: accounts, balances and movements month by month, entry lines, and statements."""

from collections.abc import Iterator

from village_ledger.domain.account import COUNTERPARTY, Account, Item
from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.voucher import Line, Voucher

from .books import Books, Sheet
from .figures import Figure, monthly
from .form import Row, Tables
from .notes import fields_text, labels_by_id, slots, voucher_fields
from .shared import ARCHIVES, CURRENCY, CUSTOMERS, RATE_TYPE, SUPPLIERS, WORDS

SEPARATOR = "-"
CODE_RULE = "3-2-2-2-2-2"
HEAD_FIELDS = ("凭证性质", "冲销凭证", "来源", "出纳")
MAX_FIELDS, MAX_NAME = 300, 30
SLOT = "辅助项{}编号"


def ledger_tables(books: Books, members: dict[str, dict[str, str]]) -> Tables:
    """The tables' rows; `members` as for 公共档案."""
    chart = books.contents.chart
    used = slots(frozenset({*members, *(one.category for account in chart for one in account.auxiliaries)}))
    return {
        "总账基础信息": [
            {
                "结构分隔符": SEPARATOR,
                "会计科目编号规则": CODE_RULE,
                "凭证头可扩展字段结构": SEPARATOR.join(HEAD_FIELDS),
                "凭证头可扩展结构对应档案": SEPARATOR.join(["null"] * len(HEAD_FIELDS)),
            }
        ],
        "会计科目": [
            {
                "科目编号": one.code,
                "科目名称": one.name,
                "科目级次": str(one.level),
                "科目类型": one.category,
                "余额方向": side_label(one),
            }
            for one in chart
        ],
        "科目辅助核算": [row for one in chart for row in _dimensions(one, used)],
        "科目余额及发生额": _figures(books, used),
        "记账凭证": list(_lines(books, used)),
        "报表集": [_set(books, sheet) for sheet in books.sheets],
        "报表项数据": [row for sheet in books.sheets for row in _values(sheet)],
    }


def side_label(account: Account) -> str:
    """借 or 贷: an account with two sides is kept on 借, and 科目说明 says so."""
    return "贷" if account.side == "credit" else "借"


def yuan(fen: int) -> str:
    """An amount as it is written."""
    return format_fen(fen, grouped=False)


def count(thousandths: int) -> str:
    """A quantity as it is written."""
    return format_quantity(thousandths, grouped=False)


def _dimensions(account: Account, used: tuple[str, ...]) -> Iterator[Row]:
    for one in account.auxiliaries:
        counterparty = SUPPLIERS if account.category == "负债" else CUSTOMERS
        yield {
            "科目编号": account.code,
            "辅助项编号": str(used.index(one.category) + 1),
            "辅助项名称": one.category,
            "对应档案": counterparty if one.category == COUNTERPARTY else ARCHIVES.get(one.category, one.category),
            "辅助项描述": "必填" if one.required else "选填",
        }


def slot_row(items: tuple[Item, ...], used: tuple[str, ...]) -> Row:
    """辅助项1编号… of a combination, an empty text for a dimension it has not."""
    codes = {item.category: item.code for item in items}
    return {SLOT.format(place): codes.get(category, "") for place, category in enumerate(used, 1)}


def _figures(books: Books, used: tuple[str, ...]) -> list[Row]:
    chart, year = books.contents.chart, str(books.contents.period.year)
    known = {one.code: (side_label(one), one.unit) for one in chart}
    rows = []
    for one in monthly(books.contents):
        side, unit = known[one.account]
        row = {
            "科目编号": one.account,
            **slot_row(one.items, used),
            "期初余额方向": _side(one.opening_fen, side),
            "期末余额方向": _side(one.closing_fen, side),
            "币种编码": CURRENCY,
            "计量单位": unit,
            "会计年度": year,
            "会计期间号": str(one.month),
        }
        _add_amounts(row, one)
        if unit:
            row["期初数量"], row["期末数量"] = count(one.opening_quantity), count(one.closing_quantity)
            row["借方数量"], row["贷方数量"] = count(one.in_quantity), count(one.out_quantity)
        rows.append(row)
    return rows


def _side(fen: int, side: str) -> str:
    """Which side a balance stands on; the account's own when it is nil."""
    return "借" if fen > 0 else "贷" if fen < 0 else side


def _add_amounts(row: Row, one: Figure) -> None:
    amounts = {
        "期初": yuan(abs(one.opening_fen)),
        "借方": yuan(one.debit_fen),
        "贷方": yuan(one.credit_fen),
        "期末": yuan(abs(one.closing_fen)),
    }
    for name, text in amounts.items():
        word = "余额" if name.startswith("期") else "金额"
        row[f"{name}原币{word}"] = row[f"{name}本币{word}"] = text


def _lines(books: Books, used: tuple[str, ...]) -> Iterator[Row]:
    units = {one.code: one.unit for one in books.contents.chart}
    labels = labels_by_id(books)
    for voucher in books.contents.vouchers:
        head = _head(voucher, labels)
        for number, line in enumerate(voucher.lines, 1):
            yield {
                **head,
                "记账凭证行号": str(number),
                "记账凭证摘要": line.summary,
                "科目编号": line.account,
                **slot_row(line.items, used),
                "计量单位": units[line.account],
                **_booked(line, units[line.account]),
            }


def _head(one: Voucher, labels: dict[int, str]) -> Row:
    kind, cancelled, source = voucher_fields(one, labels)
    cashier = one.cashier[:MAX_NAME]
    extended = fields_text((kind, cancelled, source, cashier))
    while len(extended) > MAX_FIELDS:
        source = source[:-1]
        extended = fields_text((kind, cancelled, source, cashier))
    return {
        "记账凭证日期": f"{one.day:%Y%m%d}",
        "会计年度": str(one.day.year),
        "会计期间号": str(one.day.month),
        "记账凭证类型编号": WORDS[one.word],
        "记账凭证编号": str(one.number),
        "币种编码": CURRENCY,
        "汇率类型编号": RATE_TYPE,
        "汇率": "1.0000",
        "凭证头可扩展字段结构值": extended,
        "附件数": str(one.attachments),
        "制单人": one.maker,
        "审核人": one.reviewer,
        "记账人": one.poster,
        "记账标志": "1",
        "作废标志": "0",
    }


def _booked(line: Line, unit: str) -> Row:
    debit, credit = yuan(line.debit_fen), yuan(line.credit_fen)
    row = {"借方原币金额": debit, "借方本币金额": debit, "贷方原币金额": credit, "贷方本币金额": credit}
    if unit:
        row["借方数量"] = count(line.quantity if line.debit_fen else 0)
        row["贷方数量"] = count(0 if line.debit_fen else line.quantity)
    return row


def _set(books: Books, sheet: Sheet) -> Row:
    period = books.contents.period
    return {
        "报表编号": sheet.number,
        "报表名称": sheet.title,
        "报表报告日": f"{period.last_day:%Y%m%d}",
        "报表报告期": f"{period.year}{period.month:02d}",
        "编制单位": books.contents.entity.name,
        "货币单位": "元",
    }


def _values(sheet: Sheet) -> Iterator[Row]:
    """Two rows a line, one for each of its figures."""
    for place, row in enumerate(sheet.rows, 1):
        for column, fen in enumerate((row.first_fen, row.second_fen)):
            yield {
                "报表编号": sheet.number,
                "报表项编号": f"{place}-{column + 1}",
                "报表项名称": f"{row.name}（{sheet.columns[column]}）",
                "报表项公式": "" if column else row.explanation,
                "报表项数值": yuan(fen),
            }
