"""The sample township, built once: its sums are those of the CSV files added up by hand, its doubts those put there."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from village_ledger.cli.main import main
from village_ledger.domain.errors import BadInput, Cancelled, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.reports.model import Report
from village_ledger.services import integrity, periods, reviews
from village_ledger.services.book import Book
from village_ledger.services.township import flags, links, reviewing
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.sample import NAME, build_township
from village_ledger.services.township.subjects import require_handed_over
from village_ledger.services.township.summing import run

MAY, JUNE = Period(2025, 5), Period(2025, 6)
SHIQIAO, LIUXI, QINGQUAN = "990123104205", "990123104206", "990123104207"
FULL = "股份经济合作社"
SHIQIAO_JUNE = 409_498_92
"""货币资金 of the sample village, as its 资产负债表 of June 2025 shows it (see also test_workbooks)."""
LIUXI_JUNE = 139_429_90
"""188,270.50 on 1 January; in: rents 3,000 + 3,000 + 3,000 and 9,600, grants 20,000 + 5,000, paid back 10,000: 53,600;
out: pay 6 × 4,320 = 25,920, electricity 2,286.60, office 584, relief 2,400, cleaners 6 × 1,800 = 10,800, lent 30,000,
newspapers 720, an old debt 2,600, doors 1,680, haulage 2,600, the ditch 4,800 + 4,900 + 4,850 = 14,550, lost working
time 900 + 6,200 = 7,100, agency 1,200: 102,440.60.
"""
SHIQIAO_MAY, LIUXI_MAY = 426_229_34, 129_467_40
QINGQUAN_MAY = 56_584_40
"""43,278.40 on 1 January; in: rent 3,000, borrowed 30,000, grant 15,000; out: pay 5 × 3,600 = 18,000, electricity
1,054, relief 1,600, cleaners 5 × 1,200 = 6,000, an old debt 1,350, an advance 5,000, ditch 860, meal 380, prints 450.
"""
INTEREST = 326_25
"""30,000 at 4.35 % a year for three months."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The desk's file; the machine with its keys for as long as the tests need it."""
    folder = tmp_path_factory.mktemp("township")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        (folder / "desk").mkdir()
        yield build_township(folder / "desk" / NAME)


@pytest.fixture(scope="module")
def desk(place: Path) -> Iterator[Desk]:
    with Desk.open(place, read_only=True) as opened:
        yield opened


def cells(report: Report, row: str, *keys: str) -> list[object]:
    names = [column.key for column in report.columns]
    found = next(one for one in report.rows if str(one.cells[0]).strip() == row)
    return [found.cells[names.index(key)] for key in keys]


def test_the_desk_and_every_book_prove_themselves(place: Path, desk: Desk) -> None:
    assert desk.verify() == ""
    books = sorted(place.with_name("示例乡镇 村账").glob("*.vlb"))
    assert [one.stem for one in books] == ["柳溪村", "清泉村", "石桥村"]
    for path in books:
        with Book.open(path, read_only=True) as book:
            assert integrity.verify(book).ok, path


def test_every_month_stands_where_the_sample_leads_it(desk: Desk) -> None:
    found = reviewing.grid(desk, Period(2025, 1), JUNE, date(2025, 8, 1))
    states = dict.fromkeys((SHIQIAO, LIUXI, QINGQUAN), "")
    for (code, _month), cell in sorted(found.cells.items()):
        states[code] += f"{cell.state} "
    assert states == {
        SHIQIAO: "通过 审核中 收到 ",
        LIUXI: "通过 通过 通过 退回 审核中 收到 ",
        QINGQUAN: "通过 通过 退回 审核中 收到 逾期 ",
    }
    in_time = reviewing.grid(desk, JUNE, JUNE, date(2025, 7, 15))
    assert in_time.cells[QINGQUAN, JUNE].state == "未报"


def test_money_is_that_of_the_villages_that_reported(desk: Desk) -> None:
    june = run(desk, "balance-sheet-sum", JUNE)
    assert cells(june, "货币资金", "closing", "opening") == [SHIQIAO_JUNE + LIUXI_JUNE, 277_651_82 + 188_270_50]
    may = run(desk, "balance-sheet-sum", MAY, eliminate=True)
    total = SHIQIAO_MAY + LIUXI_MAY + QINGQUAN_MAY
    assert cells(may, "货币资金", "closing_simple", "closing_elimination", "closing") == [total, 0, total]


