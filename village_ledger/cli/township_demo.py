"""`township demo`: build the sample township, or find it already built, and open its desk."""

from collections import Counter
from importlib import import_module
from pathlib import Path

from village_ledger import clock
from village_ledger.domain.desk import Village
from village_ledger.services.township import flags, reviewing
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.reviewing import Grid
from village_ledger.services.township.sample import NAME, build_township, official, span

from .arguments import Arguments
from .demo import documents


def run(arguments: Arguments) -> int:
    """Build if missing; then a summary, or the window."""
    place = Path(arguments.get("--desk") or documents() / NAME)
    if not place.exists():
        build_township(place)
    with Desk.open(place, read_only=True) as desk:
        print(_summary(desk))
    if "--headless" in arguments.flags:
        return 0
    app = import_module("village_ledger.app")  # the composition root is above this layer
    return int(app.main([str(place)], official=official()))


def _summary(desk: Desk) -> str:
    first, last = span()
    grid = reviewing.grid(desk, first, last, clock.today())
    doubts = flags.doubts_of(desk)
    said = [thread for village in grid.villages for thread in reviewing.threads(desk, village)]
    received = sum(cell.received is not None for cell in grid.cells.values())
    lines = [f"{desk.settings.name}：{len(grid.villages)} 个村，收到 {received} 个月的账：{desk.place}"]
    lines += [f"  {one.name}：{_months(grid, one)}" for one in grid.villages]
    counts = Counter(one.status for one in doubts)
    lines.append(f"疑点 {len(doubts)} 条：{'，'.join(f'{status} {count}' for status, count in counts.items())}")
    lines.append(f"意见 {len(said)} 条，没有办结的 {sum(one.open for one in said)} 条")
    return "\n".join(lines)


def _months(grid: Grid, village: Village) -> str:
    cells = ((month, grid.cells.get((village.code, month))) for month in grid.months)
    return "，".join(f"{month} {cell.state}" for month, cell in cells if cell)
