"""A private key kept on this machine, for its owner only: made when it is first asked for."""

import os
from collections.abc import Callable
from pathlib import Path

from ..domain.errors import BadInput, ExportFailed, system_reason
from ..package.signing import new_private_key


def private_key(place: Path, make: Callable[[], bytes] = new_private_key) -> bytes:
    """The key kept at a place (PEM), of Ed25519 unless `make` makes another; made when there is none."""
    return _read(place) or _keep(place, make())


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise BadInput(f"读不出签名密钥：{place}\n{system_reason(error)}") from error


def _keep(place: Path, made: bytes) -> bytes:
    """Keep a new key, readable by its owner only; another window's, if that was quicker."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(place)
    except OSError as error:
        raise ExportFailed(f"签名密钥保存不了：{place}\n{system_reason(error)}") from error
    with os.fdopen(handle, "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    return made
