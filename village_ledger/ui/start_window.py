"""The window shown when no book is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow

from .operations import Operations
from .wizard.start_page import StartPage


class StartWindow(QMainWindow):
    """Holds the start page and passes on which book to open."""

    open_book_requested = Signal(object)
    begin_requested = Signal(object, object)
    desk_requested = Signal(str)
    package_requested = Signal(object)

    def __init__(self, operations: Operations) -> None:
        super().__init__()
        self.operations = operations
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("村级三资账本")
        self.resize(1100, 700)
        self.page = StartPage(operations)
        self.page.open_book_requested.connect(self.open_book_requested)
        self.page.begin_requested.connect(self.begin_requested)
        self.page.desk_requested.connect(self.desk_requested)
        self.page.package_requested.connect(self.package_requested)
        self.setCentralWidget(self.page)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the worker."""
        self.operations.close()
        super().closeEvent(event)
