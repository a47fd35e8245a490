"""What the program is made of: fonts and libraries with their licences, and the list of parts shipped beside it."""

import json
from pathlib import Path
from typing import NamedTuple

from ..paths import RESOURCES

NOTICES = RESOURCES / "licences.json"
SBOM_NAMES = ("sbom.cdx.json", "bom.json")


class Notice(NamedTuple):
    """A font or library: what it is called, its version, the short name of its licence, and the licence's text."""

    name: str
    version: str
    licence: str
    text: str


def notices() -> tuple[Notice, ...]:
    """Everything the program carries, in the order of resources/licences.json (installer/licences.py writes it)."""
    return tuple(Notice(**entry) for entry in json.loads(NOTICES.read_text(encoding="utf-8")))


def sbom_file() -> Path | None:
    """The list of parts (CycloneDX) shipped with an installed program; none when run from source."""
    above = RESOURCES.parent
    for folder in (above, above.parent, above.parent / "share"):
        for name in SBOM_NAMES:
            if (folder / name).is_file():
                return folder / name
    return None
