"""What the launchers run. Lies in the program's `app` folder; only the Windows packages have it."""

import ctypes
import os
import sys
import tempfile
import traceback
from importlib import import_module
from pathlib import Path

_TITLE = "村级三资账本"
_ERROR_SIGN = 0x10


def command() -> None:
    """The `village-ledger` command."""
    import_module("village_ledger.cli.main").run()


def window() -> None:
    """The window. Whatever keeps it from opening is said in a message box: there is no console to say it on."""
    try:
        code = import_module("village_ledger.app").main(sys.argv[1:])
    except Exception:  # noqa: BLE001 - the last one who can tell the user
        note = Path(tempfile.gettempdir()) / "village-ledger-start.txt"
        note.write_text(traceback.format_exc(), encoding="utf-8")
        _tell(f"程序没有能够启动。请重新安装；如果仍然不行，请把这个文件交给技术人员：\n{note}")
        code = 1
    os._exit(code)


def _tell(text: str) -> None:
    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(None, text, _TITLE, _ERROR_SIGN)
    else:
        print(text, file=sys.stderr)
