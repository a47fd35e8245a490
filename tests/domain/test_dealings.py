"""Dealings between villages: what both books say alike falls out of a sum, and the sum still balances."""

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.dealings import Link, dealings, removed, said
from village_ledger.domain.statement import Statement
from village_ledger.reports.township.statements import rolled_up
from village_ledger.services.catalog import statement_definition

FORMS = statement_definition("rural-2023")
SHEET, INCOME = FORMS.balance_sheet, FORMS.income_expense
LINKS = (Link("甲", "01", "乙"), Link("乙", "07", "甲"))


def found(form: Statement, mine: dict[str, int], theirs: dict[str, int], suffix: str = "") -> list[tuple[object, ...]]:
    kind = "应收应付" if form is SHEET else "收入支出"
    every = dealings(kind, form, LINKS, {"甲": mine, "乙": theirs}, suffix)
    return [(one.creditor, one.debtor, one.claimed_fen, one.owed_fen, one.verdict) for one in every]


def test_a_claim_and_a_debt_on_different_accounts_meet():
    # 甲 has 112 应收款 40.00 and 113 内部往来 10.00 due from 乙, which owes on 211 50.00
    mine, theirs = {"01|112|借": 40_00, "01|113|借": 10_00}, {"07|211|贷": 50_00}
    assert found(SHEET, mine, theirs) == [("甲", "乙", 50_00, 50_00, "一致")]
    every = dealings("应收应付", SHEET, LINKS, {"甲": mine, "乙": theirs})
    assert removed(every) == {"3": -50_00, "25": -50_00}  # 应收款项, 应付款项


def test_a_two_sided_account_counts_each_detail_on_its_side():
    mine = {"01|113|借": 30_00, "01|113|贷": 5_00}
    assert said(SHEET, mine, ("01",)) == ({"3": 30_00}, {"25": 5_00})
    assert found(SHEET, mine, {"07|113|贷": 30_00, "07|113|借": 5_00}) == [
        ("乙", "甲", 5_00, 5_00, "一致"),
        ("甲", "乙", 30_00, 30_00, "一致"),
    ]


def test_a_receivable_is_told_net():
    assert said(SHEET, {"01|112|借": 30_00, "01|112|贷": 50_00}, ("01",)).gives == {"3": -20_00}


def test_what_differs_stays_and_is_told():
    assert found(SHEET, {"01|112|借": 40_00}, {"07|211|贷": 30_00}) == [("甲", "乙", 40_00, 30_00, "不一致")]
    assert found(SHEET, {"01|112|借": 40_00}, {}) == [("甲", "乙", 40_00, 0, "对方没有记")]
    one = dealings("应收应付", SHEET, LINKS, {"甲": {"01|112|借": 40_00}})
    assert one[0].verdict == "对方未报送"
    assert removed(one) == {}


def test_income_meets_expense_of_the_year_and_of_the_month():
    mine, theirs = (
        {"01|501|损益": 90_00, "01|501|损益@month": 20_00},
        {"07|511|损益": -90_00, "07|511|损益@month": -20_00},
    )
    assert found(INCOME, mine, theirs) == [("甲", "乙", 90_00, 90_00, "一致")]
    assert found(INCOME, mine, theirs, "@month") == [("甲", "乙", 20_00, 20_00, "一致")]
    every = dealings("收入支出", INCOME, LINKS, {"甲": mine, "乙": theirs})
    out = rolled_up(INCOME, removed(every))
    assert (out["1"], out["6"], out["13"]) == (-90_00, -90_00, 0)


def test_other_counterparties_are_left_alone():
    assert found(SHEET, {"02|112|借": 40_00}, {"08|211|贷": 40_00}) == []


amounts = st.integers(0, 10**9)
books = st.dictionaries(
    st.tuples(
        st.sampled_from(("01", "07")), st.sampled_from(("112", "113", "211", "221")), st.sampled_from("借贷")
    ).map("|".join),
    amounts,
)


@given(books, books)
def test_assets_still_equal_liabilities_and_equity_when_dealings_are_taken_out(mine, theirs):
    every = dealings("应收应付", SHEET, LINKS, {"甲": mine, "乙": theirs})
    out = rolled_up(SHEET, removed(every))
    assert out["23"] == out["39"]  # 资产总计 and 负债和所有者权益总计
    assert out["35"] == out["36"] == out["37"] == 0
    assert out["23"] == -sum(one.claimed_fen for one in every if one.agreed)


@given(amounts, amounts)
def test_agreeing_dealings_leave_the_net_income_as_it_was(year, month):
    figures = {
        "甲": {"01|504|损益": year, "01|504|损益@month": month},
        "乙": {"07|515|损益": -year, "07|515|损益@month": -month},
    }
    for suffix in ("", "@month"):
        out = rolled_up(INCOME, removed(dealings("收入支出", INCOME, LINKS, figures, suffix)))
        assert out["13"] == 0
