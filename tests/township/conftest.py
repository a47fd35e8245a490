"""Desks on SQLite and on PostgreSQL, and the packages of a few small villages."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg2
import pytest

from village_ledger.services.township.desk import Desk, DeskSettings

from . import server
from .villages import Made, make_village

STORES = ["sqlite", *(["postgresql"] if server.available() else [])]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    given = os.environ.get(server.GIVEN)
    if given:
        yield given
        return
    with server.a_server() as url:
        yield url


def schema_of(url: str, name: str) -> str:
    """The URL of a schema of its own."""
    return f"{url}{'&' if '?' in url else '?'}options=-csearch_path%3D{name}"


@pytest.fixture(params=STORES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new desk can be made: a file, or an empty schema on the server."""
    if request.param == "sqlite":
        yield str(tmp_path / "河口镇.vld")
        return
    url = request.getfixturevalue("postgres")
    name = f"desk_{uuid4().hex[:12]}"
    on_server(url, f"CREATE SCHEMA {name}")
    yield schema_of(url, name)
    on_server(url, f"DROP SCHEMA {name} CASCADE")


def on_server(url: str, sql: str) -> list[Any]:
    """Run SQL on the server by another connection."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


@pytest.fixture
def desk(place: str, tmp_path: Path) -> Iterator[Desk]:
    """A new desk."""
    settings = DeskSettings("河口镇三资代管中心", "青山县", "河口镇", folder=str(tmp_path / "报送文件"))
    with Desk.create(place, settings, actor="张敏") as made:
        yield made


@pytest.fixture(scope="session")
def a_village(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Made]:
    """Makes villages in folders of their own; the same ones only once, so who changes one works on a copy."""

    @cache
    def make(name: str, region: str = "", **more: Any) -> Made:
        return make_village(tmp_path_factory.mktemp("village"), name, region, **more)

    return make


@pytest.fixture(scope="session")
def stone(a_village: Callable[..., Made]) -> Made:
    """石桥村, January to April 2024."""
    return a_village("石桥村", "330106001201", months=4)


@pytest.fixture(scope="session")
def willow(a_village: Callable[..., Made]) -> Made:
    """柳溪村, January and February 2024."""
    return a_village("柳溪村", "330106001202", months=2)
