from village_ledger.exports.text import text_width, to_text
from village_ledger.reports.model import Column, Report, Row


def test_chinese_and_rare_characters_count_two_cells():
    assert text_width("abc") == 3
    assert text_width("村级a") == 5
    assert text_width("𠅤（，") == 6


def test_a_trial_balance_is_aligned_and_leaves_hidden_columns_out(trial_balance):
    lines = to_text(trial_balance).splitlines()
    assert lines[0].strip() == "科目余额表"
    assert lines[1].startswith("编制单位：青山县河口镇石桥村股份经济合作社")
    assert lines[1].endswith("单位：元")
    assert lines[3].split() == [
        "科目编码", "科目名称", "期初余额借方", "期初余额贷方", "本期发生额借方", "本期发生额贷方", "期末余额借方",
        "期末余额贷方",
    ]  # fmt: skip
    assert lines[5].split() == ["102", "银行存款", "1,000.00", "250.50", "50.25", "1,200.25"]
    assert lines[6].split()[1] == "农商行基本户"
    assert "    " + "农商行基本户" in lines[6]
    ends = {text_width(line) for line in (lines[3], lines[9])}
    assert ends == {text_width(lines[2])}
    assert lines[9].split() == ["合计", "1,000.00", "1,000.00", "250.50", "250.50", "1,200.25", "1,200.25"]


def test_money_ends_in_one_column(ledger):
    lines = [line for line in to_text(ledger).splitlines() if line.startswith("2025-06-")]
    assert len({text_width(line) for line in lines}) == 1


def test_sections_stand_on_their_own_line(ledger):
    assert "【10201 银行存款-账户1】" in to_text(ledger).splitlines()


def test_signatures_notes_and_footer_close_the_text(balance_sheet):
    assert to_text(balance_sheet._replace(footer="校验")).splitlines()[-3:] == [
        "注：固定资产按原值列示。",
        "负责人：            会计主管（会计）：            制表：",
        "校验",
    ]


def test_a_report_without_rows_still_has_its_head():
    report = Report("x", "空表", "村", "2025-01", "2025-01", "2025年1月", (Column("name", "名称"),), ())
    assert "空表" in to_text(report)
    assert "单位：元" in to_text(report)


def test_line_breaks_and_control_characters_cannot_break_the_table():
    report = Report(
        "x", "表", "村", "", "", "", (Column("name", "名称"),), (Row(("甲\n乙\x1b[31m丙",)),)
    )  # fmt: skip
    assert "甲 乙 [31m丙" in to_text(report)
