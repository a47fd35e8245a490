"""Whatever is attached, posted, reversed or deleted, each paper is with one voucher at most."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.conftest import STAFF, a_draft
from village_ledger.domain.errors import Refusal
from village_ledger.domain.period import Period
from village_ledger.domain.source_document import INVOICE, PAID, SLIP, SourceDocument
from village_ledger.domain.view import Opening
from village_ledger.services import creation, documents, openings, vouchers
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.storage.documents import load_records

DAY = date(2024, 1, 9)
STEPS = st.tuples(
    st.sampled_from(["register", "attach", "detach", "post", "reverse", "delete", "void", "strike"]),
    st.integers(0, 3),
    st.integers(0, 3),
)


class Office:
    """Does what a step says with the papers, drafts and vouchers there are; what is refused changes nothing."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.papers: list[str] = []
        self.drafts = [vouchers.save_draft(book, a_draft(DAY, "513", "101", 10_00 + place)).id for place in range(4)]
        self.vouchers: list[int] = []

    def step(self, what: str, first: int, second: int) -> None:
        """One act; `first` and `second` say on which paper and voucher."""
        head = self.book.log_head
        try:
            getattr(self, what)(first, second)
        except (Refusal, IndexError):
            assert self.book.log_head == head
            self.book.actor = "王会计"

    def register(self, first: int, second: int) -> None:
        kind = SLIP if first == 3 else INVOICE
        paper = SourceDocument(PAID, kind, DAY, 10_00, f"{first}", "", "某店")
        self.papers.append(documents.register(self.book, paper, draft=self.drafts[second]).uid)

    def attach(self, first: int, second: int) -> None:
        documents.attach(self.book, [self.papers[first]], draft=self.drafts[second])

    def detach(self, first: int, _second: int) -> None:
        documents.detach(self.book, self.papers[first])

    def post(self, _first: int, second: int) -> None:
        draft = self.drafts[second]
        self.book.actor = "李审核"
        vouchers.review(self.book, [draft])
        (made,) = vouchers.post(self.book, [draft])
        self.book.actor = "王会计"
        self.vouchers.append(made.id)
        del self.drafts[second]

    def reverse(self, _first: int, second: int) -> None:
        self.drafts.append(vouchers.reverse(self.book, self.vouchers[second], DAY).id)

    def delete(self, _first: int, second: int) -> None:
        draft = self.drafts[second]
        vouchers.delete_drafts(self.book, [draft])
        self.drafts.remove(draft)

    def void(self, first: int, _second: int) -> None:
        documents.void(self.book, self.papers[first], "写错")

    def strike(self, first: int, _second: int) -> None:
        documents.strike(self.book, self.papers[first], "登错")


@settings(max_examples=15)
@given(st.lists(STEPS, max_size=25))
def test_each_paper_is_with_one_voucher_at_most_and_the_book_proves_itself(steps: list[tuple[str, int, int]]) -> None:
    with TemporaryDirectory() as folder:
        new = creation.NewBook("石桥村", Period(2024, 1), people=STAFF)
        with creation.create_book(Path(folder) / "石桥村.vlb", new) as book:
            openings.save_openings(book, (Opening("101", (), 1_000_00), Opening("301", (), -1_000_00)))
            book.actor = "王会计"
            office = Office(book)
            for what, first, second in steps:
                office.step(what, first, second)
            kept = load_records(book.connection)
            assert sorted(one.document.uid for one in kept) == sorted(office.papers)
            assert not [one for one in kept if one.voucher and one.draft]
            numbers = [one.document.number for one in kept if one.document.is_numbered and not one.document.struck]
            assert len(numbers) == len(set(numbers))
            placed = {one.document.uid for one in documents.free(book)}
            for draft in office.drafts:
                placed |= {one.document.uid for one in documents.attached(book, draft=draft)}
            for voucher in office.vouchers:
                uid = vouchers.voucher(book, voucher).uid
                placed |= {one.document.uid for one in documents.attached(book, voucher=uid)}
            counted = {one.document.uid for one in kept if not one.document.struck}
            assert {uid for uid in counted if uid not in placed} <= {
                one.document.uid for one in kept if one.document.void
            }
            assert verify(book).ok
