"""Requests for payment and their signatures: order, duties, own claims (会计法 art. 35; 财农〔2021〕121号)."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.services.decision_desk import standing_decision
from tests.services.request_desk import (
    DAY,
    a_payment,
    a_request,
    a_scan,
    acting,
    approved,
    control_book,
    post,
    sign_through,
)
from village_ledger.domain.account import Item
from village_ledger.domain.contract import Contract, Price, Step
from village_ledger.domain.errors import BadInput, NotAllowed, Refusal, StaleDraft
from village_ledger.domain.request import RequestLine
from village_ledger.services import (
    contracts,
    decisions,
    evidence,
    integrity,
    people,
    request_signing,
    requests,
    vouchers,
)
from village_ledger.services.book import Book
from village_ledger.services.people import Person
from village_ledger.services.request_signing import OnPaper


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Under the cautious tiers: handler, witness, head, supervision sign for small amounts."""
    with control_book(tmp_path) as opened:
        yield opened


def test_numbers_run_by_year_and_never_change(book):
    first = requests.save(book, a_request())
    second = requests.save(book, a_request())
    assert (first.number, second.number) == ("用2025-001", "用2025-002")
    renamed = requests.save(book, second._replace(number="用2025-009", uid="别的"))
    assert (renamed.number, renamed.uid) == (second.number, second.uid)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": " "}, "请填写用途"),
        ({"payee": ""}, "请填写收款人"),
        ({"handler": ""}, "请填写经手人"),
        ({"witness": ""}, "请填写证明人"),
        ({"witness": "赵出纳"}, "证明人（验收人）不能和经手人是同一人"),
        ({"payee": "王会计"}, "证明人（验收人）不能是收款人"),
        ({"day": date(2199, 1, 1)}, "申请日期不能晚于今天"),
        ({"money_account": ""}, "请选择付款账户"),
        ({"money_account": "513"}, "付款账户"),
        ({"money_account": "50102"}, "付款账户要选现金或银行存款科目"),
        ({"lines": ()}, "请至少填一行"),
        ({"lines": (RequestLine("纸", "51303", (), 0),)}, "金额应大于零"),
        ({"lines": (RequestLine("", "51303", (), 1),)}, "没有摘要"),
        ({"lines": (RequestLine("纸", "513", (), 1),)}, "有下级"),
        ({"lines": (RequestLine("纸", "9", (), 1),)}, "不存在"),
        ({"lines": (RequestLine("付", "211", (), 1),), "kind": "其他付款"}, "要填往来户"),
        ({"kind": "生产性开支"}, "按科目这是“非生产性开支”"),
        ({"lines": (RequestLine("纸", "51303", (), 1), RequestLine("料", "12101", (), 1))}, "一份申请只能是一类开支"),
        ({"kind": "资产处置"}, "不是资产科目"),
    ],
)
def test_a_request_that_is_not_in_order_can_be_kept_but_not_submitted(book, change, told):
    saved = requests.save(book, a_request()._replace(**change))
    with pytest.raises(BadInput) as refusal:
        requests.submit(book, saved.id)
    assert told in str(refusal.value)


def test_signatures_follow_the_order_of_the_tier(book):
    one = requests.submit(book, requests.save(book, a_request()).id)
    assert [link.duty for link in requests.standing(book, one).links] == ["经手人", "证明人", "负责人", "村监会"]
    with acting(book, "陈主任"), pytest.raises(NotAllowed, match="经手人是赵出纳"):
        request_signing.sign(book, one.id)
    one = sign_through(book, one, until="负责人")
    with acting(book, "周监督"), pytest.raises(NotAllowed, match="轮到负责人签字"):
        request_signing.sign(book, one.id)
    assert sign_through(book, one).state == "已批准"
    with acting(book, "周监督"), pytest.raises(NotAllowed, match="已批准"):
        request_signing.sign(book, one.id)


