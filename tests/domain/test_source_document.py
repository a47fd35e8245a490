"""What a source document must say, and the gaps in the run of the village's own receipts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from village_ledger.domain.source_document import (
    COLLECTIVE,
    INVOICE,
    PAID,
    RECEIVED,
    SLIP,
    DocumentRecord,
    Gap,
    SourceDocument,
    check_document,
    document_detail,
    gaps,
    tidied,
)

DAY = date(2025, 6, 3)
PAPER = SourceDocument(PAID, INVOICE, DAY, 286_00, "12345678", "099002300104", "清河文具店")


def problems(**more: object) -> list[str]:
    return [problem.field for problem in check_document(tidied(PAPER._replace(**more)))]


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ({}, []),
        ({"number": ""}, ["number"]),
        ({"number": "", "kind": "银行回单"}, []),
        ({"number": "", "kind": SLIP, "code": ""}, []),
        ({"number": "第三号"}, ["number"]),
        ({"number": "1" * 41}, ["number"]),
        ({"code": "甲"}, ["code"]),
        ({"number": "25992000001234567890"}, ["code"]),
        ({"number": "25992000001234567890", "code": ""}, []),
        ({"issuer": ""}, ["issuer"]),
        ({"issuer": "", "kind": "自制凭证"}, []),
        ({"issuer": "", "void": "写错"}, []),
        ({"amount_fen": 0}, ["amount"]),
        ({"amount_fen": 0, "void": "写错"}, []),
        ({"amount_fen": -286_00}, []),
        ({"amount_fen": -286_00, "kind": "财政票据"}, ["amount"]),
        ({"amount_fen": 10**13}, ["amount"]),
        ({"account": "12345"}, ["account"]),
        ({"account": "6299 0000 0000 0000 003"}, []),
        ({"kind": SLIP, "direction": RECEIVED}, ["kind"]),
        ({"kind": "收条"}, ["kind"]),
        ({"direction": "转"}, ["direction"]),
        ({"note": "长" * 201}, ["note"]),
    ],
)
def test_each_thing_wrong_is_named_at_its_field(more: dict[str, object], fields: list[str]) -> None:
    assert problems(**more) == fields


def test_numbers_are_kept_plain_and_texts_without_blanks() -> None:
    typed = PAPER._replace(number=" 1234-56７8 ", code="ab 12", issuer=" 清河文具店 ", account="6299 0000-1")
    made = tidied(typed)
    assert (made.number, made.code, made.issuer, made.account) == ("12345678", "AB12", "清河文具店", "629900001")


def test_the_log_never_holds_an_account_number() -> None:
    detail = document_detail(PAPER._replace(uid="a1", account="6299000000000000003"))
    assert detail["account"] == "***************0003"
    assert "6299000000000000003" not in str(detail)
    assert detail["numbers"] != document_detail(PAPER._replace(uid="a1", account="6299000000000000013"))["numbers"]


def stub(number: str, code: str = "", **more: object) -> SourceDocument:
    return SourceDocument(RECEIVED, COLLECTIVE, DAY, 500_00, number, code, "张三")._replace(**more)


def test_missing_receipts_are_named_by_code_and_a_void_one_is_there() -> None:
    stubs = (
        stub("0012001"),
        stub("0012003", void="写错"),
        stub("0012004"),
        stub("0012009"),
        stub("77", "A"),
        stub("79", "A"),
        stub("0012002", struck="登错"),
        stub("0012005", direction=PAID),
    )
    found = gaps(stubs)
    assert found == (Gap("", "0012002", "0012002"), Gap("", "0012005", "0012008"), Gap("A", "78", "78"))
    assert [str(gap) for gap in found] == ["0012002", "0012005—0012008", "A 78"]


@given(st.sets(st.integers(1, 300), min_size=1))
def test_what_is_there_and_what_is_missing_make_a_whole_run(numbers: set[int]) -> None:
    missing = {
        number
        for gap in gaps(stub(f"{number:06d}") for number in numbers)
        for number in range(int(gap.first), int(gap.last) + 1)
    }
    assert missing | numbers == set(range(min(numbers), max(numbers) + 1))
    assert not missing & numbers


def test_a_document_belongs_to_the_month_of_its_voucher() -> None:
    assert str(DocumentRecord(PAPER).period) == "2025-06"
    assert str(DocumentRecord(PAPER, 5, "2025-07 记-1", "2025-07").period) == "2025-07"
