"""Take the README's pictures of the window on the sample village: python docs/pictures/take.py

Needs no screen (Qt's offscreen platform). The pictures land beside this file.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

from PySide6.QtCore import QRect  # noqa: E402  (the path must be set first)
from PySide6.QtTest import QTest  # noqa: E402

from village_ledger import app  # noqa: E402
from village_ledger.services.sample import build_sample  # noqa: E402

START = "start"
"""The start window of the first run."""
PAGES = ("home", "voucher-list", "balance-sheet", "month-end", "parcels", "contracts")


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
        window.operations.close()
        application.quit()


if __name__ == "__main__":
    main()
