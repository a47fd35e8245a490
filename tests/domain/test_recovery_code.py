"""The sealed code is read back as it was issued, and a slip of the pen is told by group."""

from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.recovery_code import RANDOM_BYTES, SIGNS, read_recovery_code, recovery_code

randoms = st.binary(min_size=RANDOM_BYTES, max_size=RANDOM_BYTES)


def test_the_form_of_a_code() -> None:
    assert recovery_code(bytes(RANDOM_BYTES)) == "00000-00009-0000J-0000V-00004-0000D-0000P"
    assert recovery_code(bytes([255] * RANDOM_BYTES)).startswith("ZZZZG-")


@given(randoms)
def test_what_is_typed_is_read_whatever_case_blanks_and_lookalikes(random: bytes) -> None:
    code = recovery_code(random)
    typed = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert read_recovery_code(typed).code == read_recovery_code(code.replace("1", "I")).code == code


@given(randoms, randoms)
def test_different_random_bits_give_different_codes(one: bytes, other: bytes) -> None:
    same = int.from_bytes(one) >> 4 == int.from_bytes(other) >> 4
    assert (recovery_code(one) == recovery_code(other)) == same


@given(randoms, st.integers(0, 34), st.sampled_from(SIGNS))
def test_any_wrong_sign_is_found_with_its_group(random: bytes, place: int, sign: str) -> None:
    signs = list(recovery_code(random).replace("-", ""))
    if signs[place] == sign:
        return
    signs[place] = sign
    assert f"第 {place // 5 + 1} 组" in read_recovery_code("".join(signs)).problem


@given(randoms, st.integers(0, 5))
def test_groups_that_changed_seats_are_found(random: bytes, place: int) -> None:
    groups = recovery_code(random).split("-")
    groups[place], groups[place + 1] = groups[place + 1], groups[place]
    assert read_recovery_code("-".join(groups)).problem


def test_what_cannot_be_a_code_is_told() -> None:
    assert "现在是 5 位" in read_recovery_code("AAAAA").problem
    assert "没有“U”" in read_recovery_code("UUUUU").problem
