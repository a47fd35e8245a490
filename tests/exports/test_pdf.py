import errno
import os

import pytest
from pypdf import PdfReader

from tests.exports.conftest import make_ledger
from village_ledger.domain.errors import Cancelled, ExportFailed
from village_ledger.exports.pdf import write_pdf
from village_ledger.reports.model import Column, Report, Row


@pytest.fixture
def printed(tmp_path):
    def write(*reports):
        path = tmp_path / "表.pdf"
        write_pdf(reports, path)
        return PdfReader(path)

    return write


def _lines(page):
    return page.extract_text().splitlines()


def test_a_statement_shows_head_figures_and_signatures(printed, trial_balance):
    lines = _lines(printed(trial_balance).pages[0])
    assert lines[0] == "科目余额表"
    assert lines[1] == "编制单位：青山县河口镇石桥村股份经济合作社 2025年6月 单位：元"
    assert "10201 农商行基本户 1,000.00 250.50 50.25 1,200.25" in lines
    assert "合计 1,000.00 1,000.00 250.50 250.50 1,200.25 1,200.25" in lines
    assert "负责人： 会计主管（会计）： 制表：" in lines
    assert any("第 1 页" in line and "共 1 页" in line and "账本校验值" in line for line in lines)


def test_a_balance_sheet_prints_both_sides_in_the_regulations_order(printed, balance_sheet):
    page = printed(balance_sheet).pages[0]
    lines = _lines(page)
    assert page.mediabox.width > page.mediabox.height
    assert "村会01表" in lines[0] + lines[1]
    assert "资产 行次 期末余额 年初余额 负债和所有者权益 行次 期末余额 年初余额" in lines
    assert "货币资金 1 1,200.25 1,000.00 资本 6 1,200.25 1,000.00" in lines
    assert "资产总计 4 1,600.25 1,500.00 负债和所有者权益总计 7 1,600.25 1,500.00" in lines
    assert "注：固定资产按原值列示。" in lines


def test_characters_beyond_the_first_plane_can_be_copied(printed, ledger):
    assert "收仉督家𠅤生资源发包款" in printed(ledger).pages[0].extract_text()


def test_a_book_carries_its_totals_over_the_page(printed):
    pages = printed(make_ledger(1, 100)).pages
    first, second = _lines(pages[0]), _lines(pages[1])
    carried = next(line for line in first if line.startswith("过次页"))
    last = next(line for line in reversed(first) if line.startswith("2025-06-"))
    count = int(last.split()[1].removeprefix("记-"))
    assert carried == f"过次页 {count}.00 借 {100 + count}.00"
    assert next(line for line in second if line.startswith("承前页")) == f"承前页 {count}.00 借 {100 + count}.00"
    assert f"记-{count + 1} " in next(line for line in second if line.startswith("2025-06-"))
    assert "科目：10201 银行存款-账户1" in second


def test_the_outline_leads_to_reports_and_sections(printed, trial_balance, ledger):
    reader = printed(trial_balance, ledger)
    first, book, (one, two) = reader.outline
    assert [entry.title for entry in (first, book, one, two)] == [
        "科目余额表", "三栏式明细账", "10201 银行存款-账户1", "10202 银行存款-账户2",
    ]  # fmt: skip
    assert [reader.get_destination_page_number(entry) for entry in (first, book, one, two)] == [0, 1, 1, 3]
    assert reader.metadata.title == "科目余额表、三栏式明细账"


def test_every_font_is_embedded_and_shipped(printed, ledger):
    names = set()
    for page in printed(ledger).pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(font["/BaseFont"].split("+")[1])
            assert "/FontFile2" in font["/FontDescriptor"]
    assert names <= {"NotoSansSC-Regular", "NotoSansSC-Bold", "NotoSerifSC-SemiBold"}


def test_long_names_and_control_characters_are_printed_whole(printed):
    name = "青山县河口镇石桥村第三村民小组土地股份专业合作社联合社（筹）" * 2
    columns = (Column("n", "单位", "text", 20), Column("m", "金额", "money", 16))
    text = printed(Report("x", "表", "村", "", "", "", columns, (Row((name + "\n\x07", -5)),))).pages[0].extract_text()
    assert name in text.replace("\n", "")
    assert "-0.05" in text


def test_the_same_reports_give_the_same_bytes(tmp_path, trial_balance, ledger):
    write_pdf([trial_balance, ledger], tmp_path / "a.pdf")
    write_pdf([trial_balance, ledger], tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_progress_counts_pages_and_may_cancel(tmp_path, ledger):
    seen = []
    write_pdf([ledger], tmp_path / "a.pdf", lambda *step: seen.append(step))
    assert [step[:2] for step in seen] == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def cancel(done, total, what):
        raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        write_pdf([ledger], tmp_path / "b.pdf", cancel)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_full_disk_is_reported_and_leaves_nothing(tmp_path, monkeypatch, ledger):
    def full(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailed, match="磁盘空间不足"):
        write_pdf([ledger], tmp_path / "表.pdf")
    assert not list(tmp_path.iterdir())