def test_who_submits_an_own_purchase_signs_as_its_handler_by_that(book):
    with acting(book, "陈主任"):
        one = requests.submit(book, requests.save(book, a_request(handler="陈主任")).id)
    (mine,) = requests.signatures(book, one)
    assert (mine.duty, mine.name, mine.method) == ("经手人", "陈主任", "本人")


@pytest.mark.parametrize("field", ["payee", "handler", "witness"])
def test_nobody_approves_an_own_claim(book, field):
    one = requests.submit(book, requests.save(book, a_request(**{field: "陈主任"})).id)
    one = sign_through(book, one, until="负责人")
    with acting(book, "陈主任"), pytest.raises(NotAllowed, match="陈主任是"):
        request_signing.sign(book, one.id)
    with pytest.raises(NotAllowed, match="陈主任是"):
        request_signing.sign_on_paper(book, one.id, OnPaper("陈主任", DAY))
    with acting(book, "孙支书"):
        request_signing.sign(book, one.id, day=DAY)


def test_a_witness_who_is_paid_cannot_sign(book):
    one = requests.submit(book, requests.save(book, a_request()).id)
    one = sign_through(book, one, until="证明人")
    with acting(book, "李审核"), pytest.raises(NotAllowed, match="证明人（验收人）是王会计"):
        request_signing.sign(book, one.id)


def test_a_signature_on_paper_needs_the_scan_and_the_right_person(book, tmp_path):
    one = requests.submit(book, requests.save(book, a_request()).id)
    with pytest.raises(BadInput, match="扫描或拍照"):
        request_signing.sign_on_paper(book, one.id, OnPaper("赵出纳", DAY))
    evidence.attach(book, "request", one.uid, a_scan(tmp_path))
    with pytest.raises(NotAllowed, match="经手人是赵出纳"):
        request_signing.sign_on_paper(book, one.id, OnPaper("别人", DAY))
    with pytest.raises(BadInput, match="签字日期"):
        request_signing.sign_on_paper(book, one.id, OnPaper("赵出纳", date(2025, 10, 1)))
    with acting(book, "陈主任"), pytest.raises(NotAllowed, match="书面签字由"):
        request_signing.sign_on_paper(book, one.id, OnPaper("赵出纳", DAY))
    request_signing.sign_on_paper(book, one.id, OnPaper("赵出纳", DAY, "属实"))
    request_signing.sign_on_paper(book, one.id, OnPaper("王会计", DAY))
    with pytest.raises(NotAllowed, match="不能代负责人签字"):
        request_signing.sign_on_paper(book, one.id, OnPaper("周监督", DAY))
    with pytest.raises(NotAllowed, match="路人没有登记为“负责人”"):
        request_signing.sign_on_paper(book, one.id, OnPaper("路人", DAY))
    request_signing.sign_on_paper(book, one.id, OnPaper("陈主任", DAY))
    signed = requests.signatures(book, one)
    assert [(each.name, each.method, each.recorder) for each in signed] == [
        ("赵出纳", "书面", "王会计"),
        ("王会计", "书面", "王会计"),
        ("陈主任", "书面", "王会计"),
    ]
    assert integrity.verify(book).findings == ()


def test_the_scan_of_a_submitted_request_stays(book, tmp_path):
    one = requests.submit(book, requests.save(book, a_request()).id)
    kept = evidence.attach(book, "request", one.uid, a_scan(tmp_path))
    with pytest.raises(NotAllowed, match="附件不能去掉"):
        evidence.detach(book, "request", one.uid, kept.file.sha256)


def test_somebody_not_on_the_books_signs_nothing(book):
    one = sign_through(book, requests.submit(book, requests.save(book, a_request()).id), until="负责人")
    with acting(book, "路人"), pytest.raises(NotAllowed):
        request_signing.sign(book, one.id)
    with acting(book, "陈主任"):
        people.save_person(book, Person("孙支书", "负责人", active=False))
    with acting(book, "孙支书"), pytest.raises(NotAllowed):
        request_signing.sign(book, one.id)


