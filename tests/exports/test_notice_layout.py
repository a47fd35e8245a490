"""A notice on paper: nothing cut, nothing shrunk, nothing lost between the pages, whatever the lines."""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from village_ledger.domain.period import Period
from village_ledger.exports.fonts import face
from village_ledger.exports.layout import clean
from village_ledger.exports.notice_html import notice_html
from village_ledger.exports.notice_layout import lay_out
from village_ledger.exports.notice_page import tail_height
from village_ledger.exports.notice_pdf import notice_pdf
from village_ledger.exports.notice_table import BODY, HEIGHT, MARGIN, NOTE_LEADING, PAD, WIDTH, Table
from village_ledger.reports.model import Column, Report, Row, Span
from village_ledger.reports.notices.model import Chart, Notice, Series, Sheet, Totals

COLUMNS = (
    Column("no", "序号", "integer", 5),
    Column("day", "日期", "date", 11),
    Column("reason", "事由", "text", 30),
    Column("party", "收款方", "text", 16),
    Column("kind", "项目", "text", 16),
    Column("basis", "决议或申请号", "text", 16),
    Column("handler", "经手人和证明人", "text", 16),
    Column("amount", "金额", "money", 15, summed=True),
)
REST = ("办公和管理开支和维修", "石村议〔2025〕3号会议决议", "陈秋菊、何志远、许长根、石建国")
RARE = "𠅤𬭩𫟹㙍"


def a_notice(lines: int, reason: str = "付6月份村部水电费", fen: int = 123_45, *, draft: bool = False) -> Notice:
    """One table of that many payments, with heading and sum."""
    rows = [Row((None, None, "一、支出", "", "", "", "", None), "section")]
    rows += [Row((n, date(2025, 6, 1 + n % 30), f"{reason}{n}", "清河供电所", *REST, fen)) for n in range(1, lines + 1)]
    formula = (Span(1, lines),)
    rows.append(Row((None, None, "支出合计", "", "", "", "", fen * lines), "subtotal", formula=formula))
    table = Report("t", "财务收支公开表", "石桥村", "2025-06", "2025-06", "2025年6月", COLUMNS, tuple(rows))
    chart = Chart("bars", "钱花到哪里去", ("公益", "办公"), (Series("金额", (5_000_00, 1_200_00)),))
    month = Period(2025, 6)
    totals = Totals(0, fen * lines, fen * lines, 0)
    sheets = (Sheet("income-spending", "一笔一笔列在这里。", table),)
    return Notice("石桥村", "清河镇", "990123104205", "month", month, month, 1, draft, totals, sheets, (chart,))


def tables(notice: Notice) -> list[tuple[Table, int, int]]:
    return [
        (piece.table, piece.first, piece.last) for page in lay_out(notice, tail_height(notice)) for piece in page.pieces
    ]


@pytest.mark.parametrize("lines", [1, 17, 18, 19, 20, 21, 45, 500])
def test_every_line_stands_on_one_page_and_in_order(lines: int) -> None:
    runs = [(first, last) for _, first, last in tables(a_notice(lines))]
    assert [place for first, last in runs for place in range(first, last)] == list(range(lines + 2))


