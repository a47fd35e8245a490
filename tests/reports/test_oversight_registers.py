"""The registers for checking, row by row, with figures worked out by hand."""

from datetime import date

from tests.builders import a_ledger, an_item
from village_ledger.domain.approval_check import Link
from village_ledger.domain.benefit import BenefitBatch, BenefitRow
from village_ledger.domain.contract import Contract, Payment, Price, Step
from village_ledger.domain.contract_parties import ContractParty
from village_ledger.domain.disclosure import Act, Disclosure
from village_ledger.domain.notice_register import NoticeRecord
from village_ledger.domain.period import Period
from village_ledger.domain.post_holder import PostHolder
from village_ledger.domain.related_person import RelatedPerson
from village_ledger.domain.request import Request, RequestLine, Signature
from village_ledger.domain.request_register import RequestRecord, RequestRegister
from village_ledger.domain.source_document import COLLECTIVE, INVOICE, PAID, RECEIVED, DocumentRecord, SourceDocument
from village_ledger.reports import registry
from village_ledger.reports.model import Report
from village_ledger.reports.query import Query

JUNE = Query(Period(2025, 6), Period(2025, 6))
DAY = date(2025, 6, 3)


def run(key: str, register: object, query: Query = JUNE) -> Report:
    return registry.builder(key)(a_ledger(), query, register)


def lines(report: Report) -> list[dict[str, object]]:
    keys = [column.key for column in report.columns]
    return [dict(zip(keys, row.cells, strict=True)) for row in report.rows if row.kind == "line"]


def test_documents_stand_by_voucher_then_those_with_none() -> None:
    paper = SourceDocument(PAID, INVOICE, date(2025, 5, 30), 286_00, "12345678", "099", "清河文具店", uid="a", id=1)
    red = paper._replace(amount_fen=-86_00, number="12345679", day=DAY, account="6299000000000000003", id=2)
    stub = SourceDocument(RECEIVED, COLLECTIVE, DAY, 500_00, "0012001", "", "张三 13900000006", id=3)
    register = (
        DocumentRecord(paper, 7, "2025-06 记-5", "2025-06"),
        DocumentRecord(red, 7, "2025-06 记-5", "2025-06"),
        DocumentRecord(stub, 6, "2025-06 记-4", "2025-06"),
        DocumentRecord(stub._replace(number="0012004", void="写错", amount_fen=0, issuer="", id=4)),
        DocumentRecord(paper._replace(day=DAY, number="3", id=5), draft=9),
        DocumentRecord(paper._replace(day=DAY, number="4", struck="登错", id=6)),
        DocumentRecord(paper._replace(day=DAY, number="5", id=7), 8, "2025-07 记-1", "2025-07"),
        DocumentRecord(paper._replace(day=date(2025, 5, 31), number="6", id=8)),
    )
    report = run("document-register", register)
    found = lines(report)
    assert [(one["voucher"], one["number"]) for one in found] == [
        ("2025-06 记-4", "0012001"),
        ("2025-06 记-5", "12345678"),
        ("2025-06 记-5", "12345679"),
        ("", "0012004"),
        ("", "3"),
    ]
    assert found[2] == {
        "voucher": "2025-06 记-5",
        "direction": "付",
        "kind": "税务发票",
        "code": "099",
        "number": "12345679",
        "issuer": "清河文具店",
        "day": DAY,
        "amount": -86_00,
        "account_name": "",
        "account_tag": "66b10c3f",
        "void": False,
        "note": "",
    }
    assert found[0]["issuer"] == "张三 *******0006"
    assert (found[3]["void"], found[3]["note"], found[3]["amount"]) == (True, "作废：写错", 0)
    assert [row.cells[0] for row in report.rows[5:]] == ["收款票据 1 张", "付款票据 3 张"]
    assert [row.cells[7] for row in report.rows[5:]] == [500_00, 286_00 - 86_00 + 286_00]
    assert report.notes == ("统一收据存根缺号：0012002—0012003", "还没有附到已记账凭证上的票据 1 张")
    assert report.rows[1].target is not None
    assert report.rows[1].target.voucher == 7


