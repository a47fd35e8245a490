"""`boundaries`: the outlines of a day's parcels as GeoJSON."""

from village_ledger import clock
from village_ledger.domain.errors import BadInput
from village_ledger.services.book import Book
from village_ledger.services.cells import CellError, read_day
from village_ledger.services.parcel_files import export_boundaries

from . import ACTOR
from .arguments import Arguments


def run(arguments: Arguments) -> int:
    """Write the file and say how many outlines it has."""
    out = arguments.required("--out")
    try:
        day = read_day(arguments.get("--day")) if arguments.get("--day") else clock.today()
    except CellError as error:
        raise BadInput(f"--day：{error}") from None
    with Book.open(arguments.required("BOOK"), actor=ACTOR) as book:
        count = export_boundaries(book, out, day)
    print(f"已写出：{out}（{count} 个图形）")
    return 0