def test_many_requests_are_signed_in_one_act_and_those_that_cannot_be_are_named(book):
    ready = [
        sign_through(book, requests.submit(book, requests.save(book, a_request(payee=payee)).id), until="负责人")
        for payee in ("文具店", "超市", "陈主任")
    ]
    with acting(book, "陈主任"):
        refused = request_signing.sign_all(book, ready, "同意")
    assert [number for number, _ in refused] == [ready[2].number]
    assert [requests.standing(book, requests.request_by_id(book, one.id)).next.duty for one in ready] == [
        "村监会",
        "村监会",
        "负责人",
    ]
    with acting(book, "陈主任"), pytest.raises(NotAllowed, match="没有签批任何申请"):
        request_signing.sign_all(book, ready[2:])


def test_what_was_changed_since_the_signer_read_it_is_not_signed(book):
    read = sign_through(book, requests.submit(book, requests.save(book, a_request()).id), until="负责人")
    dearer = (RequestLine("买办公用纸", "51303", (), 900_00),)
    again = requests.save(book, requests.withdraw(book, read.id)._replace(lines=dearer))
    sign_through(book, requests.submit(book, again.id), until="负责人")
    with acting(book, "陈主任"):
        with pytest.raises(StaleDraft, match="重新提交了，请看过新的内容再签字"):
            request_signing.sign(book, read.id, seen=read)
        with pytest.raises(NotAllowed, match="请看过新的内容"):
            request_signing.sign_all(book, [read])
        request_signing.sign(book, read.id, seen=requests.request_by_id(book, read.id))


def test_a_request_sent_back_and_changed_is_signed_anew(book):
    one = sign_through(book, requests.submit(book, requests.save(book, a_request()).id), until="村监会")
    with acting(book, "周监督"):
        with pytest.raises(BadInput, match="原因"):
            request_signing.send_back(book, one.id, " ")
        back = request_signing.send_back(book, one.id, "单价不对")
    assert back.state == "退回"
    assert "周监督 退回：单价不对" in back.note
    cheaper = requests.save(book, back._replace(lines=(RequestLine("买办公用纸", "51303", (), 400_00),)))
    again = requests.submit(book, cheaper.id)
    assert requests.signatures(book, again) == ()
    assert sign_through(book, again).state == "已批准"
    assert integrity.verify(book).findings == ()


def test_what_was_submitted_cannot_be_changed_nor_what_is_used_taken_back(book):
    one = approved(book)
    with pytest.raises(NotAllowed, match="不能修改"):
        requests.save(book, one._replace(title="别的"))
    draft = requests.make_voucher(book, one.id, DAY)
    for act in (
        lambda: requests.withdraw(book, one.id),
        lambda: requests.void(book, one.id, "不买了"),
        lambda: request_signing.send_back(book, one.id, "不同意"),
        lambda: requests.make_voucher(book, one.id, DAY),
    ):
        with pytest.raises(NotAllowed, match="已经用于"):
            act()
    vouchers.delete_drafts(book, [draft.id])
    assert requests.void(book, one.id, "不买了").state == "已作废"
    with pytest.raises(NotAllowed, match="已经作废"):
        requests.link(book, post_free_draft(book), [one.id])


def post_free_draft(book: Book) -> int:
    return vouchers.save_draft(book, vouchers.Draft(DAY, "记")).id


def test_two_windows_cannot_change_one_request_over_each_other(book):
    saved = requests.save(book, a_request())
    requests.save(book, saved._replace(title="复印纸"))
    with pytest.raises(StaleDraft):
        requests.save(book, saved._replace(title="打印纸"))


def test_a_request_draws_on_its_decision_from_submission_until_it_is_taken_back(book):
    number = standing_decision(book).number
    line = (RequestLine("付", "51303", (), 60_000_00),)
    first = requests.save(book, a_request(lines=line, decision=number))
    second = requests.save(book, a_request(lines=line, decision=number))
    requests.submit(book, first.id)
    assert decisions.standing(book, number, DAY).drawn_fen == 60_000_00
    with pytest.raises(NotAllowed, match=r"还可动用 40,000\.00 元，这次要 60,000\.00 元"):
        requests.submit(book, second.id)
    requests.withdraw(book, first.id)
    requests.submit(book, second.id)
    assert decisions.standing(book, number, DAY).drawn_fen == 60_000_00


