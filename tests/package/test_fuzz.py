"""Ten thousand changed packages, none of which is accepted and none of which crashes the reader.

Every kind of change at every kind of place, drawn by fixed seeds: the same changes each run, in batches that can run
beside each other. The package is a small one, so that all of them take about half a minute.
"""

import io
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.services.packing import FORGER, forged
from tests.services.test_package_check import rekeyed
from tests.township.villages import make_village
from village_ledger.domain.errors import BadInput, IntegrityFailure, Refusal
from village_ledger.package.container import read_container
from village_ledger.package.manifest import MANIFEST, PUBLIC_KEY, SIGNATURE
from village_ledger.package.signing import public_half
from village_ledger.services.package_check import check_package
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.importing import month_of, take

BATCHES, EACH = 20, 510
HEAVY = (".pdf", "登记簿.xlsx", "财务公开榜.xlsx")
"""Left out of the small package."""


class Small(NamedTuple):
    """A small package that is accepted, and the ranges of its bytes by what stands there."""

    content: bytes
    places: dict[str, list[tuple[int, int]]]


@pytest.fixture(scope="module")
def genuine(tmp_path_factory) -> Path:
    """A month of a small village, whole."""
    made = make_village(tmp_path_factory.mktemp("fuzz"), "石桥村", months=1)
    return made.packages[1]


def lighten(files: dict[str, bytes]) -> None:
    for name in [name for name in files if name.endswith(HEAVY)]:
        del files[name]


@pytest.fixture(scope="module")
def small(genuine, tmp_path_factory) -> Small:
    folder = tmp_path_factory.mktemp("small")
    path = forged(Path(shutil.copy(genuine, folder / "a.vlp")), rekeyed(lighten))
    check_package(path, public_half(FORGER))
    content = path.read_bytes()
    return Small(content, places_of(content))


def places_of(content: bytes) -> dict[str, list[tuple[int, int]]]:
    """Where headers, names, contents, signature, key, manifest and directory stand."""
    found: dict[str, list[tuple[int, int]]] = {"header": [], "name": [], "content": [], "chain": [], "ledger": []}
    start = 0
    for one in read_container(io.BytesIO(content), len(content), lambda _name: True):
        named = start + 30
        begins = named + len(one.name.encode())
        ends = begins + one.size
        found["header"].append((start, named))
        found["name"].append((named, begins))
        special = {MANIFEST: "manifest", SIGNATURE: "signature", PUBLIC_KEY: "key"}.get(one.name, "content")
        group = one.name.partition("/")[0]
        if ends > begins:
            found.setdefault(special, []).append((begins, ends))
            if group in {"chain", "ledger", "month"}:
                found["ledger" if group == "ledger" else "chain"].append((begins, ends))
        start = ends
    found["directory"] = [(start, len(content) - 22)]
    found["end"] = [(len(content) - 22, len(content))]
    return found


def bit(content: bytearray, at: int, chance: random.Random) -> None:
    content[at] ^= 1 << chance.randrange(8)


def byte(content: bytearray, at: int, chance: random.Random) -> None:
    content[at] = chance.choice((0, 0xFF, 0x7F, 0x20, ord("0"), ord('"'), chance.randrange(256)))


def some_bytes(content: bytearray, at: int, chance: random.Random) -> None:
    length = chance.randrange(2, 40)
    content[at : at + length] = chance.randbytes(len(content[at : at + length]))


def inserted(content: bytearray, at: int, chance: random.Random) -> None:
    content[at:at] = chance.randbytes(chance.randrange(1, 40))


def removed(content: bytearray, at: int, chance: random.Random) -> None:
    del content[at : at + chance.choice((1, 2, 7, 30, 500, 20_000))]


def doubled(content: bytearray, at: int, chance: random.Random) -> None:
    length = chance.choice((1, 4, 30, 64, 500, 5_000))
    content[at:at] = content[at : at + length]


def truncated(content: bytearray, at: int, _chance: random.Random) -> None:
    del content[at:]


def swapped(content: bytearray, at: int, chance: random.Random) -> None:
    length, other = chance.choice((1, 2, 16, 64, 1_000)), chance.randrange(len(content))
    one, two = content[at : at + length], content[other : other + length]
    if len(one) == len(two) and not abs(at - other) < length:
        content[at : at + length], content[other : other + length] = two, one


def nulled(content: bytearray, at: int, chance: random.Random) -> None:
    length = min(chance.choice((1, 8, 200)), len(content) - at)
    content[at : at + length] = bytes(length)


def number(content: bytearray, at: int, chance: random.Random) -> None:
    """A size, an offset, a count: another one of four bytes."""
    value = chance.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, chance.randrange(2**32)))
    content[at : at + 4] = value.to_bytes(4, "little")[: len(content[at : at + 4])]


CHANGES: tuple[Callable[[bytearray, int, random.Random], None], ...] = (
    *(bit, byte, some_bytes, inserted, removed, doubled, truncated, swapped, nulled, number),
)


def changed(small: Small, chance: random.Random) -> bytes:
    """The package changed in one place, in a way that makes a difference."""
    while True:
        ranges = small.places[chance.choice(list(small.places))]
        start, end = chance.choice(ranges)
        content = bytearray(small.content)
        chance.choice(CHANGES)(content, chance.randrange(start, end), chance)
        if content != small.content:
            return bytes(content)


def test_every_kind_of_place_is_there(small):
    kinds = {"header", "name", "content", "chain", "ledger", "manifest", "signature", "key", "directory", "end"}
    assert set(small.places) == kinds
    assert all(small.places.values())
    assert BATCHES * EACH >= 10_000


@pytest.mark.parametrize("seed", range(BATCHES))
def test_no_changed_package_is_accepted_and_none_crashes(small, tmp_path, seed):
    chance = random.Random(seed)
    target = tmp_path / "changed.vlp"
    for count in range(EACH):
        target.write_bytes(changed(small, chance))
        with pytest.raises((IntegrityFailure, BadInput)):
            check_package(target)
        if not count % 10:
            assert isinstance(month_of(target), str)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_a_village_signs_is_taken_or_refused(genuine, tmp_path, seed):
    """A village's own key over changed data: every digest agrees, so all the rest must bear it."""
    chance = random.Random(seed)
    with Desk.in_memory("河口镇") as desk:
        for _ in range(20):

            def act(files: dict[str, bytes]) -> None:
                name = chance.choice([name for name in files if name.endswith((".json", ".jsonl")) and files[name]])
                content = bytearray(files[name])
                chance.choice(CHANGES)(content, chance.randrange(len(content)), chance)
                files[name] = bytes(content)

            path = Path(shutil.copy(genuine, tmp_path / "a.vlp"))
            try:
                made = forged(path, rekeyed(act))
            except (KeyError, Refusal):
                continue  # not even its own tools make a package of it
            try:
                take(desk, made, replace=True)
            except Refusal:
                continue
        assert desk.verify() == ""
