"""Running work on the book: one worker thread owns it, answers come back to the GUI thread, here and nowhere else."""

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NamedTuple

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from village_ledger.domain.account import Chart
from village_ledger.domain.errors import Cancelled, Refusal
from village_ledger.domain.period import Period
from village_ledger.domain.search import ItemRecord
from village_ledger.domain.view import Entity
from village_ledger.services import accounts, log_in, people, periods, vouchers
from village_ledger.services.book import Book, Settings
from village_ledger.services.log_in import Access
from village_ledger.services.people import Person

from .widgets.progress_dialog import ProgressDialog

Flags = frozenset[str]
Progress = Callable[[int, int, str], None]

VOUCHERS: Flags = frozenset({"vouchers"})
ACCOUNTS: Flags = frozenset({"accounts"})
ITEMS: Flags = frozenset({"items"})
OPENINGS: Flags = frozenset({"openings"})
PERIODS: Flags = frozenset({"periods"})
SETTINGS: Flags = frozenset({"settings"})
PEOPLE: Flags = frozenset({"people"})
TEMPLATES: Flags = frozenset({"templates"})
BACKUPS: Flags = frozenset({"backups"})
RESOURCES: Flags = frozenset({"resources"})
ASSETS: Flags = frozenset({"assets"})
CONTRACTS: Flags = frozenset({"contracts"})
DECISIONS: Flags = frozenset({"decisions"})
REQUESTS: Flags = frozenset({"requests"})
BUDGETS: Flags = frozenset({"budgets"})
PROJECTS: Flags = frozenset({"projects"})
DISCLOSURES: Flags = frozenset({"disclosures"})
DOCUMENTS: Flags = frozenset({"documents"})
RELATED: Flags = frozenset({"related"})
REVIEWS: Flags = frozenset({"reviews"})
LOG: Flags = frozenset({"log"})
EVERYTHING: Flags = (
    VOUCHERS
    | ACCOUNTS
    | ITEMS
    | OPENINGS
    | PERIODS
    | SETTINGS
    | PEOPLE
    | TEMPLATES
    | BACKUPS
    | LOG
    | RESOURCES
    | ASSETS
    | CONTRACTS
    | DECISIONS
    | REQUESTS
    | BUDGETS
    | PROJECTS
    | DISCLOSURES
    | DOCUMENTS
    | RELATED
    | REVIEWS
)

ELSEWHERE = "elsewhere"
"""The initiator of a change that another window or program made."""
PROGRESS_DELAY_MS = 400
_PROGRESS_INTERVAL_S = 0.04


class Facts(NamedTuple):
    """What the GUI thread may know of the book without asking: a snapshot taken on the worker after each write."""

    path: Path
    read_only: bool
    actor: str
    entity: Entity
    chart: Chart
    open_period: Period
    settings: Settings
    people: tuple[Person, ...]
    items: tuple[ItemRecord, ...]
    usage: dict[str, int]
    last_posted: Period
    head: str
    access: dict[str, Access]


def read_facts(book: Book, before: Facts | None = None, touched: Flags = EVERYTHING) -> Facts:
    """The book's facts; the costlier ones are taken over from `before` unless the write touched them."""
    return Facts(
        book.path,
        book.read_only,
        book.actor,
        book.entity,
        book.chart,
        book.open_period,
        book.settings,
        people.people(book),
        before.items if before and not touched & (ITEMS | VOUCHERS | OPENINGS) else accounts.items(book),
        before.usage if before and not touched & ACCOUNTS else vouchers.account_usage(book),
        _last_posted(book),
        book.log_head,
        log_in.access(book),
    )


def _last_posted(book: Book) -> Period:
    posted = [status.period for status in periods.periods(book) if status.posted]
    return posted[-1] if posted else book.open_period


class _Job:
    """One piece of work on its way to the worker and back."""

    def __init__(self, run: Callable[[], Any], touches: Flags) -> None:
        self.run = run
        self.touches = touches
        self.on_done: Callable[[Any], None] | None = None
        self.on_failed: Callable[[Refusal], None] | None = None
        self.initiator: QWidget | None = None
        self.receiver: QObject | None = None
        self.topic: tuple[int, str] | None = None
        self.serial = 0
        self.elsewhere = False
        self.busy_text = ""
        self.disable: tuple[QWidget, ...] = ()
        self.dialog: ProgressDialog | None = None
        self.result: Any = None
        self.error: BaseException | None = None
        self.facts: Facts | None = None


