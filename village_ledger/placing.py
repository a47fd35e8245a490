"""Giving a finished file its name."""

import time
from datetime import timedelta
from pathlib import Path

_HELD_BY_OTHERS = {5, 32}
"""Windows: ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION."""
_PAUSES = tuple(timedelta(milliseconds=pause) for pause in (50, 100, 200, 400))


def put_in_place(finished: Path, target: Path) -> None:
    """Rename a finished file over its target, at once and whole. Raises OSError if the system refuses.

    On Windows a virus scanner opens every new file for a moment; while it is open it cannot be renamed: that is
    waited for.
    """
    for pause in _PAUSES:
        try:
            finished.replace(target)
            return
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD_BY_OTHERS:
                raise
        time.sleep(pause.total_seconds())
    finished.replace(target)
