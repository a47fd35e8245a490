"""Declared relations against a real book: registered, ended, struck, imported, and proved."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from village_ledger.domain.errors import BadInput
from village_ledger.domain.related_person import RelatedPerson
from village_ledger.services import related
from village_ledger.services.book import Book
from village_ledger.services.integrity import verify
from village_ledger.services.journal import entries
from village_ledger.services.related_files import OPTIONAL, REQUIRED, import_related

DAY = date(2024, 1, 1)
WIFE = RelatedPerson("陈主任", "理事长", "配偶", "李四", DAY, "199 0000 0003", "6299000000000000003", "一组")


def test_a_relation_is_kept_whole_and_logged_without_its_numbers(book: Book) -> None:
    made = related.register(book, WIFE)
    assert related.related(book) == (made,)
    assert made.phone == "19900000003"
    (newest,) = entries(book, limit=1)
    assert (newest.action, newest.subject) == ("related", "陈主任的配偶 李四")
    assert "19900000003" not in str(newest.detail)
    assert verify(book).ok


def test_the_same_relation_is_not_kept_twice_at_one_time(book: Book) -> None:
    made = related.register(book, WIFE)
    with pytest.raises(BadInput, match="已经登记过"):
        related.register(book, WIFE._replace(since=date(2024, 5, 1)))
    related.end(book, made.uid, date(2024, 4, 30))
    again = related.register(book, WIFE._replace(since=date(2024, 5, 1)))
    with pytest.raises(BadInput, match="已经登记过"):
        related.register(book, WIFE._replace(since=date(2024, 3, 1), until=date(2024, 6, 1)))
    assert [one.until for one in related.related(book)] == [date(2024, 4, 30), None]
    related.strike(book, again.uid, "登错人")
    related.register(book, WIFE._replace(since=date(2024, 5, 1)))
    assert verify(book).ok


def test_a_relation_ends_once_and_not_before_it_began(book: Book) -> None:
    made = related.register(book, WIFE)
    with pytest.raises(BadInput, match="早于起始日期"):
        related.end(book, made.uid, date(2023, 12, 31))
    related.end(book, made.uid, DAY)
    with pytest.raises(BadInput, match="已经在 2024-01-01 终止"):
        related.end(book, made.uid, date(2024, 2, 1))


def test_striking_needs_a_reason_and_happens_once(book: Book) -> None:
    made = related.register(book, WIFE)
    with pytest.raises(BadInput, match="原因"):
        related.strike(book, made.uid, " ")
    related.strike(book, made.uid, "登错人")
    with pytest.raises(BadInput, match="已经划去"):
        related.strike(book, made.uid, "登错人")
    with pytest.raises(BadInput, match="已经划去"):
        related.end(book, made.uid, DAY)


def test_what_is_wrong_is_refused_whole(book: Book) -> None:
    with pytest.raises(BadInput) as refused:
        related.register(book, WIFE._replace(relation="同学", phone="1"))
    assert [problem.field for problem in refused.value.problems] == ["relation", "phone"]
    assert related.related(book) == ()


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        ("UPDATE related_person SET name = '别人'", "name：李四 → 别人"),
        ("UPDATE related_person SET phone = '19900000004'", "被改动过"),
        ("UPDATE related_person SET card = '6299000000000010003'", "numbers"),
        ("DELETE FROM related_person", "被删掉了"),
        (
            "INSERT INTO related_person SELECT 9, 'x', officer, post, '子女', '王五', '', '', '', '', since, '', ''"
            " FROM related_person",
            "从外部塞进来",
        ),
    ],
)
def test_a_change_behind_the_program_is_found(book: Book, change: str, finding: str) -> None:
    related.register(book, WIFE)
    for name in ("related_person_fixed", "related_person_no_delete"):
        book.connection.execute(f"DROP TRIGGER {name}")
    book.connection.execute(change)
    assert any(finding in text for text in verify(book).findings)


@pytest.mark.parametrize(
    "change",
    ["UPDATE related_person SET name = '别人'", "UPDATE related_person SET phone = ''", "DELETE FROM related_person"],
)
def test_no_program_changes_a_row(book: Book, change: str) -> None:
    related.register(book, WIFE)
    with pytest.raises(Exception, match="关联人不能"):
        book.connection.execute(change)


def test_a_sheet_is_imported_whole(book: Book, tmp_path: Path) -> None:
    sheet = Workbook()
    page = sheet.active
    assert page is not None
    page.append([*REQUIRED, *OPTIONAL])
    page.append(["陈主任", "理事长", "本人", "陈主任", "2024-01-01", "19900000001", "6299000000000000001", "", "", ""])
    page.append(["陈主任", "理事长", "子女", "陈小", "2024/1/1", "", "", "二组", "2024-12-31", "外出"])
    sheet.save(tmp_path / "关联人.xlsx")
    assert import_related(book, tmp_path / "关联人.xlsx").added == 2
    own, child = related.related(book)
    assert (own.relation, own.card) == ("本人", "6299000000000000001")
    assert (child.until, child.note) == (date(2024, 12, 31), "外出")
    assert verify(book).ok


def test_a_sheet_with_a_bad_row_changes_nothing(book: Book, tmp_path: Path) -> None:
    file = tmp_path / "关联人.csv"
    head = "干部姓名,岗位,关系,名称,起始日期,电话\n"
    file.write_text(
        head + "陈主任,理事长,配偶,李四,2024-01-01,\n陈主任,,同学,王五,某日,\n,理事,子女,甲,2024-01-01,1\n", "utf-8"
    )
    with pytest.raises(BadInput) as refused:
        import_related(book, file)
    texts = [problem.message for problem in refused.value.problems]
    assert texts[0].startswith("第 3 行：日期“某日”")
    assert texts[1:] == ["第 4 行：请填写干部姓名", "第 4 行：电话号码不对，应是 7 至 12 位数字"]
    assert related.related(book) == ()
