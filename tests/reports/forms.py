"""The shipped statement forms of the 2023 regulation, for the statement tests."""

from village_ledger.domain.roles import Roles
from village_ledger.services.catalog import chart_definition, statement_definition

FORMS = statement_definition("rural-2023")
ROLES: Roles = chart_definition("rural-2023").roles
