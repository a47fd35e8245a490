"""A contract with what its register of parties says besides: the class of the land it is over."""

from typing import NamedTuple

from .contract import Contract


class ContractParty(NamedTuple):
    """A contract; `land_class` is that of its parcel, empty when it is over none."""

    contract: Contract
    land_class: str = ""
