"""The kinds of problems a reviewer chooses from, with the words a comment usually begins with."""

from functools import cache
from typing import NamedTuple

from ..catalog import read_resource

SOURCE = "township/categories.toml"


class Category(NamedTuple):
    """One kind of problem: what it may be said of (empty: anything), what is usually asked for, clauses to choose from.

    `confirmed` tells whether the clauses were seen in the rules' own text.
    """

    name: str
    kinds: tuple[str, ...] = ()
    demand: str = ""
    clauses: tuple[str, ...] = ()
    confirmed: bool = False


@cache
def categories() -> tuple[Category, ...]:
    """Every kind of problem, in the order it is offered."""
    return tuple(
        Category(
            str(row["name"]),
            tuple(row["kinds"]),
            str(row["demand"]),
            tuple(row["clauses"]),
            bool(row["confirmed"]),
        )
        for row in read_resource(SOURCE)["category"]
    )


def fitting(kind: str) -> tuple[Category, ...]:
    """The kinds of problems that may be said of something."""
    return tuple(one for one in categories() if not one.kinds or kind in one.kinds)
