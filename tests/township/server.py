"""A PostgreSQL server of one's own: in a temporary folder, on a socket in it, gone afterwards."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

SETTINGS = ("listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")
GIVEN = "VILLAGE_LEDGER_POSTGRES"
"""The URL of a server that is there already; one must be allowed to make schemas on it."""


def programs() -> Path | None:
    """Where the server's programs are; None where there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    known = shutil.which("initdb")
    return found[-1].parent if found else Path(known).parent if known else None


def available() -> bool:
    """Whether tests can have a server."""
    return bool(os.environ.get(GIVEN)) or programs() is not None


@contextlib.contextmanager
def a_server(*settings: str) -> Iterator[str]:
    """A server that is started and stopped here; its URL."""
    folder = programs()
    assert folder, "no PostgreSQL on this machine"
    place = Path(tempfile.mkdtemp(prefix="vl-pg-"))
    other = _other_user()
    if other:
        shutil.chown(place, *other.split(":"))
    data, socket = place / "data", place
    _run(folder / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", user=other)
    options = [word for setting in (*SETTINGS, *settings) for word in ("-c", setting)]
    server = subprocess.Popen(
        [*_as(other), folder / "postgres", "-D", data, "-k", socket, "-p", "5432", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=place,
    )
    try:
        _wait(folder, socket, server)
        yield f"postgresql://postgres@/postgres?host={socket}"
    finally:
        server.send_signal(2)  # SIGINT: end at once, connections included
        server.wait(60)
        shutil.rmtree(place, ignore_errors=True)


def _wait(folder: Path, socket: Path, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(300):
        asked = [folder / "pg_isready", "-h", socket, "-q", "-t", "1"]
        if subprocess.run(asked, check=False).returncode == 0:
            return
        assert server.poll() is None, "the server did not start"
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(0.1)
    raise AssertionError("the server did not start in time")


def _other_user() -> str:
    """The server refuses to run as root: as whom it is to run then."""
    if os.name != "posix" or os.getuid():
        return ""
    return "postgres:postgres" if "postgres:" in Path("/etc/passwd").read_text() else "nobody:nogroup"


def _as(user: str) -> list[str]:
    name, _, group = user.partition(":")
    return ["setpriv", f"--reuid={name}", f"--regid={group}", "--clear-groups"] if user else []


def _run(*command: object, user: str) -> None:
    done = subprocess.run(
        [*_as(user), *map(str, command)], check=False, capture_output=True, text=True, cwd=tempfile.gettempdir()
    )
    assert done.returncode == 0, done.stderr
