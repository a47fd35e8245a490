"""In months under control, contracts, tenancies, waivers and disposals rest on a decision that allows them."""

import shutil
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.decision_desk import standing_decision
from village_ledger.domain.assets.change import Change, Paper
from village_ledger.domain.contract import Step
from village_ledger.domain.errors import NotAllowed, Refusal
from village_ledger.services import asset_changes, contract_waivers, contracts, decisions
from village_ledger.services.book import Book
from village_ledger.services.contract_waivers import NewWaiver
from village_ledger.storage.assets import load_cards

JANUARY = date(2026, 1, 12)
RESERVOIR, CLEANING = "HT2021-01", "FW2024-01"
WAIVING = "石村议〔2025〕13号"


@pytest.fixture
def book(sample_village: Path, tmp_path: Path) -> Iterator[Book]:
    """The sample village: control from October 2025 on, January 2026 open."""
    with Book.open(shutil.copy(sample_village, tmp_path), actor="周敏") as opened:
        yield opened


def account(book: Book, code: str):
    return next(one for one in contracts.register(book).accounts if one.contract.code == code)


def a_waiver(book: Book, decision: str, fen: int = 1_000_00) -> NewWaiver:
    found = account(book, RESERVOIR)
    late = next(one for one in found.standings if one.counts and one.outstanding_fen == 1_000_00)
    return NewWaiver(found.contract.id, late.instalment.seq, fen, JANUARY, "放水检修", decision)


def test_a_waiver_draws_on_its_decision_and_cannot_overdraw_it(book: Book):
    contract_waivers.waive(book, a_waiver(book, WAIVING, 600_00))
    assert decisions.standing(book, WAIVING, JANUARY).drawn_fen == 600_00
    later = account(book, "JD2023-12")
    late = next(one for one in later.standings if one.counts and one.outstanding_fen > 0)
    wanted = NewWaiver(later.contract.id, late.instalment.seq, 500_00, JANUARY, "歉收", WAIVING)
    with pytest.raises(NotAllowed, match="超过决策 石村议〔2025〕13号 的金额"):
        contract_waivers.waive(book, wanted)
    assert decisions.standing(book, WAIVING, JANUARY).drawn_fen == 600_00


def test_two_windows_racing_cannot_overdraw_a_decision_together(book: Book):
    wanted = a_waiver(book, WAIVING, 600_00)
    start = threading.Barrier(2)
    results: list[str] = []

    def waive() -> None:
        with Book.open(book.path, actor="周敏") as own:
            start.wait()
            try:
                contract_waivers.waive(own, wanted)
                results.append("done")
            except Refusal as refusal:
                results.append(refusal.message)

    windows = [threading.Thread(target=waive) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(len(result) > 4 for result in results) == [False, True], results
    assert decisions.standing(book, WAIVING, JANUARY).drawn_fen == 600_00


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("石村议〔2025〕99号", "决策台账里没有"),
        ("石村议〔2025〕9号", "决定的是“资产资源发包出租”，只能据以签订合同，不能据以减免租金"),
        ("石村议〔2025〕16号", "不能据以减免租金"),
    ],
)
def test_a_waiver_is_refused_on_what_was_not_decided_about_it(book: Book, number: str, why: str):
    with pytest.raises(NotAllowed, match=why):
        contract_waivers.waive(book, a_waiver(book, number))


def test_a_payment_contract_needs_a_decision_with_enough_money_left(book: Book):
    known = account(book, CLEANING).contract
    wanted = known._replace(id=0, version=0, code="FW2026-01", signed=JANUARY, decision="", opening_fen=0)
    with pytest.raises(NotAllowed, match="没有填决议文号"):
        contracts.save(book, wanted)
    with pytest.raises(NotAllowed, match=r"还可动用 0\.00 元"):
        contracts.save(book, wanted._replace(decision="石村议〔2023〕16号"))


def test_a_contract_is_not_lengthened_without_asking_its_decision_again(book: Book):
    number = standing_decision(book, matter="日常开支", procedure="成员（代表）大会", cap_fen=20_000_00).number
    known = account(book, CLEANING).contract
    price = known.price._replace(form="固定", steps=(Step(1, 10_000_00),), payments=())
    wanted = known._replace(
        id=0, version=0, code="FW2026-01", signed=JANUARY, decision=number, opening_fen=0, tracked=None, price=price
    )
    year = wanted._replace(start=date(2026, 2, 1), end=date(2027, 1, 31))
    saved = contracts.save(book, year)
    assert decisions.standing(book, number, JANUARY).drawn_fen == 10_000_00
    with pytest.raises(NotAllowed, match=r"还可动用 20,000\.00 元，这次要 30,000\.00 元"):
        contracts.save(book, saved._replace(end=date(2029, 1, 31)))
    noted = contracts.save(book, saved._replace(note="保洁"))
    assert decisions.standing(book, number, JANUARY).drawn_fen == 10_000_00
    assert noted.note == "保洁"


def test_a_tenancy_needs_a_valid_decision_but_draws_no_money(book: Book):
    known = account(book, RESERVOIR).contract
    wanted = known._replace(
        id=0,
        version=0,
        code="HT2026-01",
        signed=JANUARY,
        start=date(2031, 1, 1),
        end=date(2033, 12, 31),
        tracked=None,
        opening_fen=0,
        decision="石村议〔2025〕9号",
    )
    with pytest.raises(NotAllowed, match="不成立"):
        contracts.save(book, wanted)
    saved = contracts.save(book, wanted._replace(decision="石村议〔2025〕12号"))
    assert saved.id
    (draw,) = decisions.draws(book, "石村议〔2025〕12号")
    assert (draw.kind, draw.fen, draw.target) == ("合同", 0, "contract:HT2026-01")


def test_a_contract_from_before_control_may_name_a_paper_nobody_registered(book: Book):
    known = account(book, RESERVOIR).contract
    corrected = contracts.save(book, known._replace(note="补记联系电话"))
    assert corrected.decision == "石村议〔2020〕9号"


def test_an_asset_is_given_up_only_by_a_decision(book: Book):
    card = next(one for one in load_cards(book.connection) if one.code == "ZC-0033")
    applied = next(one for one in asset_changes.changes(book, card.id) if one.change.kind == "报废")
    book.actor = "石建国"
    approval = Paper("石建国", JANUARY, "石资批〔2026〕1号")
    with pytest.raises(NotAllowed, match="没有填决议文号"):
        asset_changes.approve(book, applied.change.id, approval)
    with pytest.raises(NotAllowed, match=r"决定的是“资产购置”，.*不能据以处置资产"):
        asset_changes.approve(book, applied.change.id, approval, decision="石村议〔2025〕7号")


def test_a_disposal_draws_what_the_asset_was_carried_at(book: Book):
    card = next(one for one in load_cards(book.connection) if one.code == "ZC-0033")
    applied = next(one for one in asset_changes.changes(book, card.id) if one.change.kind == "报废")
    number = standing_decision(book, matter="资产处置", cap_fen=300_00).number
    book.actor = "石建国"
    approval = Paper("石建国", JANUARY, "石资批〔2026〕1号")
    done = asset_changes.approve(book, applied.change.id, approval, decision=number)
    (draw,) = decisions.draws(book, number)
    # 14,040.00 bought for, 13,800.00 written down
    assert (draw.fen, draw.target) == (240_00, f"change:{done.uid}")
    assert isinstance(done, Change)
