"""The conversion of opening balances from 财会〔2004〕12号 to 财会〔2023〕14号, with its rules read from resources/."""

from collections.abc import Mapping
from functools import cache

from village_ledger.domain.account import Chart
from village_ledger.domain.conversion import Choice, Converted, Question, Rule, Share, convert, questions
from village_ledger.domain.view import Opening
from village_ledger.services.catalog import chart_definition, read_resource

FROM = "rural-2004"
TO = "rural-2023"


@cache
def conversion_rules() -> tuple[Rule, ...]:
    """The rules in file order; the first that fits an account counts."""
    data = read_resource("conversion/2004-2023.toml")
    made = []
    for row in data["rule"]:
        choices = tuple(Choice(choice["code"], choice["reason"]) for choice in row.get("choices", []))
        made.append(Rule(**{**row, "choices": choices}))
    return tuple(made)


def conversion_questions(
    openings_2004: tuple[Opening, ...], chart: Chart | None = None, new_chart: Chart | None = None
) -> tuple[Question, ...]:
    """What must be decided first. The charts are the two books', with their details (none: the regulation's own)."""
    return questions(openings_2004, conversion_rules(), chart or _official(FROM), new_chart or _official(TO))


def convert_openings(
    openings_2004: tuple[Opening, ...],
    answers: Mapping[int, tuple[Share, ...]],
    chart: Chart | None = None,
    new_chart: Chart | None = None,
) -> Converted:
    """The openings under the 2023 chart; answers by `Question.position`. Refuses what is undecided or does not tie."""
    old, new = chart or _official(FROM), new_chart or _official(TO)
    return convert(openings_2004, answers, conversion_rules(), old, new)


def _official(key: str) -> Chart:
    return Chart(chart_definition(key).accounts)
