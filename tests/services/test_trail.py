"""From any payment of the sample village's last quarter to its basis, and from every decision back to its vouchers."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.domain.period import Period
from village_ledger.domain.trail import trail_rows
from village_ledger.services import decisions, integrity, publishing, trail
from village_ledger.services.book import Book
from village_ledger.services.decision_vouchers import moved_by

QUARTER = (Period(2025, 10), Period(2025, 12))


@pytest.fixture(scope="module")
def village(sample_village: Path) -> Iterator[Book]:
    with Book.open(sample_village, read_only=True) as book:
        yield book


@pytest.fixture
def copied(sample_village: Path, tmp_path: Path) -> Path:
    """The village with its attachments, to be tampered with."""
    for path in (sample_village.parent / f"{sample_village.stem}-附件").iterdir():
        (tmp_path / f"{sample_village.stem}-附件").mkdir(exist_ok=True)
        shutil.copy(path, tmp_path / f"{sample_village.stem}-附件")
    return Path(shutil.copy(sample_village, tmp_path))


def test_every_payment_of_the_quarter_has_a_signed_request_or_an_exception(village: Book):
    found = trail.trails(village, *QUARTER)
    assert len(found) == 58
    for one in found:
        assert one.controlled
        if one.exceptions:
            assert one.label == "2025-11 记-20"
            continue
        assert sum(request.fen for request in one.requests) == one.fen, one.label
        for request in one.requests:
            assert request.state == "已批准"
            assert {part.duty for part in request.signatures} >= {"经手人", "证明人", "负责人", "村监会"}
            signers = [part.name for part in request.signatures[2:]]
            assert not {request.payee, request.handler} & set(signers), "nobody approves an own claim"


def test_every_decision_a_payment_rests_on_holds_and_leads_back_to_it(village: Book):
    for one in trail.trails(village, *QUARTER):
        for decision in one.decisions:
            assert decision.failures == (), (one.label, decision.number)
            assert decision.drawn_fen <= decision.cap_fen
            if "用款申请" in decision.via and "预算" not in decision.via:
                assert one.label in {moved.label for moved in moved_by(village, decision.number)}
        if one.exceptions:
            assert one.decisions == ()


def test_every_voucher_a_decision_moved_names_the_decision(village: Book):
    for decision in decisions.decisions(village):
        for moved in moved_by(village, decision.number):
            followed = trail.trail(village, moved.voucher)
            assert decision.number in {one.number for one in followed.decisions}, (decision.number, moved.label)


def test_the_payment_for_the_lamps_is_followed_to_vote_papers_and_log(village: Book):
    found = trail.trail(village, trail.find(village, "2025-10 记-28"))
    assert found.fen == 59_280_00
    assert [(place.title, place.line) for entry in found.entries for place in entry.places] == [
        ("资产负债表", 25),
        ("资产负债表", 1),
    ]
    (request,), (decision,), (project,) = found.requests, found.decisions, found.projects
    assert (request.handler, request.witness, request.payee) == ("何大有", "王喜贵", "亮洁照明工程公司")
    assert [part.name for part in request.signatures] == ["何大有", "王喜贵", "石建国", "许长根", "孙立军"]
    assert [part.method for part in request.signatures] == ["书面", "书面", "本人", "本人", "本人"]
    assert (decision.number, decision.cap_fen) == ("石村议〔2025〕10号", 65_000_00)
    assert [(step.eligible, step.present, step.yes) for step in decision.steps] == [
        (7, 7, 7),
        (26, 21, 20),
        (21, 19, 19),
    ]
    assert (project.contract_fen, project.paid_fen) == (62_400_00, 59_280_00)
    assert {(file.name.partition(" ")[0], file.state) for file in found.files} == {
        ("用款审批单", "完好"),
        ("议10号签到表.png", "完好"),
    }
    assert [act.action for act in found.acts][-2:] == ["审核", "记账"]
    papers = [(paper.issuer, paper.fen) for paper in found.documents]
    assert papers == [("亮洁照明工程公司", 59_280_00), ("农商行清河支行", 59_280_00)]
    assert sum(act.action == "签批用款申请" for act in found.acts) == 5


def test_a_payment_lowers_cash_and_what_is_owed_and_an_expense_lowers_what_is_left(village: Book):
    """记-4 pays 6,600.00 of 212 应付工资 from the bank, 记-2 buys paper for 286.00 (513) in cash."""
    found = {one.label: one for one in trail.trails(village, Period(2025, 1), Period(2025, 1))}
    shown = {
        label: {row.title: row.fen for row in trail_rows(found[label]) if row.stage == "报表"}
        for label in ("2025-01 记-4", "2025-01 记-2")
    }
    assert shown == {
        "2025-01 记-4": {"资产负债表：应付工资": -6600_00, "资产负债表：货币资金": -6600_00},
        "2025-01 记-2": {
            "资产负债表：未分配收益": -286_00,
            "收益及收益分配表：管理费用": 286_00,
            "资产负债表：货币资金": -286_00,
        },
    }


def test_a_payment_within_the_budget_leads_to_the_budgets_decision(village: Book):
    found = trail.trail(village, trail.find(village, "2025-10 记-7"))
    assert [(one.number, one.via) for one in found.decisions] == [("石村议〔2025〕1号", "2025年预算 B04")]


def test_earlier_payments_lead_to_the_decision_by_contract_and_project(village: Book):
    found = trail.trail(village, trail.find(village, "2025-06 记-28"))
    assert not found.controlled
    assert found.requests == ()
    assert [one.number for one in found.decisions] == ["石村议〔2025〕5号"]
    assert found.decisions[0].via == "合同 GC2025-01、工程 XM2025-01"


def test_the_road_is_followed_back_to_every_voucher(village: Book):
    found = {moved.label: moved.via for moved in moved_by(village, "石村议〔2025〕5号")}
    paid = {"2025-04 记-34", "2025-06 记-28", "2025-09 记-16"}
    assert paid <= {label for label, via in found.items() if via == "工程 XM2025-01"}
    assert {"2025-06 记-23", "2025-08 记-17"} <= {label for label, via in found.items() if via == "合同 GC2025-01"}


@pytest.mark.parametrize("text", ["2025-10 记-28", "2025年10月记28号", "2025-10记-28", "2025-10 记字第28号"])
def test_a_voucher_is_found_however_it_is_written(village: Book, text: str):
    assert trail.find(village, text) == trail.find(village, "2025-10 记-28")


@pytest.mark.parametrize("text", ["记-28", "2025-10 记-999", "十月", "2025-10 x-1"])
def test_what_is_no_posted_voucher_is_refused(village: Book, text: str):
    with pytest.raises(BadInput):
        trail.find(village, text)


def test_the_sheet_is_printed_and_logged(copied: Path, tmp_path: Path):
    with Book.open(copied, actor="周敏") as book:
        found = trail.trail(book, trail.find(book, "2025-11 记-1"))
        publishing.print_trail(book, found, tmp_path / "溯源单.pdf")
        assert (tmp_path / "溯源单.pdf").stat().st_size > 5_000
        assert integrity.verify(book).ok


def test_verify_names_a_decision_edited_outside_the_program(copied: Path):
    raw = sqlite3.connect(copied)
    raw.executescript(
        "DROP TRIGGER decision_final; UPDATE decision SET cap_fen = 99900000 WHERE number = '石村议〔2025〕14号'"
    )
    raw.close()
    with Book.open(copied, read_only=True) as book:
        texts = integrity.verify(book).findings
    assert any("石村议〔2025〕14号" in text and "cap_fen：6000000 → 99900000" in text for text in texts)


def test_verify_names_a_vote_edited_outside_the_program(copied: Path):
    raw = sqlite3.connect(copied)
    raw.executescript(
        "DROP TRIGGER decision_step_no_update; UPDATE decision_step SET present = 20, yes = 20"
        " WHERE decision_id = (SELECT id FROM decision WHERE number = '石村议〔2025〕9号')"
    )
    raw.close()
    with Book.open(copied, read_only=True) as book:
        texts = integrity.verify(book).findings
    assert any("石村议〔2025〕9号" in text and "present：12 → 20" in text for text in texts)


def test_a_scan_edited_outside_the_program_is_found_by_verify_and_shown_in_the_trail(copied: Path):
    with Book.open(copied, read_only=True) as book:
        number = trail.find(book, "2025-10 记-28")
        file = next(one for one in trail.trail(book, number).files if one.name == "议10号签到表.png")
        place = trail.file_place(book, file.sha256)
        assert place
        place.write_bytes(place.read_bytes() + b"x")
        assert [one.state for one in trail.trail(book, number).files if one.name == file.name] == ["内容被改动"]
        assert any("议10号签到表.png" in text for text in integrity.verify(book).findings)
