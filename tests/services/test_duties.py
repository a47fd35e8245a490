"""Role by act, through the services themselves: no act can be forgotten, and no function that writes."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from village_ledger.domain.account import Account, Item
from village_ledger.domain.assets.change import Paper
from village_ledger.domain.assets.stock import StockItem
from village_ledger.domain.benefit import BenefitBatch
from village_ledger.domain.budget import Budget
from village_ledger.domain.contract import Contract, Price, Step
from village_ledger.domain.decision import Decision
from village_ledger.domain.disclosure import Objection
from village_ledger.domain.duties import DUTIES, ROLES
from village_ledger.domain.errors import NotAllowed, Refusal
from village_ledger.domain.parcels import Parcel
from village_ledger.domain.period import Period
from village_ledger.domain.project import Project
from village_ledger.domain.related_person import RelatedPerson
from village_ledger.domain.request import Request
from village_ledger.domain.source_document import SourceDocument
from village_ledger.domain.voucher import DraftLine
from village_ledger.services import (
    accounts,
    asset_cards,
    asset_changes,
    asset_counts,
    asset_runs,
    backups,
    benefits,
    budgets,
    contract_rents,
    contract_waivers,
    contracts,
    creation,
    decisions,
    disclosures,
    documents,
    evidence,
    exceptions,
    governance,
    importing,
    journal,
    log_in,
    openings,
    parcels,
    people,
    periods,
    projects,
    related,
    request_signing,
    requests,
    review_answers,
    reviews,
    settings,
    stock,
    vouchers,
)
from village_ledger.services.book import Book
from village_ledger.services.people import Person

from .asset_desk import GARDEN, TRUCK
from .conftest import a_draft
from .log_in_desk import quicken
from .writing import Writer, call_blindly, writers

JANUARY, DAY = Period(2024, 1), date(2024, 1, 5)
STAFF = tuple(Person(f"{role}某", role) for role in ROLES)
DUTY = "不相容岗位要分开"
Call = Callable[[Book], object]
SHOP = Contract(
    "HT-01",
    "租赁",
    "门面",
    Item("往来户", "0001", "张三"),
    DAY,
    date(2026, 1, 4),
    Price(steps=(Step(1, 1_00),)),
    "112",
    "501",
)


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a person of every role, a household, goods and a card."""
    path = tmp_path_factory.mktemp("staffed") / "岗位.vlb"
    with creation.create_book(path, creation.NewBook("石桥村", JANUARY, people=STAFF)) as book:
        accounts.add_item(book, "往来户", "张三")
    return path