def test_two_windows_racing_do_not_draw_above_a_decision(book):
    number = standing_decision(book).number
    line = (RequestLine("付", "51303", (), 60_000_00),)
    ids = [requests.save(book, a_request(lines=line, decision=number)).id for _ in range(2)]
    with Book.open(book.path, actor="王会计") as other:
        decisions.standing(other, number, DAY)  # both windows have read it as free
        requests.submit(book, ids[0])
        with pytest.raises(NotAllowed, match="超过决策"):
            requests.submit(other, ids[1])


def test_two_windows_racing_do_not_use_one_request_twice(book):
    one = approved(book)
    typed = [vouchers.save_draft(book, a_payment()).id for _ in range(2)]
    with Book.open(book.path, actor="王会计") as other:
        assert requests.records(other)[0].used == ""  # both windows have read it as free
        requests.link(book, typed[0], [one.id])
        with pytest.raises(NotAllowed, match="已经用于"):
            requests.link(other, typed[1], [one.id])
        with pytest.raises(NotAllowed, match="已经用于"):
            requests.make_voucher(other, one.id, DAY)


def test_a_request_naming_a_decision_or_contract_that_is_not_there_cannot_be_submitted(book):
    for change, told in (({"decision": "没有〔2025〕1号"}, "没有文号"), ({"contract": "HT-9"}, "合同台账里没有 HT-9")):
        saved = requests.save(book, a_request(**change))
        with pytest.raises(Refusal, match="还不能提交") as refusal:
            requests.submit(book, saved.id)
        assert told in str(refusal.value)


def a_purchase(**more: object) -> Contract:
    """Goods from 甲公司 for 3,000.00 in all, paid on two dates."""
    party = Item("往来户", "0001", "甲公司")
    price = Price(steps=(Step(1, 3_000_00),))
    contract = Contract(
        "HT-01", "采购", "路灯", party, date(2025, 9, 1), date(2026, 8, 31), price, "211", "", direction="付"
    )
    return contract._replace(**more)


def test_payments_under_a_contract_stay_within_it_and_go_to_its_party(book):
    contracts.save(book, a_purchase())
    owed = (RequestLine("付路灯款", "211", (("往来户", "甲公司"),), 2_000_00),)
    asked = a_request(kind="其他付款", payee="甲公司", contract="HT-01", lines=owed)
    requests.submit(book, requests.save(book, asked).id)
    with pytest.raises(NotAllowed, match=r"约定共付 3,000\.00 元，加上这次共申请 4,000\.00 元"):
        requests.submit(book, requests.save(book, asked).id)
    with pytest.raises(NotAllowed, match="和收款人乙公司不一样"):
        requests.submit(book, requests.save(book, asked._replace(payee="乙公司")).id)


def test_the_stamps_and_papers_noted_later_do_not_undo_signatures(book):
    one = approved(book)
    more = requests.add_documents(book, one.id, ["验收单", "验收单", " "])
    assert (more.documents, more.state) == (("验收单",), "已批准")


def test_changes_behind_the_program_are_found(book):
    one = approved(book)
    post(book, requests.make_voucher(book, one.id, DAY))
    book.connection.execute("DROP TRIGGER request_submitted")
    book.connection.execute("DROP TRIGGER request_signature_no_update")
    book.connection.execute("UPDATE request SET payee='别人', amount_fen=1")
    book.connection.execute("UPDATE request_signature SET name='别人' WHERE duty='负责人'")
    book.connection.execute("INSERT INTO request_voucher(request_id, draft_id, voucher_uid) VALUES(1, 0, 'x')")
    found = "\n".join(integrity.verify(book).findings)
    for text in ("payee：文具店 → 别人", "金额和明细不符", "签字和登记的不一样", "关联和登记的不一样"):
        assert text in found
