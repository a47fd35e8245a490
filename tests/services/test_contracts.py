"""Registering contracts: what is refused, what is warned of, what may change later."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.contract_desk import ZHANG, a_shop, contract_book, some_land
from village_ledger.domain.account import Item
from village_ledger.domain.assets.card import Card
from village_ledger.domain.contract import Price, Step
from village_ledger.domain.errors import BadInput, NotAllowed, StaleDraft
from village_ledger.domain.parcel_changes import Share
from village_ledger.domain.parcels import Parcel
from village_ledger.domain.period import Period
from village_ledger.services import asset_cards, contract_rents, contracts, journal, parcels
from village_ledger.services.book import Book
from village_ledger.services.contract_subjects import subjects
from village_ledger.services.integrity import verify


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with contract_book(tmp_path) as opened:
        yield opened


def test_a_contract_is_read_back_as_it_was_saved_with_its_schedule(book: Book):
    saved = contracts.save(book, a_shop(signed=date(2024, 12, 20), award="公开竞价", decision="石村〔2024〕8号"))
    (account,) = contracts.register(book).accounts
    assert account.contract == saved
    assert [one.instalment.due.isoformat() for one in account.standings][:3] == [
        "2025-01-10",
        "2025-04-10",
        "2025-07-10",
    ]
    assert {one.instalment.amount_fen for one in account.standings} == {3_000_00}


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"account": "101"}, "往来科目"),
        ({"account": "999"}, "往来科目"),
        ({"counter": "501"}, "最末级"),
        ({"party": Item("往来户", "0099", "王五")}, "还没有登记"),
        ({"renews": "HT-77"}, "HT-77"),
    ],
)
def test_what_the_book_does_not_have_is_refused(book: Book, change: dict[str, object], text: str):
    with pytest.raises(BadInput, match=text):
        contracts.save(book, a_shop(**change))
    assert contracts.register(book).accounts == ()


def test_a_number_is_used_once(book: Book):
    contracts.save(book, a_shop())
    with pytest.raises(BadInput, match="已经登记过"):
        contracts.save(book, some_land(code="HT-01"))


def test_a_long_lease_is_saved_with_a_warning(book: Book):
    long = a_shop(end=date(2050, 1, 9))
    assert [one.blocking for one in contracts.check(book, long)] == [False]
    assert contracts.save(book, long).id


def test_contracts_never_let_more_than_a_parcel_has(book: Book):
    parcels.add_parcel(book, Parcel("DK-01", "东洼", "耕地", 10_00, date(2020, 1, 1)))
    on_parcel = {"subject_kind": "资源", "subject_code": "DK-01"}
    first = contracts.save(book, some_land(area_x100=6_00, **on_parcel))
    with pytest.raises(BadInput, match="超过地块面积"):
        contracts.save(book, some_land(code="HT-03", area_x100=5_00, **on_parcel))
    contracts.break_off(book, first.id, date(2025, 6, 30), "承包人外出")
    later = some_land(code="HT-03", start=date(2025, 7, 1), area_x100=5_00, **on_parcel)
    assert contracts.save(book, later._replace(tracked=None, opening_fen=0)).id


def test_payments_already_charged_cannot_change_but_later_ones_can(book: Book):
    saved = contracts.save(book, a_shop())
    contract_rents.accrue(book, Period(2025, 4))
    dearer = saved._replace(price=Price("递增", (Step(1, 15_000_00),), 3))
    with pytest.raises(NotAllowed, match="第 1 期"):
        contracts.save(book, dearer)
    second_year = saved._replace(price=Price("递增", (Step(1, 12_000_00), Step(2, 13_200_00)), 3))
    contracts.save(book, second_year)
    amounts = [one.instalment.amount_fen for one in contracts.contract_account(book, saved.id).standings]
    assert amounts == [3_000_00] * 4 + [3_300_00] * 4


def test_a_change_over_an_older_state_is_refused(book: Book):
    saved = contracts.save(book, a_shop())
    contracts.save(book, saved._replace(contact="138"))
    with pytest.raises(StaleDraft):
        contracts.save(book, saved._replace(contact="139"))
    with pytest.raises(NotAllowed, match="不能修改"):
        contracts.save(book, saved._replace(code="HT-09", version=2))


def test_a_share_is_reckoned_and_keeps_when_the_contract_is_corrected(book: Book):
    price = Price("分成", (Step(1, 500_00),), share_bp=2000, timing="后付")
    saved = contracts.save(book, a_shop(start=date(2025, 1, 1), end=date(2026, 12, 31), price=price))
    assert contract_rents.accrue(book, Period(2025, 12)).notes[0].startswith("合同 HT-01 第 1 期的分成还没有核定")
    assert contracts.settle_share(book, saved.id, 1, 9_000_00).amount_fen == 1_800_00
    corrected = contracts.contract_account(book, saved.id).contract._replace(contact="138")
    contracts.save(book, corrected)
    first = contracts.contract_account(book, saved.id).standings[0]
    assert (first.instalment.amount_fen, first.instalment.settled) == (1_800_00, True)
    assert contract_rents.accrue(book, Period(2025, 12)).total_fen == 1_800_00
    with pytest.raises(NotAllowed):
        contracts.settle_share(book, saved.id, 1, 1)


def test_what_is_due_names_arrears_ends_and_what_is_still_occupied(book: Book):
    contracts.save(book, a_shop())
    contracts.save(book, some_land())
    over = contracts.save(book, a_shop(code="HT-09", start=date(2022, 1, 1), end=date(2024, 12, 31)))
    found = [
        (one.kind, one.contract.code, one.days, one.amount_fen) for one in contracts.due_list(book, date(2025, 3, 1))
    ]
    assert ("欠租", "HT-01", -50, 3_000_00) in found
    assert ("欠租", "HT-02", -60, 1_300_00) in found, "300.00 from before, due the day before the book began"
    assert any(one[:3] == ("到期未收回", "HT-09", -60) for one in found)
    assert ("近期应收", "HT-01", 40, 3_000_00) in found
    contracts.take_back(book, over.id, date(2025, 2, 1))
    assert "到期未收回" not in {one.kind for one in contracts.due_list(book, date(2025, 3, 1))}
    ending = contracts.due_list(book, date(2026, 11, 1))
    assert [one.days for one in ending if one.kind == "即将到期" and one.contract.code == "HT-01"] == [69]


def test_a_renewed_contract_is_not_called_occupied(book: Book):
    contracts.save(book, a_shop(start=date(2022, 1, 1), end=date(2024, 12, 31)))
    contracts.save(book, a_shop(code="HT-02", start=date(2025, 1, 1), renews="HT-01"))
    assert "到期未收回" not in {one.kind for one in contracts.due_list(book, date(2025, 1, 1))}


def test_a_party_is_kept_by_its_code(book: Book):
    saved = contracts.save(book, a_shop())
    assert saved.party == ZHANG


def test_a_contract_names_a_card_or_parcel_that_exists(book: Book):
    with pytest.raises(BadInput, match="没有编号为 ZC-0009 的资产卡片"):
        contracts.save(book, a_shop(subject_kind="资产", subject_code="ZC-0009"))
    with pytest.raises(BadInput, match="没有编号为 DK-01 的地块"):
        contracts.save(book, some_land(subject_kind="资源", subject_code="DK-01"))
    assert contracts.save(book, a_shop(subject_kind="其他", subject_code="乡-77")).id
    parcels.add_parcel(book, Parcel("DK-01", "东洼", "耕地", 10_00, date(2020, 1, 1)))
    assert contracts.save(book, some_land(subject_kind="资源", subject_code="DK-01")).id


def test_a_card_under_contract_keeps_its_code_and_stays(book: Book):
    rooms = Card(
        "ZC-0001", "门面", "房屋", 100_00, date(2020, 1, 1), Period(2024, 12), asset_account="15101", method="不提"
    )
    card = asset_cards.add_card(book, rooms)
    contracts.save(book, a_shop(subject_kind="资产", subject_code="ZC-0001"))
    with pytest.raises(NotAllowed, match="合同 HT-01 的标的，不能删除"):
        asset_cards.delete_card(book, card.id)
    with pytest.raises(NotAllowed, match="编号不能改"):
        asset_cards.change_card(book, card._replace(code="ZC-0002"))


def test_a_parcel_that_is_no_more_cannot_be_let(book: Book):
    parcels.add_parcel(book, Parcel("DK-01", "东洼", "耕地", 10_00, date(2020, 1, 1)))
    halves = (Share("DK-01A", "东洼东", 4_00), Share("DK-01B", "东洼西", 6_00))
    parcels.split_parcel(book, "DK-01", halves, date(2025, 6, 1), "分户经营")
    gone = some_land(subject_kind="资源", subject_code="DK-01")
    with pytest.raises(BadInput, match="到 2025-06-01 为止"):
        contracts.save(book, gone)
    assert contracts.save(book, gone._replace(end=date(2025, 5, 31))).id
    offered = {(one.kind, one.code, one.area_x100) for one in subjects(book)}
    assert offered == {("资源", "DK-01A", 4_00), ("资源", "DK-01B", 6_00)}


def test_the_log_masks_whom_to_call_and_still_tells_when_it_was_changed(book: Book):
    contracts.save(book, a_shop(contact="张三 13812345678"))
    (entry,) = journal.entries(book, "contract")
    assert entry.detail["contact"] == "张三 *******5678"
    assert verify(book).ok
    book.connection.execute("UPDATE contract SET contact = '张三 13900005678'")
    assert "numbers" in "".join(verify(book).findings)


def test_a_contact_logged_whole_by_an_older_program_still_agrees(book: Book):
    saved = contracts.save(book, a_shop(contact="张三 13812345678"))
    whole = {**journal.entries(book, "contract")[0].detail, "contact": saved.contact}
    del whole["numbers"]
    with book.write("contract") as transaction:
        transaction.record("contract", saved.code, whole)
    assert verify(book).ok
