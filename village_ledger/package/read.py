"""Reading a package without trusting it: container, signature, manifest, chain, and the books made again.

Nothing of the program that wrote it is needed but the format; what is wrong is refused whole, with the exact reason.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from village_ledger.domain.chain import balances_content, canonical_text
from village_ledger.domain.errors import BadInput, IntegrityFailure, system_reason
from village_ledger.domain.review import Answer

from .chain import AFTER, BEFORE, MONTH, Record, check_chain, read_chain
from .container import Entry, read_container
from .contents import CHART, EARLIER, ENTITY, ITEMS, MONTH_VOUCHERS, OPENINGS, Contents, account_content, read_contents
from .journal import CSV, JSON, write_journal
from .manifest import (
    ATTACHMENTS,
    MANIFEST,
    PUBLIC_KEY,
    SIGNATURE,
    SUMS,
    UNLISTED,
    Manifest,
    closing_digest,
    opening_digest,
    read_manifest,
    sums,
)
from .national import Sealed, check_national
from .review import ANSWERS, read_answers
from .signing import holds, public_pem

MONTH_MANIFEST, BALANCES = "month/manifest.json", "month/balances.json"
MONTH_ACCOUNTS, MONTH_ITEMS = "month/accounts.json", "month/items.json"
REQUIRED = (
    *(MANIFEST, SIGNATURE, PUBLIC_KEY, SUMS, ENTITY, CHART, ITEMS, OPENINGS, EARLIER, CSV, JSON),
    *(BEFORE, MONTH, AFTER, MONTH_VOUCHERS, MONTH_MANIFEST, BALANCES, MONTH_ACCOUNTS, MONTH_ITEMS),
    ANSWERS,
)
_PROVED = ("vouchers.jsonl", "log.jsonl", "balances.json", "accounts.json", "items.json")


class Package(NamedTuple):
    """A package that holds together. `files` are its contents by name, without attachments.

    `answers` are what the village says to the township's comments that are not settled yet; `national` whether there
    is a signature by SM2 besides, and whether it could be checked here.
    """

    manifest: Manifest
    contents: Contents
    records: tuple[Record, ...]
    files: dict[str, bytes]
    attachments: tuple[Entry, ...]
    answers: tuple[Answer, ...] = ()
    national: Sealed = ""


def read_package(path: Path, key: str = "") -> Package:
    """Read and check a package. With `key` (64 hex digits) it must have been signed by that key.

    Raises BadInput for what is no package file at all, IntegrityFailure for one that does not prove itself.
    """
    entries = {one.name: one for one in _entries(path)}
    if missing := [name for name in REQUIRED if name not in entries]:
        raise IntegrityFailure(f"报送包里缺少文件：{'、'.join(missing[:5])}")
    files = {name: one.content for name, one in entries.items() if one.content is not None}
    manifest = read_manifest(files[MANIFEST])
    _check_signature(manifest, files, key)
    _check_files(manifest, entries, files)
    contents = read_contents(files, manifest.period)
    records, until = read_chain(files)
    names = _month_names(files, contents, manifest)
    check_chain(records, until, manifest, contents, names)
    for problem in _derived_problems(manifest, contents, files):
        raise IntegrityFailure(problem)
    attachments = tuple(one for one in entries.values() if one.name.startswith(ATTACHMENTS))
    _check_attachments(attachments)
    national = check_national(files, frozenset({MANIFEST, SIGNATURE, PUBLIC_KEY, SUMS}))
    return Package(manifest, contents, records, files, attachments, read_answers(files[ANSWERS]), national)


def _entries(path: Path) -> tuple[Entry, ...]:
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if file.read(2) != b"PK":
                raise BadInput(f"这不是报送包：{path}")
            file.seek(0)
            return read_container(file, size, lambda name: not name.startswith(ATTACHMENTS))
    except FileNotFoundError:
        raise BadInput(f"找不到报送包：{path}") from None
    except OSError as error:
        raise BadInput(f"读不出报送包：{path}\n{system_reason(error)}") from error


def _check_signature(manifest: Manifest, files: dict[str, bytes], key: str) -> None:
    if key and key != manifest.key:
        raise IntegrityFailure(f"报送包不是用给定的公钥签名的：包里的公钥是 {manifest.key[:16]}…，给定的是 {key[:16]}…")
    if not holds(manifest.key, files[SIGNATURE], files[MANIFEST]):
        raise IntegrityFailure("签名不对：清单被改动过，或不是用包里的公钥对应的密钥签的")
    if files[PUBLIC_KEY] != public_pem(manifest.key):
        raise IntegrityFailure("公钥文件（public_key.pem）和清单里的公钥不一样")


def _check_files(manifest: Manifest, entries: dict[str, Entry], files: dict[str, bytes]) -> None:
    there = entries.keys() - UNLISTED
    for name in sorted(manifest.files.keys() - there):
        raise IntegrityFailure(f"清单列出的文件不在报送包里：{name}")
    for name in sorted(there - manifest.files.keys()):
        raise IntegrityFailure(f"报送包里多出清单没有列出的文件：{name}")
    for name, listed in manifest.files.items():
        if (entries[name].sha256, entries[name].size) != listed:
            raise IntegrityFailure(f"文件“{name}”和清单不符，被替换或修改过")
    if files[SUMS] != sums(manifest.files):
        raise IntegrityFailure("SHA256SUMS 和清单不一致")


def _check_attachments(attachments: tuple[Entry, ...]) -> None:
    for one in attachments:
        if one.name.removeprefix(ATTACHMENTS).partition(".")[0] != one.sha256:
            raise IntegrityFailure(f"附件“{one.name}”的内容和它的摘要不符")


def _month_names(files: dict[str, bytes], contents: Contents, manifest: Manifest) -> list[Any]:
    """The names the close record has digested; those of the whole year must agree with them."""
    try:
        accounts, items = json.loads(files[MONTH_ACCOUNTS]), json.loads(files[MONTH_ITEMS])
        agree = accounts == [account_content(one)[:4] for one in contents.chart] and all(
            contents.items.get(key, name) == name for key, name in items.items()
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityFailure("本月的科目或往来户名称读不出来，文件被改动过") from error
    entity = contents.entity
    if not agree or (entity.name, entity.region_code) != (manifest.village, manifest.region_code):
        raise IntegrityFailure("本月的村名、科目或往来户名称，和全年数据里的不一样")
    return [manifest.village, manifest.region_code, accounts, items]


def _derived_problems(manifest: Manifest, contents: Contents, files: dict[str, bytes]) -> Iterator[str]:
    """Whatever can be made again from the vouchers must be what the package holds."""
    month = manifest.period
    balances = contents.ledger.balances(month, month)
    if files[BALANCES] != canonical_text(balances_content(balances)).encode():
        yield "余额表和凭证重算的不一样"
    if manifest.opening != opening_digest(balances):
        yield "清单上的期初余额摘要和凭证重算的不一样"
    if manifest.closing != closing_digest(balances):
        yield "清单上的期末余额摘要和凭证重算的不一样"
    if manifest.vouchers != len(contents.of_month):
        yield "清单上的凭证张数不对"
    if manifest.credit_code != contents.entity.credit_code or manifest.exceptions != contents.entity.exceptions:
        yield "清单上的信用代码或例外事项和账簿资料不一致"
    for name, content in write_journal(contents).items():
        if files[name] != content:
            yield f"凭证序时簿（{name}）和凭证不一致"
    if files[MONTH_MANIFEST] != month_manifest(manifest, files):
        yield "本月数据的清单（month/manifest.json）和报送包的清单不一致"


def month_manifest(manifest: Manifest, files: dict[str, bytes]) -> bytes:
    """The manifest within `month/`, which the standalone script checks."""
    told = {
        "format": "village-ledger month 1",
        "village": manifest.village,
        "region_code": manifest.region_code,
        "period": str(manifest.period),
        "closed": True,
        "mark": manifest.mark,
        "exceptions": list(manifest.exceptions),
        "head": manifest.head,
        "vouchers": manifest.vouchers,
        "program": manifest.program,
        "files": {name: hashlib.sha256(files[f"month/{name}"]).hexdigest() for name in _PROVED},
    }
    return canonical_text(told).encode()
