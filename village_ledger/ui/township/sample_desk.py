"""The sample township on this computer: built the first time somebody wants to see it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from village_ledger.paths import user_data
from village_ledger.services.township import sample
from village_ledger.services.township.desk import Desk
from village_ledger.ui import machine
from village_ledger.ui.worker import Worker


def prepare(operations: Worker[Any, Any], initiator: QWidget, on_ready: Callable[[Desk], object]) -> None:
    """Hand over the sample's desk, open, building it with a progress dialog if there is none yet."""
    place = user_data() / sample.NAME

    def run(_held: object, progress: sample.Progress) -> Desk:
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            sample.build_township(place, progress)
        return Desk.open(place, actor=sample.official())

    def ready(desk: Desk) -> None:
        machine.remember_desk(str(place))
        on_ready(desk)

    operations.long(run, ready, title="正在准备示例乡镇", initiator=initiator)
