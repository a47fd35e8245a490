"""Each self-check finds what it is for: sound files with one thing broken."""

import json
import random
import re

import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.package.gbt import listing
from village_ledger.package.gbt.self_check import CHECKS, report_text, self_check
from village_ledger.package.gbt.write import write_sets
from village_ledger.services import gbt

from .gbt_books import FORMS, small, with_card

SHARED, LEDGER, ASSETS = "24589/公共档案.xml", "24589/总账.xml", "24589/固定资产.xml"


@pytest.fixture
def files() -> dict[str, bytes]:
    return write_sets(with_card(small()), FORMS)


def failed(files: dict[str, bytes]) -> dict[int, str]:
    """The findings of the checks that did not pass, by number."""
    return {one.number: "\n".join(one.findings) for one in self_check(files, FORMS, gbt.sheets) if not one.ok}


def change(files: dict[str, bytes], name: str, old: str, new: str, count: int = 1) -> None:
    """Change a file; the list is made to agree, as somebody who means it would."""
    text = files[name].decode("gb18030")
    assert old in text
    files[name] = text.replace(old, new, count).encode("gb18030")
    told = json.loads(files["清单.json"])
    told["files"][name] = {
        "sha256": listing.hashlib.sha256(files[name]).hexdigest(),
        "sm3": listing.sm3(files[name]),
        "size": len(files[name]),
    }
    files["清单.json"] = json.dumps(told, ensure_ascii=False).encode()


def element(name: str, value: str) -> str:
    """An element with its value as it stands in a file."""
    ident = next(e.id for form in FORMS.xml for t in form.tables for e in t.elements if e.name == name)
    return f'<{name} locID="{ident}">{value}</{name}>'


def test_sound_files_pass_every_check(files):
    results = self_check(files, FORMS, gbt.sheets)
    assert failed(files) == {}
    assert [one.number for one in results] == list(range(1, 15))
    assert [one.warnings for one in results] == [()] * 14
    text = report_text(results)
    assert "14. 通过" in text
    assert "结果：全部通过" in text
    assert "不是标准原文附带的官方文件" in text
    assert len(CHECKS) == 14


def test_1_form(files):
    change(files, LEDGER, "<科目级次 ", "<级次 ")
    change(files, LEDGER, "</科目级次>", "</级次>")
    assert "不认识的数据元素“级次”" in failed(files)[1]


def test_1_a_missing_file(files):
    del files[SHARED]
    assert "缺少 24589/公共档案.xml" in failed(files)[1]


def test_1_the_text_set_counts_its_fields(files):
    change(files, "19581/KMYE.TXT", '"CNY",', "")
    assert "KMYE.TXT 第 1 行有 15 项，应为 16 项" in failed(files)[1]


def test_2_two_books_in_one_file(files):
    text = files[SHARED].decode("gb18030")
    book = re.search(r"<电子账簿 .*?</电子账簿>\n", text)[0]
    change(files, SHARED, book, book * 2)
    assert failed(files)[2] == "电子账簿应恰好有一条，这里有 2 条"


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (SHARED, element("客户编码", "往来户/张三"), element("客户编码", "9"), "不在客户档案里"),
        (LEDGER, element("币种编码", "CNY"), element("币种编码", "USD"), "币种编码 USD 没有登记"),
        (LEDGER, element("记账凭证类型编号", "1"), element("记账凭证类型编号", "7"), "记账凭证类型编号 7"),
        (LEDGER, element("结算方式编码", ""), element("结算方式编码", "3"), "结算方式编码 3"),
        (SHARED, element("部门编码", ""), element("部门编码", "B"), "部门编码 B"),
        (ASSETS, element("使用状况编码", "01"), element("使用状况编码", "00"), "使用状况编码 01 没有登记"),
        (ASSETS, element("固定资产对账科目", "151"), element("固定资产对账科目", "1"), ""),
        (LEDGER, element("辅助项1编号", ""), element("辅助项1编号", "X"), "没有设置辅助项1"),
        (LEDGER, element("报表编号", "03"), element("报表编号", "04"), "报表编号 03 没有登记"),
    ],
)
def test_3_references(files, name, old, new, finding):
    change(files, name, old, new)
    if finding:
        assert finding in failed(files)[3]
    else:  # what the whole file ties to; check 12 looks at it
        assert 12 in failed(files)


