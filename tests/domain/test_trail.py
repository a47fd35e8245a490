"""The trail of a payment told as a list: every stage in its order, alarms where something is wrong."""

from datetime import date

from village_ledger.domain.trail import (
    Trail,
    TrailAct,
    TrailDecision,
    TrailDocument,
    TrailEntry,
    TrailException,
    TrailFile,
    TrailLink,
    TrailPlace,
    TrailRequest,
    TrailSignature,
    TrailStep,
    trail_rows,
)
from village_ledger.domain.voucher import Voucher

DAY = date(2025, 10, 29)
VOUCHER = Voucher(7, "ab", DAY, "记", 28, (), 2, "normal", "周敏", "何志远", "陈秋菊", "周敏")
CASH = TrailPlace("balance-sheet", "资产负债表", 1, "货币资金")
ENTRIES = (
    TrailEntry("付工程款", "211", "应付款", "往来户：甲公司", 500_00, 0, ()),
    TrailEntry("付工程款", "102", "银行存款", "", 0, 500_00, (CASH,)),
)
STEP = TrailStep("会议决议（村民代表会议）", DAY, "村部", 21, 12, 10, 1, 1)
DECISION = TrailDecision(
    3, "d", "议9号", "出租", "其他", "村民委员会", DAY, "national@1", "定稿", 0, 0, ("人数不够",), (STEP,), (), "申请 1"
)
SIGNED = TrailSignature("负责人", "石建国", DAY, "本人", "同意")
REQUEST = TrailRequest(
    5, "r", "用2025-001", DAY, "付工程款", "甲公司", "甲", "乙", 500_00, "已批准", "议9号", "", "", "P02", (), (SIGNED,)
)


def a_trail(**more: object) -> Trail:
    return Trail("石桥村", VOUCHER, ENTRIES, 500_00, True)._replace(**more)


def test_the_list_goes_from_the_statement_down_to_the_log():
    act = TrailAct(9, "2025-10-29T08:00:00Z", "周敏", "记账", "2025-10 记-28", "ff")
    file = TrailFile("决策 议9号", "签到表.png", "aa", "完好")
    found = list(trail_rows(a_trail(requests=(REQUEST,), decisions=(DECISION,), files=(file,), acts=(act,))))
    stages = ["报表", "凭证", "分录", "分录", "用款申请", "签批", "决策", "会议", "附件", "日志"]
    assert [row.stage for row in found] == stages
    assert [row.link.kind for row in found if row.link] == [
        "report",
        "voucher",
        "ledger",
        "ledger",
        "request",
        "request",
        "decision",
        "decision",
        "file",
        "log",
    ]
    assert found[0].fen == -500_00, "cash went down by what was paid"
    assert found[4].link == TrailLink("request", 5, "用2025-001")


def test_what_is_not_in_order_is_alarming():
    urgent = TrailException(("用款申请",), "深夜抢修", "石建国", DAY, None)
    changed = TrailFile("决策 议9号", "签到表.png", "aa", "内容被改动")
    found = list(trail_rows(a_trail(decisions=(DECISION,), exceptions=(urgent,), files=(changed,))))
    assert {row.stage for row in found if row.alarming} == {"决策", "紧急例外", "附件"}
    settled = list(trail_rows(a_trail(exceptions=(urgent._replace(settled=DAY),))))
    assert not any(row.alarming for row in settled)


def test_papers_follow_the_lines_and_a_void_one_is_alarming():
    paper = TrailDocument("税务发票 12345678", "甲公司", DAY, 500_00)
    found = list(trail_rows(a_trail(documents=(paper, paper._replace(void=True)))))
    assert [row.stage for row in found] == ["报表", "凭证", "分录", "分录", "票据", "票据"]
    told = ("税务发票 12345678", "甲公司", DAY, 500_00)
    assert [(row.title, row.who, row.day, row.fen) for row in found[4:]] == [told, told]
    assert [row.alarming for row in found[4:]] == [False, True]


def test_a_step_tells_its_figures_and_one_without_people_none():
    assert STEP.figures == "应到 21 人，实到 12 人；同意 10，反对 1，弃权 1"
    assert STEP._replace(eligible=0).figures == ""


def test_the_amount_is_what_left_cash_and_bank_or_the_vouchers_total():
    assert a_trail().fen == 500_00
    assert a_trail(outflow_fen=0).fen == VOUCHER.total_fen
    assert a_trail().label == "2025-10 记-28"
