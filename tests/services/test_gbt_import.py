"""A book made from the files alone gives every statement and book of the original, to the fen."""

import shutil
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from tests.package.gbt_books import Books, books, small
from village_ledger.domain.checks import voucher_kind
from village_ledger.domain.errors import BadInput, IntegrityFailure
from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource
from village_ledger.domain.voucher import posted_as_draft
from village_ledger.reports import registry
from village_ledger.reports.query import Query
from village_ledger.services import accounts, gbt, gbt_import, people, periods, reports
from village_ledger.services import settings as settings_service
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.storage.meta import Settings

from .conftest import a_draft, post_all

JANUARY, JUNE, DECEMBER = Period(2025, 1), Period(2025, 6), Period(2025, 12)


def shown(ledger: LedgerSource, settings_: Settings, span: tuple[Period, Period]) -> dict[str, object]:
    """Every book and statement of a span as its cells: what a person sees, whatever the rows' ids."""
    found: dict[str, object] = {}
    for kind in registry.KINDS:
        query = Query(*span, account="102" if kind.needs_account else "")
        made = reports.from_ledger(ledger, settings_, kind.key, query)
        kept = [place for place, column in enumerate(made.columns) if column.key != "uid"]
        columns = [made.columns[place][:3] for place in kept]
        rows = [tuple(row.cells[place] for place in kept) for row in made.rows]
        found[kind.key] = (made.title, made.as_of, columns, rows)
    return found


def vouchers(ledger: LedgerSource, span: tuple[Period, Period]) -> list[tuple[object, ...]]:
    """Posted vouchers with members by name and reversals by label."""
    posted = ledger.vouchers(*span)
    labels = {one.id: f"{one.period} {one.label}" for one in posted}
    return [
        (
            one.day,
            one.label,
            one.attachments,
            one.kind,
            *(one.maker, one.reviewer, one.cashier, one.poster, one.source),
            labels.get(one.reverses, ""),
            posted_as_draft(one).lines,
        )
        for one in posted
    ]


@pytest.fixture
def village(sample_village, tmp_path):
    with Book.open(shutil.copy(sample_village, tmp_path / "示例村.vlb"), actor="周敏") as book:
        yield book


@pytest.mark.parametrize("which", ["xml", "txt"])
@pytest.mark.parametrize("last", [JUNE, DECEMBER])
def test_the_sample_village_comes_back_whole(village, tmp_path, which, last):
    gbt.export(village, last, tmp_path / "国标")
    steps: list[int] = []
    made = gbt_import.import_folder(
        tmp_path / "国标", tmp_path / "new.vlb", which, lambda done, _total, _what: steps.append(done)
    )
    assert steps[-1] == 5
    assert made.notes == ()
    assert (made.village, made.start, made.end, made.closed) == (village.entity.name, JANUARY, last, last)
    with Book.open(tmp_path / "new.vlb", read_only=True) as book:
        assert verify(book).ok
        assert book.entity == village.entity
        assert book.open_period == last.next
        for span in ((JANUARY, last), (last, last), (Period(2025, 3), Period(2025, 5))):
            assert shown(book.ledger, book.settings, span) == shown(village.ledger, village.settings, span)
        assert vouchers(book.ledger, (JANUARY, last)) == vouchers(village.ledger, (JANUARY, last))
        roles = {one.name: one.role for one in people.people(book)}
        assert (roles["周敏"], roles["陈秋菊"], roles["何志远"]) == ("会计", "出纳", "审核")
        chart = {one.code: one[:6] for one in village.chart}
        assert {one.code: one[:6] for one in book.chart} == chart


def test_figures_known_from_the_sample_s_own_files(village, tmp_path):
    """库存现金 opened with 1,236.50 and 12102 稻谷 is counted in kilogrammes, as resources/sample says."""
    gbt.export(village, DECEMBER, tmp_path / "国标")
    gbt_import.import_folder(tmp_path / "国标", tmp_path / "new.vlb")
    with Book.open(tmp_path / "new.vlb", read_only=True) as book:
        cash = next(row for row in book.ledger.balances(JANUARY, JANUARY) if row.account == "101")
        assert cash.opening_fen == 1_236_50
        assert book.chart["12102"].unit == "公斤"
        assert any(row.in_quantity for row in book.ledger.balances(JANUARY, DECEMBER) if row.account == "12102")


def as_posted(made: Books) -> Books:
    """Vouchers of the kind that posting them would give."""
    chart = made.contents.chart
    again = tuple(one._replace(kind=voucher_kind(posted_as_draft(one), chart)) for one in made.contents.vouchers)
    return made._replace(contents=made.contents._replace(vouchers=again))


@settings(max_examples=8)
@given(books())
def test_generated_books_come_back_whole_from_either_set(made: Books):
    made = as_posted(made)
    wanted = made.contents.ledger
    own = Settings()
    with TemporaryDirectory() as folder:
        for which in ("xml", "txt"):
            path = Path(folder) / f"{which}.vlb"
            told = gbt_import.told_by(gbt.finished(made), which)
            gbt_import.import_told(told, path)
            with Book.open(path, read_only=True) as book:
                start, last = made.contents.start, made.contents.period
                for span in ((start, last), (JUNE, JUNE), (last, last)):
                    assert shown(book.ledger, own, span) == shown(wanted, own, span)
                assert vouchers(book.ledger, (start, last)) == vouchers(wanted, (start, last))


