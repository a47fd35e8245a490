"""The printed QR code can be read off the page at every size, and is large enough for an old telephone."""

from io import BytesIO

import pypdfium2
import pytest
import segno
import zxingcpp

from tests.exports.test_notice_layout import a_notice, with_narrow
from village_ledger.exports.notice_pdf import Size, notice_pdf
from village_ledger.reports.notices.model import Notice, Totals
from village_ledger.services.notice_files import parse_code

MOST = 99_999_999_999_99
LARGEST = a_notice(3)._replace(
    totals=Totals(-MOST, MOST, MOST, -MOST), edition="quarter", end=a_notice(1).start.plus(2)
)


@pytest.mark.parametrize("size", ["A4", "A3"])
@pytest.mark.parametrize(
    "notice", [a_notice(3), with_narrow(a_notice(40), [30, 30]), LARGEST], ids=["small", "pages", "largest"]
)
def test_the_printed_code_can_be_read(notice: Notice, size: Size) -> None:
    document = pypdfium2.PdfDocument(BytesIO(notice_pdf(notice, size)))
    found = [
        code.text
        for page in document
        for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil().convert("L"))
    ]
    document.close()
    assert found == [notice.code]
    assert parse_code(found[0]).digest == notice.digest


def test_its_squares_are_at_least_0_4_mm_on_a4() -> None:
    squares = len(segno.make_qr(LARGEST.code, error="m").matrix)
    assert 118 / (squares + 8) * 0.5**0.5 / 72 * 25.4 >= 0.4
