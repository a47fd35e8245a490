"""Every table of tiers against hand-made cases at both sides of each bound, as the source of the table has them."""

from datetime import date

import pytest

from tests.services.request_desk import acting, control_book
from village_ledger.domain.approval import SPEND_KINDS, table_content, table_of, table_problems
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.services import governance, tiers
from village_ledger.services.catalog import chart_definition

HEAD, WITNESS = "经手人", "证明人"
BASIC = (HEAD, WITNESS, "负责人", "村监会")
HIGH = (*BASIC, "乡镇")
PAIR = (HEAD, WITNESS, "村主任（理事长）", "村支书")
CENTRE, LEADER = "三资中心", "分管领导"

CASES = [
    # 通用（从严）
    ("national", "非生产性开支", 999_99, BASIC, (), 0),
    ("national", "非生产性开支", 1_000_00, BASIC, ("两委会",), 0),
    ("national", "非生产性开支", 4_999_99, BASIC, ("两委会",), 0),
    ("national", "非生产性开支", 5_000_00, HIGH, ("村民代表会议",), 7),
    ("national", "其他付款", 999_99, BASIC, (), 0),
    ("national", "补助救济", 5_000_00, HIGH, ("村民代表会议",), 7),
    ("national", "生产性开支", 1_999_99, BASIC, (), 0),
    ("national", "生产性开支", 2_000_00, BASIC, ("两委会",), 0),
    ("national", "生产性开支", 9_999_99, BASIC, ("两委会",), 0),
    ("national", "生产性开支", 10_000_00, HIGH, ("村民代表会议",), 7),
    ("national", "人员报酬", 1, HIGH, ("村民代表会议",), 0),
    ("national", "工程支出", 9_999_99, BASIC, ("两委会",), 0),
    ("national", "工程支出", 10_000_00, HIGH, ("村民代表会议",), 7),
    ("national", "购置资产", 1_999_99, BASIC, (), 0),
    ("national", "购置资产", 2_000_00, BASIC, ("两委会",), 0),
    ("national", "购置资产", 10_000_00, HIGH, ("村民代表会议",), 7),
    ("national", "对外投资", 1, HIGH, ("村民代表会议",), 7),
    ("national", "资产处置", 1, HIGH, ("村民代表会议",), 7),
    # 两套标准：生产性 <1000、1000—2000、≥2000；非生产性 <500、500—1000、≥1000；工程 <10000、≥10000
    ("ladders", "生产性开支", 999_99, PAIR, (), 0),
    ("ladders", "生产性开支", 1_000_00, (*PAIR, CENTRE), ("两委会",), 0),
    ("ladders", "生产性开支", 1_999_99, (*PAIR, CENTRE), ("两委会",), 0),
    ("ladders", "生产性开支", 2_000_00, (*PAIR, CENTRE, LEADER), ("两委会", "村民代表会议"), 0),
    ("ladders", "非生产性开支", 499_99, PAIR, (), 0),
    ("ladders", "非生产性开支", 500_00, PAIR, ("两委会",), 0),
    ("ladders", "非生产性开支", 999_99, PAIR, ("两委会",), 0),
    ("ladders", "非生产性开支", 1_000_00, (*PAIR, CENTRE, LEADER), ("村民代表会议",), 0),
    ("ladders", "工程支出", 9_999_99, (*PAIR, LEADER), (), 0),
    ("ladders", "工程支出", 10_000_00, (*PAIR, LEADER, "乡镇主要领导"), (), 0),
    # <5000 中心；5000—20000 包村领导、财务监管小组；≥20000 另要站签、镇长
    ("masked-town", "生产性开支", 4_999_99, (*BASIC[:3], CENTRE), (), 0),
    ("masked-town", "生产性开支", 5_000_00, (*BASIC[:3], "包村领导", "乡镇财务监管小组"), (), 0),
    ("masked-town", "生产性开支", 19_999_99, (*BASIC[:3], "包村领导", "乡镇财务监管小组"), (), 0),
    (
        "masked-town",
        "生产性开支",
        20_000_00,
        (*BASIC[:3], "包村领导", "乡镇财务监管小组", CENTRE, "乡镇主要领导"),
        (),
        0,
    ),
    # ≤1000 财务负责人；1000—10000 两委；>10000 代表会议
    ("committee", "非生产性开支", 1_000_00, (HEAD, WITNESS, "财务负责人"), (), 0),
    ("committee", "非生产性开支", 1_000_01, (HEAD, WITNESS, "财务负责人"), ("两委会",), 0),
    ("committee", "非生产性开支", 10_000_00, (HEAD, WITNESS, "财务负责人"), ("两委会",), 0),
    ("committee", "非生产性开支", 10_000_01, (HEAD, WITNESS, "财务负责人"), ("村民代表会议",), 0),
    # ≤500；500—1000 双签；>1000 集体讨论
    ("double-sign", "非生产性开支", 500_00, (HEAD, "负责人"), (), 0),
    ("double-sign", "非生产性开支", 500_01, (HEAD, "民主理财小组组长", "负责人"), (), 0),
    ("double-sign", "非生产性开支", 1_000_00, (HEAD, "民主理财小组组长", "负责人"), (), 0),
    ("double-sign", "非生产性开支", 1_000_01, (HEAD, "民主理财小组组长", "负责人"), (), 0),
    # 三签一章：限额（暂定 5000）以内和超过
    ("chenggu", "非生产性开支", 5_000_00, (HEAD, WITNESS, "村支书", "村主任（理事长）", "村监会"), (), 0),
    ("chenggu", "非生产性开支", 5_000_01, (HEAD, WITNESS, "村支书", "村主任（理事长）", "村监会", "乡镇"), (), 0),
    # 联审联签（金额暂定）
    ("zhejiang", "工程支出", 4_999_99, PAIR, (), 0),
    ("zhejiang", "工程支出", 5_000_00, PAIR, ("两委会",), 0),
    ("zhejiang", "工程支出", 29_999_99, PAIR, ("两委会",), 0),
    ("zhejiang", "工程支出", 30_000_00, PAIR, ("村民代表会议",), 0),
    # 东书村：>1000 三人会签
    ("dongshu", "购置资产", 1_000_00, (HEAD, WITNESS, "村主任（理事长）", "村监会"), (), 0),
    (
        "dongshu",
        "购置资产",
        1_000_01,
        (HEAD, WITNESS, "村支书", "村主任（理事长）", "副主任", "村监会"),
        ("村民代表会议",),
        0,
    ),
]


