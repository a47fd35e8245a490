"""Take the README's pictures of the windows on the sample village and township: python docs/pictures/take.py

Needs no screen (Qt's offscreen platform). The pictures land beside this file.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from PySide6.QtCore import QRect, Qt  # noqa: E402  (the path must be set first)
from PySide6.QtTest import QTest  # noqa: E402

from village_ledger import app  # noqa: E402
from village_ledger.services.sample import build_sample  # noqa: E402
from village_ledger.services.township.sample import NAME, build_township, official  # noqa: E402

START = "start"
"""The start window of the first run."""
PAGES = ("home", "voucher-list", "balance-sheet", "month-end", "parcels", "contracts")
TOWNSHIP_PAGES = ("review", "doubts", "sums")
SHOWN = QRect(0, 0, 1366, 740)
"""The status line below names a file of this machine."""


def settle() -> None:
    """Give the worker time to answer: QTest.qWait keeps it from running, so wait in small steps."""
    for _step in range(60):
        QTest.qWait(50)


def take_township(desk: app.Desk, place: Path) -> None:
    """The desk's pages, the doubts those of one village."""
    window = desk.open_place(str(build_township(place)), official())
    assert window is not None
    window.resize(1366, 768)
    for key in TOWNSHIP_PAGES:
        window.show_page(key)
        settle()
        if key == "doubts":
            which = window.page(key).which
            which.setCurrentIndex(which.findText("柳溪村", Qt.MatchFlag.MatchStartsWith))
            which.activated.emit(which.currentIndex())
            settle()
        window.grab(SHOWN).save(str(HERE / f"township-{key}.png"))
    window.close()


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
            window.grab(SHOWN).save(str(HERE / f"{key}.png"))
        window.operations.close()
        take_township(desk, Path(folder) / NAME)
        application.quit()


if __name__ == "__main__":
    main()