def test_3_a_code_given_twice(files):
    text = files[LEDGER].decode("gb18030")
    account = re.search(r'<会计科目 locID="T202">.*?</会计科目>\n', text)[0]
    change(files, LEDGER, account, account * 2)
    assert "会计科目里的编码 101 重复" in failed(files)[3]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (element("会计科目编号规则", "3-2-2-2-2-2"), element("会计科目编号规则", "4-2"), "科目 101 的长度不合编号规则"),
        (element("会计科目编号规则", "3-2-2-2-2-2"), element("会计科目编号规则", "三"), "编号规则“三”不对"),
        (
            element("科目编号", "322") + "<科目名称",
            element("科目编号", "329") + "<科目名称",
            "科目 32201 没有上级科目 322",
        ),
        (element("科目级次", "2"), element("科目级次", "3"), "级次是 3，按编号规则应为 2"),
    ],
)
def test_4_account_codes(files, old, new, finding):
    change(files, LEDGER, old, new)
    assert finding in failed(files)[4]


def test_5_a_voucher_that_does_not_balance(files):
    text = files[LEDGER].decode("gb18030")
    line = next(row for row in re.findall(r"<记账凭证 .*?</记账凭证>", text) if "借款" in row)
    change(files, LEDGER, line, line.replace("120.50", "120.51"))
    assert "2025年1期凭证 1-2 借贷不平，相差 0.01 元" in failed(files)[5]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (element("记账凭证行号", "2"), element("记账凭证行号", "3"), "行号不是从 1 起连续的"),
        (element("记账凭证日期", "20250105"), element("记账凭证日期", "20250106"), "各行日期不一样"),
    ],
)
def test_5_lines_of_a_voucher(files, old, new, finding):
    change(files, LEDGER, old, new)
    assert finding in failed(files)[5]


def test_5_a_line_with_both_sides(files):
    text = files[LEDGER].decode("gb18030")
    rows = re.findall(r"<记账凭证 .*?</记账凭证>\n", text)[:2]
    first = rows[0].replace(element("贷方本币金额", "0.00"), element("贷方本币金额", "5.00"))
    second = rows[1].replace(element("借方本币金额", "0.00"), element("借方本币金额", "5.00"))
    change(files, LEDGER, "".join(rows), first + second)
    assert "有一行借方和贷方都有金额" in failed(files)[5]


def test_6_a_gap_in_the_numbers(files):
    change(files, LEDGER, element("记账凭证编号", "2"), element("记账凭证编号", "3"), 2)
    assert failed(files)[6] == "2025年1期类型 1 的凭证断号：2"


def test_7_a_day_outside_its_period(files):
    change(files, LEDGER, element("记账凭证日期", "20250108"), element("记账凭证日期", "20250201"), 2)
    assert "2025年1期凭证 1-2 的日期 20250201 不在期间之内" in failed(files)[7]


@pytest.mark.parametrize(
    ("old", "new", "finding"),
    [
        (element("期末本币余额", "700.00"), element("期末本币余额", "700.01"), "1期科目 101：期初加发生不等于期末"),
        (
            element("期初本币余额", "700.00"),
            element("期初本币余额", "700.01"),
            "2期科目 101：期初 700.01 接不上上期期末",
        ),
        (element("借方本币金额", "300.00"), element("借方本币金额", "301.00"), "1期科目 102：发生额和凭证合计不一样"),
    ],
)
def test_8_balances(files, old, new, finding):
    change(files, LEDGER, old, new)
    assert finding in failed(files)[8]


