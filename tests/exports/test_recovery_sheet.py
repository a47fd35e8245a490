"""The sheet that is sealed: one page, everything legible on it, initial passwords below the cut line."""

from datetime import date

import pypdf

from village_ledger.domain.recovery_code import RANDOM_BYTES, recovery_code
from village_ledger.exports.recovery_sheet import MOST_STRIPS, Strip, write_recovery_sheet

CODE = recovery_code(bytes(range(RANDOM_BYTES)))


def text_of(path):
    (page,) = pypdf.PdfReader(path).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    return "".join(page.extract_text().split())


def test_code_seals_and_signatures_stand_on_one_page(tmp_path):
    path = tmp_path / "封存单.pdf"
    write_recovery_sheet("石桥村股份经济合作社", CODE, date(2026, 3, 1), (), path)
    text = text_of(path)
    for group in CODE.split("-"):
        assert group in text
    for words in (
        "恢复码封存单",
        "石桥村股份经济合作社",
        "2026年3月1日",
        "负责人签字：",
        "村监会",
        "单位盖章（骑缝）：",
        "启封原因：",
    ):
        assert words in text
    assert "初始密码" not in text


def test_initial_passwords_are_strips_to_cut_off(tmp_path):
    path = tmp_path / "封存单.pdf"
    strips = [
        Strip(f"第{number}位名字很长的村干部（第三村民小组）", "村监会", f"abcd{number}efg")
        for number in range(MOST_STRIPS + 2)
    ]
    write_recovery_sheet("村", CODE, date(2026, 3, 1), strips, path)
    text = text_of(path)
    assert "沿线裁下" in text
    for strip in strips[:MOST_STRIPS]:
        assert strip.password in text
        assert strip.name in text
    assert strips[-1].password not in text
