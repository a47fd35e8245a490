"""No sequence of service calls posts a voucher that spends without what its tier demands.

A machine of random acts by random people; after every act each posted voucher is judged anew from the raw rows, by
rules written down here apart from the program: small amounts need four signatures in one round, larger ones a decision
(there is none), so these can only have been posted by an exception granted for exactly that content.
"""

import json
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.services.request_desk import DAY, STAFF, a_scan, acting, control_book
from village_ledger.domain.errors import Refusal
from village_ledger.domain.exemption import draft_content
from village_ledger.domain.request import Request, RequestLine
from village_ledger.domain.voucher import Draft, DraftLine, posted_as_draft
from village_ledger.services import (
    evidence,
    exceptions,
    importing,
    integrity,
    request_signing,
    requests,
    vouchers,
)
from village_ledger.services import (
    settings as book_settings,
)
from village_ledger.services.book import Book
from village_ledger.services.request_signing import OnPaper

NAMES = st.sampled_from([person.name for person in STAFF])
PLACES = st.sampled_from(
    [
        ("非生产性开支", "51303", ()),
        ("其他付款", "211", (("往来户", "甲公司"),)),
        ("其他付款", "211", (("往来户", "乙公司"),)),
    ]
)
AMOUNTS = st.sampled_from([300_00, 500_00, 999_00, 4_000_00])
PICK = st.integers(0, 3)
MOST = 4
"""So few requests and drafts at a time that acts often meet the same ones."""
NEEDED = ("经手人", "证明人", "负责人", "村监会")
MONEY = ("101", "102")