@pytest.fixture
def book(staffed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    quicken(monkeypatch)
    return Book.open(shutil.copy(staffed, tmp_path / "岗位.vlb"))


def drafted(book: Book) -> int:
    """A draft made by somebody of no role, as an import makes it."""
    actor, book.actor = book.actor, ""
    saved = vouchers.save_draft(book, a_draft(DAY, "101", "501", 5_00))._replace(maker="外人")
    book.actor = actor
    return saved.id


def as_nobody(book: Book, act: Call) -> None:
    """Prepare something that a person of the book then works on."""
    actor, book.actor = book.actor, ""
    act(book)
    book.actor = actor


def post_reviewed(book: Book) -> object:
    number = drafted(book)
    book_actor, book.actor = book.actor, "审核某"
    vouchers.review(book, [number])
    book.actor = book_actor
    return vouchers.post(book)


def reopened(book: Book) -> object:
    as_nobody(book, lambda one: periods.close(one, JANUARY, backup=False))
    return periods.reopen(book, JANUARY, "更正")


def handed_over(book: Book) -> object:
    as_nobody(book, lambda one: periods.close(one, JANUARY, backup=False))
    return periods.mark_handed_over(book, JANUARY)


def import_accounts(book: Book) -> object:
    file = book.path.with_name("科目.csv")
    file.write_text("科目编码,科目名称\n10201,农商行\n", "utf-8")
    return importing.import_accounts(book, file)


def restored(book: Book) -> object:
    made = backups.back_up(book, "手工")
    return backups.restore(made, book.path.with_name("另一本.vlb"))


def with_card(book: Book) -> Book:
    as_nobody(book, lambda one: asset_cards.add_card(one, GARDEN))
    return book


def other(book: Book) -> str:
    """Somebody else than who is at the keyboard."""
    return next(person.name for person in STAFF if person.name != book.actor)


def waived(book: Book) -> object:
    as_nobody(book, lambda one: contracts.save(one, SHOP))
    return contract_waivers.waive(book, contract_waivers.NewWaiver(1, 1, 10, DAY, "受灾", "石决〔2024〕1号"))


CALLS: dict[str, Call] = {
    "log-in": lambda book: log_in.log_in(book, book.actor),
    "open": journal.record_opening,
    "export": lambda book: journal.record_export(book, "科目余额表", {}),
    "backup": lambda book: backups.back_up(book, "手工"),
    "restore": restored,
    "voucher.draft": lambda book: vouchers.save_draft(book, a_draft(DAY, "101", "501", 5_00)),
    "voucher.review": lambda book: vouchers.review(book, [drafted(book)]),
    "voucher.post": post_reviewed,
    "voucher.template": lambda book: vouchers.save_template(book, "常用", (DraftLine("水费", "513"),)),
    "period.close": lambda book: periods.close(book, JANUARY, backup=False),
    "period.reopen": reopened,
    "period.hand-over": handed_over,
    "account": lambda book: accounts.add_account(book, Account("51301", "水费", "损益", "debit")),
    "item": lambda book: accounts.add_item(book, "往来户", "李四"),
    "opening": lambda book: openings.save_openings(book, ()),
    "import": import_accounts,
    "settings": lambda book: settings.save_settings(book, book.settings._replace(keep_backups=9)),
    "person": lambda book: people.save_person(book, Person("新人", "出纳")),
    "password": lambda book: log_in.set_first_password(book, book.actor, "spring-rain-9"),
    "password.reset": lambda book: log_in.reset_password(book, other(book)),
    "asset": lambda book: asset_cards.add_card(book, TRUCK),
    "asset.approve": lambda book: asset_changes.approve(book, 1, Paper("陈主任", DAY, "批1号")),
    "asset.run": lambda book: asset_runs.depreciate(with_card(book), JANUARY),
    "asset.count": lambda book: asset_counts.start(with_card(book), DAY, "年末盘点", "三人"),
    "stock": lambda book: stock.add_item(book, StockItem("WZ-01", "水泥", "121", "袋")),
    "parcel": lambda book: parcels.add_parcel(book, Parcel("D-1", "荒坡", "其他", 100, DAY)),
    "contract": lambda book: contracts.save(book, SHOP),
    "contract.book": lambda book: contract_rents.accrue(book, JANUARY),
    "contract.waive": waived,
    "decision": lambda book: decisions.save(book, Decision("石决〔2024〕1号", "修路", "", "", "村民委员会", DAY)),
    "rules": lambda book: governance.save_rules(book, governance.GOVERNANCE, governance.content(book, DAY), DAY),
    "budget": lambda book: budgets.save_budget(book, Budget(2024)),
    "request": lambda book: requests.save(book, Request(DAY, "修路", "生产性", "某店", "张三", "李四", ())),
    "request.sign": lambda book: request_signing.sign(book, 1),
    "notice": lambda book: disclosures.post(book, "无", DAY, "村口"),
    "notice.sign": lambda book: disclosures.sign(book, "无", DAY),
    "objection": lambda book: disclosures.object_to(
        book, Objection("", "无", DAY, "张三", "当面", "水费", "为何这么多")
    ),
    "benefit": lambda book: benefits.register(book, BenefitBatch("耕地地力保护补贴", "2024 年", DAY)),
    "related": lambda book: related.register(book, RelatedPerson("石某", "理事", "配偶", "李某", DAY)),
    "document": lambda book: documents.register(book, SourceDocument("付", "税务发票", DAY, 5_00, "1", "", "某店")),
    "exception": lambda book: exceptions.grant(book, drafted(book), "防汛抢险"),
    "review.take": lambda book: reviews.take_in(book, book.path.with_name("无.vlr")),
    "review.answer": lambda book: review_answers.answer(book, "无此意见", "已补发票"),
    "project": lambda book: projects.save_project(book, Project("G-1", "修路", "一事一议", "", "", 1_00, DAY)),
}
"""A real call of every act. Some lack what they work on (an approval without a change): they are refused for that, past
the gate."""


def test_the_table_forgets_no_act() -> None:
    assert set(CALLS) == set(DUTIES)
    assert {one.act for one in writers()} - {""} | {"notice.sign", "notice"} == set(DUTIES)
    assert {one.label for one in writers() if not one.act} == {"evidence.attach", "evidence.detach", "disclosures._act"}


def test_every_duty_is_somebody_s_and_the_auditor_only_reads() -> None:
    for duty in DUTIES.values():
        assert duty.roles
        assert set(duty.roles) <= set(ROLES)
    assert [act for act, duty in DUTIES.items() if "审计" in duty.roles] == [
        "log-in",
        "open",
        "export",
        "backup",
        "restore",
        "password",
    ]


def test_the_cashier_keeps_no_books() -> None:
    """会计法 art. 35: 出纳人员不得兼任稽核、会计档案保管和收入、支出、费用、债权债务账目的登记工作."""
    for act in ("voucher.draft", "voucher.review", "voucher.post", "account", "opening", "period.close", "import"):
        assert "出纳" not in DUTIES[act].roles


@pytest.mark.parametrize("act", CALLS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_does_its_duties_and_no_others(book: Book, role: str, act: str) -> None:
    book.actor = f"{role}某"
    said = ""
    try:
        CALLS[act](book)
    except Refusal as refusal:
        said = str(refusal)
    finally:
        book.close()
    if role in DUTIES[act].roles:
        assert DUTY not in said
    else:
        assert said.startswith(f"{role}不能{DUTIES[act].title}（{DUTY}）")


SUCCEED = set(CALLS) - {
    "asset.approve",
    "contract.waive",
    "request.sign",
    "notice",
    "notice.sign",
    "exception",
    "project",
    "request",
    "decision",
    "benefit",
    "objection",
    "review.take",
    "review.answer",
}


@pytest.mark.parametrize("act", sorted(SUCCEED))
def test_the_calls_do_what_they_are_for(book: Book, act: str) -> None:
    """So that the table above proves more than one refusal in place of another."""
    book.actor = f"{DUTIES[act].roles[-1]}某"
    before = book.log_head
    CALLS[act](book)
    assert book.log_head != before or act in {"asset.run", "contract.book"}
    book.close()


def refused(book: Book, act: str, call: Call) -> None:
    """Everybody whose duty it is not is refused, and nothing is written."""
    for role in ROLES:
        if role not in DUTIES[act].roles:
            book.actor = f"{role}某"
            before = book.log_head
            with pytest.raises(NotAllowed, match=DUTY):
                call(book)
            assert book.log_head == before


@pytest.mark.parametrize(
    "writer", [one for one in writers() if one.act and one.label != "backups.restore"], ids=lambda one: one.label
)
def test_every_function_that_writes_asks_the_gate_first(book: Book, writer: Writer) -> None:
    refused(book, writer.act, lambda one: call_blindly(writer.function(), one))
    book.close()


@pytest.mark.parametrize("kind", sorted(evidence.OWNERS))
def test_files_of_decisions_requests_and_projects_are_kept_by_those_who_keep_these(book: Book, kind: str) -> None:
    act = evidence._ACTS[kind]
    refused(book, act, lambda one: evidence.attach(one, kind, "uid", book.path))
    refused(book, act, lambda one: evidence.detach(one, kind, "uid", "sha"))
    book.close()
