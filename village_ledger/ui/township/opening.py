"""The way into the township's part of the program: asking for a desk, and the windows of a desk and of a package."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from village_ledger.services.township.desk import Desk
from village_ledger.ui.worker import Worker

from .desk_dialog import DeskDialog
from .operations import DeskOperations
from .window import TownshipWindow


def ask_for_desk(
    operations: Worker[Any, Any], parent: QWidget, place: str, opened: Callable[[Desk], object]
) -> DeskDialog:
    """Ask which desk to open, or what a new one is called, and who works at it."""
    dialog = DeskDialog(operations, parent, place)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.opened.connect(opened)
    dialog.open()
    return dialog


def a_desk(place: str | Path, official: str) -> Desk:
    """A desk that is there, opened by an official who is known."""
    return Desk.open(place, actor=official)


def desk_window(desk: Desk) -> TownshipWindow:
    """The window of a desk that is open."""
    return TownshipWindow(DeskOperations(desk))


def package_window(path: Path) -> TownshipWindow:
    """The window of an auditor who looks at a package; nothing of it is kept."""
    return TownshipWindow(DeskOperations(Desk.in_memory("审计查看")), path)
