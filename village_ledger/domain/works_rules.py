"""The figures projects are held to: ways of award, when a tender, five acceptors or an audit are needed, retention.

They differ by place and are data (`resources/governance/works.toml`); each says what it rests on and whether that text
was confirmed. Money is integer fen, rates basis points.
"""

from typing import NamedTuple


def percent(basis_points: int) -> str:
    """Basis points as a percentage: 3%, 12.5%."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


class AwardWay(NamedTuple):
    """A way of giving a contract away: how many bidders and how many days of notice it needs."""

    name: str
    least_bidders: int = 0
    notice_days: int = 0
    basis: str = ""
    confirmed: bool = False

    @property
    def has_bids(self) -> bool:
        """Whether bids or quotations have to be on record before the contract."""
        return self.least_bidders > 0


class TenderBound(NamedTuple):
    """From this contract sum on, projects of these kinds may only be awarded in these ways."""

    kinds: tuple[str, ...]
    from_fen: int
    ways: tuple[str, ...]
    basis: str = ""
    confirmed: bool = False


class Bound(NamedTuple):
    """A figure that applies to contracts from a sum on; `figure` 0 means that there is no such rule."""

    from_fen: int
    figure: int
    basis: str = ""
    confirmed: bool = False


class WorksRules(NamedTuple):
    """A place's rules for projects.

    `acceptance`: so many people accept works. `audit`: the final account is audited before the last payment, until
    which at most `figure` basis points of the contract are paid. `retention`: the most that may be held back.
    """

    title: str = ""
    ways: tuple[AwardWay, ...] = ()
    bounds: tuple[TenderBound, ...] = ()
    acceptance: Bound = Bound(0, 0)
    audit: Bound = Bound(0, 0)
    retention: Bound = Bound(0, 0)

    def way(self, name: str) -> AwardWay | None:
        """The way of award of that name."""
        return next((one for one in self.ways if one.name == name), None)

    def bound(self, kind: str, fen: int) -> TenderBound | None:
        """The highest bound a contract of that sum reaches."""
        reached = [one for one in self.bounds if kind in one.kinds and fen >= one.from_fen]
        return max(reached, key=lambda one: one.from_fen) if reached else None
