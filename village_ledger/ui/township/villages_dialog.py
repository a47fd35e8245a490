"""Choosing which villages a sum is over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from village_ledger.domain.desk import Village
from village_ledger.ui.dialogs import Dialog
from village_ledger.ui.widgets.button import make_button

_KEY = Qt.ItemDataRole.UserRole


class VillagesDialog(Dialog):
    """`chosen(codes)`; none when all villages are wanted."""

    chosen = Signal(object)

    def __init__(self, villages: tuple[Village, ...], codes: tuple[str, ...], parent: QWidget) -> None:
        super().__init__("汇总哪些村", parent, width=460, height=520)
        self.search = QLineEdit()
        self.search.setPlaceholderText("找村名")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.every_button = make_button("全选(&A)", kind="quiet", on_click=lambda: self._check(on=True))
        self.none_button = make_button("全不选(&N)", kind="quiet", on_click=lambda: self._check(on=False))
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(self.every_button)
        top.addWidget(self.none_button)
        self.list = QListWidget()
        for one in villages:
            item = QListWidgetItem(one.name, self.list)
            item.setData(_KEY, one.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            wanted = not codes or one.code in codes
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self.body.addLayout(top)
        self.body.addWidget(self.list, 1)
        self.add_button("取消", self.reject)
        self.save_button = self.add_button("确定(&S)", self._choose, kind="primary")
        self.search.setFocus()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _find(self, text: str) -> None:
        for item in self._items():
            item.setHidden(text.strip() not in item.text())

    def _check(self, *, on: bool) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def _choose(self) -> None:
        found = tuple(str(item.data(_KEY)) for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        if not found:
            self.message("请至少选一个村", "danger")
            return
        self.accept()
        self.chosen.emit(() if len(found) == self.list.count() else found)
