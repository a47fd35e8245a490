"""What a person sees of a bug, and what is kept of it."""

import faulthandler
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_ledger.services import crash_reports
from village_ledger.ui.crash_reporter import CrashReporter


@pytest.fixture
def reporter(qapp: object) -> Iterator[CrashReporter]:
    made = CrashReporter()
    yield made
    if made.dialog is not None:
        made.dialog.close()
        made.dialog.deleteLater()


def crash(reporter: CrashReporter, text: str = "王五 欠款 8000 元") -> None:
    try:
        raise KeyError(text)
    except KeyError:
        reporter.crashed(*sys.exc_info())  # type: ignore[arg-type]  # inside the except clause all three are there


def reports() -> list[Path]:
    return sorted(crash_reports.report_folder().glob("出错报告-*.txt"))


def test_a_report_names_places_but_no_figures_names_or_folders(reporter: CrashReporter) -> None:
    crash(reporter)
    (report,) = reports()
    written = report.read_text(encoding="utf-8")
    assert "KeyError" in written
    assert "test_crash_reporter.py" in written
    assert "王五" not in written
    assert "8000" not in written
    assert str(Path(__file__).parent) not in written
    assert reporter.dialog is not None
    assert reporter.dialog.isVisible()


def test_the_same_bug_is_told_once_and_other_bugs_share_the_dialog(reporter: CrashReporter) -> None:
    for _time in range(3):
        crash(reporter)
    assert len(reports()) == 1
    first = reporter.dialog
    try:
        raise ValueError("另一个")
    except ValueError:
        reporter.crashed(*sys.exc_info())  # type: ignore[arg-type]  # inside the except clause all three are there
    assert len(reports()) == 2
    assert reporter.dialog is first


def test_without_a_place_to_write_the_dialog_comes_all_the_same(
    reporter: CrashReporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crash_reports, "_write", lambda _lines: None)
    crash(reporter)
    assert reporter.dialog is not None


def test_a_run_that_died_is_told_at_the_next_start(reporter: CrashReporter) -> None:
    folder = crash_reports.report_folder()
    folder.mkdir(parents=True)
    left = folder / "fault-999999999.tmp"
    left.write_text(
        "Fatal Python error: Segmentation fault\n\n"
        '  File "C:\\Users\\王五\\app\\village_ledger\\ui\\page.py", line 3 in go\n'
        '  File "/home/王五/x.py", line 4 in stop\n',
        encoding="utf-8",
    )
    enabled = faulthandler.is_enabled()
    try:
        reporter.install()
        reporter.tell_of_last_run()
        (report,) = reports()
        written = report.read_text(encoding="utf-8")
        assert 'File "village_ledger/ui/page.py", line 3' in written
        assert 'File "x.py"' in written
        assert "王五" not in written
        assert not left.exists()
        assert reporter.dialog is not None
        assert reporter.dialog.windowTitle() == "上次程序中途退出了"
    finally:
        reporter.uninstall()
        if enabled:
            faulthandler.enable()
    assert list(folder.glob("fault-*")) == []


def test_only_the_newest_reports_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(crash_reports.KEPT + 5):
        monkeypatch.setattr("village_ledger.clock.stamp", lambda number=number: f"20260101-{number:06}")
        crash_reports.write_report(ValueError())
    assert len(reports()) == crash_reports.KEPT
    assert reports()[-1].name == f"出错报告-20260101-{crash_reports.KEPT + 4:06}.txt"


def test_what_led_to_an_error_is_in_the_report() -> None:
    try:
        try:
            raise OSError("磁盘")
        except OSError as error:
            raise RuntimeError("王五") from error
    except RuntimeError as error:
        report = crash_reports.write_report(error, "Qt 6.8")
    assert report is not None
    text = report.read_text(encoding="utf-8")
    assert "起因：\nbuiltins.OSError" in text
    assert "Qt 6.8" in text
    assert "王五" not in text
