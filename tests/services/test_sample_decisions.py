"""The sample village's decisions, budgets, projects and requests: what holds and what does not is known by hand."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.errors import NotAllowed
from village_ledger.domain.governance import CONTRACTING, PAYING, WAIVING
from village_ledger.domain.period import Period
from village_ledger.services import budgets, decisions, gate, projects, requests, vouchers
from village_ledger.services.book import Book

ON = date(2026, 1, 10)
FAILING = {"石村议〔2025〕7号": "told", "石村议〔2025〕9号": "quorum"}
ACTS = {"石村议〔2025〕7号": PAYING, "石村议〔2025〕9号": CONTRACTING}
CAPS = {
    "石村议〔2023〕16号": (54_000_00, 54_000_00),
    "石村议〔2025〕3号": (122_400_00, 3 * 10_200_00 + 6_600_00),
    "石村议〔2025〕5号": (140_000_00, 140_000_00),
    "石村议〔2025〕10号": (65_000_00, 65_000_00),
    "石村议〔2025〕13号": (1_000_00, 0),
    "石村议〔2025〕14号": (60_000_00, 55_000_00),
    "石村议〔2025〕15号": (50_000_00, 50_000_00),
    "石村代〔2025〕1号": (151_000_00, 143_000_00 + 7_475_00),
    "石村议〔2025〕17号": (10_000_00, 10_000_00),
    "石村议〔2025〕18号": (34_500_00, 11_100_00),
    "石两委〔2025〕1号": (2_300_00, 2_256_50),
}


@pytest.fixture(scope="module")
def village(sample_village: Path) -> Iterator[Book]:
    with Book.open(sample_village, read_only=True) as book:
        yield book


@pytest.fixture
def copied(sample_village: Path, tmp_path: Path) -> Iterator[Book]:
    with Book.open(shutil.copy(sample_village, tmp_path), actor="周敏") as book:
        yield book


def test_every_decision_is_valid_but_one_without_quorum_and_one_told_too_late(village: Book):
    standings = {one.decision.number: one for one in decisions.standings(village, ON)}
    assert len(standings) == 24
    failing = {number: [one.code for one in found.failures] for number, found in standings.items() if found.failures}
    assert failing.keys() == FAILING.keys()
    assert failing["石村议〔2025〕7号"] == ["told"], "6 days instead of 10"
    assert "quorum" in failing["石村议〔2025〕9号"], "12 of 21, where 14 are needed"
    assert {found.decision.state for found in standings.values()} == {"定稿"}


def test_the_failures_name_figures_and_articles(village: Book):
    late = str(decisions.standing(village, "石村议〔2025〕7号", ON).failures[0])
    assert "提前 6 天" in late
    assert "农村集体经济组织法第二十七条" in late
    few = str(decisions.standing(village, "石村议〔2025〕9号", ON).failures[0])
    assert "至少 14 人，实到 12 人" in few
    assert "村民委员会组织法第二十六条" in few


@pytest.mark.parametrize("number", CAPS)
def test_what_decisions_allow_and_what_draws_on_them(village: Book, number: str):
    found = decisions.standing(village, number, ON)
    assert (found.cap_fen, found.drawn_fen) == CAPS[number]


@pytest.mark.parametrize("number", FAILING)
def test_no_money_moves_on_a_decision_that_fails(copied: Book, number: str):
    assert decisions.draws(copied, number) == ()
    with pytest.raises(NotAllowed, match="不成立"):
        decisions.require(copied, number, ACTS[number], fen=0, on=ON, what="试")


def test_one_voucher_was_posted_by_exception_and_waits_to_be_made_good(village: Book):
    (one,) = gate.exceptions(village)
    assert (one.label, one.state) == ("2025-11 记-20", "待补办")
    assert one.exception.amount_fen == 1_180_00
    assert "用款申请" in one.exception.missing[0]


def test_the_drafts_of_january_are_ready_waiting_or_lacking(village: Book):
    drafts = vouchers.drafts_of(village, Period(2026, 1))
    lacking = {number for number, draft in enumerate(drafts, 1) if gate.missing(village, draft)}
    assert lacking == {4, 5, 8}, "one waits for a signature, one request is only drawn up, one has none"
    states = {one.number: one.state for one in requests.requests(village) if one.day.year == 2026}
    assert states == {"用2026-001": "已批准", "用2026-002": "已批准", "用2026-003": "签批中", "用2026-004": "填写"}


def test_a_draft_without_its_basis_is_not_posted_and_the_message_names_what_is_missing(copied: Book):
    draft = vouchers.drafts_of(copied, Period(2026, 1))[7]
    copied.actor = "何志远"
    vouchers.review(copied, [draft.id])
    copied.actor = "周敏"
    with pytest.raises(NotAllowed) as refusal:
        vouchers.post(copied, [draft.id])
    assert "用款申请" in refusal.value.problems[0].message


def test_the_budget_was_adjusted_and_one_item_is_overspent(village: Book):
    found = budgets.execution(village, 2025, Period(2025, 12))
    rows = {one.item.code: one for one in found.rows}
    assert (rows["B04"].adjusted_fen, rows["B04"].executed_fen) == (25_500_00, 24_587_90)
    assert [code for code, one in rows.items() if one.is_overspent] == ["A07"]
    assert found.unbudgeted == ()
    second = budgets.budget(village, 2026)
    assert second
    assert second.is_approved


def test_projects_were_tendered_accepted_and_paid_less_their_retention(village: Book):
    found = {one.project.code: one for one in projects.register(village)}
    road, lamps, hall = (found[f"XM2025-0{number}"] for number in (1, 2, 3))
    assert (road.contract_paid_fen, road.retained_fen()) == (120_270_00, 6_330_00)
    assert road.contract_paid_fen + road.retained_fen() == road.ceiling_fen() == 126_600_00
    assert (lamps.contract_paid_fen, lamps.retained_fen()) == (59_280_00, 3_120_00)
    assert hall.contract_paid_fen == hall.project.advance_fen == 12_000_00
    assert [one.tender.winner for one in found.values() if one.tender] == [
        one.project.contractor for one in found.values()
    ]


def test_the_waiver_that_was_voted_can_be_carried_out_once(copied: Book):
    decisions.require(copied, "石村议〔2025〕13号", WAIVING, fen=1_000_00, on=ON, what="试")
    with pytest.raises(NotAllowed, match="还可动用"):
        decisions.require(copied, "石村议〔2025〕13号", WAIVING, fen=1_000_01, on=ON, what="试")
