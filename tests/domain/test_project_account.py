"""What may be paid for a project: contract, changes, acceptance, retention, audit, budget. Figures by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.project import (
    COMPLETION,
    CONTRACT_PAYMENT,
    OTHER_COST,
    STAGE,
    Acceptance,
    ContractChange,
    FinalAccount,
    Project,
    ProjectPayment,
    Release,
    check_project,
)
from village_ledger.domain.project_account import (
    ProjectAccount,
    check_acceptance,
    check_change,
    check_final,
    check_release,
    contract_limits,
    payable_fen,
    payment_refusal,
    split_remarks,
)
from village_ledger.domain.works_rules import Bound, TenderBound, WorksRules

RULES = WorksRules(
    acceptance=Bound(20_000_00, 5, "某镇规定"),
    audit=Bound(80_000_00, 9000, "某镇规定"),
    bounds=(TenderBound(("工程",), 100_000_00, ("公开招标",), "某镇规定", confirmed=True),),
)
FIVE = ("许长根", "石大山", "李根旺", "何大有", "王喜贵")
ROAD = Project(
    "GC-01",
    "村道硬化",
    "工程",
    "直接委托",
    "石桥决〔2025〕3号",
    150_000_00,
    date(2025, 2, 1),
    contractor="宏达公司",
    contract_fen=100_000_00,
    signed=date(2025, 3, 1),
    retention_bp=300,
    retention_due=date(2026, 9, 1),
    id=1,
)
DAY = date(2025, 12, 31)


def paid(fen: int, kind: str = CONTRACT_PAYMENT) -> ProjectPayment:
    return ProjectPayment(date(2025, 6, 1), fen, kind, "记-1", "u1")


def accepted(fen: int, kind: str = STAGE, day: date = date(2025, 5, 1)) -> Acceptance:
    return Acceptance(day, kind, fen, FIVE)


def refusal(account: ProjectAccount, fen: int, kind: str = CONTRACT_PAYMENT, on: date = DAY) -> str:
    return payment_refusal(account, RULES, fen, on, kind)


def test_nothing_is_paid_on_a_contract_before_work_is_accepted() -> None:
    assert "超过已验收 0.00" in refusal(ProjectAccount(ROAD), 1)


def test_an_advance_agreed_may_be_paid_before_and_counts_against_later_payments() -> None:
    account = ProjectAccount(ROAD._replace(advance_fen=20_000_00))
    assert refusal(account, 20_000_00) == ""
    assert "可预付 20,000.00" in refusal(account, 20_000_01)
    later = account._replace(acceptances=(accepted(50_000_00),), payments=(paid(20_000_00),))
    assert payable_fen(later, RULES, DAY) == 28_500_00  # 50,000 less 3 % less the advance


def test_retention_money_is_held_back_from_what_is_accepted() -> None:
    account = ProjectAccount(ROAD, acceptances=(accepted(50_000_00),))
    assert account.retained_fen() == 1_500_00
    assert refusal(account, 48_500_00) == ""
    assert refusal(account, 48_500_01) == (
        "项目“村道硬化”已付 0.00，再付 48,500.01 就超过已验收 50,000.00，应留质保金 1,500.00，最多还能付 48,500.00"
    )


def test_the_last_payment_waits_for_the_audited_final_account() -> None:
    account = ProjectAccount(ROAD, acceptances=(accepted(100_000_00, COMPLETION),), payments=(paid(88_000_00),))
    assert refusal(account, 2_000_00) == ""
    assert "决算审计前最多付合同价的 90%，即 90,000.00（某镇规定）" in refusal(account, 2_000_01)
    audited = account._replace(finals=(FinalAccount(date(2025, 10, 1), 98_000_00, "信达会计师事务所"),))
    assert payable_fen(audited, RULES, DAY) == 98_000_00 - 2_940_00 - 88_000_00
    assert payable_fen(audited, RULES, date(2025, 9, 30)) == 2_000_00  # not known yet on that day


def test_retention_set_free_may_be_paid_and_no_more() -> None:
    account = ProjectAccount(
        ROAD,
        acceptances=(accepted(100_000_00, COMPLETION),),
        finals=(FinalAccount(date(2025, 10, 1), 98_000_00, "信达会计师事务所"),),
        payments=(paid(95_060_00),),
    )
    on = date(2026, 9, 2)
    assert refusal(account, 1, on=on) != ""
    freed = account._replace(releases=(Release(date(2026, 9, 1), 2_940_00, "复查完好"),))
    assert refusal(freed, 2_940_00, on=on) == ""
    assert "超过" in refusal(freed, 2_940_01, on=on)
    settled = freed._replace(payments=(*freed.payments, paid(2_940_00)))
    assert settled.state == "已结清"


def test_a_change_by_decision_raises_what_may_be_paid_from_its_day_on() -> None:
    small = ROAD._replace(contract_fen=50_000_00, retention_bp=0, retention_due=None)
    account = ProjectAccount(
        small,
        changes=(ContractChange(date(2025, 6, 1), 8_000_00, "石桥决〔2025〕8号", "加宽"),),
        acceptances=(accepted(58_000_00, day=date(2025, 6, 2)),),
    )
    assert refusal(account, 58_000_00) == ""
    assert "合同价加变更 58,000.00" in refusal(account, 58_000_01)
    assert contract_limits(account, RULES, date(2025, 5, 31))[0].fen == 50_000_00


def test_other_costs_need_no_contract_but_stay_within_what_was_approved() -> None:
    bare = ProjectAccount(ROAD._replace(contractor="", contract_fen=0, signed=None, retention_bp=0, retention_due=None))
    assert refusal(bare, 3_800_00, OTHER_COST) == ""
    assert "还没有签合同" in refusal(bare, 1)
    full = ProjectAccount(ROAD, acceptances=(accepted(100_000_00),), payments=(paid(149_000_00, OTHER_COST),))
    assert "共批准 150,000.00（石桥决〔2025〕3号）" in refusal(full, 1_000_01, OTHER_COST)
    assert "共批准" in refusal(full, 1_000_01)


def test_nothing_is_paid_before_the_project_was_approved() -> None:
    assert "早于项目批准日期" in refusal(ProjectAccount(ROAD), 1, OTHER_COST, date(2025, 1, 31))
    assert refusal(ProjectAccount(ROAD), 0, OTHER_COST) == "付款金额应大于零"


def test_works_above_the_bound_need_five_different_acceptors() -> None:
    account = ProjectAccount(ROAD)
    four = accepted(10_000_00)._replace(people=("甲", "乙", "丙", "丁", "丁 "))
    assert check_acceptance(account, accepted(10_000_00), RULES) == ""
    assert check_acceptance(account, four, RULES) == "20,000.00 元以上的工程至少 5 人验收，现在 4 人（某镇规定）"
    purchase = ProjectAccount(ROAD._replace(kind="采购"))
    assert check_acceptance(purchase, four, RULES) == ""


def test_acceptances_only_grow_and_stay_within_the_contract() -> None:
    account = ProjectAccount(ROAD, acceptances=(accepted(50_000_00),))
    assert "不能小于上次验收" in check_acceptance(account, accepted(49_999_99), RULES)
    assert "不能小于上次验收" in check_acceptance(account, accepted(60_000_00, day=date(2025, 4, 1)), RULES)
    assert "超出的请先登记变更" in check_acceptance(account, accepted(100_000_01), RULES)
    done = account._replace(acceptances=(accepted(100_000_00, COMPLETION),))
    assert check_acceptance(done, accepted(100_000_00, day=date(2025, 8, 1)), RULES) == "已经竣工验收，不能再登记验收"


@pytest.mark.parametrize(
    ("change", "text"),
    [
        (ContractChange(date(2025, 6, 1), 0, "决", "因"), "变更金额不能是零"),
        (ContractChange(date(2025, 6, 1), 1, "", "因"), "请填变更的决策文号和原因"),
        (ContractChange(date(2025, 2, 1), 1, "决", "因"), "变更日期早于合同签订日期"),
        (
            ContractChange(date(2025, 6, 1), -50_000_01, "决", "因"),
            "减到 49,999.99 就少于已验收或已付的金额，不能这样变更",
        ),
    ],
)
def test_a_change_that_cannot_be_is_refused(change: ContractChange, text: str) -> None:
    assert check_change(ProjectAccount(ROAD, acceptances=(accepted(50_000_00),)), change) == text


def test_retention_is_set_free_only_after_its_term() -> None:
    account = ProjectAccount(ROAD, acceptances=(accepted(100_000_00, COMPLETION),))
    assert "2026-09-01 才满" in check_release(account, Release(date(2026, 8, 31), 1, "复查"))
    assert check_release(account, Release(date(2026, 9, 1), 3_000_00, "复查")) == ""
    assert "不能超过它" in check_release(account, Release(date(2026, 9, 1), 3_000_01, "复查"))
    assert check_release(ProjectAccount(ROAD), Release(date(2026, 9, 1), 1, "复查")) == "还没有竣工验收，不能退还质保金"


def test_a_final_account_follows_completion_and_stays_within_the_contract() -> None:
    final = FinalAccount(date(2025, 10, 1), 100_000_00, "信达会计师事务所")
    assert check_final(ProjectAccount(ROAD), final) == "还没有竣工验收，不能登记决算"
    done = ProjectAccount(ROAD, acceptances=(accepted(100_000_00, COMPLETION),))
    assert check_final(done, final) == ""
    assert "超出的请先登记变更" in check_final(done, final._replace(audited_fen=100_000_01))
    assert check_final(done, final._replace(auditor=" ")) == "请填决算审核（审计）单位"


def test_a_project_as_it_was_leaves_out_what_came_later() -> None:
    account = ProjectAccount(ROAD, acceptances=(accepted(50_000_00),), payments=(paid(10_000_00),))
    then = account.on(date(2025, 4, 30))
    assert (then.accepted_fen(), then.paid_fen, then.project.contract_fen) == (0, 0, 100_000_00)
    before = account.on(date(2025, 2, 20))
    assert (before.project.contract_fen, before.state) == (0, "已立项")


def test_contracts_at_one_site_that_together_reach_the_bound_are_remarked_on() -> None:
    first = ROAD._replace(contract_fen=60_000_00, site="一组")
    second = first._replace(code="GC-02", name="一组水渠", contract_fen=50_000_00, signed=date(2025, 11, 1))
    far = second._replace(site="二组")
    assert [one.code for one in split_remarks((first, second), RULES)] == ["split"]
    assert split_remarks((first, far), RULES) == ()
    assert split_remarks((first, second._replace(signed=date(2026, 4, 1))), RULES) == ()


def test_a_project_is_decided_before_its_contract_and_not_contracted_above_its_budget() -> None:
    assert check_project(ROAD) == ()
    assert [one.code for one in check_project(ROAD._replace(signed=date(2025, 1, 31)))] == ["signed"]
    assert [one.code for one in check_project(ROAD._replace(contract_fen=150_000_01))] == ["budget"]
    assert [one.code for one in check_project(ROAD._replace(decision=""))] == ["missing"]
    assert [one.code for one in check_project(ROAD._replace(retention_due=None))] == ["missing"]


MONEY = st.integers(1, 200_000_00)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), MONEY),
        st.tuples(st.just("accept"), MONEY),
        st.tuples(st.just("complete"), MONEY),
        st.tuples(st.just("change"), st.integers(-60_000_00, 60_000_00)),
        st.tuples(st.just("final"), MONEY),
        st.tuples(st.just("release"), st.integers(1, 6_000_00)),
        st.tuples(st.just("cost"), MONEY),
    ),
    max_size=25,
)


def perform(account: ProjectAccount, act: str, fen: int) -> ProjectAccount:
    """The account after an act, or as it was when the act is refused."""
    day = date(2026, 9, 5)
    if act in {"pay", "cost"}:
        kind = CONTRACT_PAYMENT if act == "pay" else OTHER_COST
        text = payment_refusal(account, RULES, fen, day, kind)
        return account if text else account._replace(payments=(*account.payments, paid(fen, kind)))
    if act in {"accept", "complete"}:
        one = accepted(fen, COMPLETION if act == "complete" else STAGE, day)
        text = check_acceptance(account, one, RULES)
        return account if text else account._replace(acceptances=(*account.acceptances, one))
    if act == "change":
        change = ContractChange(day, fen, "决", "因")
        return account if check_change(account, change) else account._replace(changes=(*account.changes, change))
    if act == "final":
        final = FinalAccount(day, fen, "会计师事务所")
        return account if check_final(account, final) else account._replace(finals=(*account.finals, final))
    release = Release(day, fen, "复查")
    return account if check_release(account, release) else account._replace(releases=(*account.releases, release))


@given(ACTS)
def test_no_sequence_of_acts_pays_above_contract_and_changes_or_above_what_was_accepted(
    acts: list[tuple[str, int]],
) -> None:
    account = ProjectAccount(ROAD)
    for act, fen in acts:
        before = account
        account = perform(account, act, fen)
        assert account.contract_paid_fen <= account.ceiling_fen()
        assert account.paid_fen <= account.approved_fen()
        if act == "pay" and account is not before:
            assert account.contract_paid_fen <= account.accepted_fen() - account.retained_fen()
            if account.final:
                assert account.contract_paid_fen <= account.final.audited_fen
