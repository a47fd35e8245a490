"""溯源单: always one page, whatever the payment; long lists are shortened with a count."""

from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.domain.test_trail import DECISION, ENTRIES, REQUEST, a_trail
from village_ledger.domain.trail import Trail, TrailAct, TrailDocument, TrailFile
from village_ledger.exports.trail import write_trail_pdf

ACT = TrailAct(9, "2025-10-29T08:00:00Z", "周敏", "记账", "2025-10 记-28", "f" * 64)
PAPER = TrailDocument("税务发票 12345678", "照明公司", date(2025, 10, 27), 500_00)
FILE = TrailFile("决策 议9号", "签到表.png", "ab" * 32, "完好")


def printed(trail: Trail, path: Path) -> PdfReader:
    write_trail_pdf(trail, path, "日志链头 sha256:" + "0" * 64)
    return PdfReader(path)


def test_a_normal_payment_shows_everything_on_one_page(tmp_path: Path):
    trail = a_trail(requests=(REQUEST,), decisions=(DECISION,), files=(FILE,), acts=(ACT,))
    (page,) = printed(trail, tmp_path / "a.pdf").pages
    text = page.extract_text()
    for wanted in (
        "¥500.00",
        "伍佰元整",
        "用2025-001",
        "石建国",
        "议9号",
        "应到 21 人，实到 12 人",
        "不符合规定：人数不够",
    ):
        assert wanted in text, wanted
    assert "abababababab…" in text
    assert "第 9 条" in text


def test_the_papers_of_the_voucher_are_named_a_void_one_as_void(tmp_path: Path):
    trail = a_trail(documents=(PAPER, PAPER._replace(name="税务发票 12345679", void=True)))
    (page,) = printed(trail, tmp_path / "a.pdf").pages
    text = page.extract_text()
    assert "票据：税务发票 12345678　照明公司　2025-10-27" in text
    assert "税务发票 12345679　照明公司　2025-10-27　已作废" in text


@pytest.mark.parametrize("times", [12, 40, 400])
def test_long_lists_are_shortened_to_stay_on_one_page(tmp_path: Path, times: int):
    trail = a_trail(
        entries=ENTRIES * times,
        requests=(REQUEST,) * times,
        decisions=(DECISION,) * times,
        files=(FILE,) * times,
        acts=(ACT,) * times,
        documents=(PAPER,) * times,
    )
    (page,) = printed(trail, tmp_path / "a.pdf").pages
    assert "另有" in page.extract_text()


def test_a_controlled_payment_without_a_request_says_so(tmp_path: Path):
    (page,) = printed(a_trail(), tmp_path / "a.pdf").pages
    assert "没有用款申请" in page.extract_text()
    (page,) = printed(a_trail(controlled=False), tmp_path / "b.pdf").pages
    assert "当时还没有启用用款申请" in page.extract_text()
