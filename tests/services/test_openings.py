"""Opening balances, identity, the start of a book."""

from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.account import Account, Auxiliary, Item
from village_ledger.domain.errors import BadInput, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.services import accounts, creation, openings, vouchers
from village_ledger.services.book import Book

from .conftest import STAFF, a_draft, post_all


def test_booking_waits_until_the_openings_tie(book: Book) -> None:
    totals = openings.save_openings(book, (Opening("101", (), 1_000_00), Opening("301", (), -999_00)))
    assert not totals.tied
    with pytest.raises(NotAllowed, match=r"期初余额不平.*相差 1\.00"):
        post_all(book, a_draft(date(2024, 1, 2), "101", "501", 1_00))


def test_openings_are_fixed_once_a_voucher_is_posted(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 2), "101", "501", 1_00))
    assert not openings.openings_editable(book)
    with pytest.raises(NotAllowed, match="不能再改"):
        openings.save_openings(book, ())


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (Opening("999", (), 1), "account-unknown"),
        (Opening("322", (), 1), "account-not-leaf"),
        (Opening("113", (), 1), "item-missing"),
        (Opening("101", (Item("项目", "0001", "村道"),), 1), "item-not-allowed"),
        (Opening("101", (), 1, 5, 0), "year-to-date"),
    ],
)
def test_wrong_opening_rows_are_named_and_nothing_is_saved(book: Book, row: Opening, code: str) -> None:
    before = openings.openings(book)
    with pytest.raises(BadInput) as refused:
        openings.save_openings(book, (row,))
    assert [problem.code for problem in refused.value.problems] == [code]
    assert openings.openings(book) == before


def test_the_wizards_answers_are_checked_all_at_once(tmp_path: Path) -> None:
    new = creation.NewBook(
        " ",
        Period(1066, 1),
        region_code="123",
        credit_code="X",
        chart="rural-1950",
        words="凭",
        people=(*STAFF, STAFF[0]),
    )
    assert [problem.field for problem in creation.check_identity(new)] == [
        "name",
        "region_code",
        "credit_code",
        "start",
        "chart",
        "words",
        "people",
    ]
    with pytest.raises(BadInput):
        creation.create_book(tmp_path / "x.vlb", new)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_never_overwritten(book: Book) -> None:
    with pytest.raises(BadInput, match="不会覆盖"):
        creation.create_book(book.path, creation.NewBook("别的村", Period(2024, 1)))


def test_detail_accounts_go_to_six_levels_and_no_further(book: Book) -> None:
    code = "102"
    for _level in range(5):
        code += "01"
        accounts.add_account(book, Account(code, f"明细{len(code)}", "", "debit"))
    assert book.chart["1020101010101"].level == 6
    assert book.chart["1020101010101"].category == "资产"
    with pytest.raises(BadInput, match="3-2-2-2-2-2"):
        accounts.add_account(book, Account(code + "01", "第七级", "", "debit"))


def test_accounts_are_checked_before_they_are_added(book: Book) -> None:
    def adding(code: str, name: str = "新科目") -> None:
        accounts.add_account(book, Account(code, name, "", "debit"))

    with pytest.raises(BadInput, match="一级科目由会计制度规定"):
        adding("199")
    with pytest.raises(BadInput, match="上级 10201 不存在"):
        adding("1020101")
    with pytest.raises(NotAllowed, match="已有余额或凭证"):
        adding("10101")
    adding("10201", "农商行")
    with pytest.raises(BadInput, match="已存在"):
        adding("10201")
    with pytest.raises(BadInput, match="已经有叫"):
        adding("10202", "农商行")
    with pytest.raises(BadInput, match="可用的有"):
        accounts.change_account(book, "10201", auxiliaries=(Auxiliary("客户"),))


def test_a_booked_account_keeps_its_dimensions_and_cannot_go(book: Book) -> None:
    post_all(book, a_draft(date(2024, 1, 2), "113", "101", 1_00, item="张三"))
    with pytest.raises(NotAllowed, match="辅助核算"):
        accounts.change_account(book, "113", auxiliaries=())
    with pytest.raises(NotAllowed, match="会计制度规定"):
        accounts.delete_account(book, "113")
    with pytest.raises(NotAllowed, match="会计制度规定"):
        accounts.change_account(book, "113", name="往来")
    accounts.add_account(book, Account("10201", "农商行", "", "debit"))
    accounts.delete_account(book, "10201")
    assert "10201" not in book.chart


def test_a_household_may_be_renamed_and_the_proof_still_holds(book: Book) -> None:
    from_zhang = next(record.item for record in accounts.items(book, "往来户") if record.item.name == "张三")
    (posted,) = post_all(book, a_draft(date(2024, 1, 2), "113", "101", 1_00, item="张三"))
    accounts.change_item(book, from_zhang, name="张三（户主变更为张小三）")
    assert vouchers.voucher(book, posted.id).lines[0].items[0].name == "张三（户主变更为张小三）"
    with pytest.raises(BadInput, match="已经登记过"):
        accounts.add_item(book, "往来户", "李四")
    with pytest.raises(BadInput, match="冒号"):
        accounts.add_item(book, "往来户", "甲;乙")
