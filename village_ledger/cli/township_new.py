"""`township new`: a desk for the township."""

from village_ledger.services.township.desk import Desk, DeskSettings

from . import ACTOR
from .arguments import Arguments
from .township_desk import number


def run(arguments: Arguments) -> int:
    """Make the store and say where it is."""
    settings = DeskSettings(
        arguments.required("--name"),
        arguments.get("--county"),
        arguments.get("--township"),
        number(arguments, "--due-days", 15),
        arguments.get("--folder"),
    )
    with Desk.create(arguments.required("DESK"), settings, actor=ACTOR) as desk:
        print(f"已新建乡镇端：{desk.settings.name}")
    return 0
