"""Password hashes (Argon2id). The library is loaded when a password is set or tried, never for a report."""

import secrets
from importlib import import_module
from typing import Any, NamedTuple

from ..domain.passwords import plain
from ..domain.recovery_code import RANDOM_BYTES, recovery_code
from ..storage.people import Person

MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
"""OWASP's recommendation for Argon2id: about a twentieth of a second on a village office's old computer."""
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""What initial passwords are made of: nothing that looks like something else."""


class Secrets(NamedTuple):
    """What is handed out on paper when a book begins with log-in: initial passwords by name, and the recovery code."""

    passwords: tuple[tuple[str, str], ...]
    code: str


def hashed(password: str) -> str:
    """The encoded hash of a password, with a salt of its own."""
    return str(_hasher().hash(plain(password)))


def fits(encoded: str, password: str) -> bool:
    """Whether a password is the one behind an encoded hash."""
    argon2: Any = import_module("argon2")
    try:
        return bool(_hasher().verify(encoded, plain(password)))
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


def initial_password() -> str:
    """A random password to begin with; it must be changed at the first log-in."""
    return "".join(secrets.choice(_SIGNS) for _ in range(8))


def new_recovery_code() -> str:
    """A random recovery code."""
    return recovery_code(secrets.token_bytes(RANDOM_BYTES))


def secrets_for(people: tuple[Person, ...]) -> Secrets:
    """What to hand out to the people of a book that is about to be made."""
    return Secrets(tuple((person.name, initial_password()) for person in people), new_recovery_code())


def _hasher() -> Any:
    return import_module("argon2").PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
