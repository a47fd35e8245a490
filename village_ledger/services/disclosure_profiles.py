"""What is disclosed, when and in which words, from resources/disclosure: one profile per township's habit."""

from functools import cache
from typing import Any, NamedTuple

from ..domain.errors import BadInput
from ..paths import RESOURCES
from .catalog import read_resource

DEFAULT = "national"


class SheetRule(NamedTuple):
    """One sheet: in which editions it stands, and the line that explains it."""

    key: str
    editions: tuple[str, ...]
    plain: str


class Profile(NamedTuple):
    """How a township discloses. Days are calendar days; `words` are everyday names by account prefix."""

    key: str
    title: str
    version: str
    rhythm: str
    due_day: int
    posting_days: int
    answer_days: int
    signers: tuple[str, ...]
    sheets: tuple[SheetRule, ...]
    words: dict[str, str]

    def sheets_of(self, edition: str) -> tuple[SheetRule, ...]:
        """The sheets of an edition, in the order printed."""
        return tuple(sheet for sheet in self.sheets if edition in sheet.editions)


def profiles() -> tuple[Profile, ...]:
    """Every profile there is, the national one first."""
    keys = sorted(
        (path.stem for path in (RESOURCES / "disclosure").glob("*.toml")), key=lambda key: (key != DEFAULT, key)
    )
    return tuple(profile(key) for key in keys)


@cache
def profile(key: str = DEFAULT) -> Profile:
    """The profile of that key; what it does not say is as in the national one."""
    if not (RESOURCES / "disclosure" / f"{key}.toml").is_file():
        raise BadInput(f"没有“{key}”这套公开办法")
    data = read_resource(f"disclosure/{key}.toml")
    return _read(data, None if key == DEFAULT else profile(DEFAULT))


def _read(data: dict[str, Any], base: Profile | None) -> Profile:
    timing, signers = data.get("timing", {}), data.get("signers", {}).get("blocks", ())
    sheets = tuple(SheetRule(row["key"], tuple(row["editions"]), row["plain"]) for row in data.get("sheet", ()))
    return Profile(
        data["key"],
        data["title"],
        data["version"],
        timing.get("rhythm", base.rhythm if base else "month"),
        timing.get("due_day", base.due_day if base else 15),
        timing.get("posting_days", base.posting_days if base else 7),
        timing.get("answer_days", base.answer_days if base else 10),
        tuple(signers) or (base.signers if base else ()),
        sheets or (base.sheets if base else ()),
        (base.words if base else {}) | data.get("words", {}),
    )
