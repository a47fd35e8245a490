"""Importing a contract register from a sheet as townships keep it. All of a file or nothing."""

from collections.abc import Mapping

from ..domain.account import COUNTERPARTY, Chart, Item
from ..domain.contract import INCOMING, OUTGOING, TENANCIES, Contract
from ..domain.contract_register import ContractRegister
from ..domain.errors import Refusal
from ..domain.problems import Problem
from ..domain.roles import Roles
from .book import Book, Progress, no_progress
from .catalog import chart_definition
from .cells import CellError, read_day, read_fen
from .contract_cells import optional_day, read_area, read_price
from .contract_checks import ContractChecks
from .contracts import save_checked
from .file_import import FilePath, ImportResult, Members, record_import, refuse_bad_rows, row_problem
from .tabular import TableRow, read_table

REQUIRED = ("合同编号", "标的", "对方", "开始日期", "结束日期")
PRICE_COLUMNS = (
    "年租金",
    "单价",
    "递增",
    "分成比例",
    "付款周期",
    "付款时间",
    "首期应付日",
    "分期付款",
)
_TEXTS = {
    "交易方式": "award",
    "鉴证号": "award_number",
    "决议文号": "decision",
    "标的类别": "subject_kind",
    "标的编号": "subject_code",
    "用途": "use",
    "联系电话": "contact",
    "原合同编号": "renews",
    "终止原因": "ended_reason",
    "备注": "note",
}
_DAYS = {"签订日期": "signed", "启用日期": "tracked", "终止日期": "ended", "收回日期": "returned"}
_AMOUNTS = {"押金": "deposit_fen", "期初欠款": "opening_fen"}
OPTIONAL = (
    "合同类型",
    "收付",
    *PRICE_COLUMNS,
    "面积",
    "往来科目",
    "收入科目",
    *_TEXTS,
    *_DAYS,
    *_AMOUNTS,
)
_LAND = frozenset({"耕地", "园地", "林地", "草地", "水面", "四荒"})
_STEP = 100


def import_contracts(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the contracts of a sheet; parties not known yet are added as 往来户."""
    book.authorise("import")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    notes = list(table.notes)
    seen: dict[str, int] = {}
    with book.write("import") as transaction:
        record_import(transaction, "合同", table)
        members = Members(book, transaction)
        rows = []
        for row in table.rows:
            code = row.cells["合同编号"]
            if code in seen:
                problems.append(row_problem(row.number, f"合同编号 {code} 在第 {seen[code]} 行已经有了"))
                continue
            seen[code] = row.number
            try:
                rows.append((row, members.item(COUNTERPARTY, row.cells["对方"])))
            except Refusal as refusal:
                problems.append(row_problem(row.number, str(refusal)))
        defaults = _Defaults(book)
        checks = ContractChecks(book)
        for done, (row, party) in enumerate(rows):
            if done % _STEP == 0:
                report(done, len(rows), "导入合同")
            try:
                contract = defaults.complete(_contract(row, party))
                saved = save_checked(transaction, contract, checks, ContractRegister())
            except CellError as error:
                problems.append(row_problem(row.number, str(error)))
            except Refusal as refusal:
                found = refusal.problems or (Problem("row", refusal.message),)
                problems += [row_problem(row.number, one.message) for one in found if one.blocking]
            else:
                notes += [f"第 {row.number} 行：{one.message}" for one in checks.check(saved) if not one.blocking]
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(rows), notes=(*notes, *members.notes))


def _contract(row: TableRow, party: Item) -> Contract:
    cells: Mapping[str, str] = row.cells
    start, end = read_day(cells["开始日期"]), read_day(cells["结束日期"])
    area = read_area(cells.get("面积", ""))
    use = cells.get("用途", "")
    outgoing = cells.get("收付", "")
    if outgoing not in {"", INCOMING, OUTGOING}:
        raise CellError(f"收付“{outgoing}”不对，只能填“{INCOMING}”或“{OUTGOING}”")
    if end < start:
        raise CellError("结束日期早于开始日期")
    return Contract(
        cells["合同编号"],
        cells.get("合同类型", "") or ("承包" if use in _LAND else "租赁"),
        cells["标的"],
        party,
        start,
        end,
        read_price(dict(cells), start, end, area),
        cells.get("往来科目", ""),
        cells.get("收入科目", ""),
        outgoing or INCOMING,
        area_x100=area,
        **{field: cells.get(title, "") for title, field in _TEXTS.items()},  # type: ignore[arg-type]  # texts
        **{field: optional_day(cells.get(title, "")) for title, field in _DAYS.items()},  # type: ignore[arg-type]  # days
        **{field: read_fen(cells.get(title, "")) for title, field in _AMOUNTS.items()},  # type: ignore[arg-type]  # fen
    )


class _Defaults:
    """The accounts of a contract whose row names none."""

    def __init__(self, book: Book) -> None:
        self._chart: Chart = book.chart
        self._roles: Roles = chart_definition(book.entity.chart).roles
        self._income = {kind: income_account(self._chart, kind) for kind in TENANCIES}
        self._used: dict[str, set[str]] = {}
        for row in book.ledger.balances(book.entity.first_period, book.open_period):
            for item in row.items:
                if item.category == COUNTERPARTY:
                    self._used.setdefault(item.code, set()).add(row.account)

    def complete(self, contract: Contract) -> Contract:
        """Fill in 往来科目 and 收入科目; 无 as 收入科目 means that nothing is accrued."""
        account = contract.account or self._account(contract)
        counter = contract.counter
        if not counter and contract.direction == INCOMING and contract.is_tenancy:
            counter = self._income[contract.kind]
        return contract._replace(account=account, counter="" if counter == "无" else counter)

    def _account(self, contract: Contract) -> str:
        """The account the party is known on; else 内部往来 for land, 应收款 for the rest, 应付款 for what is paid."""
        if contract.direction == OUTGOING:
            return self._leaf(self._roles.payable)
        inner, outer = self._leaf(self._roles.two_sided), self._leaf(self._roles.receivable)
        known = [code for code in (inner, outer) if code in self._used.get(contract.party.code, ())]
        if len(known) == 1:
            return known[0]
        return inner if contract.kind == "承包" else outer

    def _leaf(self, tops: tuple[str, ...]) -> str:
        return next((one.code for one in self._chart.subtree(tops[0]) if self._chart.is_leaf(one.code)), tops[0])


def income_account(chart: Chart, kind: str) -> str:
    """The income detail for a kind of contract: 发包收入 for 承包, 出租收入 for 租赁; else the first under 经营收入."""
    names = ("发包", "承包") if kind == "承包" else ("出租", "租赁")
    top = next((one.code for one in chart if one.level == 1 and one.name == "经营收入"), "")
    others = [one for one in chart if one.is_profit_and_loss and one.side == "credit" and chart.is_leaf(one.code)]
    named = [one for one in others if any(name in one.name for name in names) and not one.disabled]
    under = [one for one in others if top and one.code.startswith(top) and not one.disabled]
    return next((one.code for one in (*named, *under)), "")
