"""Every rule there is, in the order of the reference list. Explicit: what is not here does not run."""

from .model import Rule

ALL_RULES: tuple[Rule, ...] = ()
"""Imported by hand: one line a rule, so that a search finds it and a frozen program has it."""
BY_ID = {rule.id: rule for rule in ALL_RULES}
