"""Run by a built program's own Python with a book's path: seconds from the start of the process to a drawn window."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from village_ledger import app


def age() -> float:
    """Seconds this process has lived."""
    ticks = int(Path("/proc/self/stat").read_text("ascii").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def main(book: Path) -> int:
    """Open the book's window, tell when the event loop is idle for the first time, and leave."""
    application = app.make_application()
    desk = app.Desk()
    if desk.open_book(book) is None:
        return 1
    QApplication.processEvents()
    print(f"window shown after {age():.2f} s ({time.process_time():.2f} s of work)", flush=True)
    QTimer.singleShot(0, application.quit)
    application.exec()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
