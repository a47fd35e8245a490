"""The number of a decision in a form: typed freely, or found among the registered ones by number or title."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from village_ledger.domain.decision import FINAL, Decision
from village_ledger.services import decisions
from village_ledger.ui.operations import Operations

LONGEST = 100
_NUMBER = Qt.ItemDataRole.UserRole


class _Numbers(QCompleter):
    """Finds in number and title, and gives the number."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Qt: what goes into the field."""
        return str(index.data(_NUMBER))


class DecisionField(QLineEdit):
    """Reads the decisions that are final when it is made; arrows and Enter choose one."""

    def __init__(self, operations: Operations, number: str = "", parent: QWidget | None = None) -> None:
        super().__init__(number, parent)
        self.setMaxLength(LONGEST)
        self.setPlaceholderText("打文号或标题查找，例如 石桥决〔2025〕3号")
        self.model = QStandardItemModel(self)
        found = _Numbers(self.model, self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        found.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        found.setMaxVisibleItems(9)
        self.setCompleter(found)
        operations.read(decisions.decisions, self._offer, topic="decision-field")

    def number(self) -> str:
        """The number as typed or chosen, without blanks around it."""
        return self.text().strip()

    def _offer(self, known: tuple[Decision, ...]) -> None:
        """The newest first: it is the one that is usually wanted."""
        self.model.clear()
        for one in sorted(known, key=lambda one: (one.day, one.number), reverse=True):
            if one.state == FINAL:
                item = QStandardItem(f"{one.number}　{one.title}")
                item.setData(one.number, _NUMBER)
                self.model.appendRow(item)
