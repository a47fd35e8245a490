"""docs/formats-township.md names every sum over villages and every column, so that programs can rely on it."""

import re
from pathlib import Path

import pytest

from village_ledger.reports.township import registry, topics
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.summing import run

from .sum_desk import FEBRUARY, JANUARY, a_desk

PAGE = (Path(__file__).parents[2] / "docs" / "formats-township.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([\w-]+) — .*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def desk(tmp_path_factory) -> Desk:
    return a_desk(tmp_path_factory.mktemp("township"))


@pytest.mark.parametrize("kind", registry.KINDS, ids=lambda kind: kind.key)
def test_every_column_is_documented(desk: Desk, kind: registry.SumKind) -> None:
    line = "净收益" if kind.key == "month-on-month" else ""
    report = run(desk, kind.key, JANUARY if kind.key == "handed-over" else FEBRUARY, line=line)
    documented = re.findall(r"^\| `(\w+)`(?: …)?( †)? \|", SECTIONS[kind.key], re.MULTILINE)
    columns = [column for column in report.columns if not column.key.startswith("9901231042")]
    assert documented == [(column.key, "" if column.shown else " †") for column in columns]


def test_every_figure_of_a_topic_is_documented():
    for name in (
        *(topics.ACCOUNT_FIGURES, topics.ASSET_FIGURES, topics.RESOURCE_FIGURES),
        *(topics.CONTRACT_FIGURES, topics.AGES, topics.CONTROL_FIGURES),
    ):
        for figure in name:
            assert re.search(rf"[`|]{figure}`", PAGE), figure
