"""The table of first letters agrees with the dictionaries it was made from."""

import csv

import pytest
from pypinyin import Style, pinyin

from village_ledger.paths import RESOURCES
from village_ledger.services.catalog import chart_definition, charts
from village_ledger.services.pinyin import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("银行存款", "yhck"),
        ("重庆银行", "cqyh"),
        ("单家村", "sjc"),
        ("王五 ABC-1", "wwabc1"),
        ("生产（劳务）成本", "sclwcb"),
        ("", ""),
    ],
)
def test_names_read_as_people_say_them(name, letters):
    assert initials(name) == letters


def test_every_account_and_household_reads_as_the_dictionaries_say():
    names = [account.name for key, _title in charts() for account in chart_definition(key).accounts]
    with (RESOURCES / "sample" / "items.csv").open(encoding="utf-8", newline="") as file:
        names += [row["名称"] for row in csv.DictReader(file)]
    for name in names:
        said = pinyin(name, style=Style.FIRST_LETTER, errors="default")
        assert (
            initials(name)
            == "".join(sign for part in said for sign in part[0] if sign.isalnum() and sign.isascii()).lower()
        )