def test_an_existing_book_stays_and_a_failed_import_leaves_nothing(tmp_path, monkeypatch):
    files = gbt.finished(small())
    told = gbt_import.told_by(files, "xml")
    path = tmp_path / "a.vlb"
    path.write_bytes(b"mine")
    with pytest.raises(BadInput, match="不会覆盖"):
        gbt_import.import_told(told, path)
    assert path.read_bytes() == b"mine"
    monkeypatch.setattr(gbt_import, "_draft", lambda one, posted: _doubled(one))
    with pytest.raises(IntegrityFailure, match="建成的账和国标数据不一样：2025年1月科目 101"):
        gbt_import.import_told(told, tmp_path / "b.vlb")
    assert not (tmp_path / "b.vlb").exists()


def _doubled(one):
    draft = posted_as_draft(one)
    lines = tuple(line._replace(debit_fen=2 * line.debit_fen, credit_fen=2 * line.credit_fen) for line in draft.lines)
    return draft._replace(lines=lines, state="reviewed", maker="王会计", reviewer="李审核")


def edited(name: str, old: str, new: str, count: int = -1) -> dict[str, bytes]:
    files = gbt.finished(small())
    text = files[name].decode("gb18030")
    assert old in text
    return {**files, name: text.replace(old, new, count).encode("gb18030")}


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("24589/总账.xml", "120.50</借方本币金额>", "120.51</借方本币金额>", "借贷不平"),
        ("24589/总账.xml", '<记账凭证编号 locID="020602">2', '<记账凭证编号 locID="020602">3', "断号：2"),
        ("24589/总账.xml", ">库存现金<", ">现钞<", "不是同一套科目"),
        ("24589/公共档案.xml", ">记</记账凭证类型简称>", ">现</记账凭证类型简称>", "凭证字“现”本程序没有"),
        ("24589/公共档案.xml", ">张三<", ">张;三<", "不能含有分号"),
        ("24589/公共档案.xml", ">rural-2023<", ">企业会计准则<", "没有“企业会计准则”这套科目"),
        ("24589/公共档案.xml", ">2025-02<", ">2026-02<", "不在 2025 年"),
        ("24589/公共档案.xml", ">2025-01<", ">一月<", "月份“一月”不对"),
    ],
)
def test_files_that_make_no_book_are_refused_in_words(tmp_path, name, old, new, reason):
    with pytest.raises(BadInput, match=reason):
        gbt_import.import_told(gbt_import.told_by(edited(name, old, new), "xml"), tmp_path / "a.vlb")
    assert list(tmp_path.iterdir()) == []


def test_text_files_with_a_wrong_number_are_refused():
    with pytest.raises(BadInput, match=r"KMYE\.TXT 第 1 行的“期初余额”"):
        gbt_import.told_by(edited("19581/KMYE.TXT", "1000.00", "1e3"), "txt")


def test_files_of_another_program_need_no_archives_of_ours(tmp_path):
    """Without 账套说明 the regulation's chart and the months that have figures are taken."""
    text = gbt.finished(small())["24589/公共档案.xml"].decode("gb18030")
    kept = [line for line in text.splitlines(keepends=True) if '<档案编码 locID="011101">9' not in line]
    files = {**gbt.finished(small()), "24589/公共档案.xml": "".join(kept).encode("gb18030")}
    made = gbt_import.import_told(gbt_import.told_by(files, "xml"), tmp_path / "a.vlb")
    assert (made.start, made.end, made.closed, made.vouchers) == (JANUARY, Period(2025, 2), None, 3)
    with Book.open(tmp_path / "a.vlb", actor="王会计") as book:
        assert book.chart["113"].side == "debit"
        periods.close(book, JANUARY, backup=False)
        assert accounts.items(book, "往来户")[0].item.name == "张三"


def test_codes_that_are_no_codes_are_left_out_with_a_note(tmp_path):
    files = edited("24589/公共档案.xml", ">990123104205<", ">12345<", 1)
    made = gbt_import.import_told(gbt_import.told_by(files, "xml"), tmp_path / "a.vlb")
    assert made.notes == ("区划代码“12345”不合规定，没有带过来，请在设置里补填",)


def test_a_month_that_cannot_be_closed_stays_open_with_a_note(tmp_path):
    """Cash below zero keeps the month from closing; the books are kept as they are."""
    sound = small()
    vouchers_ = sound.contents.vouchers
    spent = vouchers_[0]._replace(
        lines=tuple(
            line._replace(debit_fen=10 * line.debit_fen, credit_fen=10 * line.credit_fen) for line in vouchers_[0].lines
        )
    )
    made = sound._replace(contents=sound.contents._replace(vouchers=(spent, *vouchers_[1:])), sheets=())
    imported = gbt_import.import_told(gbt_import.told_by(gbt.finished(made), "xml"), tmp_path / "a.vlb")
    assert imported.closed is None
    assert "2025年1月没有结账" in imported.notes[0]
    assert "为负数" in imported.notes[0]


def test_carrying_forward_by_the_month_is_kept(book, tmp_path):
    settings_service.save_settings(book, book.settings._replace(carry_forward="month"))
    post_all(book, a_draft(date(2024, 1, 8), "101", "501", 80_00))
    periods.close(book, Period(2024, 1), backup=False)
    gbt.export(book, Period(2024, 1), tmp_path / "国标")
    gbt_import.import_folder(tmp_path / "国标", tmp_path / "new.vlb")
    with Book.open(tmp_path / "new.vlb", read_only=True) as made:
        assert made.settings.carry_forward == "month"
        assert [one.kind for one in made.ledger.vouchers(Period(2024, 1), Period(2024, 1))] == ["normal", "carry"]
        assert verify(made).ok
