import sys
import threading

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from village_ledger.domain.errors import NotAllowed
from village_ledger.services import people
from village_ledger.services.book import Book
from village_ledger.services.people import Person
from village_ledger.ui import worker as module
from village_ledger.ui.operations import PEOPLE, Operations

from .conftest import ACCOUNTANT


@pytest.fixture
def threaded(book_file, qtbot):
    book = Book.open(book_file)
    people.log_in(book, ACCOUNTANT.name)
    made = Operations(book)
    yield made
    made.close()


def refuse(_book):
    raise NotAllowed("不可以")


def test_a_read_runs_on_the_worker_and_answers_here(threaded, qtbot):
    got = []
    threaded.read(lambda book: (book.entity.name, threading.current_thread().name), got.append)
    qtbot.waitUntil(lambda: bool(got))
    assert got[0][1] == "book"
    assert threading.current_thread().name != "book"
    assert threaded.idle


def test_of_reads_with_one_topic_only_the_newest_is_answered(threaded, qtbot):
    got = []
    gate = threading.Event()
    threaded.read(lambda _book: gate.wait(5) and 1, got.append, topic="rows")
    threaded.read(lambda _book: 2, got.append, topic="rows")
    threaded.read(lambda _book: 3, got.append, topic="other")
    gate.set()
    qtbot.waitUntil(lambda: threaded.idle)
    assert got == [2, 3]


def test_a_write_brings_fresh_facts_before_its_answer_and_then_tells_everybody(threaded, qtbot):
    order = []
    page = QWidget()
    qtbot.addWidget(page)
    threaded.changed.connect(lambda flags, initiator: order.append((flags, initiator)))
    threaded.write(
        lambda book: people.save_person(book, Person("石新来", "审核")),
        lambda _none: order.append([person.name for person in threaded.facts.people]),
        touches=PEOPLE,
        initiator=page,
    )
    qtbot.waitUntil(lambda: len(order) == 2)
    assert "石新来" in order[0]
    assert order[1] == (PEOPLE, page)


def test_buttons_are_disabled_until_the_answer(threaded, qtbot):
    button = QPushButton()
    qtbot.addWidget(button)
    gate = threading.Event()
    threaded.write(lambda _book: gate.wait(5), touches=PEOPLE, disable=(button,), busy_text="正在保存…")
    assert not button.isEnabled()
    gate.set()
    qtbot.waitUntil(button.isEnabled)


def test_a_refusal_goes_to_the_caller_or_to_the_initiator(threaded, qtbot):
    got, told = [], []
    page = QWidget()
    qtbot.addWidget(page)
    threaded.refused.connect(lambda text, receiver: told.append((text, receiver)))
    threaded.write(refuse, touches=PEOPLE, on_failed=got.append)
    threaded.write(refuse, touches=PEOPLE, initiator=page)
    qtbot.waitUntil(lambda: bool(got and told))
    assert str(got[0]) == "不可以"
    assert told == [("不可以", page)]


def test_nothing_is_announced_after_a_refusal(operations):
    told = []
    operations.changed.connect(lambda *args: told.append(args))
    operations.write(refuse, touches=PEOPLE, on_failed=lambda _refusal: None)
    assert told == []


def test_a_bug_reaches_the_excepthook(threaded, qtbot, monkeypatch):
    seen = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, _trace: seen.append(kind))
    threaded.read(lambda _book: {}["missing"], lambda _answer: None)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [KeyError]


def test_an_answer_for_a_page_that_is_gone_is_dropped(threaded, qtbot):
    got = []
    page = QWidget()
    gate = threading.Event()
    threaded.read(lambda _book: gate.wait(5), lambda _answer: got.append(page), initiator=page)
    page.deleteLater()
    with qtbot.waitSignal(page.destroyed):
        pass
    gate.set()
    qtbot.waitUntil(lambda: threaded.idle)
    assert got == []


def test_long_work_shows_a_dialog_that_can_cancel_it(threaded, qtbot, monkeypatch):
    monkeypatch.setattr(module, "PROGRESS_DELAY_MS", 0)
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    started, failed = threading.Event(), []
    told = threading.Event()

    def work(_book, progress):
        for step in range(10_000_000):
            progress(step, 10_000_000, f"第 {step} 张")
            started.set()
            told.wait(0.001)

    threaded.long(work, title="正在记账", initiator=page, on_failed=failed.append)
    qtbot.waitUntil(started.is_set)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in page.findChildren(module.ProgressDialog)))
    dialog = page.findChild(module.ProgressDialog)
    dialog.reject()
    assert not dialog.cancel_button.isEnabled()
    qtbot.waitUntil(lambda: bool(failed))
    assert "取消" in str(failed[0])
    assert not any(one.isVisible() for one in page.findChildren(module.ProgressDialog))


def test_short_long_work_never_shows_the_dialog(threaded, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    got = []
    threaded.long(lambda _book, progress: progress(1, 1, "完成"), got.append, title="很快", initiator=page)
    qtbot.waitUntil(lambda: got == [None])
    assert all(dialog.isHidden() for dialog in page.findChildren(module.ProgressDialog))


def test_everything_happens_at_once_when_synchronous(operations):
    got = []
    operations.read(lambda book: book.entity.name, got.append)
    assert len(got) == 1
    with pytest.raises(KeyError):
        operations.read(lambda _book: {}["missing"], got.append)


def test_closing_finishes_what_is_queued(book_file, qtbot):
    made = Operations(Book.open(book_file))
    done = []
    made.write(lambda book: done.append(book.entity.name), touches=PEOPLE)
    made.close()
    assert len(done) == 1
