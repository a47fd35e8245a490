"""What a package says it holds: whose month, which files with which digests, and the log's head it rests on."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from village_ledger.domain.chain import canonical_text, sha256
from village_ledger.domain.errors import BadInput, IntegrityFailure
from village_ledger.domain.period import Period
from village_ledger.domain.view import Balance

FORMAT = "village-ledger package 1"
_FAMILY = "village-ledger package "
MANIFEST, SIGNATURE, PUBLIC_KEY, SUMS = "manifest.json", "signature.bin", "public_key.pem", "SHA256SUMS"
UNLISTED = frozenset({MANIFEST, SIGNATURE})
"""Files the manifest does not list: itself, and the signature of its bytes."""
ATTACHMENTS = "附件/"


class Listed(NamedTuple):
    """One file as the manifest lists it."""

    sha256: str
    size: int


class Manifest(NamedTuple):
    """The manifest. `head` is the hash of the month's close record, `previous` that of the month before (empty: the
    first month); `opening`/`closing` are digests of the balances, so that months can be joined; `key` the public key.
    """

    village: str
    region_code: str
    credit_code: str
    period: Period
    mark: str
    exceptions: tuple[str, ...]
    schema: int
    program: str
    vouchers: int
    head: str
    previous: str
    opening: str
    closing: str
    key: str
    files: dict[str, Listed]

    def to_bytes(self) -> bytes:
        """The canonical JSON that is signed."""
        values: dict[str, Any] = {
            **self._asdict(),
            "format": FORMAT,
            "period": str(self.period),
            "exceptions": list(self.exceptions),
            "files": {name: one._asdict() for name, one in self.files.items()},
        }
        return canonical_text(values).encode()


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a package. BadInput for one of a newer format, IntegrityFailure for one that is none."""
    try:
        values = json.loads(content)
        told = values.pop("format")
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError) as error:
        raise IntegrityFailure("报送包的清单（manifest.json）读不出来，文件被改动过或已损坏") from error
    if told != FORMAT:
        if isinstance(told, str) and told.startswith(_FAMILY):
            raise BadInput(f"这个报送包的格式（{told[:60]}）本程序不认识，请用新版本的程序打开")
        raise IntegrityFailure("这不是村级三资账本的报送包")
    try:
        values["period"] = Period.parse(values["period"])
        values["exceptions"] = tuple(map(str, values["exceptions"]))
        values["files"] = {
            str(name): Listed(str(one["sha256"]), int(one["size"])) for name, one in values["files"].items()
        }
        manifest = Manifest(**values)
        genuine = manifest.to_bytes() == content and _typed(manifest)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityFailure(f"报送包的清单（manifest.json）不完整：{str(error)[:100]}") from error
    if not genuine:
        raise IntegrityFailure("报送包的清单（manifest.json）写法不规范，文件被改动过")
    return manifest


def _typed(manifest: Manifest) -> bool:
    texts = (manifest.village, manifest.region_code, manifest.credit_code, manifest.mark, manifest.program)
    hashes = (manifest.head, manifest.opening, manifest.closing, manifest.key)
    return (
        all(isinstance(text, str) for text in (*texts, *hashes, manifest.previous))
        and all(type(number) is int for number in (manifest.schema, manifest.vouchers))
        and all(len(text) == 64 for text in hashes)
    )


def sums(files: dict[str, Listed]) -> bytes:
    """The list that `sha256sum -c` checks: every listed file but the list itself."""
    return "".join(f"{files[name].sha256}  {name}\n" for name in sorted(files) if name != SUMS).encode()


def opening_digest(balances: Iterable[Balance]) -> str:
    """SHA-256 of what a month began with: `[account, items, fen, quantity]` of every balance that is not nil."""
    return _digest((row, row.opening_fen, row.opening_quantity) for row in balances)


def closing_digest(balances: Iterable[Balance]) -> str:
    """SHA-256 of what a month ended with, written like the next month's opening."""
    return _digest((row, row.closing_fen, row.closing_quantity) for row in balances)


def _digest(rows: Iterable[tuple[Balance, int, int]]) -> str:
    return sha256(
        [
            [row.account, [f"{item.category}:{item.code}" for item in row.items], fen, quantity]
            for row, fen, quantity in rows
            if fen or quantity
        ]
    )
