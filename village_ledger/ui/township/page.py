"""The base of the desk's pages: what they know of the desk, and the wishes they utter."""

from PySide6.QtCore import Signal

from village_ledger.domain.desk import Village
from village_ledger.ui.page import WorkPage

from .operations import DeskFacts, DeskOperations


class DeskPage(WorkPage):
    """One page of a desk's window."""

    operations: DeskOperations

    month_requested = Signal(str, object)
    """Village code and month."""
    voucher_requested = Signal(str, str)
    """Village code and label."""

    @property
    def facts(self) -> DeskFacts:
        """The snapshot of the desk."""
        facts = self.operations.facts
        if facts is None:
            raise RuntimeError("this page needs a desk")
        return facts

    def village(self, code: str) -> Village:
        """The village of a code."""
        return self.facts.village(code)
