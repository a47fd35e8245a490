"""Sums of figures written by hand, and what must hold of any figures."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.desk import Doubt
from village_ledger.domain.period import Period
from village_ledger.reports.model import Report
from village_ledger.reports.township import accounts, comparing, handing_over, registers, statements
from village_ledger.reports.township.charts import chart
from village_ledger.reports.township.figures import Gathered, VillageMonth, percent, remarks
from village_ledger.reports.township.statistics import Counts, StatLine, hundredths, village_counts
from village_ledger.reports.township.topics import (
    ACCOUNTS,
    ASSETS,
    BALANCE_SHEET,
    CONTRACTS,
    CONTROL,
    DEBTS,
    INCOME_EXPENSE,
    RESOURCES,
)
from village_ledger.services.catalog import statement_definition
from village_ledger.services.township.statistics import statistics

JUNE = Period(2025, 6)
FORMS = statement_definition("rural-2023")
A, B, C = VillageMonth("01", "甲村"), VillageMonth("02", "乙村"), VillageMonth("03", "丙村", state="逾期")


def gathered(topic: str, *figures: dict[str, int], months: dict[Period, tuple[dict[str, int], ...]] | None = None):
    every = {JUNE: figures, **(months or {})}
    told = {(topic, month): dict(zip(("01", "02"), values, strict=False)) for month, values in every.items()}
    return Gathered("镇", JUNE, (A, B, C), told)


def cells(report: Report) -> list[tuple]:
    return [row.cells for row in report.rows]


def column(report: Report, key: str) -> list:
    place = next(i for i, one in enumerate(report.columns) if one.key == key)
    return [row.cells[place] for row in report.rows]


def test_assets_are_summed_by_kind_and_class_and_by_village():
    house = {"固定资产|房屋|count": 2, "固定资产|房屋|original": 300_00, "固定资产|房屋|net": 200_00}
    tea = {"生物资产|茶园|count": 1, "生物资产|茶园|net": 50_00, "固定资产|房屋|count": 1, "固定资产|房屋|net": 7_00}
    found = gathered(ASSETS, house, {**tea, "固定资产|房屋|idle_count": 1, "固定资产|房屋|idle_net": 7_00})
    assert cells(registers.build_assets(found)) == [
        ("固定资产", "房屋", 3, 300_00, 0, 207_00, 0, 1, 7_00),
        ("生物资产", "茶园", 1, 0, 0, 50_00, 0, 0, 0),
        ("合计", "", 4, 300_00, 0, 257_00, 0, 1, 7_00),
    ]
    assert column(registers.build_assets_by_village(found), "net") == [200_00, 57_00, 257_00]


def test_land_is_summed_in_mu():
    found = gathered(
        RESOURCES, {"耕地|count": 3, "耕地|area": 125_50}, {"耕地|count": 1, "耕地|area": 10_00, "耕地|idle": 2_50}
    )
    report = registers.build_resources(found)
    assert report.unit == "亩"
    assert cells(report) == [("耕地", 4, 135_50, 0, 2_50), ("合计", 4, 135_50, 0, 2_50)]


def test_contracts_that_bring_money_stand_apart_from_those_that_cost():
    found = gathered(
        CONTRACTS, {"收|count": 2, "收|annual": 90_00, "收|arrears": 10_00, "付|count": 1, "付|total": 5_00}, {}
    )
    report = registers.build_contracts(found)
    first = dict(zip([one.key for one in report.columns], report.rows[0].cells, strict=True))
    assert (first["count"], first["annual"], first["arrears"], first["paying"], first["paying_total"]) == (
        2, 90_00, 10_00, 1, 5_00,
    )  # fmt: skip


def test_debts_older_than_a_year_are_told_by_village():
    found = gathered(
        DEBTS, {"112|借|months_3": 1_00, "113|借|years_2": 2_00, "113|借|older": 4_00, "211|贷|years_3": 8_00}, {}
    )
    assert cells(registers.build_debts_by_village(found))[0] == ("01", "甲村", 7_00, 6_00, 4_00, 8_00, 8_00, 0)


def test_what_happened_is_summed_over_the_year_and_what_waits_is_of_the_month():
    months = {Period(2025, 5): ({"requests": 4, "pending": 3},)}
    report = registers.build_control(gathered(CONTROL, {"requests": 2, "pending": 1}, months=months))
    assert (column(report, "requests")[0], column(report, "pending")[0]) == (6, 1)


def test_villages_without_last_year_have_no_change():
    months = {Period(2024, 6): ({"1": 100_00},)}
    found = gathered(BALANCE_SHEET, {"1": 150_00}, {"1": 50_00}, months=months)
    report = comparing.build_ranking(
        found, (FORMS.income_expense, FORMS.income_distribution, FORMS.balance_sheet), "货币资金"
    )
    assert cells(report) == [
        (1, "01", "甲村", 150_00, "75.00%", 100_00, 50_00, "50.00%"),
        (2, "02", "乙村", 50_00, "25.00%", None, None, ""),
        (None, "", "合计", 200_00, "", 100_00, 50_00, ""),
    ]
    shown = chart(report, report.charts[0])
    assert (shown.kind, shown.labels, shown.series[0].amounts_fen) == ("bars", ("甲村", "乙村"), (150_00, 50_00))


def test_gains_and_losses_have_no_shares_in_their_balance():
    found = gathered(BALANCE_SHEET, {"1": 150_00}, {"1": -149_00})
    forms = (FORMS.income_expense, FORMS.income_distribution, FORMS.balance_sheet)
    report = comparing.build_ranking(found, forms, "货币资金")
    assert column(report, "value") == [150_00, -149_00, 1_00]
    assert column(report, "share") == ["—", "—", ""]


def test_what_the_desk_knows_of_all_villages_is_not_said_to_lack_any():
    found = gathered(ASSETS, {}, {})
    for report in (
        handing_over.build_handed_over(found, {}),
        handing_over.build_doubts(found, (), {}),
        handing_over.build_doubts_by_village(found, (), {}),
        handing_over.build_comments(found, (), {}, date(2025, 7, 15)),
    ):
        assert report.notes == ("共 3 个村，包括还没有报送2025年6月的村",)


def test_doubts_are_counted_by_rule_and_village():
    def doubt(village: str, rule: str, status: str, fen: int) -> Doubt:
        return Doubt(village, 2025, rule, f"{village}{rule}{fen}", JUNE, "", "", (), fen, (), status)

    doubts = (doubt("01", "a", "待核", 1_00), doubt("02", "a", "已整改", 2_00), doubt("01", "b", "待核", 4_00))
    titles = {"a": ("拆分付款", "高"), "b": ("整数金额", "低")}
    found = gathered(ASSETS, {}, {})
    assert cells(handing_over.build_doubts(found, doubts, titles)) == [
        ("a", "拆分付款", "高", 2, 2, 1, 0, 0, 1, 3_00),
        ("b", "整数金额", "低", 1, 1, 1, 0, 0, 0, 4_00),
        ("", "合计", "", None, 3, 2, 0, 0, 1, 7_00),
    ]
    by_village = cells(handing_over.build_doubts_by_village(found, doubts, titles))
    assert by_village[0] == ("01", "甲村", 2, 1, 2, 0, 0, 0, 5_00)
    assert by_village[2] == ("03", "丙村", 0, 0, 0, 0, 0, 0, 0)


def test_comments_past_their_day_are_told():
    remark = handing_over.Remark
    remarks_ = (
        remark("01", "严重", "待答复", date(2025, 7, 1)),
        remark("01", "一般", "已整改", date(2025, 7, 1)),
        remark("01", "一般", "已撤回", None),
        remark("02", "一般", "已答复", date(2025, 8, 1)),
    )
    opinions = {"01": ("退回", "通过"), "02": ("补正后通过",)}
    report = handing_over.build_comments(gathered(ASSETS, {}, {}), remarks_, opinions, date(2025, 7, 15))
    assert cells(report)[0][1:] == ("甲村", 2, 1, 1, 2, 1, 1, 0, 1, 0, 1)
    assert cells(report)[1][1:] == ("乙村", 1, 1, 0, 1, 0, 0, 1, 0, 0, 0)


def test_notes_name_who_is_missing_unsigned_or_sent_back():
    other = VillageMonth("04", "丁村", "rural-2004")
    back = VillageMonth("05", "戊村", state="退回", signed=False)
    notes = remarks(Gathered("镇", JUNE, (A, B, C, other, back), {}), by_chart=True)
    assert notes == (
        "汇总 3 个村（共 5 个村）",
        "尚未报送2025年6月、没有汇入的村：丙村（1 个村）",
        "执行另一套会计制度、报表行次不同、没有汇入的村：丁村（1 个村）",
        "未签名的文件、不能核验的村：戊村（1 个村）",
        "已退回、数字可能还要改的村：戊村（1 个村）",
    )


def test_shares_are_rounded_half_away_from_zero():
    assert [percent(1, 8), percent(-1, 8), percent(1, 3), percent(1, 0), percent(5, -10), percent(1, 20_000)] == [
        "12.50%", "-12.50%", "33.33%", "—", "-50.00%", "0.01%",
    ]  # fmt: skip


def test_fen_become_hundredths_of_ten_thousand_yuan():
    assert [hundredths(fen) for fen in (0, 4_999, 5_000, -5_000, 1_234_567_89)] == [0, 0, 1, -1, 12_346]


def test_villages_stand_in_the_bands_of_operating_income():
    counts = statistics().counts
    # a loss, nothing, 49,999.99, 50,000.00, 99,999.99, 100,000.00; the last had income but none of it operating
    operating = (-1, 0, 4_999_999, 5_000_000, 9_999_999, 10_000_000, -5)
    income = (-1, 0, 4_999_999, 5_000_000, 9_999_999, 10_000_000, 100)
    assert village_counts(counts, tuple(zip(income, operating, strict=True))) == {
        "22": 7, "23": 2, "24": 5, "25": 4, "26": 1, "27": 2, "28": 1,
    }  # fmt: skip


incomes = st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9)))


@given(incomes)
def test_the_checks_of_the_counts_always_hold(found):
    counts: Counts = statistics().counts
    told = village_counts(counts, tuple(found))
    for whole, *parts in counts.checks:
        assert told[whole] == sum(told[part] for part in parts)
    assert all(isinstance(line, StatLine) for line in counts.lines)


leaf_keys = [line.key for line in FORMS.balance_sheet.lines if line.kind != "heading" and not line.parts]
village = st.dictionaries(st.sampled_from(leaf_keys), st.integers(-(10**11), 10**11))


@given(village, village)
def test_every_line_of_a_sum_is_the_sum_of_the_villages_and_of_its_parts(mine, theirs):
    form = FORMS.balance_sheet
    every = [statements.rolled_up(form, figures) for figures in (mine, theirs)]
    found = gathered(BALANCE_SHEET, *every)
    report = statements.build_balance_sheet(found, form)
    matrix = statements.build_balance_sheet_matrix(found, form)
    by_title = {(row.cells[0], row.cells[1]): row.cells[2] for row in report.rows}
    for line in form.lines:
        if line.kind != "heading" and (line.title, line.line or None) in by_title:
            assert by_title[line.title, line.line or None] == sum(one[line.key] for one in every)
    for row in matrix.rows:
        if row.kind != "section":
            assert row.cells[2] == sum(row.cells[3:])
    for row in report.rows:
        if row.formula:
            assert row.cells[2] == sum(
                span.sign * sum(one.cells[2] or 0 for one in report.rows[span.first : span.last + 1])
                for span in row.formula
            )


@given(st.dictionaries(st.sampled_from(("101", "211", "301")), st.tuples(*(st.integers(0, 10**9),) * 3), min_size=1))
def test_the_trial_balance_shows_each_account_on_one_side(figures):
    told = {}
    for code, (opening, debit, credit) in figures.items():
        told |= {f"{code}|opening": opening, f"{code}|debit": debit, f"{code}|credit": credit}
    report = accounts.build(gathered(ACCOUNTS, told, told), {})
    for row in report.rows[:-1]:
        opening, debit, credit = figures[row.cells[0]]
        assert row.cells[8] - row.cells[9] == 2 * (opening + debit - credit)
        assert not (row.cells[8] and row.cells[9])


def test_a_matrix_is_cut_into_parts_for_paper():
    villages = tuple(VillageMonth(f"{i:02d}", f"{i}村") for i in range(19))
    told = {(INCOME_EXPENSE, JUNE): {one.code: {"1": 1_00, "5": 1_00, "13": 1_00} for one in villages}}
    report = statements.build_income_expense_matrix(Gathered("镇", JUNE, villages, told), FORMS.income_expense)
    parts = statements.villages_apart(report, 8)
    assert [len(part.columns) - 3 for part in parts] == [8, 8, 3]
    assert [part.title[-3:] for part in parts] == ["1／3", "2／3", "3／3"]
    assert parts[2].rows[1].cells == ("经营收入", 1, 19_00, 1_00, 1_00, 1_00)
    assert statements.villages_apart(report, 19) == (report,)
