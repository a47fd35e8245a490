"""The rules of a place and a book's own versions of them."""

from datetime import date
from typing import Any

import pytest

from tests.services.decision_desk import a_study, a_vote, standing_decision
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.services import decisions, governance, integrity
from village_ledger.services.book import Book
from village_ledger.services.governance_table import rule_set


@pytest.fixture
def desk(book: Book) -> Book:
    """A book at the desk of the village head, who may change rules."""
    book.actor = "陈主任"
    return book


def with_quorum(content: dict[str, Any], body: str, share: str) -> dict[str, Any]:
    """A table with another quorum of a body."""
    for row in content["body"]:
        if row["name"] == body:
            row["quorum"] = {"share": share, "law": "章程", "confirmed": True}
    return content


def test_every_profile_is_whole_and_says_where_each_figure_comes_from():
    for key, title in governance.profiles():
        rules = governance.profile_rules(key)
        assert (rules.profile, rules.title) == (key, title)
        for body in rules.bodies:
            bases = [share.basis for share in (body.quorum, *body.majorities) if share]
            bases += [one.basis for one in (body.told, body.size) if one]
            assert all(basis.law for basis in bases)
            assert all(basis.article for basis in bases if basis.confirmed)
        for matter in rules.matters:
            assert rules.procedures_for(matter.name), matter.name


def test_statutes_confirmed_are_the_ones_that_were_read():
    confirmed = {
        share.basis.law
        for key in governance.PROFILES
        for body in governance.profile_rules(key).bodies
        for share in (body.quorum, *body.majorities)
        if share and share.basis.confirmed
    }
    assert confirmed == {"农村集体经济组织法", "村民委员会组织法", "上海市农村集体资产监督管理条例"}


def test_a_new_version_counts_from_its_day_and_final_decisions_keep_theirs(desk: Book):
    few = (a_study(), a_vote(present=24, yes=23, no=1, abstain=0))
    old = standing_decision(desk, steps=few)
    content = with_quorum(governance.content(desk, date(2025, 6, 1)), "成员代表大会", "9/10")
    made = governance.save_rules(desk, governance.GOVERNANCE, content, date(2025, 6, 1))
    assert governance.rules(desk, date(2025, 5, 31)).label == "national@2025.1"
    assert governance.rules(desk, date(2025, 6, 1)).label == f"本村@{made.id}"
    assert decisions.standing(desk, old.number, date(2025, 7, 1)).valid
    new = standing_decision(desk, number="石桥决〔2025〕4号", steps=few)
    found = decisions.standing(desk, new.number, date(2025, 7, 1))
    assert found.decision.rules == f"本村@{made.id}"
    assert "应到 30 人，至少 27 人，实到 24 人" in found.failures[0].text
    assert integrity.verify(desk).ok


def test_rules_that_are_not_whole_are_refused(desk: Book):
    content = governance.content(desk, date(2025, 6, 1))
    with pytest.raises(BadInput, match="比例“3/2”不对"):
        governance.save_rules(desk, governance.GOVERNANCE, with_quorum(content, "成员大会", "3/2"), date(2025, 6, 1))
    with pytest.raises(BadInput, match="决策规则不完整"):
        rule_set({})
    broken = governance.content(desk, date(2025, 6, 1))
    broken["body"] = [row for row in broken["body"] if row["name"] != "理事会"]
    with pytest.raises(BadInput, match="程序“理事会”"):
        rule_set(broken)


def test_a_version_cannot_begin_before_the_last_one_or_change_nothing(desk: Book):
    content = with_quorum(governance.content(desk, date(2025, 6, 1)), "监事会", "2/3")
    governance.save_rules(desk, governance.GOVERNANCE, content, date(2025, 6, 1))
    with pytest.raises(BadInput, match="不能早于上一版的 2025-06-01"):
        governance.save_rules(desk, governance.GOVERNANCE, content, date(2025, 5, 1))
    with pytest.raises(BadInput, match="没有变化"):
        governance.save_rules(desk, governance.GOVERNANCE, content, date(2025, 6, 1))


def test_the_accountant_does_not_change_rules(desk: Book):
    desk.actor = "王会计"
    with pytest.raises(NotAllowed, match="修改决策和审批规则"):
        governance.save_rules(desk, governance.GOVERNANCE, governance.content(desk, date(2025, 6, 1)), date(2025, 6, 1))


def test_verify_finds_rules_changed_outside(desk: Book):
    content = with_quorum(governance.content(desk, date(2025, 6, 1)), "监事会", "2/3")
    governance.save_rules(desk, governance.GOVERNANCE, content, date(2025, 6, 1))
    with pytest.raises(Exception, match="规则版本不能修改"):
        desk.connection.execute("UPDATE rule_version SET valid_from='2020-01-01'")
    sql = desk.connection.execute("SELECT sql FROM sqlite_schema WHERE name='rule_version_no_update'").fetchone()[0]
    desk.connection.execute("DROP TRIGGER rule_version_no_update")
    desk.connection.execute("UPDATE rule_version SET content=replace(content, '\"2/3\"', '\"1/9\"')")
    desk.connection.execute(sql)
    assert "规则版本 1（governance，2025-06-01 起）和登记的不一样，被改动过" in integrity.verify(desk).findings
