"""Tags tell equal numbers apart from others; contacts are masked. Digests come from coreutils' sha256sum."""

import pytest

from village_ledger.domain.masking import contact_masked, phone_in, plain_number, tag


@pytest.mark.parametrize(
    ("number", "digest"),
    [("13900000006", "b0e0a1d8"), ("6299000000000000003", "66b10c3f"), ("990123195002141037", "cdf947a5"), ("", "")],
)
def test_a_tag_begins_the_sha256_of_prefix_and_number(number: str, digest: str) -> None:
    """printf 'village-ledger:number:13900000006' | sha256sum"""
    assert tag(number) == digest


@pytest.mark.parametrize("typed", ["139 0000 0006", "139-0000-0006", "１３９００００ ０００６", " 13900000006 "])
def test_the_same_number_has_one_tag_however_it_is_typed(typed: str) -> None:
    assert tag(typed) == "b0e0a1d8"


def test_letters_count_without_regard_to_case() -> None:
    assert plain_number("99012319670916160x") == "99012319670916160X"
    assert tag("99012319670916160x") == tag("99012319670916160X")


@pytest.mark.parametrize(
    ("contact", "phone", "shown"),
    [
        ("石经理 13900000006", "13900000006", "石经理 *******0006"),
        ("0571-88001234（夜间 13900000001）", "0571-88001234", "*********1234（夜间 *******0001）"),
        ("5550123", "5550123", "***0123"),
        ("村口老王", "", "村口老王"),
        ("", "", ""),
    ],
)
def test_a_telephone_number_is_found_in_a_contact_and_masked(contact: str, phone: str, shown: str) -> None:
    assert phone_in(contact) == phone
    assert contact_masked(contact) == shown
