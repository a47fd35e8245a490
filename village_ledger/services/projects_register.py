"""The register of projects as kept in the book, read whole for pages, reports, checks and payments."""

import sqlite3

from ..domain.project_account import ProjectAccount
from ..storage.meta import load_meta, settings_of
from ..storage.project_payments import load_payments
from ..storage.projects import (
    load_acceptances,
    load_changes,
    load_finals,
    load_projects,
    load_releases,
    load_tenders,
)


def read(connection: sqlite3.Connection, code: str = "") -> tuple[ProjectAccount, ...]:
    """Every project in code order, or one, with all that happened to it."""
    projects = load_projects(connection, code)
    if not projects:
        return ()
    settings = settings_of(load_meta(connection))
    money = (*settings.cash_accounts, *settings.bank_accounts)
    tenders, changes = load_tenders(connection), load_changes(connection)
    acceptances, releases = load_acceptances(connection), load_releases(connection)
    finals, payments = load_finals(connection), load_payments(connection, projects, money)
    return tuple(
        ProjectAccount(
            one,
            tenders.get(one.id, ()),
            changes.get(one.id, ()),
            acceptances.get(one.id, ()),
            releases.get(one.id, ()),
            finals.get(one.id, ()),
            payments.get(one.id, ()),
        )
        for one in projects
    )
