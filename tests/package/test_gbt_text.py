import pytest
from hypothesis import given, settings

from village_ledger.domain.errors import BadInput
from village_ledger.package.gbt.from_text import told_by_texts
from village_ledger.package.gbt.self_check import self_check
from village_ledger.package.gbt.text_file import read_texts, write_texts
from village_ledger.package.gbt.told import contents_of
from village_ledger.package.gbt.write import TEXT_FOLDER, write_sets
from village_ledger.services import gbt

from .gbt_books import FORMS, Books, as_told, books, small


def texts(made: Books) -> dict[str, bytes]:
    files = write_sets(made, FORMS)
    return {name.removeprefix(TEXT_FOLDER): files[name] for name in files if name.startswith(TEXT_FOLDER)}


def lines(files: dict[str, bytes], name: str) -> list[str]:
    return files[f"{name}.TXT"].decode("gb18030").split("\r\n")[:-1]


def test_known_figures_stand_in_the_order_of_the_standard():
    files = texts(small())
    assert set(files) >= {"GSSM.TXT", "DZZB.TXT", "KJKM.TXT", "KMYE.TXT", "JZPZ.TXT", "WLDW.TXT", "Q_ZCFZB.TXT"}
    assert lines(files, "DZZB") == [
        '"990123104205-2025","石桥村股份经济合作社2025年账","石桥村股份经济合作社","","企业单位","","村级三资账本","0.1.0",'
        '"2025","人民币","3,2,2,2,2,2"'
    ]
    assert lines(files, "KJKM")[0] == '"101","库存现金",1,"0","","资产","","借"'
    assert '"113","内部往来",1,"1","往来户","资产","","借"' in lines(files, "KJKM")
    assert lines(files, "KMYE")[0] == '"101","CNY","",1000.00,0,0,0.00,0,0,300.00,0,0,700.00,0,0,1'
    # a credit account's balance is told on its own side
    assert '"301","CNY","",1000.00,0,0,0.00,0,0,0.00,0,0,1000.00,0,0,2' in lines(files, "KMYE")
    assert lines(files, "JZPZ")[2] == (
        '"20250108","记","2","1","借款","113",120.50,0.00,"CNY",0,0,1,0,0,"往来户:往来户/张三","","","","",1,'
        '"王会计","李审核","王会计","赵出纳","1","0"'
    )
    assert '"01","石桥村股份经济合作社","20250228","元","货币资金",1,1000.00,959.50' in lines(files, "Q_ZCFZB")
    assert '"JZPZ.TXT","记账凭证",6,"科目编号","C"' in lines(files, "GSSM")
    assert len(lines(files, "JZPZ")) == 6


def test_quotes_commas_and_breaks_in_texts():
    rows = {"BMXX": [{"部门编号": "1", "部门名称": '引"号,逗\r\n行\0'}]}
    made = write_texts(FORMS.texts, rows)
    assert made["BMXX.TXT"].decode("gb18030") == '"1","引""号,逗  行 ",""\r\n'
    tables, _ = read_texts(FORMS.texts, made)
    assert tables["BMXX"] == [{"部门编号": "1", "部门名称": '引"号,逗  行 ', "上级部门编号": ""}]
    assert {"DZZB.TXT", "KJKM.TXT", "KMYE.TXT", "JZPZ.TXT"} < set(made)
    assert "XMXX.TXT" not in made


@settings(max_examples=25)
@given(books())
def test_whatever_is_written_reads_back_to_the_same_books_and_passes_every_check(made: Books):
    tables, problems = read_texts(FORMS.texts, texts(made))
    assert problems == ()
    assert as_told(contents_of(told_by_texts(tables))) == as_told(made.contents)
    results = self_check(write_sets(made, FORMS), FORMS, gbt.sheets)
    assert [one.findings for one in results if not one.ok] == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("KJKM.TXT", "科目".encode() + b"\xff", "不是 GB18030"),
        ("KJKM.TXT", b'"1' + b"0" * 200_000 + b'"\r\n', "读不出来"),
        ("KJKM.TXT", b'"' + b"1" * 6_000 + b'"' + b',"",1,"","","","",""\r\n', "超过 5000 个字符"),
        ("KJKM.TXT", b'"101"x\r\n', "引号或分隔符不对"),
        ("KJKM.TXT", b"MZ\0\0", "不是文本文件"),
    ],
)
def test_what_is_no_such_text_file_is_refused(name, content, reason):
    with pytest.raises(BadInput, match=reason):
        read_texts(FORMS.texts, {**texts(small()), name: content})


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("KMYE.TXT", "1000.00", "1e3", "不是数字"),
        ("JZPZ.TXT", "往来户:往来户/张三", "往来户:无", "没有登记"),
        ("JZPZ.TXT", '"20250108"', '"20251308"', "日期“20251308”不对"),
        ("JZPZ.TXT", '"记","2"', '"记","二"', "不是整数"),
        ("KJKM.TXT", '"借"', '"左"', "余额方向"),
        ("DZZB.TXT", '"2025","人民币"', '"今年","人民币"', "不是整数"),
    ],
)
def test_texts_that_make_no_books_are_refused(name, old, new, reason):
    files = texts(small())
    assert old in files[name].decode("gb18030")
    files[name] = files[name].decode("gb18030").replace(old, new, 1).encode("gb18030")
    tables, _ = read_texts(FORMS.texts, files)
    with pytest.raises(BadInput, match=reason):
        told_by_texts(tables)
