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

PAGES = ("home", "voucher-list", "balance-sheet", "month-end", "parcels", "contracts")


def main() -> None:
    """Open each page at 1366x768, give the worker time to answer, save what is shown."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["VILLAGE_LEDGER_HOME"] = str(Path(folder) / "home")
        book = Path(folder) / "石桥村.vlb"
        build_sample(book).close()
        application = app.make_application()
        window = app.Desk().open_book(book)
        assert window is not None
        window.resize(1366, 768)
        for key in PAGES:
            window.show_page(key)
            for _step in range(60):  # qWait keeps the worker from running: wait in small steps
                QTest.qWait(50)
            shown = window.grab(QRect(0, 0, 1366, 740))  # the status line below names a file of this machine
            shown.save(str(HERE / f"{key}.png"))
        window.operations.close()
        application.quit()


if __name__ == "__main__":
    main()
