"""Take the README's pictures of the window on the sample village: python docs/pictures/take.py

Needs no screen (Qt's offscreen platform). The pictures land beside this file.
"""

import os
import sys
import tempfile
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from PySide6.QtCore import QRect  # noqa: E402  (the path must be set first)
from PySide6.QtTest import QTest  # noqa: E402

from village_ledger import app, clock  # noqa: E402
from village_ledger.domain.period import Period  # noqa: E402
from village_ledger.domain.review import Comment  # noqa: E402
from village_ledger.paths import RESOURCES  # noqa: E402
from village_ledger.services import creation, importing, packages, people, periods  # noqa: E402
from village_ledger.services.book import Book  # noqa: E402
from village_ledger.services.creation import NewBook  # noqa: E402
from village_ledger.services.people import Person  # noqa: E402
from village_ledger.services.sample import build_sample  # noqa: E402
from village_ledger.services.township import reviewing  # noqa: E402
from village_ledger.services.township.desk import Desk, DeskSettings  # noqa: E402
from village_ledger.services.township.importing import take_all  # noqa: E402
from village_ledger.services.township.ledgers import village_voucher  # noqa: E402

START = "start"
"""The start window of the first run."""
NEIGHBOURS = {"柳树湾村股份经济合作社": ("990123104206", 9), "大河口村股份经济合作社": ("990123104207", 11)}
"""More villages for the township's grid: code, and the last month of 2025 they handed over."""
VOUCHER = "2025-11 记-20"
PAGES = ("home", "voucher-list", "balance-sheet", "month-end", "parcels", "contracts")


def months_of(book: Path, last: int, folder: Path) -> list[Path]:
    """The packages of a village's months of 2025."""
    with Book.open(book, actor="周敏") as opened:
        return [
            packages.hand_over(opened, Period(2025, month), folder / f"{book.stem}-{month}.vlp").path
            for month in range(1, last + 1)
        ]


def neighbour(folder: Path, name: str, code: str, last: int) -> Path:
    """A village with the sample village's vouchers up to a month, closed."""
    sample = RESOURCES / "sample"
    rows = (sample / "vouchers.csv").read_text("utf-8-sig").splitlines()
    chosen = folder / "vouchers.csv"
    chosen.write_text("\n".join([rows[0], *(row for row in rows[1:] if row[:7] <= f"2025-{last:02}")]), "utf-8")
    path = folder / f"{name}.vlb"
    staff = (Person("周敏", "会计"), Person("陈秋菊", "出纳"), Person("石建国", "负责人"))
    new = NewBook(name, Period(2025, 1), people=staff, region_code=code)
    with creation.create_book(path, new) as book:
        people.log_in(book, "周敏")
        importing.import_accounts(book, sample / "accounts.csv")
        importing.import_openings(book, sample / "openings.csv")
        importing.import_vouchers(book, chosen, post=True)
        for month in range(1, last + 1):
            periods.close(book, Period(2025, month), backup=False)
    return path


def fill_desk(folder: Path, sample: Path) -> Path:
    """A township's desk with three villages; one month is under review."""
    found = months_of(sample, 11, folder)
    for name, (code, last) in NEIGHBOURS.items():
        found += months_of(neighbour(folder, name, code, last), last, folder)
    place = folder / "河口镇.vld"
    with Desk.create(place, DeskSettings("河口镇三资代管中心", "示范县", "河口镇"), actor="张敏") as desk:
        take_all(desk, found)
        village = desk.village("石桥村")
        voucher = village_voucher(desk, village, label=VOUCHER)
        text = "更换费没有事前审批，例外要在本月内补办决议，请附维修单位的发票和验收单"
        subject = ("凭证", voucher.uid, VOUCHER)
        reviewing.comment(desk, village, Comment("", voucher.period, *subject, text, "审批手续不全", severity="一般"))
        for month in range(1, 4):
            reviewing.begin(desk, village, Period(2025, month))
    return place


def township(desk: app.Desk, place: Path) -> None:
    """The grid of months, and a voucher as the township sees it."""
    clock.today = lambda: date(2025, 12, 20)
    window = desk.open_desk(Desk.open(place, actor="张敏"))
    window.resize(1366, 768)
    window.show_page("review")
    settle()
    window.grab(QRect(0, 0, 1366, 740)).save(str(HERE / "township-review.png"))
    code = next(one.code for one in window.facts.villages if one.name.startswith("石桥村"))
    window.open_voucher(code, VOUCHER)
    settle()
    window.grab(QRect(0, 0, 1366, 740)).save(str(HERE / "township-voucher.png"))
    window.close()


def settle() -> None:
    """Give the worker time to answer: QTest.qWait keeps it from running, so wait in small steps."""
    for _step in range(60):
        QTest.qWait(50)


def main() -> None:
    """Open each page at 1366x768, give the worker time to answer, save what is shown."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VILLAGE_LEDGER_HOME"] = str(Path(folder) / "home")
        book = Path(folder) / "石桥村.vlb"
        build_sample(book).close()
        application = app.make_application()
        desk = app.Desk()
        desk.show_start()
        assert desk.start is not None
        desk.start.resize(1100, 560)
        settle()
        desk.start.grab().save(str(HERE / f"{START}.png"))
        window = desk.open_book(book)
        assert window is not None
        window.resize(1366, 768)
        for key in PAGES:
            window.show_page(key)
            settle()
            shown = window.grab(QRect(0, 0, 1366, 740))  # the status line below names a file of this machine
            shown.save(str(HERE / f"{key}.png"))
        township(desk, fill_desk(Path(folder), book))
        window.operations.close()
        application.quit()


if __name__ == "__main__":
    main()