@pytest.mark.parametrize(("key", "kind", "fen", "signers", "meetings", "days"), CASES)
def test_an_amount_falls_into_the_tier_its_source_says(key, kind, fen, signers, meetings, days):
    tier = tiers.shipped(key).tier(kind, fen)
    assert (tier.signers, tier.meetings, tier.notice_days) == (signers, meetings, days)


@pytest.mark.parametrize(
    ("key", "kind", "fen", "documents", "tender"),
    [
        ("national", "工程支出", 49_999_99, ("合同", "验收单"), False),
        ("national", "工程支出", 50_000_00, ("合同", "验收单"), True),
        ("national", "购置资产", 49_999_99, (), False),
        ("national", "购置资产", 50_000_00, (), True),
        ("masked-town", "工程支出", 19_999_99, (), False),
        ("masked-town", "工程支出", 20_000_00, ("现场查勘记录", "五人以上验收单"), False),
        ("masked-town", "工程支出", 79_999_99, ("现场查勘记录", "五人以上验收单"), False),
        ("masked-town", "工程支出", 80_000_00, ("现场查勘记录", "五人以上验收单", "审计报告"), False),
        ("double-sign", "生产性开支", 1_000_00, (), False),
        ("double-sign", "生产性开支", 1_000_01, ("集体讨论记录", "直接付给收款人的转账凭证"), False),
        ("chenggu", "工程支出", 5_000_01, ("村监会集体审核记录",), False),
    ],
)
def test_papers_and_tender_begin_at_the_amount_of_the_source(key, kind, fen, documents, tender):
    tier = tiers.shipped(key).tier(kind, fen)
    assert (tier.documents, tier.tender) == (documents, tender)


@pytest.mark.parametrize("table", tiers.tables(), ids=lambda table: table.key)
def test_a_table_covers_every_kind_of_spending_and_names_its_source(table):
    assert table_problems(table) == ()
    assert {tier.kind for tier in table.tiers} == set(SPEND_KINDS)
    assert table.source
    assert table.title
    assert table_of(table_content(table)) == table


@pytest.mark.parametrize("table", tiers.tables(), ids=lambda table: table.key)
def test_each_signer_has_a_role_and_each_meeting_is_a_body_of_the_rules(table):
    spending = tiers.spending("rural-2023")
    known = {rule.duty for rule in spending.signers}
    bodies = {body.name for body in governance.profile_rules("national").bodies}
    for tier in table.tiers:
        assert set(tier.signers) <= known
        assert set(tier.meetings) <= bodies
        assert all(spending.bodies_for(meeting) <= bodies for meeting in tier.meetings)


@pytest.mark.parametrize("chart", ["rural-2023", "rural-2004"])
def test_the_accounts_that_tell_spending_apart_are_in_the_chart(chart):
    spending = tiers.spending(chart)
    definition = chart_definition(chart)
    codes = {account.code for account in (*definition.accounts, *definition.suggested)}
    assert {code for rule in spending.kinds for code in rule.accounts} <= codes
    assert set(spending.assets) <= codes


def test_a_table_of_the_village_takes_over_on_its_day_and_the_old_one_stays_for_days_before(tmp_path):
    with control_book(tmp_path) as book:
        with acting(book, "陈主任"):
            tiers.save_table(book, tiers.shipped("ladders"), date(2025, 11, 1))
        assert tiers.table_on(book, date(2025, 10, 31)).key == "national"
        assert tiers.table_on(book, date(2025, 11, 1)).key == "ladders"


def test_only_head_and_township_change_the_tiers_and_only_the_lowest_amounts_may_be_left_out(tmp_path):
    with control_book(tmp_path) as book:
        with pytest.raises(NotAllowed):
            tiers.save_table(book, tiers.shipped("ladders"), date(2025, 11, 1))
        table = tiers.shipped("national")
        floored = table._replace(tiers=tuple(tier for tier in table.tiers if tier.to_fen != 1_000_00))
        with acting(book, "陈主任"):
            tiers.save_table(book, floored, date(2025, 11, 1))
        ladder = table.ladder("生产性开支")
        gap = table._replace(tiers=(ladder[0], ladder[2]))
        overlap = table._replace(tiers=(ladder[0], ladder[1]._replace(from_fen=1), ladder[2]))
        for wrong in (gap, overlap, table._replace(tiers=ladder[:2])):
            with acting(book, "陈主任"), pytest.raises(BadInput, match="审批权限表"):
                tiers.save_table(book, wrong, date(2025, 12, 1))
