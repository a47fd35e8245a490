"""Run by a built program's own Python: loads every Qt plug-in it carries, and tells which cannot be loaded."""

import ctypes
import sys
from pathlib import Path

import PySide6
from PySide6 import QtSvg, QtWidgets

PLUGINS = Path(PySide6.__file__).parent / "Qt" / "plugins"


def main() -> int:
    """Load all; those for Wayland may lack a library the system need not have."""
    failed = []
    plugins = sorted(PLUGINS.rglob("*.so"))
    for path in plugins:
        try:
            ctypes.CDLL(str(path))
        except OSError as error:
            if "libwayland-" not in str(error):
                failed.append(f"{path.name}: {error}")
    loaded = f"{len(plugins)} plug-ins loaded beside {QtWidgets.__name__} and {QtSvg.__name__}"
    print("\n".join(failed) or loaded)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
