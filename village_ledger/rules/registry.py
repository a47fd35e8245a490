"""Every rule there is, in the order of the reference list. Explicit: what is not here does not run."""

from . import (
    area_mismatch,
    asset_expensed,
    asset_without_card,
    avoided_tender,
    award_not_open,
    backdated,
    below_bound,
    bid_rigging,
    borrowing_without_vote,
    cash_over_limit,
    consecutive_invoices,
    contract_after_payment,
    contract_too_long,
    contract_without_decision,
    control_loosened,
    count_difference,
    decision_defective,
    disposal_without_papers,
    duplicate_invoices,
    duplicate_subsidy,
    falling_spending,
    favoured_relatives,
    firm_paid_to_person,
    first_digits,
    growing_balance,
    holiday_slips,
    idle_asset,
    idle_land,
    income_missing,
    income_without_contract,
    incompatible_duties,
    labour_same_day,
    large_cash,
    lending_without_vote,
    long_hanging,
    money_kept_by_staff,
    negative_money,
    no_contract,
    no_custodian,
    no_decision,
    no_papers,
    not_taken_back,
    notice_late,
    notice_missing,
    number_gap,
    numbers_backwards,
    officer_above_average,
    officer_advance,
    officer_contract,
    officer_pay,
    old_invoices,
    one_identity_two_names,
    over_budget,
    over_decision,
    overdue_rent,
    paid_before_approval,
    private_receipts,
    receipt_numbers,
    reception_spending,
    related_payees,
    rent_below_market,
    rent_in_advance,
    rent_not_booked,
    reopened_after_hand_over,
    reversed_later,
    review_withdrawn,
    round_amounts,
    self_reviewed,
    several_cards,
    shared_account,
    shared_card,
    signatures,
    slips_for_invoices,
    spent_from_takings,
    split_payments,
    subsidy_area_exceeded,
    subsidy_list_mismatch,
    subsidy_miscalculated,
    subsidy_not_paid_out,
    supplier_concentration,
    takings_not_banked,
    tender_notice_short,
    welfare_lists,
    welfare_turned_cash,
    works_not_capitalised,
    works_over_contract,
    year_end_rush,
)
from .model import Rule

FIRST_HALF: tuple[Rule, ...] = (
    split_payments.RULE,
    below_bound.RULE,
    large_cash.RULE,
    cash_over_limit.RULE,
    negative_money.RULE,
    slips_for_invoices.RULE,
    no_papers.RULE,
    takings_not_banked.RULE,
    spent_from_takings.RULE,
    private_receipts.RULE,
    money_kept_by_staff.RULE,
    receipt_numbers.RULE,
    duplicate_invoices.RULE,
    consecutive_invoices.RULE,
    old_invoices.RULE,
    paid_before_approval.RULE,
    signatures.RULE,
    no_decision.RULE,
    over_decision.RULE,
    over_budget.RULE,
    reception_spending.RULE,
    round_amounts.RULE,
    year_end_rush.RULE,
    holiday_slips.RULE,
    officer_pay.RULE,
    labour_same_day.RULE,
    welfare_lists.RULE,
    welfare_turned_cash.RULE,
    related_payees.RULE,
    supplier_concentration.RULE,
    firm_paid_to_person.RULE,
    avoided_tender.RULE,
    works_over_contract.RULE,
    no_contract.RULE,
    contract_after_payment.RULE,
    bid_rigging.RULE,
    falling_spending.RULE,
    shared_account.RULE,
    numbers_backwards.RULE,
    first_digits.RULE,
)

SECOND_HALF: tuple[Rule, ...] = (
    overdue_rent.RULE,  # 31
    rent_below_market.RULE,  # 32
    contract_too_long.RULE,  # 33
    not_taken_back.RULE,  # 34
    award_not_open.RULE,  # 35
    contract_without_decision.RULE,  # 35
    tender_notice_short.RULE,  # 35
    income_without_contract.RULE,  # 36
    rent_in_advance.RULE,  # 37
    area_mismatch.RULE,  # 38
    income_missing.RULE,  # 39
    rent_not_booked.RULE,  # 39
    officer_contract.RULE,  # 40
    asset_expensed.RULE,  # 41
    asset_without_card.RULE,  # 41
    count_difference.RULE,  # 42
    disposal_without_papers.RULE,  # 42
    idle_asset.RULE,  # 43
    idle_land.RULE,  # 43
    no_custodian.RULE,  # 43
    works_not_capitalised.RULE,  # 44
    subsidy_list_mismatch.RULE,  # 45
    subsidy_not_paid_out.RULE,  # 45
    one_identity_two_names.RULE,  # 46
    subsidy_area_exceeded.RULE,  # 46
    subsidy_miscalculated.RULE,  # 46
    duplicate_subsidy.RULE,  # 47
    officer_above_average.RULE,  # 47
    several_cards.RULE,  # 47
    shared_card.RULE,  # 47
    favoured_relatives.RULE,  # 48
    growing_balance.RULE,  # 49
    long_hanging.RULE,  # 49
    officer_advance.RULE,  # 50
    borrowing_without_vote.RULE,  # 52
    lending_without_vote.RULE,  # 52
    incompatible_duties.RULE,  # 53
    self_reviewed.RULE,  # 53
    backdated.RULE,  # 54
    control_loosened.RULE,  # 54
    number_gap.RULE,  # 54
    reopened_after_hand_over.RULE,  # 54
    reversed_later.RULE,  # 54
    review_withdrawn.RULE,  # 54
    notice_late.RULE,  # 55
    notice_missing.RULE,  # 55
    decision_defective.RULE,  # 56
)
"""Contracts, assets, subsidies, balances, duties, disclosure, meetings: numbers 31 to 56."""

ALL_RULES: tuple[Rule, ...] = tuple(sorted((*FIRST_HALF, *SECOND_HALF), key=lambda rule: rule.number))
"""Imported by hand: one line a rule, so that a search finds it and a frozen program has it."""
BY_ID = {rule.id: rule for rule in ALL_RULES}
