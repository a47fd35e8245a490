"""Importing asset cards from a sheet: all of a file or nothing, with every bad row named."""

from ..domain.account import Chart
from ..domain.assets.card import Card, Method
from ..domain.assets.rules import FIXED, AssetRules
from ..domain.errors import Refusal
from ..domain.period import Period
from ..domain.problems import Problem
from ..storage.assets import load_cards
from ..storage.transaction import Transaction
from ..storage.vouchers import uids_by_label
from .asset_cards import insert_checked, rules_of, tie
from .book import Book, Progress, no_progress
from .cells import CellError, read_day, read_fen, read_quantity, read_whole
from .file_import import FilePath, ImportResult, record_import, refuse_bad_rows, row_problem
from .tabular import TableRow, read_table

REQUIRED = ("资产编号", "资产名称", "类别", "原值", "取得日期")
_TEXTS = {
    "规格型号": "model",
    "计量单位": "unit",
    "取得方式": "source",
    "使用状态": "status",
    "坐落": "location",
    "保管使用人": "custodian",
    "权证号": "licence",
    "资金项目": "project",
    "工作量单位": "units_name",
    "备注": "note",
}
OPTIONAL = (
    *("种类", "数量", "启用日期", "入账月份", "预计净残值", "净残值率", "使用年限", "已提折旧"),
    *("折旧方法", "总工作量", "已完成工作量", "资产科目", "累计折旧科目", "费用科目", "经营性质", "凭证"),
    *_TEXTS,
)
_METHODS: dict[str, Method] = {
    "直线法": "直线法",
    "年限平均法": "直线法",
    "平均年限法": "直线法",
    "工作量法": "工作量法",
    "不提": "不提",
    "不提折旧": "不提",
}
_SOURCES = {"购入": "购置", "外购": "购置", "接受捐赠": "捐赠", "财政": "财政投入", "划拨": "划转", "自建自用": "自建"}


