"""Finding a registered decision by number or title; a number kept on paper may be typed all the same."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from village_ledger.services.book import Book
from village_ledger.ui.decision_field import DecisionField
from village_ledger.ui.operations import Operations


@pytest.fixture
def book(sample_village: Path, tmp_path: Path) -> Iterator[Book]:
    with Book.open(shutil.copy(sample_village, tmp_path), actor="周敏") as opened:
        yield opened


@pytest.fixture
def field(operations: Operations, qtbot) -> DecisionField:
    made = DecisionField(operations)
    qtbot.addWidget(made)
    made.show()
    return made


def found(field: DecisionField, text: str) -> list[str]:
    finder = field.completer()
    finder.setCompletionPrefix(text)
    model = finder.completionModel()
    return [finder.pathFromIndex(model.index(row, 0)) for row in range(model.rowCount())]


def test_decisions_are_found_by_title_and_by_number_the_newest_first(field: DecisionField):
    assert found(field, "减免") == ["石村议〔2025〕13号"]
    assert found(field, "石社理") == ["石社理〔2025〕2号", "石社理〔2025〕1号"]
    assert len(found(field, "")) == 24


def test_choosing_one_puts_its_number_into_the_field(field: DecisionField, qtbot):
    field.completer().setCompletionPrefix("减免")
    field.completer().complete()
    popup = field.completer().popup()
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert field.number() == "石村议〔2025〕13号"


def test_a_number_nobody_registered_may_be_typed(field: DecisionField):
    field.setText(" 石村议〔2012〕1号 ")
    assert field.number() == "石村议〔2012〕1号"
