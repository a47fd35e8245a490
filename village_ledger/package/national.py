"""The second seal of a package: SM3 digests of its files, and an SM2 signature over their list.

`SM3SUMS`, `signature-sm2.der` and `public_key-sm2.pem` are files of the package like others, so that the manifest and
its Ed25519 signature cover them too: a machine without the national algorithms still refuses every change.
"""

from collections.abc import Mapping
from typing import Literal

from village_ledger.domain.errors import IntegrityFailure, Refusal

from . import sm2
from .manifest import ATTACHMENTS

Sealed = Literal["", "已验", "未验"]
"""No national signature; one that holds; one that this machine cannot check."""


def national_files(files: Mapping[str, bytes], private_pem: bytes) -> dict[str, bytes]:
    """The three files that seal the others. Attachments are named by their SHA-256 and not sealed a second time."""
    listed = sm3_sums(files)
    return {
        sm2.SUMS: listed,
        sm2.PUBLIC_KEY: sm2.public_pem(private_pem),
        sm2.SIGNATURE: sm2.sign(private_pem, listed),
    }


def sm3_sums(files: Mapping[str, bytes]) -> bytes:
    """The list: digest and name, a line each, in the order of the names."""
    return "".join(
        f"{sm2.sm3(files[name])}  {name}\n" for name in sorted(files) if not name.startswith(ATTACHMENTS)
    ).encode()


def check_national(files: Mapping[str, bytes], unsealed: frozenset[str]) -> Sealed:
    """Whether the national seal holds; `unsealed` are the files made after it. Raises IntegrityFailure."""
    parts = {sm2.SUMS, sm2.SIGNATURE, sm2.PUBLIC_KEY}
    there = parts & files.keys()
    if not there:
        return ""
    if there != parts:
        raise IntegrityFailure(f"国密签名不完整，缺少文件：{'、'.join(sorted(parts - there))}")
    sealed = {name: content for name, content in files.items() if name not in parts | unsealed}
    if files[sm2.SUMS] != sm3_sums(sealed):
        raise IntegrityFailure("SM3SUMS 和文件内容不一致")
    try:
        holds = sm2.holds(files[sm2.PUBLIC_KEY], files[sm2.SIGNATURE], files[sm2.SUMS])
    except Refusal:
        return "未验"
    if not holds:
        raise IntegrityFailure("国密签名（SM2）不对：不是用包里的国密公钥对应的密钥签的")
    return "已验"
