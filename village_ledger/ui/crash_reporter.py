"""What happens after a bug of ours: a report on this machine, and a calm dialog that says where it is."""

import faulthandler
import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from village_ledger.services import crash_reports

from . import dialogs, messages
from .dialogs import Dialog

log = logging.getLogger("village_ledger")


class CrashReporter(QObject):
    """`install` makes it the place every unexpected error ends up, also one that kills the process."""

    def __init__(self) -> None:
        super().__init__()
        self.dialog: Dialog | None = None
        self._faults: TextIO | None = None
        self._died: Path | None = None
        self._told: set[str] = set()

    def install(self) -> None:
        """From now on every bug leaves a report."""
        sys.excepthook = self.crashed
        self._died = crash_reports.collect_faults()
        self._faults = crash_reports.open_fault_file()
        if self._faults is not None:
            faulthandler.enable(self._faults)

    def tell_of_last_run(self) -> None:
        """If the last run died, say so, once."""
        if self._died is not None:
            self._show("上次程序中途退出了", messages.died(self._died), self._died)
            self._died = None

    def uninstall(self) -> None:
        """The program ends as it should."""
        sys.excepthook = sys.__excepthook__
        if self._faults is not None:
            faulthandler.disable()
            crash_reports.close_fault_file(self._faults)
            self._faults = None

    def crashed(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The excepthook: write a report, once for each bug in a run, and say so calmly."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if sys.stderr is not None:
            traceback.print_exception(kind, error, trace)
        note = crash_reports.crash_note(error.with_traceback(trace))
        if note in self._told:
            return
        self._told.add(note)
        log.error("%s", note)
        report = crash_reports.write_report(error, f"Qt {qVersion()}")
        self._show("出了点问题", messages.crashed(report), report)

    def _show(self, title: str, text: str, report: Path | None) -> None:
        if self.dialog is not None and self.dialog.isVisible():
            return  # one dialog is enough; every report is in the folder it names
        dialog = dialogs.question(QApplication.activeWindow(), title, text, accept="知道了", reject="")
        if report is not None:
            button = dialog.add_button("打开所在文件夹(&D)", lambda: _open_folder(report.parent))
            dialog.buttons.removeWidget(button)
            dialog.buttons.insertWidget(dialog.buttons.count() - 1, button)
        self.dialog = dialog
        dialog.open()


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