class Office(RuleBasedStateMachine):
    """Everybody doing everything in any order."""

    pristine: ClassVar[Path | None] = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        if Office.pristine is None:
            home = Path(tempfile.mkdtemp())
            control_book(home).close()
            Office.pristine = home / "石桥村.vlb"
        path = self.folder / "石桥村.vlb"
        shutil.copy(Office.pristine, path)
        self.book = Book.open(path, actor="王会计")
        self.book.connection.execute("PRAGMA synchronous=OFF")
        self.granted: set[tuple[int, str]] = set()

    def teardown(self) -> None:
        findings = integrity.verify(self.book).findings
        self.book.close()
        shutil.rmtree(self.folder)
        assert findings == ()

    def _ids(self, table: str) -> list[int]:
        return [row[0] for row in self.book.connection.execute(f"SELECT id FROM {table} ORDER BY id")]

    def _request(self, pick: int) -> Request:
        ids = self._ids("request")
        return requests.request_by_id(self.book, ids[pick % len(ids)])

    def _draft(self, pick: int) -> Draft:
        ids = self._ids("draft")
        return vouchers.draft(self.book, ids[pick % len(ids)])

    def _voucher(self, pick: int) -> int:
        ids = self._ids("voucher")
        return ids[pick % len(ids)] if ids else 0

    @initialize(place=PLACES, fen=AMOUNTS)
    def begin(self, place, fen):
        self.ask(place, fen, "文具店", "王会计")
        self.type_draft(place, fen, "102")

    @precondition(lambda self: len(self._ids("request")) < MOST)
    @rule(place=PLACES, fen=AMOUNTS, payee=st.sampled_from(["文具店", "甲公司", "陈主任"]), by=NAMES)
    def ask(self, place, fen, payee, by):
        kind, account, items = place
        lines = (RequestLine("付款", account, items, fen),)
        wanted = Request(DAY, "付款", kind, payee, "赵出纳", "王会计", lines, "102")
        with acting(self.book, by), suppress(Refusal):
            requests.submit(self.book, requests.save(self.book, wanted).id)

    @rule(pick=PICK, fen=AMOUNTS)
    def change(self, pick, fen):
        one = self._request(pick)
        with suppress(Refusal):
            requests.save(self.book, one._replace(lines=(one.lines[0]._replace(fen=fen),)))
            requests.submit(self.book, one.id)

    @rule(pick=PICK, by=NAMES)
    def sign_once(self, pick, by):
        one = self._request(pick)
        with acting(self.book, by), suppress(Refusal):
            request_signing.sign(self.book, one.id, day=DAY)

    @rule(pick=PICK, heads=st.booleans())
    def sign_in_turn(self, pick, heads):
        one = self._request(pick)
        with suppress(Refusal):
            if one.state in ("填写", "退回"):
                requests.submit(self.book, one.id)
            if not evidence.evidence(self.book, "request", one.uid):
                evidence.attach(self.book, "request", one.uid, a_scan(self.folder))
            for name in ("赵出纳", "王会计", "孙支书" if heads else "陈主任", "周监督"):
                request_signing.sign_on_paper(self.book, one.id, OnPaper(name, DAY))

    @rule(place=PLACES, fen=AMOUNTS)
    def buy(self, place, fen):
        """All in order at once, so that there are vouchers to reverse, requests to use twice, drafts to change."""
        self.ask(place, fen, "文具店", "王会计")
        last = len(self._ids("request")) - 1
        self.sign_in_turn(last, heads=True)
        self.make(last)
        self.post_one(len(self._ids("draft")) - 1)

    @rule(pick=PICK, how=st.sampled_from(["withdraw", "send back", "void"]), by=NAMES)
    def take_back(self, pick, how, by):
        one = self._request(pick)
        with acting(self.book, by), suppress(Refusal):
            match how:
                case "withdraw":
                    requests.withdraw(self.book, one.id)
                case "send back":
                    request_signing.send_back(self.book, one.id, "不对")
                case _:
                    requests.void(self.book, one.id, "不买了")

    @rule(pick=PICK)
    def make(self, pick):
        one = self._request(pick)
        with suppress(Refusal):
            requests.make_voucher(self.book, one.id, DAY)

    @precondition(lambda self: len(self._ids("draft")) < MOST)
    @rule(place=PLACES, fen=AMOUNTS, money=st.sampled_from(MONEY))
    def type_draft(self, place, fen, money):
        lines = (DraftLine("付款", place[1], place[2], debit_fen=fen), DraftLine("付款", money, credit_fen=fen))
        vouchers.save_draft(self.book, Draft(DAY, "记", lines))

    @precondition(lambda self: self._ids("draft"))
    @rule(
        pick=PICK,
        place=PLACES,
        fen=AMOUNTS,
        kind=st.sampled_from(["normal", "carry", "year_end"]),
        back=PICK,
        falsely=st.booleans(),
    )
    def edit(self, pick, place, fen, kind, back, falsely):
        one = self._draft(pick)
        if one.state == "draft":
            first, *rest = one.lines
            lines = (
                first._replace(account=place[1], items=place[2], debit_fen=fen),
                *(line._replace(credit_fen=fen if line.credit_fen else 0) for line in rest),
            )
            reverses = self._voucher(back) if falsely else one.reverses
            with suppress(Refusal, sqlite3.IntegrityError):  # one voucher has one reversal
                vouchers.save_draft(self.book, one._replace(lines=lines, kind=kind, reverses=reverses))

    @precondition(lambda self: self._ids("draft"))
    @rule(pick=PICK, which=st.lists(PICK, max_size=3))
    def link(self, pick, which):
        draft = self._draft(pick)
        with suppress(Refusal):
            requests.link(self.book, draft.id, [self._request(number).id for number in which])

    @precondition(lambda self: self._ids("draft"))
    @rule(pick=PICK, by=st.sampled_from(["陈主任", "吴镇长", "王会计"]))
    def excuse(self, pick, by):
        one = self._draft(pick)
        with acting(self.book, by), suppress(Refusal):
            exceptions.grant(self.book, one.id, "急")
            self.granted.add((one.id, draft_content(one)))

    @precondition(lambda self: self._ids("draft"))
    @rule(by=NAMES)
    def post_together(self, by):
        ids = self._ids("draft")
        with acting(self.book, by), suppress(Refusal):
            vouchers.review(self.book, ids)
        with acting(self.book, by), suppress(Refusal):
            vouchers.post(self.book)
        with acting(self.book, "李审核"), suppress(Refusal):
            vouchers.unreview(self.book, ids)

    @precondition(lambda self: self._ids("draft"))
    @rule(pick=PICK)
    def post_one(self, pick):
        if not self._ids("draft"):
            return
        one = self._draft(pick)
        with acting(self.book, "李审核"), suppress(Refusal):
            vouchers.review(self.book, [one.id])
        with acting(self.book, "李审核"), suppress(Refusal):
            vouchers.post(self.book, [one.id])
        with acting(self.book, "李审核"), suppress(Refusal):
            vouchers.unreview(self.book, [one.id])

    @precondition(lambda self: self._ids("voucher"))
    @rule(pick=PICK)
    def reverse(self, pick):
        voucher = self._voucher(pick)
        with suppress(Refusal):
            vouchers.reverse(self.book, voucher, DAY)

    @precondition(lambda self: self._ids("draft"))
    @rule(pick=PICK)
    def drop(self, pick):
        one = self._draft(pick)
        with suppress(Refusal):
            vouchers.delete_drafts(self.book, [one.id])

    @rule(fen=AMOUNTS)
    def import_file(self, fen):
        path = self.folder / f"{fen}.csv"
        yuan = f"{fen // 100}.00"
        path.write_text(
            "日期,凭证字,凭证号,摘要,科目编码,借方金额,贷方金额\n"
            f"2025-10-08,记,1,付款,51303,{yuan},\n2025-10-08,记,1,付款,102,,{yuan}\n",
            "utf-8",
        )
        with suppress(Refusal):
            importing.import_vouchers(self.book, path, post=True)

    @rule(control=st.sampled_from(["", "national"]), since=st.sampled_from(["2025-11", "2025-10"]))
    def loosen(self, control, since):
        with suppress(Refusal):
            changed = self.book.settings._replace(control=control, control_from=since, bank_accounts=("10299",))
            book_settings.save_settings(self.book, changed)

    @invariant()
    def every_posted_voucher_has_what_it_needs(self):
        query = self.book.connection.execute
        used: dict[int, str] = {}
        reversed_ones = {row[0] for row in query("SELECT reverses FROM voucher WHERE reverses <> 0")}
        for (number,) in query("SELECT id FROM voucher").fetchall():
            voucher = vouchers.voucher(self.book, number)
            links = [
                row[0] for row in query("SELECT request_id FROM request_voucher WHERE voucher_uid=?", (voucher.uid,))
            ]
            for request in links:
                if number not in reversed_ones:
                    assert used.setdefault(request, voucher.uid) == voucher.uid, "a request was used twice"
            if number in reversed_ones:
                continue  # it was judged while it stood
            if voucher.reverses:
                assert self._is_twin(voucher.reverses, posted_as_draft(voucher)), "a reversal that reverses nothing"
                continue
            out = sum(line.credit_fen - line.debit_fen for line in voucher.lines if line.account in MONEY)
            if out > 0:
                assert self._is_excused(voucher) or self._is_backed(voucher, links), f"{voucher.label} lacks its basis"

    def _is_twin(self, original: int, draft: Draft) -> bool:
        before = posted_as_draft(vouchers.voucher(self.book, original))
        turned = [line._replace(debit_fen=-line.debit_fen, credit_fen=-line.credit_fen) for line in before.lines]
        return [line[1:5] for line in turned] == [line[1:5] for line in draft.lines]

    def _is_excused(self, voucher) -> bool:
        rows = self.book.connection.execute(
            "SELECT draft_id, content FROM urgent_exception WHERE voucher_uid=?", (voucher.uid,)
        ).fetchall()
        content = draft_content(posted_as_draft(voucher))
        return any(content == kept and (draft, kept) in self.granted for draft, kept in rows)

    def _is_backed(self, voucher, links: list[int]) -> bool:
        wanted: dict[tuple[str, str], int] = {}
        for line in voucher.lines:
            if line.account not in MONEY:
                key = (line.account, "".join(item.name for item in line.items))
                wanted[key] = wanted.get(key, 0) + line.debit_fen
        asked: dict[tuple[str, str], int] = {}
        payees: dict[tuple[str, str], int] = {}
        for request in links:
            state, kind, payee, text, turn, money = self.book.connection.execute(
                "SELECT state, kind, payee, lines, round, money_account FROM request WHERE id=?", (request,)
            ).fetchone()
            signed = dict(
                self.book.connection.execute(
                    "SELECT duty, name FROM request_signature WHERE request_id=? AND round=?", (request, turn)
                )
            )
            if tuple(duty for duty in NEEDED if duty in signed) != NEEDED or len(set(signed.values())) < len(NEEDED):
                return False
            if state != "已批准" or payee in {signed["负责人"], signed["村监会"]}:
                return False
            if any(line.account in MONEY and line.account != money for line in voucher.lines):
                return False
            for _summary, account, items, fen in json.loads(text):
                key = (account, "".join(name for _category, name in items))
                asked[key] = asked.get(key, 0) + fen
                payees[kind, payee] = payees.get((kind, payee), 0) + fen
        if any(fen >= 1_000_00 for fen in payees.values()):
            return False
        return all(asked.get(key, 0) >= fen for key, fen in wanted.items())


Office.TestCase.settings = settings(max_examples=50, stateful_step_count=40)
TestOffice = Office.TestCase


def test_the_desk_of_this_machine_starts_in_a_controlled_month(tmp_path):
    with control_book(tmp_path) as book:
        assert (book.settings.control, book.settings.control_from, DAY) == ("national", "2025-10", date(2025, 10, 8))
