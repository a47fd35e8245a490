"""What a window does first when its book was opened for a purpose from the start page."""

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from . import tour
from .bring_in.bring_in_dialog import BringInDialog

if TYPE_CHECKING:
    from .main_window import MainWindow

CONVERT, BRING_IN, TOUR = "convert", "bring-in", "tour"


class Beginning(NamedTuple):
    """The purpose, and the old book or file it is about."""

    purpose: str
    source: Path | None = None


def begin(window: "MainWindow", beginning: Beginning) -> None:
    """Lead to where the purpose is pursued."""
    if beginning.purpose == TOUR:
        tour.start(window)
        return
    window.show_page("openings")
    if beginning.purpose == CONVERT:
        window.page("openings").convert(beginning.source)  # type: ignore[attr-defined] # the table names the class
    else:
        BringInDialog(window.operations, window).open()
