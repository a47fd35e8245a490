"""Entry point: picks the command, loads its module, turns refusals into exit codes."""

import errno
import gc
import os
import signal
import sqlite3
import sys
from importlib import import_module
from typing import NoReturn

from village_ledger.domain.errors import BadInput, IntegrityFailure, Refusal, system_reason

from .arguments import BY_NAME, FAMILIES, overview, parse, usage

FINE, BAD_INPUT, INTEGRITY_FAILURE = 0, 2, 3


def run() -> NoReturn:
    """The installed command. Ends at once: taking the interpreter apart would cost a report a tenth of its time."""
    gc.set_threshold(50_000, 20, 100)  # what is made here are values without cycles: looking for some costs a tenth
    signal.signal(signal.SIGTERM, _stop)
    try:
        code = main()
    except Exception:  # noqa: BLE001 - a bug: told in full, and in the terms of the contract
        sys.excepthook(*sys.exc_info())
        print("程序出错，这次操作没有完成。请先核验账簿（verify），并把上面的内容告诉开发者", file=sys.stderr)
        code = BAD_INPUT
    sys.stderr.flush()
    os._exit(code)


def _stop(_signal: int, _frame: object) -> NoReturn:
    """Ended from outside: leave as at Ctrl+C, so that what is half done is taken back."""
    raise KeyboardInterrupt


def main(words: list[str] | None = None) -> int:
    """Run one command and return the exit code."""
    given = list(sys.argv[1:] if words is None else words)
    for stream in (sys.stdout, sys.stderr):
        if not stream.isatty() and (stream.encoding.lower() != "utf-8" or os.linesep != "\n"):
            # The same bytes on every system. (The real streams are TextIOWrapper.)
            stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]  # see above
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except IntegrityFailure as refusal:
        print(refusal, file=sys.stderr)
        return INTEGRITY_FAILURE
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except sqlite3.Error as error:
        print(f"账簿读写出错，文件可能已损坏，请核验账簿，或从备份恢复（{error}）", file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        if _reader_gone(error):
            return FINE
        print(f"系统拒绝了这次操作：{system_reason(error)} {error.filename or ''}".strip(), file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("已中断，没有保存的操作已撤销", file=sys.stderr)
        return BAD_INPUT


def _reader_gone(error: OSError) -> bool:
    """Windows has no BrokenPipeError for a reader who has seen enough: writing to it is an invalid argument."""
    return os.name == "nt" and error.errno == errno.EINVAL and error.filename is None


def _run(words: list[str]) -> int:
    name = words[0] if words else "open"
    if name in {"-h", "--help", "help"}:
        print(overview(), end="")
        return FINE
    if name in {"-V", "--version"}:
        print(import_module("village_ledger").__version__)
        return FINE
    if not words:
        return int(import_module("village_ledger.cli.window").run(None))
    if FAMILIES.get(name) and len(words) > 1:
        name, words = " ".join(words[:2]), words[1:]
    command = BY_NAME.get(name)
    if command is None and len(words) == 1 and os.path.isfile(name):
        return int(import_module("village_ledger.cli.window").run(parse(BY_NAME["open"], words)))
    if command is None:
        known = FAMILIES.get(name.partition(" ")[0]) or BY_NAME
        raise BadInput(f"没有“{name}”这个命令。可用的命令：{'、'.join(known)}")
    if "--help" in words or "-h" in words:
        print(f"{command.title}\n用法：village-ledger {usage(command)}")
        return FINE
    arguments = parse(command, words[1:])
    # The only lazy import of the command line: a text report must not wait for Qt, openpyxl or peewee.
    return int(import_module(f"village_ledger.cli.{command.module}").run(arguments))
