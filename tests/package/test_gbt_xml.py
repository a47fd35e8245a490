import re
import runpy
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree

from village_ledger.domain.errors import BadInput
from village_ledger.package.gbt.from_xml import told_by_xml
from village_ledger.package.gbt.told import contents_of
from village_ledger.package.gbt.write import write_sets
from village_ledger.package.gbt.xml_reader import MAX_CELL, read_xml
from village_ledger.package.gbt.xml_writer import write_xml

from .gbt_books import FORMS, Books, as_told, books, small, with_card

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources" / "gbt24589"
SCHEMAS = {"公共档案": "shared", "总账": "ledger", "固定资产": "assets"}


def schema(root: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(RESOURCES / f"{SCHEMAS[root]}.xsd"))


def assert_valid(files: dict[str, bytes]) -> None:
    for root in SCHEMAS:
        schema(root).assertValid(etree.fromstring(files[f"24589/{root}.xml"]))


def test_the_schemas_are_made_from_the_tables_and_say_that_they_are_ours():
    made = runpy.run_path(str(ROOT / "docs" / "data" / "gbt24589_xsd.py"))["schemas"]()
    assert sorted(made) == ["assets.xsd", "ledger.xsd", "shared.xsd"]
    for name, text in made.items():
        assert (RESOURCES / name).read_text("utf-8") == text
        assert "不是 GB/T 24589.1-2010 附带的官方 Schema" in text
        assert "NOT the official schema" in text


def test_tables_and_elements_bear_the_numbers_of_the_standard():
    """Spot checks against the published list."""
    tables = {table.id: table for form in FORMS.xml for table in form.tables}
    assert [len(form.tables) for form in FORMS.xml] == [12, 9, 11]
    assert tables["T109"].name == "供应商档案"
    assert tables["T112"].name == "自定义档案项值"
    assert tables["T209"].name == "报表项数据"
    assert [one.id for one in tables["T101"].elements] == [f"0101{n:02d}" for n in range(1, 12)]
    balances = {one.name: one for one in tables["T205"].elements}
    assert (balances["期初本币余额"].id, balances["期初本币余额"].size, balances["期初本币余额"].places) == (
        "020506",
        20,
        2,
    )
    assert sum(one.slot for one in balances.values()) == 30
    assert len([one for one in tables["T206"].elements if not one.slot]) == 32
    doubtful = [one.name for table in tables.values() for one in table.elements if not one.confirmed]
    assert "固定资产减少日期" in doubtful
    assert "分录行可扩展字段结构值" in doubtful
    assert [table.id for table in tables.values() if table.confirmed] == ["T109", "T110", "T112", "T209"]


def row(content: bytes, table: str, where: str) -> dict[str, str]:
    """The first row of a table that says something, read by lxml."""
    root = etree.fromstring(content)
    space = f"{{{FORMS.ledger.namespace}}}"
    for found in root.iter(f"{space}{table}"):
        cells = {cell.tag.removeprefix(space): cell.text or "" for cell in found}
        if where in cells.values():
            return cells
    raise AssertionError(where)


def test_known_figures_stand_where_the_standard_wants_them():
    files = write_sets(small(), FORMS)
    shared, ledger = files["24589/公共档案.xml"], files["24589/总账.xml"]
    book = row(shared, "电子账簿", "2025")
    assert book["会计核算单位"] == "石桥村股份经济合作社"
    assert book["标准版本号"] == "GB/T 24589.1-2010"
    assert row(shared, "会计期间", "2")["会计期间结束日期"] == "20250228"
    assert (
        row(shared, "客户档案", "张三")["客户编码"] == row(shared, "供应商档案", "张三")["供应商编码"] == "往来户/张三"
    )
    cash = row(ledger, "科目余额及发生额", "101")
    assert (cash["期初本币余额"], cash["贷方本币金额"], cash["期末本币余额"]) == ("1000.00", "300.00", "700.00")
    assert (cash["期初余额方向"], cash["会计期间号"]) == ("借", "1")
    capital = row(ledger, "科目余额及发生额", "301")
    assert (capital["期初余额方向"], capital["期初本币余额"]) == ("贷", "1000.00")
    line = row(ledger, "记账凭证", "借款")
    assert line["借方本币金额"] == "120.50"
    assert line["辅助项1编号"] == "往来户/张三"
    assert (line["记账凭证日期"], line["记账凭证编号"], line["审核人"]) == ("20250108", "2", "李审核")
    assert "借方数量" not in line


