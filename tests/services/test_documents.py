"""Source documents against a real book: attached to drafts and vouchers, never twice, proved and imported."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.services.conftest import a_draft, post_all
from village_ledger import clock
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal, StaleDraft
from village_ledger.domain.source_document import COLLECTIVE, INVOICE, PAID, RECEIVED, SLIP, SourceDocument
from village_ledger.domain.voucher import Voucher
from village_ledger.services import documents, people, vouchers
from village_ledger.services.book import Book
from village_ledger.services.document_files import import_documents
from village_ledger.services.integrity import verify
from village_ledger.services.journal import entries

DAY = date(2024, 1, 9)
PAPER = SourceDocument(PAID, INVOICE, date(2024, 1, 8), 120_00, "12345678", "099002300104", "文具店")
RECEIPT = SourceDocument(RECEIVED, COLLECTIVE, date(2024, 1, 8), 300_00, "0000001", "", "张三")


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2024, 2, 5))


def drafted(book: Book, fen: int = 120_00) -> int:
    return vouchers.save_draft(book, a_draft(DAY, "513", "101", fen)).id


def posted(book: Book, draft: int) -> Voucher:
    people.log_in(book, "李审核")
    vouchers.review(book, [draft])
    (made,) = vouchers.post(book, [draft])
    people.log_in(book, "王会计")
    return made


@pytest.fixture
def book(book: Book) -> Book:
    people.log_in(book, "王会计")
    return book


def numbers(book: Book, **where: object) -> list[str]:
    return [one.document.number for one in documents.attached(book, **where)]


def test_documents_go_with_the_draft_into_the_voucher(book: Book) -> None:
    draft = drafted(book)
    documents.register(book, PAPER, draft=draft)
    documents.register(book, PAPER._replace(kind="银行回单", code="", number="7"), draft=draft)
    assert numbers(book, draft=draft) == ["12345678", "7"]
    made = posted(book, draft)
    kept = documents.attached(book, voucher=made.uid)
    assert [(one.document.number, one.label, one.month) for one in kept] == [
        ("12345678", "2024-01 记-1", "2024-01"),
        ("7", "2024-01 记-1", "2024-01"),
    ]
    assert documents.attached(book, draft=draft) == ()
    assert documents.attached(book) == ()
    linked = [one for one in entries(book) if one.action == "document-voucher"]
    assert [one.subject for one in linked] == ["2024-01 记-1"]
    assert verify(book).ok


def test_the_same_invoice_is_refused_naming_the_first_voucher(book: Book) -> None:
    """财会〔2024〕12号 art. 21(2): duplicate booking of a source document is blocked."""
    first = posted(book, drafted(book))
    documents.register(book, PAPER, voucher=first.uid)
    second = drafted(book)
    with pytest.raises(NotAllowed, match=r"税务发票 099002300104 12345678 已经登记过，附在凭证 2024-01 记-1 上"):
        documents.register(book, PAPER._replace(number="1234 5678", amount_fen=1_00), draft=second)
    with pytest.raises(NotAllowed, match="已经登记过"):
        documents.register(book, PAPER._replace(number="１２３４５６７８"))
    for other in (PAPER._replace(number="12345679"), PAPER._replace(code=""), PAPER._replace(kind="财政票据")):
        documents.register(book, other)
    slip = SourceDocument(PAID, SLIP, DAY, 5_00, "1", "", "李四")
    documents.register(book, slip)
    documents.register(book, slip)  # only what is numbered in the country is one of a kind
    assert verify(book).ok


def test_a_number_the_book_has_is_refused_even_past_the_service(book: Book) -> None:
    documents.register(book, PAPER)
    with pytest.raises(Exception, match="UNIQUE"):
        book.connection.execute(
            "INSERT INTO source_document(uid, direction, kind, code, number, issuer, day, amount_fen, account_name,"
            " account, note, void, struck) SELECT 'x', direction, kind, code, number, issuer, day, amount_fen,"
            " account_name, account, note, void, struck FROM source_document"
        )


def test_where_the_first_one_is_says_draft_or_nowhere(book: Book) -> None:
    made = documents.register(book, PAPER)
    with pytest.raises(NotAllowed, match="日期 2024-01-08，还没有附到凭证上"):
        documents.register(book, PAPER)
    draft = drafted(book)
    documents.attach(book, [made.uid], draft=draft)
    with pytest.raises(NotAllowed, match=f"附在草稿{draft} 上"):
        documents.register(book, PAPER)


def test_a_struck_number_is_free_again_a_void_one_is_not(book: Book) -> None:
    wrong = documents.register(book, PAPER)
    documents.strike(book, wrong.uid, "号码输错")
    right = documents.register(book, PAPER)
    documents.void(book, right.uid, "开票方红冲")
    with pytest.raises(NotAllowed, match="已经登记过"):
        documents.register(book, PAPER)
    with pytest.raises(BadInput, match="已经作废"):
        documents.void(book, right.uid, "再次")
    with pytest.raises(BadInput, match="已经划去"):
        documents.void(book, wrong.uid, "再次")
    with pytest.raises(BadInput, match="原因"):
        documents.strike(book, right.uid, "")
    assert verify(book).ok


def test_a_document_is_with_one_voucher_and_leaves_a_draft_again(book: Book) -> None:
    one, two = drafted(book), drafted(book, 50_00)
    made = documents.register(book, PAPER, draft=one)
    with pytest.raises(NotAllowed, match="附在草稿"):
        documents.attach(book, [made.uid], draft=two)
    documents.detach(book, made.uid)
    with pytest.raises(BadInput, match="没有附在草稿上"):
        documents.detach(book, made.uid)
    assert [free.document.uid for free in documents.free(book)] == [made.uid]
    documents.attach(book, [made.uid], draft=two)
    voucher = posted(book, two)
    assert documents.free(book) == ()
    with pytest.raises(NotAllowed, match="已经记账，它的票据不能去掉"):
        documents.detach(book, made.uid)
    with pytest.raises(NotAllowed, match="附在凭证 2024-01 记-1 上"):
        documents.attach(book, [made.uid], draft=one)
    assert numbers(book, voucher=voucher.uid) == ["12345678"]
    assert verify(book).ok


def test_a_deleted_draft_and_a_reversed_voucher_free_their_documents(book: Book) -> None:
    draft = drafted(book)
    made = documents.register(book, PAPER, draft=draft)
    vouchers.delete_drafts(book, [draft])
    assert [one.document.uid for one in documents.free(book)] == [made.uid]
    again = drafted(book)
    documents.attach(book, [made.uid], draft=again)
    voucher = posted(book, again)
    posted(book, vouchers.reverse(book, voucher.id, DAY).id)
    assert numbers(book, voucher=voucher.uid) == []
    right = drafted(book, 100_00)
    documents.attach(book, [made.uid], draft=right)
    assert numbers(book, voucher=posted(book, right).uid) == ["12345678"]
    assert verify(book).ok


def test_what_is_void_or_gone_cannot_be_attached(book: Book) -> None:
    draft = drafted(book)
    with pytest.raises(NotAllowed, match="作废"):
        documents.register(book, RECEIPT._replace(void="写错"), draft=draft)
    spoilt = documents.register(book, RECEIPT._replace(void="写错", amount_fen=0))
    with pytest.raises(NotAllowed, match="作废"):
        documents.attach(book, [spoilt.uid], draft=draft)
    with pytest.raises(BadInput, match="找不到这张凭证"):
        documents.register(book, PAPER, voucher="none")
    with pytest.raises(StaleDraft):
        documents.register(book, PAPER, draft=99)
    with pytest.raises(BadInput, match="请选择"):
        documents.attach(book, [], draft=draft)
    assert len(documents.of_year(book, 2024)) == 1


def test_a_day_that_has_not_come_is_a_slip_of_the_pen(book: Book) -> None:
    with pytest.raises(BadInput) as refused:
        documents.register(book, PAPER._replace(day=date(2024, 2, 6)))
    assert [problem.field for problem in refused.value.problems] == ["day"]
    documents.register(book, PAPER._replace(day=date(2024, 2, 5)))


def test_gaps_in_the_run_of_receipts_are_told(book: Book) -> None:
    for number in ("0000001", "0000002", "0000005"):
        documents.register(book, RECEIPT._replace(number=number))
    documents.register(book, RECEIPT._replace(number="0000003", void="写错", amount_fen=0))
    assert [str(gap) for gap in documents.missing_receipts(book)] == ["0000004"]
    assert documents.years(book) == (2024,)


CHANGES = {
    "UPDATE source_document SET amount_fen = 1": "amount_fen：12000 → 1",
    "UPDATE source_document SET account = '6299000000001110003'": "numbers",
    "UPDATE source_document SET void = ''": "void",
    "DELETE FROM document_voucher": "关联和登记的不一样",
    "UPDATE document_voucher SET voucher_uid = (SELECT uid FROM voucher WHERE number = 2)": "关联和登记的不一样",
}


@pytest.mark.parametrize(("change", "finding"), CHANGES.items())
def test_a_change_behind_the_program_is_found(book: Book, change: str, finding: str) -> None:
    first, _second = post_all(book, a_draft(DAY, "513", "101", 120_00), a_draft(DAY, "513", "101", 50_00))
    made = documents.register(book, PAPER._replace(account="6299000000000000003"), voucher=first.uid)
    documents.void(book, made.uid, "开票方红冲")
    assert verify(book).ok
    with pytest.raises(Exception, match="不能"):
        book.connection.execute(change)
    triggers = book.connection.execute(
        "SELECT name FROM sqlite_schema WHERE type='trigger' AND tbl_name IN ('source_document', 'document_voucher')"
    ).fetchall()
    for (name,) in triggers:
        book.connection.execute(f"DROP TRIGGER {name}")
    book.connection.execute(change)
    assert any(finding in text for text in verify(book).findings)


HEAD = "收付,票据种类,日期,金额,号码,开具单位,凭证,作废原因\n"


def test_a_sheet_is_imported_with_the_vouchers_it_names(book: Book, tmp_path: Path) -> None:
    (voucher,) = post_all(book, a_draft(DAY, "513", "101", 120_00))
    file = tmp_path / "票据.csv"
    rows = "付,发票,2024-01-08,120.00,12345678,文具店,2024-01 记-1,\n收,统一收据,2024-01-08,,0000001,,,写错\n"
    file.write_text(HEAD + rows, "utf-8")
    assert import_documents(book, file).added == 2
    assert numbers(book, voucher=voucher.uid) == ["12345678"]
    spoilt, invoice = sorted((one.document for one in documents.of_year(book, 2024)), key=lambda one: one.kind)
    assert (spoilt.kind, spoilt.void, invoice.kind) == (COLLECTIVE, "写错", INVOICE)
    assert verify(book).ok


def test_a_sheet_with_a_bad_row_changes_nothing(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "票据.csv"
    rows = (
        "付,税务发票,2024-01-08,120.00,1,文具店,,\n"
        "付,税务发票,2024-01-08,120.00,1,文具店,,\n"
        "付,税务发票,2024-01-08,一百,2,文具店,,\n"
        "付,税务发票,2024-01-08,1.00,3,文具店,2024-01 记-9,\n"
        "付,税务发票,2024-01-08,,,文具店,,\n"
    )
    file.write_text(HEAD + rows, "utf-8")
    with pytest.raises(Refusal) as refused:
        import_documents(book, file)
    texts = [problem.message for problem in refused.value.problems]
    assert texts[0].startswith("第 3 行：税务发票 1 已经登记过")
    assert texts[1].startswith("第 4 行：")
    assert texts[2] == "第 5 行：没有已记账的凭证“2024-01 记-9”，请写成“2025-06 记-5”"
    assert texts[3:] == ["第 6 行：税务发票要填号码", "第 6 行：请填写金额；作废的票据可以不填"]
    assert documents.of_year(book, 2024) == ()


def test_who_keeps_no_papers_registers_none(book: Book) -> None:
    people.log_in(book, "陈主任")
    with pytest.raises(NotAllowed, match="会计、出纳、审核"):
        documents.register(book, PAPER)
    people.log_in(book, "赵出纳")
    documents.register(book, RECEIPT)


def test_the_log_masks_numbers_in_remarks_and_still_tells_when_they_were_changed(book: Book, tmp_path: Path) -> None:
    head = "收付,票据种类,日期,金额,开具单位,备注\n"
    (tmp_path / "票据.csv").write_text(
        f"{head}付,白条,2024-01-08,1.00,张三13812345678,卡6228480000000000017\n", "utf-8"
    )
    import_documents(book, tmp_path / "票据.csv")
    (entry,) = entries(book, "document")
    assert (entry.detail["issuer"], entry.detail["note"]) == ("张三*******5678", "卡***************0017")
    assert "1381234" not in str(entry.detail) + entry.subject
    assert verify(book).ok
    whole = {**entry.detail, "issuer": "张三13812345678", "note": "卡6228480000000000017"}
    del whole["texts"]
    with book.write("document") as transaction:
        transaction.record("document", "", whole)
    assert verify(book).ok
    book.connection.execute("DROP TRIGGER source_document_fixed")
    book.connection.execute("UPDATE source_document SET note = '卡6228480000000010017'")
    assert "texts" in "".join(verify(book).findings)


def test_long_numbers_a_spreadsheet_shortened_are_refused(book: Book, tmp_path: Path) -> None:
    sheet_book = openpyxl.Workbook()
    sheet = sheet_book.active
    sheet.append(["收付", "票据种类", "日期", "金额", "号码", "开具单位", "收款账号"])
    sheet.append(["付", "税务发票", DAY, 120, 25992000009999900000, "文具店", "6228480000000000017"])
    sheet.append(["付", "税务发票", DAY, 120, "25992000009999900001", "文具店", 6.228480000000001e18])
    sheet.append(["付", "税务发票", DAY, 120, 123456789012, "文具店", "6228480000000000017"])
    sheet_book.save(tmp_path / "票据.xlsx")
    with pytest.raises(Refusal) as refused:
        import_documents(book, tmp_path / "票据.xlsx")
    told = [problem.message for problem in refused.value.problems]
    assert [text.partition("，")[0] for text in told] == [
        "第 2 行：“号码”是“2.59920000099999e+19”",
        "第 3 行：“收款账号”是“6.22848e+18”",
    ]
    (tmp_path / "票据.csv").write_text(f"{HEAD}付,税务发票,2024-01-08,1.00,2.59920E+19,文具店,,\n", "utf-8")
    with pytest.raises(Refusal) as refused:
        import_documents(book, tmp_path / "票据.csv")
    assert "“号码”是“2.59920E+19”" in refused.value.problems[0].message
    sheet.delete_rows(2, 2)
    sheet_book.save(tmp_path / "票据.xlsx")
    assert import_documents(book, tmp_path / "票据.xlsx").added == 1
