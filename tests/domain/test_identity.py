"""Region and credit codes."""

import pytest

from village_ledger.domain.identity import credit_code_check_digit, credit_code_problem, region_code_problem


@pytest.mark.parametrize("code", ["91350100M000100Y43", ""])
def test_the_published_credit_code_passes(code: str) -> None:
    """91350100M000100Y43 is the example of GB 32100-2015; a code may also be left out."""
    assert not credit_code_problem(code)


def test_a_mistyped_credit_code_is_noticed() -> None:
    assert "校验位" in credit_code_problem("91350100M000100Y44")
    assert "18 位" in credit_code_problem("91350100M000100")
    assert "18 位" in credit_code_problem("91350100I000100Y43")
    assert credit_code_check_digit("91350100M000100Y4") == "3"


def test_region_codes_have_twelve_digits() -> None:
    assert not region_code_problem("330106001201")
    assert "12 位" in region_code_problem("33010600120")
    assert "12 位" in region_code_problem("33010600120A")
