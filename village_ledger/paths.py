"""Where the program's own files and the machine's user data are. Imported on every start, so it stays small."""

import os
import sys
from pathlib import Path

FOLDER = "VillageLedger"
HOME_VARIABLE = "VILLAGE_LEDGER_HOME"
PORTABLE_MARKER = "village-ledger.portable"
"""A file of this name in the program's folder, or up to two above it, makes a portable copy of it."""


def _resources() -> Path:
    if getattr(sys, "frozen", False):
        unpacked = getattr(sys, "_MEIPASS", "")
        return Path(unpacked or Path(sys.executable).resolve().parent) / "resources"
    return Path(__file__).resolve().parent.parent / "resources"


RESOURCES: Path = _resources()
"""Charts, statements, fonts, icons: beside the package when run from source, inside a frozen program otherwise."""


def portable_folder() -> Path | None:
    """The top folder of a portable copy (on a USB stick, say), which keeps books and settings to itself."""
    return next((folder for folder in RESOURCES.parents[:3] if (folder / PORTABLE_MARKER).is_file()), None)


def portable_books() -> Path | None:
    """Where a portable copy offers to keep books; None for an installed program, which uses the user's documents."""
    folder = portable_folder()
    return None if folder is None else folder / "账簿"


def user_data() -> Path:
    """The folder for logs and this machine's settings; it may not exist yet. VILLAGE_LEDGER_HOME overrides it."""
    override = os.environ.get(HOME_VARIABLE)
    if override:
        return Path(override)
    portable = portable_folder()
    if portable is not None:
        return portable / "设置"
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / FOLDER
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / FOLDER
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "village-ledger"