def test_the_loan_and_its_interest_fall_out_and_the_ditch_does_not(desk: Desk) -> None:
    assert {(link.village, link.other) for link in links.links(desk)} == {(LIUXI, QINGQUAN), (QINGQUAN, LIUXI)}
    may = run(desk, "balance-sheet-sum", MAY, eliminate=True)
    assert cells(may, "应收款项", "closing_elimination") == [-30_000_00 - INTEREST]
    assert cells(may, "短期借款", "closing_simple", "closing_elimination", "closing") == [30_000_00, -30_000_00, 0]
    assert cells(may, "应付款项", "closing_elimination") == [-INTEREST]
    income = run(desk, "income-expense-sum", MAY, eliminate=True)
    assert cells(income, "其他收入", "amount_elimination") == [-INTEREST]
    assert cells(income, "其他支出", "amount_elimination") == [-INTEREST]
    compared = run(desk, "elimination", MAY)
    told = {tuple(row.cells[:3]): row.cells[3:] for row in compared.rows if row.kind != "total"}
    liuxi, qingquan = f"柳溪村{FULL}", f"清泉村{FULL}"
    for kind, claimed in (("应收应付", 30_000_00 + INTEREST), ("收入支出", INTEREST)):
        assert told[kind, liuxi, qingquan][:5] == (claimed, claimed, 0, "一致", claimed)
        assert told[kind, qingquan, liuxi][:4] == (4_800_00, 4_500_00, 300_00, "不一致")


def test_nothing_falls_out_while_one_side_has_not_reported(desk: Desk) -> None:
    june = run(desk, "balance-sheet-sum", JUNE, eliminate=True)
    assert cells(june, "应收款项", "closing_elimination") == [0]
    rows = [one.cells for one in run(desk, "elimination", JUNE).rows if one.cells[1] == f"柳溪村{FULL}"]
    assert [(row[0], row[3], row[6]) for row in rows] == [
        ("应收应付", 20_000_00 + INTEREST, "对方未报送"),
        ("收入支出", INTEREST, "对方未报送"),
    ]


def doubts(desk: Desk, code: str) -> dict[str, set[str]]:
    """What was found, but for the day of entering: whoever builds the sample enters half a year in one go."""
    found: dict[str, set[str]] = {}
    for one in flags.doubts_of(desk, village=code):
        if one.rule != "backdated":
            found.setdefault(one.rule, set()).add(one.subject)
    return found


def test_the_doubts_of_liuxi_are_those_its_books_hold(desk: Desk) -> None:
    assert doubts(desk, LIUXI) == {
        # 4,800, 4,900 and 4,850 to one shop for one ditch within eight days: below 5,000 each, 14,550 together
        "split-payments": {"永顺建材店 公益支出-公益设施管护 2025-04 记-1 起"},
        # 1,680 for doors and windows from the till
        "large-cash": {"凭证 2025-03 记-3"},
        # 1,002 left and 8,000 drawn on 6 May, paid out on the 14th: 9,002 for eight days; at 2,000 in March no more
        "cash-over-limit": {"库存现金 2025-05-06 起"},
        # 柳长山, who was paid 2,600 for haulage, is the chairman's brother
        "related-payees": {"柳建民 柳长山"},
        # 30,000 lent to 清泉村 without any decision: both as lending and as large spending
        "lending-without-vote": {"凭证 2025-02 记-4"},
        "no-decision": {"凭证 2025-02 记-4"},
    }


def test_the_doubts_of_qingquan_are_those_its_books_hold(desk: Desk) -> None:
    assert doubts(desk, QINGQUAN) == {
        # 30,000 borrowed without any decision
        "borrowing-without-vote": {"凭证 2025-02 记-3"},
        # the head took 5,000 for pipes on 5 March and had not accounted for it by 31 May
        "officer-advance": {"凭证 2025-03 记-1 1"},
        # 860 for clearing a ditch on a slip of paper
        "slips-for-invoices": {"凭证 2025-03 记-4"},
        # 380 for a meal with visitors
        "reception-spending": {"凭证 2025-04 记-3"},
        # 450 for prints without a single attachment
        "no-papers": {"凭证 2025-04 记-5"},
        # the rent of 12,000 due on 5 January was not paid
        "overdue-rent": {"合同 QQ2022-01"},
        # no notice was made; that of May is due in June
        "notice-missing": {f"公开 2025-0{month}" for month in (1, 2, 3, 4)},
    }


def test_a_tender_that_every_month_tells_of_is_one_tender(desk: Desk) -> None:
    """石桥村 asked for bids once; the registers of April, May and June all have that round."""
    assert "bid-rigging" not in doubts(desk, SHIQIAO)