class Operations(QObject):
    """The way to one book. `changed(flags, initiator)` fires after each write, `facts` is fresh by then."""

    changed = Signal(object, object)
    facts_changed = Signal(object)
    refused = Signal(str, object)
    busy_changed = Signal(str)
    _answered = Signal(object)
    _progressed = Signal(object, int, int, str)

    def __init__(self, book: Book | None, *, synchronous: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.synchronous = synchronous
        self.facts: Facts | None = read_facts(book) if book is not None else None
        self._book = book
        self._serial = 0
        self._newest: dict[tuple[int, str], int] = {}
        self._waiting = 0
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        if not synchronous:
            self._thread = threading.Thread(target=self._work, name="book", daemon=True)
            self._thread.start()

    def read(
        self,
        function: Callable[[Book], Any],
        on_done: Callable[[Any], None],
        *,
        on_failed: Callable[[Refusal], None] | None = None,
        topic: str = "",
        initiator: QWidget | None = None,
    ) -> None:
        """Ask the book something; `on_done` gets the answer. Of reads with one topic only the newest is answered."""
        job = self._job(lambda: function(self._book), on_done, on_failed, frozenset(), initiator)
        if topic:
            job.topic = (id(job.receiver), topic)
            self._newest[job.topic] = job.serial
        self._start(job)

    def write(
        self,
        function: Callable[[Book], Any],
        on_done: Callable[[Any], None] | None = None,
        *,
        touches: Flags,
        busy_text: str = "",
        initiator: QWidget | None = None,
        on_failed: Callable[[Refusal], None] | None = None,
        disable: tuple[QWidget, ...] = (),
    ) -> None:
        """Change the book. The widgets in `disable` are disabled until the answer; then `changed` fires."""
        job = self._job(lambda: function(self._book), on_done, on_failed, touches, initiator)
        job.busy_text = busy_text
        job.disable = tuple(widget for widget in disable if widget.isEnabled())
        for widget in job.disable:
            widget.setEnabled(False)
        self._start(job)

    def long(
        self,
        function: Callable[[Book, Progress], Any],
        on_done: Callable[[Any], None] | None = None,
        *,
        title: str,
        touches: Flags = frozenset(),
        initiator: QWidget | None = None,
        on_failed: Callable[[Refusal], None] | None = None,
        cancellable: bool = True,
    ) -> None:
        """Work that takes seconds: a modal progress dialog appears after 400 ms; cancelling rolls everything back."""
        stop = threading.Event()
        job = self._job(lambda: function(self._book, progress), on_done, on_failed, touches, initiator)
        job.busy_text = title
        last = [0.0]

        def progress(done: int, total: int, what: str) -> None:
            if stop.is_set():
                raise Cancelled("已取消，没有作任何改动")
            now = time.monotonic()
            if not self.synchronous and (now - last[0] > _PROGRESS_INTERVAL_S or done >= total):
                last[0] = now
                self._progressed.emit(job, done, total, what)

        if not self.synchronous:
            parent = initiator.window() if initiator is not None else None
            job.dialog = ProgressDialog(title, stop.set if cancellable else None, parent)
            QTimer.singleShot(PROGRESS_DELAY_MS, job.dialog, job.dialog.open_unless_done)
        self._start(job)

    @property
    def idle(self) -> bool:
        """Whether no answer is outstanding."""
        return self._waiting == 0

    def announce(self, touches: Flags) -> None:
        """Another window or program changed the book: facts are read anew, `changed` fires with ELSEWHERE."""
        job = self._job(lambda: None, None, None, touches, None)
        job.elsewhere = True
        self._start(job)

    def close(self) -> None:
        """Let the worker finish what is queued and close the book. Answers still on their way are dropped."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        if self._book is not None:
            self._book.close()
            self._book = None

    def _job(
        self,
        run: Callable[[], Any],
        on_done: Callable[[Any], None] | None,
        on_failed: Callable[[Refusal], None] | None,
        touches: Flags,
        initiator: QWidget | None,
    ) -> _Job:
        job = _Job(run, touches)
        owner = getattr(on_done, "__self__", None)
        self._serial += 1
        job.serial = self._serial
        job.on_done = on_done
        job.on_failed = on_failed
        job.initiator = initiator
        job.receiver = owner if isinstance(owner, QObject) else initiator
        return job

    def _start(self, job: _Job) -> None:
        self._waiting += 1
        if job.busy_text:
            self.busy_changed.emit(job.busy_text)
        if self.synchronous:
            self._perform(job)
            self._deliver(job)
        else:
            self._queue.put(job)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            self._perform(job)
            self._answered.emit(job)

    def _perform(self, job: _Job) -> None:
        try:
            job.result = job.run()
            if job.touches and self._book is not None:
                job.facts = read_facts(self._book, self.facts, job.touches)
        except BaseException as error:  # noqa: BLE001 - handed to the GUI thread, which logs it
            job.error = error

    def _show_progress(self, job: _Job, done: int, total: int, what: str) -> None:
        if job.dialog is not None and shiboken6.isValid(job.dialog):
            job.dialog.advance(done, total, what)

    def _deliver(self, job: _Job) -> None:
        self._waiting -= 1
        self._settle(job)
        alive = job.receiver is None or shiboken6.isValid(job.receiver)
        if job.facts is not None:
            self.facts = job.facts
            self.facts_changed.emit(job.facts)
        if isinstance(job.error, Refusal):
            if alive:
                self._refuse(job, job.error)
            return
        if job.error is not None:
            self._crash(job.error)
            return
        outdated = job.topic is not None and self._newest.get(job.topic) != job.serial
        if alive and not outdated and job.on_done is not None:
            job.on_done(job.result)
        if job.touches:
            self.changed.emit(job.touches, ELSEWHERE if job.elsewhere else job.initiator)

    def _settle(self, job: _Job) -> None:
        for widget in job.disable:
            if shiboken6.isValid(widget):
                widget.setEnabled(True)
        if job.dialog is not None and shiboken6.isValid(job.dialog):
            job.dialog.finish()
        if self._waiting == 0:
            self.busy_changed.emit("")

    def _refuse(self, job: _Job, refusal: Refusal) -> None:
        if job.on_failed is not None:
            job.on_failed(refusal)
        else:
            self.refused.emit(str(refusal), job.receiver if job.receiver is not None else job.initiator)

    def _crash(self, error: BaseException) -> None:
        if self.synchronous:
            raise error
        trace: TracebackType | None = error.__traceback__
        sys.excepthook(type(error), error, trace)
