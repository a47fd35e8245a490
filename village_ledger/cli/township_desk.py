"""Opening a desk for a command: as the official who is named, else as the command line."""

from pathlib import Path

from village_ledger.domain.errors import BadInput
from village_ledger.services.township.desk import Desk

from . import ACTOR
from .arguments import Arguments


def open_desk(arguments: Arguments, *, read_only: bool = False) -> Desk:
    """Open the command's DESK."""
    return Desk.open(arguments.required("DESK"), read_only=read_only, actor=arguments.get("--as").strip() or ACTOR)


def is_book(place: str) -> bool:
    """Whether a place is a village's book rather than a desk."""
    return Path(place).suffix.lower() == ".vlb"


def number(arguments: Arguments, name: str, default: int) -> int:
    """An option as a whole number."""
    text = arguments.get(name, str(default))
    if not text.isdigit() or len(text) > 9:
        raise BadInput(f"{name} 应是整数：{text}")
    return int(text)