def test_money_in_the_statement_is_that_of_cash_and_bank():
    ledger = write_sets(small(), FORMS)["24589/总账.xml"]
    assert row(ledger, "报表项数据", "货币资金（期末余额）")["报表项数值"] == "959.50"
    assert row(ledger, "报表项数据", "货币资金（年初余额）")["报表项数值"] == "1000.00"


def test_bytes_are_what_the_declaration_says_and_always_the_same():
    first, again = write_sets(with_card(small()), FORMS), write_sets(with_card(small()), FORMS)
    assert first == again
    for root in SCHEMAS:
        content = first[f"24589/{root}.xml"]
        assert content.startswith(b'<?xml version="1.0" encoding="GB18030"?>')
        assert f"<{root} xmlns=" in content.decode("gb18030")
        with pytest.raises(UnicodeDecodeError):
            content.decode("utf-8")
        other = write_sets(with_card(small()), FORMS, "utf-8")[f"24589/{root}.xml"]
        assert other.split(b"\n", 1)[1].decode() == content.split(b"\n", 1)[1].decode("gb18030")
    assert_valid(first)


def test_every_element_of_an_empty_row_is_written_by_the_rule():
    """Texts empty, needed dates and numbers as zeros, all else left out."""
    content = write_xml(FORMS.ledger, {"记账凭证": [{"辅助项1编号": ""}]}, "utf-8").decode()
    assert '<记账凭证日期 locID="020601">00000000</记账凭证日期>' in content
    assert '<记账凭证摘要 locID="020604"></记账凭证摘要>' in content
    assert '<借方本币金额 locID="020509">0</借方本币金额>' in content
    assert '<辅助项1编号 locID="020301"></辅助项1编号>' in content
    assert '<作废标志 locID="020617">0</作废标志>' in content
    for absent in ("借方数量", "票据日期", "单价", "辅助项2编号"):
        assert absent not in content


def test_signs_that_xml_cannot_hold_and_texts_too_long_do_no_harm():
    rows = {"会计科目": [{"科目编号": "101", "科目名称": "a\0b\x1f<&>\r" + "长" * 80, "科目级次": "1"}]}
    read = read_xml("总账.xml", write_xml(FORMS.ledger, rows), FORMS.ledger)
    assert read.tables["会计科目"][0]["科目名称"] == "a b <&>\r" + "长" * 52


@settings(max_examples=25)
@given(books())
def test_whatever_is_written_is_valid_and_reads_back_to_the_same_books(made: Books):
    files = write_sets(made, FORMS)
    assert_valid(files)
    shared, ledger = (read_xml(f.file, files[f"24589/{f.file}"], f) for f in (FORMS.shared, FORMS.ledger))
    assert (shared.problems, ledger.problems) == ((), ())
    again = contents_of(told_by_xml(shared.tables, ledger.tables))
    assert as_told(again) == as_told(made.contents)


GOOD = write_sets(small(), FORMS)["24589/总账.xml"]


def changed(old: str, new: str) -> bytes:
    text = GOOD.decode("gb18030")
    assert old in text
    return text.replace(old, new, 1).encode("gb18030")


LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{n} '{'&a;' * 10}'>" for n in range(9)) + "]><总账 "


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (changed("<总账 ", LAUGHS), "实体声明"),
        (changed("<总账 ", '<!DOCTYPE a SYSTEM "file:///etc/passwd"><总账 '), "实体声明"),
        (changed("存现", "存" * (MAX_CELL + 1)), "字符，不予读取"),
        (changed("GB18030", "UTF-8"), "实际内容却不是"),
        (changed("GB18030", "UTF-7"), "不能识别"),
        (changed("GB18030", "utf-16"), "不能识别"),
        (GOOD.split(b"\n", 1)[1], "没有 XML 声明"),
        (b"\xef\xbb\xbf" + GOOD, "不能识别"),
        (GOOD.decode("gb18030").encode("utf-16"), "没有 XML 声明"),
        (GOOD[:-20], "不是完整的 XML"),
        (GOOD.replace(b"&", b"") + b"<x/>", "不是完整的 XML"),
        (changed("存现", "&nbsp;"), "不是完整的 XML"),
        (write_sets(small(), FORMS)["24589/公共档案.xml"], "根元素是“公共档案”"),
        (b"PK\x03\x04", "没有 XML 声明"),
        (b"", "没有 XML 声明"),
    ],
)
def test_attacks_and_wrong_encodings_are_refused_unread(content, reason):
    with pytest.raises(BadInput, match=reason):
        read_xml("总账.xml", content, FORMS.ledger)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("<科目级次 ", "<级次 ", "完整|不认识"),
        ('<科目名称 locID="020202">', '<科目名称 locID="020203">', "locID"),
        ('<会计科目 locID="T202">', '<会计科目 locID="T204">', "locID"),
        ('<借方本币金额 locID="020509">300.00', '<借方本币金额 locID="020509">300.005', "小数超过"),
        ('<借方本币金额 locID="020509">300.00', '<借方本币金额 locID="020509">三百', "不是数字"),
        ('<借方本币金额 locID="020509">300.00', '<借方本币金额 locID="020509">1e5', "不是数字"),
        ('<记账凭证日期 locID="020601">20250105', '<记账凭证日期 locID="020601">2025015', "8 个字节"),
        (">存现<", ">存<b>x</b>现<", "嵌套太深"),
        ('<会计科目 locID="T202"><', '<会计科目 locID="T202">文字<', "直接写了文字"),
    ],
)
def test_what_is_odd_about_the_form_is_told(old, new, problem):
    content = changed(old, new)
    if old == "<科目级次 ":
        content = content.decode("gb18030").replace("</科目级次>", "</级次>", 1).encode("gb18030")
    read = read_xml("总账.xml", content, FORMS.ledger)
    assert any(re.search(problem, text) for text in read.problems), read.problems


def test_elements_and_tables_out_of_order_are_told():
    text = GOOD.decode("gb18030")
    swapped = re.sub(r"(<科目编号 [^\n]*?</科目编号>)(<科目名称 .*?</科目名称>)", r"\2\1", text, count=1)
    assert any("次序不对" in one for one in read_xml("总账.xml", swapped.encode("gb18030"), FORMS.ledger).problems)
    first = re.search(r"<总账基础信息.*?</总账基础信息>\n", text)[0]
    moved = text.replace(first, "").replace("</总账>", f"{first}</总账>")
    assert any(
        "表“总账基础信息”的次序" in one for one in read_xml("总账.xml", moved.encode("gb18030"), FORMS.ledger).problems
    )


def test_books_read_back_need_known_accounts_and_members():
    def told(old: str, new: str):
        files = write_sets(small(), FORMS)
        shared = read_xml("公共档案.xml", files["24589/公共档案.xml"], FORMS.shared).tables
        return contents_of(told_by_xml(shared, read_xml("总账.xml", changed(old, new), FORMS.ledger).tables))

    with pytest.raises(BadInput, match="科目 301 不在科目表里"):
        told('<科目编号 locID="020201">301</科目编号><科目名称', '<科目编号 locID="020201">391</科目编号><科目名称')
    with pytest.raises(BadInput, match="没有登记"):
        told('<辅助项1编号 locID="020301">往来户/张三', '<辅助项1编号 locID="020301">往来户/李四')