def test_relations_show_their_numbers_masked_with_tags() -> None:
    wife = RelatedPerson("石建国", "理事长", "配偶", "李秀珍", DAY, "13900000006", "6299000000000000003", uid="a")
    register = (
        wife,
        wife._replace(name="石大山", relation="兄弟姐妹", phone="", card="", until=date(2025, 6, 10)),
        wife._replace(name="以后", since=date(2025, 7, 1)),
        wife._replace(name="登错", struck="登错人"),
    )
    report = run("related-persons", register)
    assert [row.cells for row in report.rows[:-1]] == [
        ("石建国", "理事长", "配偶", "李秀珍", "*******0006", "***************0003", "b0e0a1d8", "66b10c3f", DAY, None),
        ("石建国", "理事长", "兄弟姐妹", "石大山", "", "", "", "", DAY, date(2025, 6, 10)),
    ]
    assert report.rows[-1].cells[:2] == ("合计 2 条", "1 名干部")


def test_requests_tell_who_signed_when_and_what_was_paid() -> None:
    request = Request(
        DAY,
        "办公用纸",
        "非生产性开支",
        "文具店",
        "赵出纳",
        "王会计",
        (RequestLine("纸", "51303", (), 500_00),),
        "102",
        "石村议〔2025〕3号",
        "HT-1",
        "XM-1",
        "A04",
        ("发票", "清单"),
        number="用2025-001",
        state="已批准",
        submitter="赵出纳",
    )
    links = (
        Link("经手人", "经手人", "", False, Signature(0, "经手人", "赵出纳", date(2025, 6, 3))),
        Link("负责人", "负责人", "负责人", False, Signature(1, "负责人", "石建国", date(2025, 6, 5))),
        Link("村监会", "村监会", "村监会", False),
    )
    used = RequestRecord(request, links, "2025-06 记-9", "2025-06 记-9", date(2025, 6, 6))
    drawn_up = RequestRecord(request._replace(number="用2025-002", state="填写", submitter=""), (), "2025-06 草稿3")
    other = RequestRecord(request._replace(number="用2025-003", day=date(2025, 7, 1)), ())
    report = run("request-register", RequestRegister((used, drawn_up, other)))
    first, second = lines(report)
    assert first == {
        "number": "用2025-001",
        "day": DAY,
        "title": "办公用纸",
        "kind": "非生产性开支",
        "payee": "文具店",
        "handler": "赵出纳",
        "witness": "王会计",
        "amount": 500_00,
        "state": "已批准",
        "decision": "石村议〔2025〕3号",
        "contract": "HT-1",
        "project": "XM-1",
        "budget_item": "A04",
        "money_account": "102",
        "documents": "发票；清单",
        "signatures": "经手人 赵出纳 2025-06-03；负责人 石建国 2025-06-05",
        "signed": date(2025, 6, 5),
        "voucher": "2025-06 记-9",
        "paid": date(2025, 6, 6),
        "submitter": "赵出纳",
    }
    assert (second["signatures"], second["signed"], second["voucher"], second["paid"]) == ("", None, "", None)
    assert report.rows[-1].cells[7] == 1_000_00


def test_benefits_have_a_row_for_each_person_with_tags() -> None:
    row = BenefitRow(
        "石满仓", 850_00, "一组", "990123195002141037", "13900000006", "6299000000000000003", 4, 725, "86元"
    )
    batch = BenefitBatch("惠农补贴", "2025年地力补贴", DAY, (row,), "清农〔2025〕8号", "2025-06 记-3")
    register = (batch, batch._replace(struck="发错"), batch._replace(day=date(2025, 5, 31)))
    report = run("benefit-register", register)
    assert lines(report) == [
        {
            "batch": "2025年地力补贴",
            "kind": "惠农补贴",
            "day": DAY,
            "document": "清农〔2025〕8号",
            "voucher": "2025-06 记-3",
            "team": "一组",
            "name": "石满仓",
            "amount": 850_00,
            "people": 4,
            "area_mu_x100": 725,
            "standard": "86元",
            "id": "**************1037",
            "id_tag": "cdf947a5",
            "card_tag": "66b10c3f",
            "phone_tag": "b0e0a1d8",
        }
    ]
    assert report.rows[-1].cells[7] == 850_00


