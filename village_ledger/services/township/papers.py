"""Behind a voucher: its way to request, decision and papers as handed over, and the papers themselves."""

from pathlib import Path

from ...domain.desk import Received, Village
from ...domain.errors import BadInput, system_reason
from ...domain.period import Period
from ...exports.atomic import atomic_write
from ...package.container import read_container
from ...package.manifest import ATTACHMENTS
from ...reports.model import Report
from ...reports.stored import stored_report
from ...storage.desk import received, registers
from .desk import Desk
from .importing import kept_file

TRAIL = "payment-trail"


def voucher_trail(desk: Desk, village: Village, label: str) -> Report | None:
    """The payment trail of one voucher (`2025-06 记-5`), a row a step; None where the village told none."""
    content = registers.load_register(desk.store, village.code, Period.parse(label[:7]), TRAIL)
    if not content:
        return None
    report = stored_report(content)
    place = next(number for number, column in enumerate(report.columns) if column.key == "voucher")
    rows = tuple(row for row in report.rows if row.cells[place] == label)
    return report._replace(rows=rows, as_of=label) if rows else None


def attachment(desk: Desk, village: Village, sha256: str, folder: Path) -> Path:
    """Take an attachment out of the newest package that has it, into a folder. Raises BadInput when none has it."""
    for one in reversed(received.all_current(desk.store, village=village.code)):
        found = _from(desk, one, sha256)
        if found:
            name, content = found
            place = folder / Path(name).name
            with atomic_write(place) as file:
                file.write(content)
            return place
    raise BadInput("报送包里没有这个附件。村里报送时没有选“带附件”，请村里带附件再报一次，或另行提供")


def _from(desk: Desk, one: Received, sha256: str) -> tuple[str, bytes] | None:
    place = kept_file(desk, one)
    if place is None or not one.signed or not place.is_file():
        return None
    try:
        with place.open("rb") as file:
            wanted = f"{ATTACHMENTS}{sha256}"
            entries = read_container(file, place.stat().st_size, lambda name: name.startswith(wanted))
    except OSError as error:
        raise BadInput(f"读不出报送文件：{place}\n{system_reason(error)}") from error
    entry = next((entry for entry in entries if entry.content is not None), None)
    return (entry.name, entry.content) if entry and entry.content is not None and entry.sha256 == sha256 else None
