"""Short ways to write charts, vouchers and ledgers in tests: signed fen, debits positive, credits negative."""

from collections.abc import Iterable
from datetime import date

from village_ledger.domain.account import Account, Auxiliary, Chart, Item, Side
from village_ledger.domain.period import Period
from village_ledger.domain.view import Entity, MemoryLedger, Opening
from village_ledger.domain.voucher import Line, Voucher, VoucherKind

YUAN = 100
VILLAGE = Entity("石桥村股份经济合作社", county="青山县", township="河口镇", first_period=Period(2025, 1))

_OFFICIAL: tuple[tuple[str, Side, str], ...] = (
    ("资产", "debit", "101库存现金 102银行存款 111短期投资 112应收款 121库存物资 131消耗性生物资产 132生产性生物资产"),
    ("资产", "debit", "134公益性生物资产 141长期投资 151固定资产 153在建工程 161无形资产 171长期待摊费用"),
    ("资产", "credit", "133生产性生物资产累计折旧 152累计折旧 162累计摊销"),
    ("资产", "both", "113内部往来 154固定资产清理 181待处理财产损溢"),
    ("负债", "credit", "201短期借款 211应付款 212应付工资 213应付劳务费 214应交税费 221长期借款及应付款"),
    ("负债", "credit", "231一事一议资金 241专项应付款"),
    ("所有者权益", "credit", "301资本 311公积公益金 321本年收益 322收益分配 32201各项分配 32202未分配收益"),
    ("成本", "debit", "401生产(劳务)成本"),
    ("损益", "credit", "501经营收入 502投资收益 503补助收入 504其他收入"),
    ("损益", "debit", "511经营支出 512税金及附加 513管理费用 514公益支出 515其他支出 521所得税费用"),
)
_DIMENSIONS = {"112": "往来户", "113": "往来户", "211": "往来户", "153": "项目", "231": "项目", "241": "项目"}


def an_account(text: str, category: str, side: Side, *, dimension: str = "", unit: str = "") -> Account:
    """`an_account("10201农商行", "资产", "debit")`."""
    code = text[: next(i for i, character in enumerate(text) if not character.isdigit())]
    return Account(code, text[len(code) :], category, side, (Auxiliary(dimension),) if dimension else (), unit)


def a_chart(*extra: str, units: dict[str, str] | None = None) -> Chart:
    """The 42 accounts of 2023, 322's two details, and detail accounts like `"51301办公费"` that inherit the rest."""
    units = units or {}
    accounts: dict[str, Account] = {}
    for category, side, names in _OFFICIAL:
        for text in names.split():
            account = an_account(text, category, side, dimension=_DIMENSIONS.get(text[:3], ""))
            accounts[account.code] = account._replace(unit=units.get(account.code, ""), official=True)
    for text in extra:
        top = accounts[text[:3]]
        account = an_account(text, top.category, top.side)
        accounts[account.code] = account._replace(auxiliaries=top.auxiliaries, unit=units.get(account.code, ""))
    return Chart(accounts.values())


def an_item(name: str, category: str = "往来户") -> Item:
    """A household, or another dimension's member; the code is made from the name."""
    return Item(category, f"{category}/{name}", name)


def a_line(code: str, fen: int, item: str = "", *, summary: str = "摘要", quantity: int = 0) -> Line:
    """`a_line("113", 8000_00, "王五")`; `"项目:水泥路"` names another dimension than 往来户."""
    category, _, name = item.rpartition(":")
    items = (an_item(name, category or "往来户"),) if item else ()
    return Line(summary, code, items, max(fen, 0), max(-fen, 0), quantity)


def a_voucher(
    number: int,
    day: str,
    *lines: Line | tuple[str, int] | tuple[str, int, str],
    word: str = "记",
    kind: VoucherKind = "normal",
    attachments: int = 1,
    summary: str = "",
) -> Voucher:
    """`a_voucher(1, "2025-01-05", ("101", 5000_00), ("102", -5000_00))`; refuses to be unbalanced."""
    made = tuple(line if isinstance(line, Line) else a_line(*line) for line in lines)
    if summary:
        made = tuple(line._replace(summary=summary) for line in made)
    assert sum(line.debit_fen - line.credit_fen for line in made) == 0, "the voucher does not balance"
    when = date.fromisoformat(day)
    identity = (when.year * 12 + when.month) * 10_000 + number * 10 + "记收付转".index(word)
    return Voucher(
        identity,
        f"{identity:032x}",
        when,
        word,
        number,
        made,
        attachments,
        kind,
        "王会计",
        "李审核",
        "赵出纳",
        "王会计",
    )


def an_opening(code: str, fen: int, item: str = "", *, year: tuple[int, int] = (0, 0), quantity: int = 0) -> Opening:
    """An opening balance, signed; `year` is 本年累计 (debit, credit) of a book started mid-year."""
    line = a_line(code, fen, item)
    return Opening(code, line.items, fen, *year, quantity)


def a_ledger(
    vouchers: Iterable[Voucher] = (),
    openings: Iterable[Opening] = (),
    chart: Chart | None = None,
    entity: Entity = VILLAGE,
) -> MemoryLedger:
    """A ledger of 石桥村 with these posted vouchers."""
    return MemoryLedger(entity, chart or a_chart(), openings, vouchers)