def test_8_amounts_in_the_books_own_currency_are_told_alike(files):
    change(files, LEDGER, element("期末原币余额", "700.00"), element("期末原币余额", "700.01"))
    change(files, LEDGER, element("借方原币金额", "120.50") + "<借方本币金额", "<借方本币金额")
    assert failed(files)[8] == "科目余额及发生额有 1 条的原币和本币金额不一样，币种却是本位币"


def balance_row(files: dict[str, bytes], account: str, month: str, member: str = "") -> str:
    """One row of 科目余额及发生额."""
    rows = re.findall(r"<科目余额及发生额 .*?</科目余额及发生额>\n", files[LEDGER].decode("gb18030"))
    wanted = (element("科目编号", account), element("会计期间号", month), element("辅助项1编号", member))
    return next(row for row in rows if all(one in row for one in wanted))


def test_8_members_that_are_not_their_account(files):
    change(files, LEDGER, balance_row(files, "113", "2", "往来户/张三"), "")
    assert "2期科目 113 不等于各辅助项之和" in failed(files)[8]


def test_8_details_that_are_not_their_account():
    sound = small()
    moved = sound.contents.openings[0]._replace(account="32202", balance_fen=-500_00)
    openings = (sound.contents.openings[0], moved, sound.contents.openings[1]._replace(balance_fen=-500_00))
    made = sound._replace(contents=sound.contents._replace(openings=openings), sheets=())
    files = write_sets(made, FORMS)
    assert failed(files) == {}
    whole = balance_row(files, "322", "1")
    change(files, LEDGER, whole, whole.replace("500.00", "400.00"))
    assert "1期科目 322 不等于下级科目之和" in failed(files)[8]
    change(files, LEDGER, balance_row(files, "322", "2"), "")
    assert "2期缺少上级科目 322 的余额" in failed(files)[8]


def test_8_a_row_given_twice(files):
    row = balance_row(files, "101", "1")
    change(files, LEDGER, row, row * 2)
    assert "重复的科目、辅助项和期间" in failed(files)[8]


def test_8_quantities():
    files = write_sets(small(), FORMS)
    row = balance_row(files, "101", "1")
    counted = row.replace("<期末原币余额", element("期末数量", "3") + "<期末原币余额")
    change(files, LEDGER, row, counted)
    assert "1期科目 101：数量的期初加收减发不等于期末" in failed(files)[8]


def test_9_an_opening_that_does_not_balance(files):
    change(files, LEDGER, element("期初本币余额", "1540.00"), element("期初本币余额", "1540.10"))
    assert failed(files)[9] == "1期一级科目的期初余额借贷不平，相差 -0.10"


def test_10_a_changed_figure_of_a_statement(files):
    change(files, LEDGER, element("报表项数值", "959.50"), element("报表项数值", "959.51"))
    assert "《资产负债表》第 1-1 项是 959.51，由账上重算为 959.50" in failed(files)[10]
    text = files[LEDGER].decode("gb18030")
    row = re.search(r"<报表项数据 .*?</报表项数据>\n", text)[0]
    change(files, LEDGER, row, "")
    assert "第 1-1 项是 没有" in failed(files)[10]


def test_11_vouchers_without_reviewer(files):
    change(files, LEDGER, element("审核人", "李审核"), element("审核人", ""), 2)
    change(files, LEDGER, element("记账人", "王会计"), element("记账人", ""), 2)
    found = failed(files)[11]
    assert "2025年1期凭证 1-1 没有审核人" in found
    assert "2025年1期凭证 1-1 没有记账人" in found


def test_11_one_person_who_makes_and_reviews_is_told_but_passes(files):
    change(files, LEDGER, element("审核人", "李审核"), element("审核人", "王会计"), 2)
    result = self_check(files, FORMS, gbt.sheets)[10]
    assert result.ok
    assert result.warnings == ("有 1 张凭证的制单人和审核人是同一个人",)


