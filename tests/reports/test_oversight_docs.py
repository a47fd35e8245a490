"""docs/formats-oversight.md names every column of the registers for checking, and of their files."""

import re
from pathlib import Path

import pytest

from tests.builders import a_ledger
from village_ledger.domain.period import Period
from village_ledger.domain.related_person import RELATIONS
from village_ledger.domain.request_register import RequestRegister
from village_ledger.domain.source_document import KINDS
from village_ledger.reports import registry
from village_ledger.reports.query import Query
from village_ledger.services import document_files, related_files

PAGE = (Path(__file__).parents[2] / "docs" / "formats-oversight.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### ([\w-]+) — .*?\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))
EMPTY: dict[str, object] = {
    "document-register": (),
    "related-persons": (),
    "request-register": RequestRegister(),
    "benefit-register": (),
    "notice-register": (),
    "people-register": (),
    "contract-parties": (),
}


@pytest.mark.parametrize("key", EMPTY)
def test_every_column_is_documented_and_an_empty_register_makes_a_report(key: str) -> None:
    made = registry.builder(key)(a_ledger(), Query(Period(2025, 1), Period(2025, 1)), EMPTY[key])
    documented = re.findall(r"^\| `(\w+)`( †)? \| (\S+)", SECTIONS[key], re.MULTILINE)
    assert documented == [(column.key, "" if column.shown else " †", column.title) for column in made.columns]
    assert {row.kind for row in made.rows} == {"total"}
    assert all(len(row.cells) == len(made.columns) for row in made.rows)


def test_every_kind_relation_and_column_of_a_file_is_documented() -> None:
    assert all(word in PAGE for word in (*KINDS, *RELATIONS))
    for files in (document_files, related_files):
        assert f"| {' '.join(files.REQUIRED)} | {' '.join(files.OPTIONAL)} |" in PAGE
