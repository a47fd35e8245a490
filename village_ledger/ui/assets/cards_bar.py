"""The bar above the assets: which of them are shown, and whether cards and ledger tie."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit

from village_ledger.domain.assets.card import STATUSES
from village_ledger.domain.assets.rules import KINDS
from village_ledger.ui import theme
from village_ledger.ui.widgets.button import make_button

from .cards_model import CardRow, filtered

_GONE = "已处置"


class CardsBar(QHBoxLayout):
    """Tells what was changed; `wanted` narrows cards to what is asked for."""

    narrowed = Signal()
    entered = Signal()
    check_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        look = theme.current()
        self.setSpacing(look.px("gap"))
        self.search = QLineEdit()
        self.search.setPlaceholderText("按编号、名称、地点、保管人查找（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setMinimumWidth(look.scaled(280))
        self.kind_box, self.status_box = QComboBox(), QComboBox()
        self.kind_box.addItems(["全部种类", *KINDS])
        self.kind_box.setAccessibleName("资产种类")
        self.status_box.addItems(["全部状态", *STATUSES, _GONE])
        self.status_box.setAccessibleName("使用状态")
        self.tie_button = make_button("", kind="quiet", on_click=self.check_wanted.emit)
        self.tie_button.hide()
        for widget in (self.search, self.kind_box, self.status_box):
            self.addWidget(widget)
        self.addStretch(1)
        self.addWidget(self.tie_button)
        self.search.textChanged.connect(lambda _text: self.narrowed.emit())
        self.search.returnPressed.connect(self.entered)
        for box in (self.kind_box, self.status_box):
            box.currentIndexChanged.connect(lambda _place: self.narrowed.emit())

    def wanted(self, rows: tuple[CardRow, ...]) -> tuple[CardRow, ...]:
        """The cards asked for."""
        kind = self.kind_box.currentText() if self.kind_box.currentIndex() else ""
        status = self.status_box.currentText() if self.status_box.currentIndex() else ""
        return filtered(rows, self.search.text(), kind, status)

    def open_to(self, row: CardRow) -> None:
        """Take the filters off that hide a card."""
        for field in (self.search, self.kind_box, self.status_box):
            field.blockSignals(True)
        self.search.clear()
        self.kind_box.setCurrentIndex(0)
        self.status_box.setCurrentIndex(self.status_box.count() - 1 if row.now.gone else 0)
        for field in (self.search, self.kind_box, self.status_box):
            field.blockSignals(False)

    def show_tie(self, *, tied: bool, shown: bool) -> None:
        """Say whether cards and ledger tie."""
        self.tie_button.setText("账卡相符" if tied else "账卡不符，查看原因")
        self.tie_button.setIcon(theme.icon("check" if tied else "warning", "success" if tied else "danger"))
        self.tie_button.setVisible(shown)

    def find(self) -> None:
        """Put the focus where one searches."""
        self.search.setFocus()
        self.search.selectAll()
