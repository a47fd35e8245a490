"""公共档案.xml: whose books, the months, and every list that the ledger refers to."""

from village_ledger.domain.account import COUNTERPARTY, DIMENSION_CATEGORIES
from village_ledger.domain.period import Period

from .books import Books
from .form import Row, Tables
from .notes import GROUPS, notes_of

STANDARD = "GB/T 24589.1-2010"
CURRENCY, CURRENCY_NAME = "CNY", "人民币"
RATE_TYPE = "1"
WORDS = {"记": "1", "收": "2", "付": "3", "转": "4"}
WORD_NAMES = {"记": "记账凭证", "收": "收款凭证", "付": "付款凭证", "转": "转账凭证"}
CUSTOMERS, SUPPLIERS, DEPARTMENTS, STAFF = "客户档案", "供应商档案", "部门档案", "员工档案"
ARCHIVES = {"部门": DEPARTMENTS, "人员": STAFF}
"""Dimensions with a list of their own in the standard. 往来户 are customers and suppliers, others custom archives."""
CUSTOM = tuple(category for category in DIMENSION_CATEGORIES if category not in {COUNTERPARTY, *ARCHIVES})


def shared_tables(books: Books, members: dict[str, dict[str, str]]) -> Tables:
    """The tables' rows. `members` are names by code, by dimension."""
    found: Tables = {
        "电子账簿": [_book(books)],
        "会计期间": _periods(books),
        "记账凭证类型": [
            {"记账凭证类型编号": WORDS[word], "记账凭证类型名称": WORD_NAMES[word], "记账凭证类型简称": word}
            for word in words(books)
        ],
        "汇率类型": [{"汇率类型编号": RATE_TYPE, "汇率类型名称": "固定汇率"}],
        "币种": [{"币种编码": CURRENCY, "币种名称": CURRENCY_NAME}],
        "部门档案": [{"部门编码": code, "部门名称": name} for code, name in members.get("部门", {}).items()],
        "员工档案": _staff(books, members.get("人员", {})),
    }
    counterparties = members.get(COUNTERPARTY, {}).items()
    found[SUPPLIERS] = [{"供应商编码": code, "供应商名称": name} for code, name in counterparties]
    found[CUSTOMERS] = [{"客户编码": code, "客户名称": name} for code, name in counterparties]
    _add_archives(found, books, members)
    return found


def words(books: Books) -> tuple[str, ...]:
    """The voucher words there are, 记 in a book without vouchers."""
    used = {one.word for one in books.contents.vouchers}
    return tuple(word for word in WORDS if word in used) or ("记",)


def _book(books: Books) -> Row:
    entity, year = books.contents.entity, books.contents.period.year
    return {
        "电子账簿编号": f"{entity.region_code}-{year}".lstrip("-"),
        "电子账簿名称": f"{entity.name}{year}年账",
        "会计核算单位": entity.name,
        "组织机构代码": entity.credit_code,
        "单位性质": "企业单位",  # of the two values there are, the one whose accounts are built like a village's
        "行业": "",
        "开发单位": "村级三资账本",
        "版本号": books.program,
        "本位币": CURRENCY_NAME,
        "会计年度": str(year),
        "标准版本号": STANDARD,
    }


def _periods(books: Books) -> list[Row]:
    year = books.contents.period.year
    return [
        {
            "会计年度": str(year),
            "会计期间号": str(month.month),
            "会计期间起始日期": f"{month.first_day:%Y%m%d}",
            "会计期间结束日期": f"{month.last_day:%Y%m%d}",
        }
        for month in Period(year, 1).through(Period(year, 12))
    ]


def _staff(books: Books, members: dict[str, str]) -> list[Row]:
    """The members of 人员, then whoever signed a voucher, under codes that begin with Y."""
    rows = [{"员工编码": code, "员工姓名": name} for code, name in members.items()]
    signers = (name for name in books.people if name not in members.values())
    return rows + [{"员工编码": f"Y{number:03d}", "员工姓名": name} for number, name in enumerate(signers, 1)]


def _add_archives(found: Tables, books: Books, members: dict[str, dict[str, str]]) -> None:
    found["自定义档案项"], found["自定义档案项值"] = [], []

    def add(number: int, name: str, about: str, values: list[tuple[str, str, str]]) -> None:
        code = f"{number:02d}"
        found["自定义档案项"].append(
            {"档案编码": code, "档案名称": name, "档案描述": about, "是否有层级特征": "0", "档案编码规则": ""}
        )
        found["自定义档案项值"] += [
            {"档案编码": code, "档案值编码": value, "档案值名称": title, "档案值描述": text, "档案值级次": "1"}
            for value, title, text in values
        ]

    kept = {one.category for account in books.contents.chart for one in account.auxiliaries}
    for category in CUSTOM:
        if category not in kept and category not in members:
            continue
        values = [(code, name, "") for code, name in members.get(category, {}).items()]
        add(DIMENSION_CATEGORIES.index(category) + 1, category, f"辅助核算：{category}", values)
    notes = notes_of(books)
    for number, group in enumerate(GROUPS, 91):
        said = [note for note in notes if note.group == group]
        values = [(f"{place:04d}", note.key, note.text) for place, note in enumerate(said, 1)]
        if values:
            add(number, group, "村级三资账本的说明，供还原账簿用", values)