def import_assets(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the cards of a sheet; `docs/formats-assets.md` describes its columns.

    What is left empty follows from the class and the accounts: kind, accounts, life, method. Without 入账月份 an asset
    acquired before the book began stands in its opening balances, a later one entered in the month of acquisition.
    """
    book.authorise("import")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    rules = rules_of(book)
    vouchers = uids_by_label(book.connection)
    with book.write("import") as transaction:
        record_import(transaction, "资产", table)
        seen = {card.code: 0 for card in load_cards(transaction.connection)}
        for done, row in enumerate(table.rows):
            report(done, len(table.rows), "导入资产卡片")
            problems += _import_row(book, transaction, row, _Context(book, rules, vouchers), seen)
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(table.rows), notes=(*table.notes, *_tie_notes(book)))


class _Context:
    """What reading a row needs of the book."""

    def __init__(self, book: Book, rules: AssetRules, vouchers: dict[str, str]) -> None:
        self.chart: Chart = book.chart
        self.first = book.entity.first_period
        self.rules = rules
        self.vouchers = vouchers


def _import_row(
    book: Book, transaction: Transaction, row: TableRow, context: _Context, seen: dict[str, int]
) -> list[Problem]:
    try:
        card = _card(row, context)
    except CellError as error:
        return [row_problem(row.number, str(error))]
    if card.code in seen:
        where = f"在第 {seen[card.code]} 行已经有了" if seen[card.code] else "已经登记过"
        return [row_problem(row.number, f"资产编号 {card.code} {where}")]
    seen[card.code] = row.number
    try:
        insert_checked(book, transaction, card, unique=True)
    except Refusal as refusal:
        return [row_problem(row.number, problem.message) for problem in refusal.problems]
    return []


def _card(row: TableRow, context: _Context) -> Card:
    cells = {name: row.cells.get(name, "").strip() for name in (*REQUIRED, *OPTIONAL)}
    category, rules = cells["类别"], context.rules
    rule = next((one for one in rules.classes if one.name == category), None)
    kind = cells["种类"] or _kind_of(cells["资产科目"], rules) or (rule.kind if rule else FIXED)
    original = read_fen(cells["原值"])
    acquired = read_day(cells["取得日期"])
    texts = {field: cells[title] for title, field in _TEXTS.items() if cells[title]}
    card = Card(
        cells["资产编号"],
        cells["资产名称"],
        category,
        original,
        acquired,
        _entered(cells["入账月份"], Period.of(acquired), context.first),
        kind,
        residual_fen=_residual(cells["预计净残值"], cells["净残值率"], original),
        opening_accumulated_fen=read_fen(cells["已提折旧"]),
        method=_method(cells["折旧方法"], kind, rules),
        life_months=_life(cells["使用年限"]) if cells["使用年限"] else (rule.life_months if rule else 0),
        total_units=read_quantity(cells["总工作量"]),
        opening_units=read_quantity(cells["已完成工作量"]),
        in_use=read_day(cells["启用日期"]) if cells["启用日期"] else acquired,
        quantity=read_quantity(cells["数量"]) or 1000,
        operating=_operating(cells["经营性质"]),
        voucher=_voucher(cells["凭证"], context.vouchers),
    )
    card = Card(**{**card._asdict(), **texts})
    card = card._replace(source=_SOURCES.get(card.source, card.source))
    return with_accounts(card, rules, context.chart, cells["资产科目"], cells["累计折旧科目"], cells["费用科目"])


def with_accounts(
    card: Card, rules: AssetRules, chart: Chart, asset: str = "", accumulated: str = "", expense: str = ""
) -> Card:
    """The card on its accounts; those not given are found by its kind and the name of its class."""
    if not rules.has(card.kind):
        return card
    rule = rules.kind(card.kind)
    asset = asset or detail(chart, rule.original, card.category)
    charged = rule.depreciated and card.method != "不提"
    own = rules.operating_expense if card.operating else rules.other_expense
    return card._replace(
        asset_account=asset,
        depreciation_account=(accumulated or _counterpart(chart, rule.original, rule.accumulated, asset))
        if rule.depreciated
        else "",
        expense_account=(expense or detail(chart, own, "折旧")) if charged else "",
    )


def detail(chart: Chart, top: str, name: str) -> str:
    """The leaf below an account whose name fits best: the same name, one containing the other, else the only one."""
    leaves = [account for account in chart.subtree(top) if chart.is_leaf(account.code)]
    same = [account for account in leaves if account.name == name]
    alike = [account for account in leaves if name and (name in account.name or account.name in name)]
    found = same or alike or (leaves if len(leaves) == 1 else [])
    return found[0].code if found else ""


def _counterpart(chart: Chart, original: str, accumulated: str, asset: str) -> str:
    """The accumulated account that goes with an asset account: 15201 for 15101, or the one of the same name."""
    twin = accumulated + asset.removeprefix(original)
    if twin in chart and chart.is_leaf(twin):
        return twin
    return detail(chart, accumulated, chart[asset].name if asset in chart else "")


def _kind_of(account: str, rules: AssetRules) -> str:
    """The kind an account is for, if only one kind is kept there."""
    kinds = [rule.name for rule in rules.kinds if account and account.startswith(rule.original)]
    return kinds[0] if len(kinds) == 1 else ""


def _entered(text: str, acquired: Period, first: Period) -> Period:
    if not text:
        return acquired if acquired >= first else first.previous
    try:
        return Period.parse(text.replace("/", "-").replace("年", "-").removesuffix("月"))
    except ValueError as error:
        raise CellError(str(error)) from None


def _residual(amount: str, rate: str, original: int) -> int:
    """An amount, or a rate such as 5% of the original to the nearest fen."""
    if amount or not rate:
        return read_fen(amount)
    percent = read_quantity(rate.rstrip("%％"))
    if not 0 <= percent <= 100_000:
        raise CellError(f"净残值率“{rate}”不对，请写成 5% 这样的形式")
    return (2 * original * percent + 100_000) // 200_000


def _method(text: str, kind: str, rules: AssetRules) -> Method:
    if not text:
        return "直线法" if rules.has(kind) and rules.kind(kind).depreciated else "不提"
    if text not in _METHODS:
        raise CellError(f"折旧方法“{text}”不对，可用的有：直线法、工作量法、不提")
    return _METHODS[text]


def _life(text: str) -> int:
    """`20`, `20年`, `240个月`, `5年6个月` as months; a bare number is years, as registers write it."""
    plain = text.replace(" ", "").removesuffix("整")
    if plain.endswith("月"):
        head, year, tail = plain.removesuffix("月").removesuffix("个").rpartition("年")
        return (read_whole(head, "使用年限") * 12 if year else 0) + read_whole(tail, "使用年限")
    whole, dot, fraction = plain.removesuffix("年").partition(".")
    months = read_whole(whole, "使用年限") * 12
    if dot:
        if not fraction.isdigit() or int(fraction) * 12 % 10 ** len(fraction):
            raise CellError(f"使用年限“{text}”不是整月，请写成“5年6个月”")
        months += int(fraction) * 12 // 10 ** len(fraction)
    return months


def _operating(text: str) -> bool:
    if text not in ("", "经营性", "非经营性"):
        raise CellError(f"经营性质“{text}”不对，只能填“经营性”或“非经营性”")
    return text != "非经营性"


def _voucher(text: str, vouchers: dict[str, str]) -> str:
    plain = " ".join(text.split()).removesuffix("号")
    if not plain:
        return ""
    if plain not in vouchers:
        raise CellError(f"没有找到已记账的凭证“{text}”，请写成“2025-07 记-5”这样的形式")
    return vouchers[plain]


def _tie_notes(book: Book) -> tuple[str, ...]:
    found = tie(book, book.open_period)
    if found.tied:
        return ("资产卡片和总账相符",)
    causes = [f"{cause.account} {cause.text}" for cause in found.causes]
    more = f"（还有 {len(causes) - 5} 处，见账卡核对表）" if len(causes) > 5 else ""
    return (f"资产卡片和总账还有 {len(causes)} 处不符：{'；'.join(causes[:5])}{more}",)
