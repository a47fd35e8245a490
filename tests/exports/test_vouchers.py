from datetime import date

import pytest
from pypdf import PdfReader

from village_ledger.domain.account import Account, Auxiliary, Chart, Item
from village_ledger.domain.errors import Cancelled
from village_ledger.domain.view import ONE_PERSON, Entity
from village_ledger.domain.voucher import Line, Voucher
from village_ledger.exports.vouchers import write_vouchers_pdf

CHART = Chart(
    (
        Account("102", "银行存款", "资产", "debit"),
        Account("10201", "农商行基本户", "资产", "debit"),
        Account("113", "内部往来", "资产", "both", (Auxiliary("往来户"),)),
        Account("121", "库存物资", "资产", "debit", unit="公斤"),
        Account("513", "管理费用", "损益", "debit"),
    )
)
VILLAGE = Entity("青山县河口镇石桥村股份经济合作社")
HOUSEHOLD = Item("往来户", "h1", "仉督家𠅤")


def a_voucher(number=12, lines=(), *, word="记", reviewer="李审", **changes):
    lines = lines or (
        Line("收水库承包费", "10201", (), 1234_56, 0),
        Line("收水库承包费", "113", (HOUSEHOLD,), 0, 1234_56),
    )
    made = Voucher(
        id=number,
        uid=f"u{number}",
        day=date(2025, 6, 9),
        word=word,
        number=number,
        lines=tuple(lines),
        attachments=3,
        kind="normal",
        maker="王制",
        reviewer=reviewer,
        cashier="赵纳",
        poster="王制",
    )
    return made._replace(**changes)


@pytest.fixture
def printed(tmp_path):
    def write(vouchers, paper="a4-two", entity=VILLAGE):
        path = tmp_path / "凭证.pdf"
        write_vouchers_pdf(vouchers, CHART, entity, path, paper)
        return PdfReader(path)

    return write


def _size_mm(page):
    return round(float(page.mediabox.width) / 72 * 25.4, 1), round(float(page.mediabox.height) / 72 * 25.4, 1)


def test_a_voucher_shows_what_the_trade_expects(printed):
    text = printed([a_voucher()], "240x140").pages[0].extract_text()
    for expected in (
        "记  账  凭  证",
        "单位：青山县河口镇石桥村股份经济合作社",
        "2025年6月9日",
        "凭证号：记-12",
        "收水库承包费",
        "10201 银行存款-农商行基本户",
        "113 内部往来",
        "往来户：仉督家𠅤",
        "1,234.56",
        "合计（大写）：壹仟贰佰叁拾肆元伍角陆分",
        "会计主管：",
        "记账：王制",
        "出纳：赵纳",
        "审核：李审",
        "制单：王制",
    ):
        assert expected in text
    assert [text.split().count(word) for word in ("附", "件", "3", "张")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("paper", "size", "pages"),
    [("240x140", (240, 140), 3), ("a5", (210, 148), 3), ("a4-two", (210, 297), 2)],
)
def test_pages_have_exactly_the_size_of_the_paper(printed, paper, size, pages):
    reader = printed([a_voucher(number) for number in (1, 2, 3)], paper)
    assert len(reader.pages) == pages
    assert {_size_mm(page) for page in reader.pages} == {size}


def test_a_long_voucher_takes_several_sheets_with_the_total_on_the_last(printed):
    lines = [Line(f"第{i}行", "10201", (), 100, 0) for i in range(1, 13)] + [Line("合", "513", (), 0, 1200)]
    pages = [page.extract_text() for page in printed([a_voucher(5, lines)], "240x140").pages]
    assert len(pages) == 3
    assert ["凭证号：记-5　1/3" in pages[0], "凭证号：记-5　3/3" in pages[2]] == [True, True]
    assert ["第6行" in pages[0], "第7行" in pages[1], "合计见末张" in pages[1]] == [True, True, True]
    assert ["合计（大写）" in page for page in pages] == [False, False, True]
    assert "合计（大写）：壹拾贰元整" in pages[2]


def test_six_lines_still_are_one_sheet(printed):
    lines = [Line("行", "10201", (), 100, 0)] * 5 + [Line("行", "513", (), 0, 500)]
    assert len(printed([a_voucher(5, lines)], "a5").pages) == 1


def test_red_letters_are_printed_red_with_a_minus_sign(printed):
    lines = (Line("冲销", "10201", (), -500, 0), Line("冲销", "513", (), 0, -500))
    page = printed([a_voucher(1, lines)], "a5").pages[0]
    assert "-5.00" in page.extract_text()
    assert "合计（大写）：负伍元整" in page.extract_text()
    assert b".78 .07 .07 rg" in page.get_contents().get_data()
    assert b".78 .07 .07 rg" not in printed([a_voucher()], "a5").pages[0].get_contents().get_data()


def test_titles_follow_the_voucher_word(printed):
    pages = printed([a_voucher(word=word) for word in "收付转"], "a5").pages
    found = ["".join(page.extract_text().split()) for page in pages]
    assert ["收款凭证" in found[0], "付款凭证" in found[1], "转账凭证" in found[2]] == [True, True, True]


def test_a_one_person_office_is_stated_on_every_voucher(printed):
    office = VILLAGE._replace(single_person=True)
    assert ONE_PERSON in printed([a_voucher(reviewer="王制")], "a5", office).pages[0].extract_text()
    assert ONE_PERSON in printed([a_voucher()], "a5", office).pages[0].extract_text()
    assert ONE_PERSON not in printed([a_voucher(reviewer="王制")], "a5").pages[0].extract_text()


def test_quantities_and_very_long_summaries_are_printed_whole(printed):
    summary = "付石桥村第三村民小组二〇二五年度村内道路硬化工程第二期进度款及质量保证金扣留说明详见合同附件" * 3
    lines = (Line(summary, "121", (), 100, 0, 1250_500), Line("付", "10201", (), 0, 100))
    text = printed([a_voucher(1, lines)], "240x140").pages[0].extract_text()
    assert summary in text.replace("\n", "")
    assert "数量：1,250.5公斤" in text


def test_the_outline_lists_the_vouchers(printed):
    reader = printed([a_voucher(1), a_voucher(2)])
    assert [entry.title for entry in reader.outline] == ["2025年6月 记-1", "2025年6月 记-2"]


def test_the_same_vouchers_give_the_same_bytes_and_cancelling_leaves_nothing(tmp_path):
    for name in ("a.pdf", "b.pdf"):
        write_vouchers_pdf([a_voucher()], CHART, VILLAGE, tmp_path / name)
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()

    def cancel(done, total, what):
        raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        write_vouchers_pdf([a_voucher()], CHART, VILLAGE, tmp_path / "c.pdf", progress=cancel)
    assert not (tmp_path / "c.pdf").exists()