def test_doubts_that_were_explained_tell_by_whom_and_why(desk: Desk) -> None:
    settled = {(one.village, one.rule): one for one in flags.doubts_of(desk) if one.status != "待核"}
    assert {key: one.status for key, one in settled.items()} == {
        (LIUXI, "backdated"): "已核排除",
        (QINGQUAN, "backdated"): "已核排除",
        (LIUXI, "cash-over-limit"): "已核排除",
        (QINGQUAN, "slips-for-invoices"): "已整改",
    }
    assert settled[LIUXI, "cash-over-limit"].by == "孙立军"
    assert "误工补贴" in settled[LIUXI, "cash-over-limit"].reason


def test_a_village_that_begins_in_april_is_not_asked_for_notices_of_january(desk: Desk) -> None:
    assert desk.village(SHIQIAO).since == Period(2025, 4)
    assert "notice-missing" not in doubts(desk, SHIQIAO)


def test_comments_went_out_and_an_answer_came_back(desk: Desk) -> None:
    found = {
        (village.code, one.comment.label): one for village in desk.villages for one in reviewing.threads(desk, village)
    }
    slip = found[QINGQUAN, "2025-03 记-4"]
    assert (slip.state, [one.text for one in slip.answers]) == (
        "已整改",
        ["用工表已补，务工人员方木生签了字，附在凭证后面。"],
    )
    assert {key: one.open for key, one in found.items() if one is not slip} == {
        (QINGQUAN, "2025-03 记-1"): True,
        (LIUXI, "2025-04 记-1"): True,
        (LIUXI, "2025-05 记-3"): True,
        (SHIQIAO, "2025年5月的账"): True,
    }


def test_the_villages_took_their_reviews_in(place: Path) -> None:
    files = sorted(place.with_name("示例乡镇 审核意见").glob("*.vlr"))
    assert len(files) == 8
    for path in files:
        village = path.name.partition(FULL)[0]
        with Book.open(place.with_name("示例乡镇 村账") / f"{village}.vlb", read_only=True) as book:
            assert reviews.look_at(book, path).taken, path


def test_a_month_that_was_passed_stays_closed(place: Path, tmp_path: Path) -> None:
    book = tmp_path / "柳溪村.vlb"
    shutil.copy(place.with_name("示例乡镇 村账") / book.name, book)
    with Book.open(book, actor="柳建民") as opened:
        for month in (6, 5, 4):  # April was sent back
            periods.reopen(opened, Period(2025, month), "四月要更正")
        with pytest.raises(NotAllowed, match="通过"):
            periods.reopen(opened, Period(2025, 3), "想改三月的一张凭证")


def test_the_command_tells_what_the_sample_holds(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["township", "demo", "--headless", "--desk", str(place)]) == 0
    told = capsys.readouterr().out
    assert "清河镇三资代管中心：3 个村，收到 14 个月的账" in told
    assert (
        f"  柳溪村{FULL}：2025-01 通过，2025-02 通过，2025-03 通过，2025-04 退回，2025-05 审核中，2025-06 收到" in told
    )
    assert "意见 5 条，没有办结的 4 条" in told


def test_cancelled_building_leaves_nothing_behind(tmp_path: Path) -> None:
    def cancel(_done: int, _total: int, what: str) -> None:
        if what == "决策、预算和工程":
            raise Cancelled("已取消，没有作任何改动")

    with pytest.raises(Cancelled):
        build_township(tmp_path / NAME, cancel)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_built_over(tmp_path: Path) -> None:
    (tmp_path / "示例乡镇 村账").mkdir()
    with pytest.raises(BadInput, match="不会覆盖"):
        build_township(tmp_path / NAME)


def test_a_comment_names_only_what_was_handed_over(desk: Desk) -> None:
    """石桥村 let the barren hill in 2012 (contracts.csv) and has the parcel GD015; nobody has a contract HT9999."""
    village = desk.village(SHIQIAO)
    require_handed_over(desk, village, MAY, "合同", "HT2012-01")
    require_handed_over(desk, village, MAY, "资产", "GD015")
    require_handed_over(desk, village, MAY, "决策", "石村议〔2025〕7号")
    for kind, subject in (("合同", "HT9999"), ("资产", "HT2012-01"), ("决策", "7号")):
        with pytest.raises(BadInput, match=f"没有{kind}“{subject}”"):
            require_handed_over(desk, village, MAY, kind, subject)
    with pytest.raises(NotAllowed, match="还没有报送"):
        require_handed_over(desk, desk.village(QINGQUAN), JUNE, "合同", "QQ2022-01")
