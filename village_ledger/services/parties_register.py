"""The contracts with the class of land each is over, for reports."""

import sqlite3

from ..domain.contract_parties import ContractParty
from ..storage.contracts import load_contracts
from ..storage.parcels import load_parcels


def read(connection: sqlite3.Connection) -> tuple[ContractParty, ...]:
    """Every contract in code order."""
    classes = {parcel.code: parcel.land_class for parcel in load_parcels(connection)}
    return tuple(
        ContractParty(one, classes.get(one.subject_code, "") if one.subject_kind == "资源" else "")
        for one in load_contracts(connection)
    )
