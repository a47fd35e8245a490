"""Ten thousand single-byte changes of a package, none of which may be accepted or crash the reader.

Run: python benchmarks/package_fuzz.py [COUNT] [PACKAGE.vlp]. Without a package it makes one of the sample village.
"""

import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from village_ledger.domain.errors import BadInput, IntegrityFailure  # noqa: E402  (the path comes first)
from village_ledger.domain.period import Period  # noqa: E402
from village_ledger.services.package_check import check_package  # noqa: E402
from village_ledger.services.packages import hand_over  # noqa: E402
from village_ledger.services.sample import build_sample  # noqa: E402


def fuzz(package: Path, folder: Path, count: int) -> dict[str, int]:
    """How often a changed package was refused, by kind of refusal; raises at the first that is accepted."""
    content = package.read_bytes()
    chance = random.Random(1)
    told: dict[str, int] = {}
    target = folder / "changed.vlp"
    for number in range(count):
        changed = bytearray(content)
        # Half of them in structure and small files, which are a small part of the bytes.
        place = chance.randrange(len(content)) if number % 2 else chance.choice(small_places(content, chance))
        changed[place] ^= chance.randrange(1, 256)
        target.write_bytes(changed)
        try:
            check_package(target)
        except (BadInput, IntegrityFailure) as refusal:
            kind = refusal.message.partition("“")[0].partition("：")[0][:30]
            told[kind] = told.get(kind, 0) + 1
        else:
            raise SystemExit(f"accepted a change at byte {place}")
    return told


def small_places(content: bytes, chance: random.Random) -> list[int]:
    """A few places near the start of a file's header, and one in the directory at the end."""
    header = content.rfind(b"PK\x03\x04", 0, chance.randrange(4, len(content)))
    return [max(header, 0) + chance.randrange(60), len(content) - 1 - chance.randrange(8000)]


def main() -> None:
    """Make a package if none is given, check it, change it, say what came out."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if len(sys.argv) > 2:
            package = Path(sys.argv[2])
        else:
            with build_sample(folder / "示例村.vlb") as book:
                package = hand_over(book, Period(2025, 6), folder / "a.vlp").path
        begun = time.perf_counter()
        check_package(package)
        print(f"the package itself: {package.stat().st_size} bytes, checked in {time.perf_counter() - begun:.2f} s")
        begun = time.perf_counter()
        told = fuzz(package, folder, count)
        print(f"{count} changes refused in {time.perf_counter() - begun:.0f} s:")
        for kind, times in sorted(told.items(), key=lambda pair: -pair[1]):
            print(f"  {times:6} {kind}")


if __name__ == "__main__":
    main()