def test_12_cards_that_do_not_tie(files):
    change(files, ASSETS, element("固定资产原值", "600.00"), element("固定资产原值", "700.00"))
    found = failed(files)[12]
    assert "固定资产卡片的原值合计 700.00，和总账科目 151 的 600.00 不一样" in found
    assert "净值不等于原值减累计折旧" in found
    change(files, ASSETS, element("固定资产累计折旧", "60.00"), element("固定资产累计折旧", "50.00"))
    assert "累计折旧合计 50.00，和总账科目 152 的 60.00 不一样" in failed(files)[12]


def test_12_no_cards_are_told_but_pass():
    result = self_check(write_sets(small(), FORMS), FORMS, gbt.sheets)[11]
    assert (result.ok, result.warnings) == (True, ("没有固定资产卡片，未和总账核对",))


def test_13_sets_that_tell_of_different_books(files):
    change(files, "19581/JZPZ.TXT", "存现", "取现")
    assert failed(files) == {13: "XML 和 TXT 的凭证不一样"}
    change(files, "19581/KMYE.TXT", '"101","CNY","",1000.00', '"101","CNY","",1000.01')
    assert "TXT 还原后，2月科目 101的余额、发生额或数量和文件里的不一样" in failed(files)[13]
    assert "XML 和 TXT 的余额或发生额不一样" in failed(files)[13]


def test_13_balances_that_vouchers_do_not_make(files):
    change(files, LEDGER, balance_row(files, "101", "2"), "")
    assert "XML 还原后，2月科目 101的余额、发生额或数量和文件里的不一样" in failed(files)[13]


def test_14_the_list(files):
    sound = dict(files)
    files["19581/KJKM.TXT"] += b"\r\n"
    assert "19581/KJKM.TXT 和清单上的 SHA-256 或大小不一样" in failed(files)[14]
    for key, value, finding in (
        ("rows", {}, "总账.xml 的记录条数和清单不一样"),
        ("totals", {"vouchers": 4, "lines": 6, "debit": "500.50", "credit": "500.50"}, "控制数不一样"),
        ("files", {}, "多出清单没有列出的 19581/DZZB.TXT"),
    ):
        told = {**json.loads(sound["清单.json"]), key: value}
        assert finding in failed({**sound, "清单.json": json.dumps(told).encode()})[14]
    gone = {name: content for name, content in sound.items() if name != "19581/GSSM.TXT"}
    assert failed(gone)[14] == "清单列出的 19581/GSSM.TXT 不在"
    for broken in (b"{", b"[]", b"\xff", b"[" * 100_000):
        assert "读不出来" in failed({**sound, "清单.json": broken})[14]


def test_14_the_control_totals_are_those_of_the_vouchers(files):
    told = json.loads(files["清单.json"])
    assert told["totals"] == {"vouchers": 3, "lines": 6, "debit": "500.50", "credit": "500.50"}
    assert told["rows"]["总账.xml"]["记账凭证"] == 6
    sm3 = told["files"][LEDGER]["sm3"]
    assert len(sm3) in {0, 64}


def test_many_findings_are_cut_short():
    sound = small()
    made = sound._replace(contents=sound.contents._replace(vouchers=sound.contents.vouchers[:1]), sheets=())
    files = write_sets(made, FORMS)
    files[LEDGER] = files[LEDGER].replace(element("币种编码", "CNY").encode("gb18030"), b"")
    found = self_check(files, FORMS, gbt.sheets)[0].findings
    assert len(found) <= 21


def test_changed_bytes_anywhere_are_found_and_never_crash(files):
    chance = random.Random(24589)
    names = sorted(files)
    for _ in range(300):
        name = chance.choice(names)
        content = bytearray(files[name])
        for _ in range(chance.choice((1, 1, 1, 30))):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if bytes(content) == files[name]:
            continue
        try:
            found = failed({**files, name: bytes(content)})
        except BadInput:
            continue
        told = name == "清单.json" or found
        assert told, name
