"""One worker thread owns what a window works on; answers come back to the GUI thread, here and nowhere else."""

import sys
import threading
import time
from collections.abc import Callable
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from village_ledger.domain.errors import Cancelled, Refusal

from .widgets.progress_dialog import ProgressDialog

Flags = frozenset[str]
Progress = Callable[[int, int, str], None]
ELSEWHERE = "elsewhere"
"""The initiator of a change that another window or program made."""
PROGRESS_DELAY_MS = 400
_PROGRESS_INTERVAL_S = 0.04


class Held(Protocol):
    """What a worker owns: a book, a township's desk."""

    def close(self) -> None:
        """Let go of the file or connection."""


HeldT = TypeVar("HeldT", bound=Held)
FactsT = TypeVar("FactsT")


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
        self.facts: Any = None


class Worker(QObject, Generic[HeldT, FactsT]):
    """The way to what is held. `changed(flags, initiator)` fires after each write, `facts` is fresh by then.

    A kind of worker says in `read_facts` what the GUI thread may know without asking.
    """

    thread_name = "worker"
    changed = Signal(object, object)
    facts_changed = Signal(object)
    refused = Signal(str, object)
    busy_changed = Signal(str)
    _answered = Signal(object)
    _progressed = Signal(object, int, int, str)

    def __init__(self, held: HeldT | None, *, synchronous: bool = False, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.synchronous = synchronous
        self.facts: FactsT | None = None
        if held is not None:
            self.facts = self.read_facts(held, None, frozenset())
        self._held = held
        self._serial = 0
        self._newest: dict[tuple[int, str], int] = {}
        self._waiting = 0
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        if not synchronous:
            self._thread = threading.Thread(target=self._work, name=self.thread_name, daemon=True)
            self._thread.start()

    def read_facts(self, held: HeldT, before: FactsT | None, touched: Flags) -> FactsT:
        """A snapshot of what is held, taken on the worker after each write; without `before`, the first one."""
        raise NotImplementedError

    def read(
        self,
        function: Callable[[HeldT], Any],
        on_done: Callable[[Any], None],
        *,
        on_failed: Callable[[Refusal], None] | None = None,
        topic: str = "",
        initiator: QWidget | None = None,
    ) -> None:
        """Ask something; `on_done` gets the answer. Of reads with one topic only the newest is answered."""
        job = self._job(lambda: function(self._held), on_done, on_failed, frozenset(), initiator)
        if topic:
            job.topic = (id(job.receiver), topic)
            self._newest[job.topic] = job.serial
        self._start(job)

    def write(
        self,
        function: Callable[[HeldT], Any],
        on_done: Callable[[Any], None] | None = None,
        *,
        touches: Flags,
        busy_text: str = "",
        initiator: QWidget | None = None,
        on_failed: Callable[[Refusal], None] | None = None,
        disable: tuple[QWidget, ...] = (),
    ) -> None:
        """Change something. The widgets in `disable` are disabled until the answer; then `changed` fires."""
        job = self._job(lambda: function(self._held), on_done, on_failed, touches, initiator)
        job.busy_text = busy_text
        job.disable = tuple(widget for widget in disable if widget.isEnabled())
        for widget in job.disable:
            widget.setEnabled(False)
        self._start(job)

    def long(
        self,
        function: Callable[[HeldT, Progress], Any],
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
        job = self._job(lambda: function(self._held, progress), on_done, on_failed, touches, initiator)
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
        """Another window or program changed what is held: facts are read anew, `changed` fires with ELSEWHERE."""
        job = self._job(lambda: None, None, None, touches, None)
        job.elsewhere = True
        self._start(job)

    def close(self) -> None:
        """Let the worker finish what is queued and close what is held. Answers still on their way are dropped."""
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._thread = None
        if self._held is not None:
            self._held.close()
            self._held = None

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
            if job.touches and self._held is not None:
                job.facts = self.read_facts(self._held, self.facts, job.touches)
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
