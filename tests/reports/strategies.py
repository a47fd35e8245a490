"""Random but lawful ledgers of 石桥村: balanced, with households and red letters, over 2025 and 2026."""

from datetime import date, timedelta

from hypothesis import strategies as st

from tests.builders import VILLAGE, a_chart, a_ledger, an_item
from village_ledger.domain.account import Item
from village_ledger.domain.period import Period
from village_ledger.domain.view import MemoryLedger, Opening
from village_ledger.domain.voucher import Line, Voucher

CHART = a_chart("10201农商行", "10202邮储", "51301办公费", "51302差旅费", "50101发包收入", "50102销售收入")
LEAVES = [account.code for account in CHART if CHART.is_leaf(account.code) and account.code not in {"321", "181"}]
PLAIN = [code for code in LEAVES if not CHART[code].is_profit_and_loss and code != "32201"]
HOUSEHOLDS = ("张三", "李四", "王五")
AMOUNTS = st.integers(1, 10**9)
DAYS = st.integers(0, 729).map(lambda days: date(2025, 1, 1) + timedelta(days))


def _items(code: str, name: str) -> tuple[Item, ...]:
    return tuple(an_item(name, auxiliary.category) for auxiliary in CHART[code].auxiliaries)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Line, ...]:
    """Two or three lines that balance, perhaps in red letters."""
    debit, credit, third = draw(st.tuples(*[st.sampled_from(LEAVES)] * 3))
    name = draw(st.sampled_from(HOUSEHOLDS))
    sign = draw(st.sampled_from((1, 1, 1, -1)))
    amount = draw(AMOUNTS)
    part = draw(st.integers(0, amount))
    made = [Line("购买", debit, _items(debit, name), sign * amount, 0)]
    for code, fen in ((credit, amount - part), (third, part)):
        if fen:
            made.append(Line("付款", code, _items(code, name), 0, sign * fen))
    return tuple(made)


@st.composite
def ledgers(draw: st.DrawFn) -> MemoryLedger:
    """A ledger with openings and up to twenty vouchers."""
    balances = draw(
        st.dictionaries(st.tuples(st.sampled_from(PLAIN), st.sampled_from(HOUSEHOLDS)), st.integers(-(10**9), 10**9))
    )
    openings = [
        Opening(code, _items(code, name), fen) for (code, name), fen in balances.items() if CHART[code].auxiliaries
    ]
    openings += [Opening(code, (), fen) for (code, name), fen in balances.items() if not CHART[code].auxiliaries]
    unique = {(opening.account, opening.items): opening for opening in openings if opening.account != "301"}
    unique["301", ()] = Opening("301", (), -sum(opening.balance_fen for opening in unique.values()))
    days = sorted(draw(st.lists(DAYS, max_size=20)))
    numbers: dict[Period, int] = {}
    vouchers = []
    for identity, day in enumerate(days, 1):
        number = numbers[Period.of(day)] = numbers.get(Period.of(day), 0) + 1
        vouchers.append(
            Voucher(identity, f"{identity:032x}", day, "记", number, draw(lines()), 1, "normal", "甲", "乙", "", "甲")
        )
    return a_ledger(vouchers, unique.values(), CHART, VILLAGE)


@st.composite
def spans(draw: st.DrawFn) -> tuple[Period, Period]:
    """A first and last month within 2025 and 2026."""
    first = draw(st.integers(0, 23))
    last = draw(st.integers(first, 23))
    return Period(2025, 1).plus(first), Period(2025, 1).plus(last)
