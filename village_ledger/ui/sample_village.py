"""The sample village on this computer: built the first time somebody wants to see it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from village_ledger.paths import user_data
from village_ledger.services import sample

from .operations import Operations

SAMPLE_NAME = "示例村.vlb"


def prepare(operations: Operations, initiator: QWidget, on_ready: Callable[[Path], object]) -> None:
    """Hand over the sample book's file, building it with a progress dialog if there is none yet."""
    path = user_data() / SAMPLE_NAME
    if path.exists():
        on_ready(path)
        return

    def build(_book: object, progress: sample.Progress) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        sample.build_sample(path, progress).close()

    operations.long(build, lambda _done: on_ready(path), title="正在准备示例村", initiator=initiator, cancellable=False)