@given(lines=st.integers(0, 120), words=st.integers(0, 160), narrow=st.lists(st.integers(0, 90), max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_page_is_overfull_and_no_row_stands_alone(lines: int, words: int, narrow: list[int]) -> None:
    notice = with_narrow(a_notice(lines, "付" + "维修" * words), narrow)
    tail = tail_height(notice)
    pages = lay_out(notice, tail)
    for page in pages:
        corners = {(piece.left, piece.top) for piece in page.pieces}
        assert len(corners) == len(page.pieces)
        for piece in page.pieces:
            table = piece.table
            used = (table.lead_height if piece.begins else table.head_height) + sum(
                line.height for line in table.lines[piece.first : piece.last]
            )
            used += sum(edge.height for edge in (piece.brought, piece.carried) if edge)
            used += len(table.notes) * NOTE_LEADING if piece.last == len(table.lines) else 0
            assert piece.top - used >= MARGIN
            assert piece.top <= HEIGHT - MARGIN
            assert piece.left + table.width <= WIDTH - MARGIN + 0.01
            below = [one.top for one in page.pieces if one.left == piece.left and one.top < piece.top]
            assert all(piece.top - used >= top for top in below)
            if piece.last < len(table.lines) and piece.last - piece.first > 3:
                assert table.lines[piece.last - 1].kind != "section"
                assert table.lines[piece.last].kind not in {"subtotal", "total"}
    assert pages[-1].tail - tail >= MARGIN or pages[-2].tail - tail >= MARGIN
    assert sum(page.tail > 0 for page in pages) == 1


def with_narrow(notice: Notice, counts: list[int]) -> Notice:
    """The notice with tables of two columns after its own, of so many rows each."""
    made = []
    for number, count in enumerate(counts):
        columns = (Column("name", "项目", "text", 12), Column("amount", "金额", "money", 14, summed=True))
        rows = (Row(("合计", None), "section"), *(Row((f"第{n}项", n)) for n in range(count + 1)))
        table = Report(f"n{number}", "资金公开表", "石桥村", "2025-06", "2025-06", "2025年6月", columns, rows)
        made.append(Sheet(f"n{number}", "村里的钱放在哪里。", table._replace(notes=("说明",) * number)))
    return notice._replace(sheets=(*notice.sheets, *made))


def test_narrow_tables_stand_side_by_side() -> None:
    (page, _charts) = lay_out(with_narrow(a_notice(3), [12, 12]), 160.0)
    lefts = [(round(piece.left), round(piece.top)) for piece in page.pieces[1:] if piece.begins]
    assert lefts[0][0] < lefts[1][0]
    assert lefts[0][1] == lefts[1][1]


def test_sheets_with_nothing_to_tell_become_one_line() -> None:
    notice = a_notice(2)
    empty = notice.sheets[0].table._replace(title="补贴补偿公开表", rows=())
    notice = notice._replace(sheets=(*notice.sheets, Sheet("benefits", "", empty)))
    document = pypdfium2.PdfDocument(BytesIO(notice_pdf(notice, "A3")))
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    assert "本期没有：补贴补偿。" in text
    assert "补贴补偿公开表" not in text


def test_sums_go_over_to_the_next_page() -> None:
    pages = lay_out(a_notice(60), 160.0)
    first, second = pages[0].pieces[0], pages[1].pieces[0]
    carried = f"{(first.last - 1) * 12345 / 100:,.2f}"
    assert first.carried is not None
    assert second.brought is not None
    assert (first.carried.texts[-1], second.brought.texts[-1]) == ((carried,), (carried,))
    assert ("过次页",) in first.carried.texts
    assert ("承前页",) in second.brought.texts


@pytest.mark.parametrize("fen", [1, 99_999_999_999_99, -99_999_999_999_99])
def test_an_amount_stands_on_one_line_within_its_column(fen: int) -> None:
    for table, _, _ in tables(a_notice(3, fen=fen)):
        for line in table.lines:
            (text,) = line.texts[-1] or ("",)
            assert face("bold").width(text, BODY) <= table.boxes[-1].width - 2 * PAD


@given(reason=st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=200))
@settings(max_examples=60)
def test_wrapped_text_is_whole_and_within_its_column(reason: str) -> None:
    for table, _, _ in tables(a_notice(2, reason)):
        for line in table.lines:
            if line.kind == "line":
                cell = line.texts[2]
                assert all(face("regular").width(text, BODY) <= table.boxes[2].width for text in cell if len(text) > 1)
        assert "".join(table.lines[1].texts[2]).strip() == clean(f"{reason}1").strip()


@pytest.mark.parametrize(("size", "width", "pages"), [("A3", WIDTH, 1), ("A4", WIDTH * 0.5**0.5, 1), ("A2", 841.89, 4)])
def test_each_paper_holds_the_same_notice(size: str, width: float, pages: int) -> None:
    document = pypdfium2.PdfDocument(BytesIO(notice_pdf(a_notice(8), size)))  # type: ignore[arg-type]  # one of three
    assert round(document[0].get_width()) == round(width)
    assert len(document) == pages * 2
    document.close()


def test_rare_characters_and_the_draft_mark_can_be_read_back() -> None:
    document = pypdfium2.PdfDocument(BytesIO(notice_pdf(a_notice(3, f"付石{RARE}劳务费", draft=True), "A3")))
    text = document[0].get_textpage().get_text_bounded()
    document.close()
    assert RARE in text
    assert "草" in text


def test_the_page_on_the_web_escapes_and_fetches_nothing() -> None:
    page = notice_html(a_notice(2, "<script>alert(1)</script>&\"'", draft=True))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http" not in page.replace("http://www.w3.org", "").replace("http-equiv", "")
    assert "草稿" in page


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert notice_pdf(a_notice(30), "A3") == notice_pdf(a_notice(30), "A3")
