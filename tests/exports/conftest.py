"""Small reports with hand-checked figures, one of each shape."""

from datetime import date

import pytest

from village_ledger.reports.model import Column, Report, Row, Span

VILLAGE = "青山县河口镇石桥村股份经济合作社"
SIGNATURES = ("负责人", "会计主管（会计）", "制表")


@pytest.fixture
def trial_balance():
    """科目余额表: grouped header, hidden columns, a total adding first-level rows 0 and 2."""
    money = [
        Column(f"{group}_{side}", title, "money", 16, heading, summed=True)
        for group, heading in (("opening", "期初余额"), ("period", "本期发生额"), ("closing", "期末余额"))
        for side, title in (("debit", "借方"), ("credit", "贷方"))
    ]
    columns = (
        Column("code", "科目编码", "code", 14),
        Column("name", "科目名称", "text", 28),
        Column("level", "级次", "integer", 6, shown=False),
        Column("leaf", "末级", "flag", 6, shown=False),
        *money,
    )
    rows = (
        Row(("102", "银行存款", 1, False, 1000_00, 0, 250_50, 50_25, 1200_25, 0)),
        Row(("10201", "农商行基本户", 2, True, 1000_00, 0, 250_50, 50_25, 1200_25, 0), level=1),
        Row(("301", "资本", 1, True, 0, 1000_00, 0, 200_25, 0, 1200_25)),
        Row(
            ("", "合计", 0, False, 1000_00, 1000_00, 250_50, 250_50, 1200_25, 1200_25),
            "total",
            formula=(Span(0, 0), Span(2, 2)),
        ),
    )
    return Report(
        "trial-balance",
        "科目余额表",
        VILLAGE,
        "2025-06",
        "2025-06",
        "2025年6月",
        columns,
        rows,
        signatures=SIGNATURES,
        landscape=True,
        footer="账本校验值 3f9a0c41…",
    )


@pytest.fixture
def balance_sheet():
    """资产负债表: five rows left, four right; a numbered total; a minus sign in a formula."""
    columns = (
        Column("name", "项目", "text", 26),
        Column("line", "行次", "integer", 5),
        Column("closing", "期末余额", "money", 16, summed=True),
        Column("opening", "年初余额", "money", 16, summed=True),
    )
    rows = (
        Row(("流动资产：", None, None, None), "section"),
        Row(("货币资金", 1, 1200_25, 1000_00), level=1),
        Row(("固定资产原值", 2, 500_00, 500_00), level=1),
        Row(("减：累计折旧", 3, 100_00, 0), level=1),
        Row(
            ("资产总计", 4, 1600_25, 1500_00),
            "total",
            formula=(Span(1, 2), Span(3, 3, -1)),
        ),
        Row(("应付款项", 5, 400_00, 500_00), level=1),
        Row(("资本", 6, 1200_25, 1000_00), level=1),
        Row(("负债和所有者权益总计", 7, 1600_25, 1500_00), "total", formula=(Span(5, 6),)),
    )
    return Report(
        "balance-sheet",
        "资产负债表",
        VILLAGE,
        "2025-06",
        "2025-06",
        "2025年6月30日",
        columns,
        rows,
        form="村会01表",
        signatures=SIGNATURES,
        notes=("固定资产按原值列示。",),
        halves=5,
    )


LEDGER_COLUMNS = (
    Column("date", "日期", "date", 11),
    Column("voucher", "凭证号", "text", 9),
    Column("summary", "摘要", "text", 32),
    Column("debit", "借方", "money", 16, summed=True, carried=True),
    Column("credit", "贷方", "money", 16, summed=True, carried=True),
    Column("side", "方向", "text", 4, carried=True),
    Column("balance", "余额", "money", 16, carried=True),
    Column("account", "科目编码", "code", 14, shown=False),
)


def make_ledger(accounts=2, lines=60):
    """三栏式明细账: each account opens with 100.00 and takes `lines` debits of 1.00 in June."""
    rows = []
    for number in range(accounts):
        code = f"1020{number + 1}"
        rows.append(Row((None, "", f"{code} 银行存款-账户{number + 1}", None, None, "", None, code), "section"))
        rows.append(
            Row(
                (date(2025, 6, 1), "", "期初余额", None, None, "借", 100_00, code),
                "opening",
                carry=(0, 0, "借", 100_00),
            )
        )
        first = len(rows)
        for i in range(1, lines + 1):
            summary = "收仉督家𠅤生资源发包款" if i % 7 == 0 else "收石桥村水库承包费"
            cells = (date(2025, 6, 1 + i % 28), f"记-{i}", summary, 1_00, 0, "借", 100_00 + i * 100, code)
            rows.append(Row(cells, carry=(i * 100, 0, "借", 100_00 + i * 100)))
        balance = 100_00 + lines * 100
        carry = (lines * 100, 0, "借", balance)
        for label, kind, formula in (
            ("本月合计", "month", (Span(first, len(rows) - 1),) if lines else ()),
            ("本年累计", "year", ()),
        ):
            cells = (date(2025, 6, 30), "", label, lines * 100, 0, "借", balance, code)
            rows.append(Row(cells, kind, formula=formula, carry=carry))
    return Report(
        "subsidiary-ledger",
        "三栏式明细账",
        VILLAGE,
        "2025-06",
        "2025-06",
        "2025年6月",
        LEDGER_COLUMNS,
        tuple(rows),
        signatures=("会计主管（会计）", "记账"),
        paging="book",
    )


@pytest.fixture
def ledger():
    """See `make_ledger`: two accounts of 60 lines."""
    return make_ledger()
