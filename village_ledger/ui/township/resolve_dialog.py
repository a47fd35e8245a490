"""Saying where a doubt stands, with the reason."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from village_ledger.domain.desk import STATUSES
from village_ledger.services.township import flags
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.months import Suspicion

from .form import DeskForm, text_field
from .operations import DOUBTS, LOG, DeskOperations


class ResolveDialog(DeskForm):
    """待核, 已核属实, 已核排除, 已整改; anything but the first needs a reason, which the log keeps."""

    touches = DOUBTS | LOG

    def __init__(self, operations: DeskOperations, one: Suspicion, parent: QWidget) -> None:
        super().__init__(operations, "处理疑点", "保存(&S)", parent)
        self._doubt = one.doubt
        words = QLabel(f"{one.village.name}　{one.title}\n{one.doubt.text}")
        words.setWordWrap(True)
        self.status = QComboBox()
        self.status.addItems(STATUSES)
        self.status.setCurrentText("已核排除" if one.doubt.status == "待核" else one.doubt.status)
        self.reason = text_field()
        self.reason.setPlainText(one.doubt.reason)
        self.form.add_wide(words)
        self.form.add("处理结果(&Z)", self.status)
        self.form.add("理由(&R)", self.reason, "核实了什么、看了什么材料；记入日志")
        self.reason.setFocus()

    def act(self) -> Callable[[Desk], Any]:
        """See `DeskForm`."""
        doubt, wanted, reason = self._doubt, self.status.currentText(), self.reason.toPlainText()
        status = next(one for one in STATUSES if one == wanted)
        return lambda desk: flags.resolve(desk, doubt, status, reason)
