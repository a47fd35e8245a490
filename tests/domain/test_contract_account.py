"""What is charged, paid, waived and overdue, against answers worked out by hand."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.account import Item
from village_ledger.domain.contract import Contract, Price, Step
from village_ledger.domain.contract_account import (
    Arrears,
    Charge,
    ContractAccount,
    Paid,
    Voucher,
    Waiver,
    allocate_oldest,
    arrears_on,
    build_account,
)
from village_ledger.domain.contract_schedule import schedule

POSTED, GONE = Voucher("posted", 1, "记-1"), Voucher("void")
CONTRACT = Contract(
    "HT-1",
    "租赁",
    "1号门面",
    Item("往来户", "0001", "李记超市"),
    date(2025, 1, 1),
    date(2025, 12, 31),
    Price(steps=(Step(1, 9_600_00),), cycle=3),
    "112",
    "501",
    id=7,
)


def account(contract: Contract = CONTRACT, **entries: object) -> ContractAccount:
    return build_account(contract, schedule(contract), **entries)


def test_arrears_count_days_from_the_oldest_payment_that_is_not_whole():
    paid = [(1, Paid(date(2025, 1, 5), 2_400_00, "往来")), (2, Paid(date(2025, 4, 2), 1_000_00, "往来"))]
    found = arrears_on(account(paid=paid), date(2025, 8, 1))
    assert found == Arrears(7_200_00, 3_400_00, 122, date(2025, 4, 1))
    assert found.arrears_fen == 3_800_00


def test_a_payment_made_later_does_not_count_yet():
    paid = [(1, Paid(date(2025, 1, 5), 2_400_00, "往来"))]
    assert arrears_on(account(paid=paid), date(2025, 1, 4)).arrears_fen == 2_400_00
    assert arrears_on(account(paid=paid), date(2025, 1, 5)) == Arrears(2_400_00, 2_400_00, 0, None)


def test_a_waiver_takes_off_what_is_due_and_what_is_to_be_charged():
    waiver = Waiver(1, 7, 2, date(2025, 3, 20), 400_00, "疫情减免", "石桥村〔2025〕3号")
    found = account(waivers=[waiver])
    assert arrears_on(found, date(2025, 4, 1)).due_fen == 4_400_00
    second = found.at(2)
    assert second is not None
    assert second.chargeable_fen == 2_000_00


def test_a_charge_whose_voucher_is_gone_can_be_made_again():
    charge = Charge(7, 1, date(2025, 1, 1), 2_400_00, "合同应收 2025-01", voucher=POSTED)
    standing = account(charges=[charge]).standings[0]
    assert standing.chargeable_fen == 0
    standing = account(charges=[charge._replace(voucher=GONE)]).standings[0]
    assert standing.chargeable_fen == 2_400_00


def test_money_booked_straight_to_income_leaves_only_the_rest_to_charge():
    standing = account(paid=[(1, Paid(date(2025, 1, 9), 1_000_00, "直接"))]).standings[0]
    assert standing.recognised_fen == 1_000_00
    assert standing.chargeable_fen == 1_400_00
    assert standing.outstanding_fen == 1_400_00


def test_payments_before_the_register_began_are_not_asked_for_again():
    contract = CONTRACT._replace(tracked=date(2025, 4, 1), opening_fen=500_00)
    found = account(contract)
    assert [one.instalment.seq for one in found.standings if one.counts] == [0, 2, 3, 4]
    assert arrears_on(found, date(2025, 4, 1)) == Arrears(2_900_00, 0, 1, date(2025, 3, 31))
    assert found.standings[0].instalment.seq == 1
    opening = found.at(0)
    assert opening is not None
    assert opening.chargeable_fen == 0


def test_nothing_is_due_after_a_contract_was_broken_off():
    found = account(CONTRACT._replace(ended=date(2025, 6, 30), ended_reason="承租人退租"))
    assert arrears_on(found, date(2025, 12, 31)).due_fen == 4_800_00


def test_the_oldest_is_paid_first_over_several_contracts():
    other = CONTRACT._replace(id=9, start=date(2025, 3, 1), end=date(2025, 5, 31))
    found = allocate_oldest(3_000_00, [account(), account(other)])
    assert found == ((7, 1, 2_400_00), (9, 1, 600_00))
    assert allocate_oldest(100_000_00, [account(other)]) == ((9, 1, 2_400_00),), "the rest is rent in advance"


@given(
    st.integers(0, 20_000_00),
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 2_400_00)), max_size=4, unique_by=lambda pair: pair[0]),
)
def test_an_allocation_never_exceeds_the_receipt_nor_what_is_owed(amount: int, earlier: list[tuple[int, int]]):
    found = account(paid=[(seq, Paid(date(2025, 1, 1), fen, "往来")) for seq, fen in earlier])
    parts = allocate_oldest(amount, [found])
    outstanding = {one.instalment.seq: one.outstanding_fen for one in found.standings}
    assert all(0 < part <= outstanding[seq] for _, seq, part in parts)
    assert sum(part for *_, part in parts) == min(amount, sum(outstanding.values()))
