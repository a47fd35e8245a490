"""Books to be written in the audit interface's formats: a small one with known figures, and random but lawful ones."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.builders import a_chart, a_voucher, an_opening
from village_ledger.domain.account import Account, Auxiliary, Chart, Item
from village_ledger.domain.period import Period
from village_ledger.domain.view import Entity, Opening
from village_ledger.domain.voucher import Line, Voucher
from village_ledger.package.contents import Contents
from village_ledger.package.gbt.books import AssetCard, Books
from village_ledger.services import gbt

FORMS = gbt.forms()
NAMES = ("张三", "李四", "王五 & <子>")


def _chart() -> Chart:
    """Households on 112, 113, 211, projects on 153, 231, 241, optional bank accounts on 102, kilogrammes on 12101."""
    accounts = {one.code: one for one in a_chart("12101稻谷", "50101发包收入", "51301办公费", units={"12101": "公斤"})}
    accounts["102"] = accounts["102"]._replace(auxiliaries=(Auxiliary("银行账户", required=False),))
    accounts["401"] = accounts["401"]._replace(name="生产（劳务）成本")  # as the regulation writes it
    accounts["112"] = accounts["112"]._replace(auxiliaries=(Auxiliary("往来户"), Auxiliary("项目", required=False)))
    return Chart(accounts.values())


CHART = _chart()
ITEMS = {
    category: tuple(Item(category, f"{n:04d}", f"{category}{name}") for n, name in enumerate(NAMES, 1))
    for category in ("往来户", "项目", "银行账户")
}


JANUARY, DECEMBER = Period(2025, 1), Period(2025, 12)


def as_told(told: Contents) -> tuple[object, ...]:
    """A year to date as files tell it: vouchers without uids, accounts without what only the program knows."""
    chart = tuple(one[:6] for one in told.chart)
    return told._replace(chart=chart, vouchers=tuple(one._replace(uid="") for one in told.vouchers))


def contents(
    vouchers: tuple[Voucher, ...],
    openings: tuple[Opening, ...],
    start: Period = JANUARY,
    period: Period = DECEMBER,
    chart: Chart = CHART,
) -> Contents:
    """A year to date of 石桥村."""
    village = Entity("石桥村股份经济合作社", "青山县", "河口镇", "990123104205", first_period=start)
    return Contents(village, ("101",), ("102",), chart, start, period, openings, vouchers)


def small() -> Books:
    """Two months: 1,000.00 cash at first; 300.00 to the bank, 120.50 lent to 张三, 80.00 rent in February."""
    chart = a_chart()
    made = contents(
        (
            a_voucher(1, "2025-01-05", ("102", 300_00), ("101", -300_00), summary="存现"),
            a_voucher(2, "2025-01-08", ("113", 120_50, "张三"), ("102", -120_50), summary="借款"),
            a_voucher(1, "2025-02-01", ("101", 80_00), ("501", -80_00), summary="收租金"),
        ),
        (an_opening("101", 1_000_00), an_opening("301", -1_000_00)),
        period=Period(2025, 2),
        chart=chart,
    )
    return Books(made, Period(2025, 2), "0.1.0", gbt.sheets(made))


def with_card(books: Books) -> Books:
    """The small books with a fixed asset that the ledger knows nothing of, or everything if it was opened with it."""
    card = AssetCard(
        *("ZC-1", "碾米机", "机器设备", "20240101", "台", 1000, "购置", "直线法", "在用", 120, 12),
        *(600_00, 60_00, 0, 5_00, 0, "", "加工房", "", "张三", "151", "152"),
    )
    openings = (an_opening("151", 600_00), an_opening("152", -60_00), an_opening("301", -540_00))
    opened = tuple(one for one in books.contents.openings if one.account != "301")
    made = books.contents._replace(openings=(*opened, *openings[:2], an_opening("301", -1_540_00)))
    return books._replace(contents=made, cards=(card,), sheets=gbt.sheets(made))


LEAVES = [one for one in CHART if CHART.is_leaf(one.code) and not one.code.startswith(("32", "181"))]


@st.composite
def _items(draw: st.DrawFn, account: Account) -> tuple[Item, ...]:
    found = [
        draw(st.sampled_from(ITEMS[one.category])) for one in account.auxiliaries if one.required or draw(st.booleans())
    ]
    return tuple(sorted(found))


@st.composite
def _line(draw: st.DrawFn, fen: int, *, debit: bool) -> Line:
    account = draw(st.sampled_from(LEAVES))
    quantity = draw(st.integers(0, 10**7)) * (1 if fen > 0 else -1) if account.unit else 0
    summary = draw(st.sampled_from(("购买", "=1+1", '引"号,逗', "a&b<c>", "租金 一、二")))
    return Line(summary, account.code, draw(_items(account)), fen * debit, fen * (not debit), quantity)


@st.composite
def _voucher(draw: st.DrawFn, identity: int, day: date, number: int) -> Voucher:
    sign = draw(st.sampled_from((1, 1, 1, -1)))
    amount = draw(st.integers(2, 10**10))
    part = draw(st.integers(1, amount - 1))
    lines = [draw(_line(sign * amount, debit=True)), draw(_line(sign * part, debit=False))]
    lines.append(draw(_line(sign * (amount - part), debit=False)))
    kind = "normal"
    if draw(st.integers(0, 5)) == 0:
        lines = [
            Line("结转", "501" if draw(st.booleans()) else "502", (), amount, 0),
            Line("结转", "321", (), 0, amount),
        ]
        lines = [lines[0]._replace(account="50101"), lines[1]] if lines[0].account == "501" else lines
        kind = "carry"
    cashier, source = draw(st.sampled_from((("", ""), ("赵-出纳", "导入 记-1%"))))
    return Voucher(
        *(identity, f"{identity:032x}", day, "记", number, tuple(lines), draw(st.integers(0, 99)), kind),
        *("王会计", "李审核", cashier, "王会计", 0, 0, source),
    )


def _reversed(one: Voucher, identity: int, day: date, number: int) -> Voucher:
    lines = tuple(
        line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen, quantity=-line.quantity)
        for line in one.lines
    )
    return one._replace(
        id=identity, uid=f"{identity:032x}", day=day, number=number, lines=lines, reverses=one.id, source=""
    )


@st.composite
def books(draw: st.DrawFn) -> Books:
    """A year, perhaps begun in mid-year, with quantities, red letters, reversals, carry-forward, optional members."""
    start = Period(2025, draw(st.sampled_from((1, 1, 5))))
    found: dict[tuple[str, tuple[Item, ...]], Opening] = {}
    for _ in range(draw(st.integers(0, 8))):
        account = draw(st.sampled_from([one for one in LEAVES if not one.is_profit_and_loss]))
        items = draw(_items(account))
        quantity = draw(st.integers(-(10**6), 10**6)) if account.unit else 0
        found[account.code, items] = Opening(account.code, items, draw(st.integers(-(10**9), 10**9)), quantity=quantity)
    found.pop(("301", ()), None)
    total = sum(one.balance_fen for one in found.values())
    found["301", ()] = Opening("301", (), -total)
    if start.month > 1:
        earlier = draw(st.integers(0, 10**8))
        found["501", ()] = Opening("50101", (), 0, 0, earlier)
        found["101", ()] = found.get(("101", ()), Opening("101"))._replace(year_debit_fen=earlier)
    last = 364 - (start.first_day - date(2025, 1, 1)).days
    days = sorted(draw(st.lists(st.integers(0, last), max_size=12)))
    made: list[Voucher] = []
    numbers: dict[Period, int] = {}
    for identity, offset in enumerate(days, 1):
        day = start.first_day + timedelta(offset)
        numbers[Period.of(day)] = numbers.get(Period.of(day), 0) + 1
        cancelled = {one.reverses for one in made}
        whole = [one for one in made if not one.reverses and one.id not in cancelled]
        if whole and draw(st.integers(0, 4)) == 0:
            made.append(_reversed(draw(st.sampled_from(whole)), identity, day, numbers[Period.of(day)]))
        else:
            made.append(draw(_voucher(identity, day, numbers[Period.of(day)])))
    rows = tuple(sorted(one for one in found.values() if any(one[2:])))
    year = contents(tuple(made), rows, start)
    return Books(year, None, "0.1.0", gbt.sheets(year))
