"""The list of rules against the modules there are, their parameters and their tests."""

import importlib
from pathlib import Path

import pytest

from village_ledger.paths import RESOURCES
from village_ledger.rules import model
from village_ledger.rules.registry import ALL_RULES, BY_ID
from village_ledger.services.catalog import read_resource
from village_ledger.services.township.flags import SOURCE, default_parameters

PLACE = Path(model.__file__).parent
MODULES = sorted(path.stem for path in PLACE.glob("*.py") if path.stem != "__init__")
RULES = {
    name: found.RULE
    for name in MODULES
    if hasattr(found := importlib.import_module(f"village_ledger.rules.{name}"), "RULE")
}


def test_every_rule_there_is_runs_once_in_the_order_of_the_list():
    assert {rule.id for rule in ALL_RULES} == {rule.id for rule in RULES.values()}
    assert len(BY_ID) == len(ALL_RULES) == len(RULES)
    assert [rule.number for rule in ALL_RULES] == sorted(rule.number for rule in ALL_RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_named_as_its_file_says_what_it_enforces_and_has_a_test(name):
    rule = RULES[name]
    assert rule.id == name.replace("_", "-")
    assert all(text.strip() for text in (rule.title, rule.text, rule.source))
    assert rule.severity in model.SEVERITIES
    assert rule.number >= 1
    assert (Path(__file__).parent / f"test_{name}.py").is_file()


def test_titles_are_unique():
    assert len({rule.title for rule in ALL_RULES}) == len(ALL_RULES)


def test_every_parameter_has_a_title_a_value_and_a_source():
    for one in default_parameters():
        assert one.title.strip(), one
        assert one.source.strip(), one
        assert isinstance(one.value, int | tuple), one


def test_no_parameter_is_for_a_rule_that_is_not_there():
    assert set(read_resource(SOURCE)) == {rule.id for rule in ALL_RULES if rule.parameters}


def test_the_document_tells_of_every_rule():
    told = (RESOURCES.parent / "docs" / "rules.md").read_text("utf-8")
    assert [rule.id for rule in ALL_RULES if f"`{rule.id}`" not in told] == []