def a_notice(*acts: Act, edition: str = "month", made: date = DAY) -> Disclosure:
    return Disclosure("a", edition, Period(2025, 5), Period(2025, 5), 1, "0" * 64, "", 7, "周敏", made, acts)


def test_notices_tell_how_late_they_hung() -> None:
    signed = Act("签字", date(2025, 6, 4), "许长根", "村监会")
    posted = Act("张榜", date(2025, 6, 18), "周敏", place="村部")
    down = Act("撤榜", date(2025, 6, 25), "周敏")
    due = date(2025, 6, 15)
    register = (
        NoticeRecord(a_notice(Act("签字", DAY, "周敏", "会计"), signed, posted, down), due, 2, 1),
        NoticeRecord(a_notice(), due),
        NoticeRecord(a_notice(Act("作废", DAY, "周敏", note="错")), due),
        NoticeRecord(a_notice(edition="special")),
        NoticeRecord(a_notice(made=date(2025, 7, 1)), due),
    )
    report = run("notice-register", register)
    first, *others = lines(report)
    assert first == {
        "edition": "月度",
        "from": "2025-05",
        "to": "2025-05",
        "version": 1,
        "made": DAY,
        "signed": date(2025, 6, 4),
        "posted": date(2025, 6, 18),
        "until": date(2025, 6, 24),
        "taken_down": date(2025, 6, 25),
        "objections": 2,
        "answered": 1,
        "late_days": 3,
    }
    assert [(one["edition"], one["posted"], one["late_days"]) for one in others] == [
        ("月度", None, 15),
        ("月度", None, None),
        ("专项", None, None),
    ]


def test_people_stand_with_the_day_of_their_role() -> None:
    register = (PostHolder("周敏", "会计", True, DAY), PostHolder("旧会计", "会计", False))
    report = run("people-register", register)
    assert lines(report)[0] == {"name": "周敏", "role": "会计", "active": True, "since": DAY}
    assert report.rows[-1].cells[:2] == ("合计 2 人", "在岗 1 人")


def test_the_rent_of_a_mu_is_rounded_half_up() -> None:
    """800.00 over 26.05 mu is 30.7102…; 100.01 over 2.00 mu is 50.005, so 50.01."""
    contract = Contract(
        "HT-1",
        "承包",
        "荒坡",
        an_item("周福林"),
        date(2020, 1, 1),
        date(2029, 12, 31),
        Price(steps=(Step(1, 700_00), Step(3, 800_00))),
        "112",
        use="四荒",
        area_x100=2605,
        contact="周福林 13900000006",
    )
    whole = contract._replace(code="HT-2", area_x100=200, price=Price(steps=(Step(1, 100_01),)), contact="")
    listed = contract._replace(
        code="GC-1", area_x100=0, use="", contact="", price=Price("分期", payments=(Payment(DAY, 5_00),))
    )
    register = (
        ContractParty(contract, "林地"),
        ContractParty(whole),
        ContractParty(listed),
        ContractParty(contract._replace(code="HT-9", start=date(2025, 7, 1))),
    )
    report = run("contract-parties", register)
    assert [row.cells for row in report.rows[:-1]] == [
        ("HT-1", "周福林", "周福林 *******0006", "b0e0a1d8", "林地", 2605, 800_00, 30_71),
        ("HT-2", "周福林", "", "", "四荒", 200, 100_01, 50_01),
        ("GC-1", "周福林", "", "", "", 0, 0, None),
    ]
