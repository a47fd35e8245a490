"""A second signature by the national algorithms: SM2 with SM3 (GB/T 32918, GB/T 32905), where the village wants one.

The work is done by GmSSL through `gmssl_pyx`, which does not come with the program: who switches SM2 on installs it.
Keys are kept in the standard forms (PKCS#8 and SubjectPublicKeyInfo, curve 1.2.156.10197.1.301), so that OpenSSL reads
them; the signer's id is the standard's own, `1234567812345678`. No claim to be a certified module is made.
"""

import base64
import hashlib
from importlib import import_module
from typing import Any

from village_ledger.domain.errors import BadInput, Refusal

SIGNATURE, PUBLIC_KEY, SUMS = "signature-sm2.der", "public_key-sm2.pem", "SM3SUMS"
_PRIVATE = bytes.fromhex("308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420")
_BETWEEN = bytes.fromhex("a14403420004")
_PUBLIC = bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d03420004")
_SECRET, _POINT = 32, 64
"""Bytes of a private key, and of the two coordinates of a public one."""


def new_private_key() -> bytes:
    """A new private key as an unencrypted PKCS#8 PEM file."""
    point, secret = _gmssl().sm2_key_generate()
    return _pem("PRIVATE KEY", _PRIVATE + secret + _BETWEEN + point)


def public_pem(private_pem: bytes) -> bytes:
    """The public key of a private one as a PEM file. Raises BadInput for what is no SM2 key."""
    return _pem("PUBLIC KEY", _PUBLIC + _halves(private_pem)[1])


def sign(private_pem: bytes, message: bytes) -> bytes:
    """The signature as ASN.1 DER; it differs from one time to the next."""
    secret, point = _halves(private_pem)
    made: bytes = _gmssl().sm2_sign(secret, point, message)
    return made


def holds(public_key_pem: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is this key's over this message."""
    body = _body(public_key_pem)
    if len(body) != len(_PUBLIC) + _POINT or not body.startswith(_PUBLIC):
        return False
    try:
        return bool(_gmssl().sm2_verify(body[len(_PUBLIC) :], message, signature))
    except Refusal:
        raise
    except Exception:  # noqa: BLE001 - the library's own kinds of complaint about foreign bytes
        return False


def sm3(content: bytes) -> str:
    """The hex SM3 digest: the system's, or that of `cryptography`."""
    if "sm3" in hashlib.algorithms_available:
        return hashlib.new("sm3", content).hexdigest()
    hashes: Any = import_module("cryptography.hazmat.primitives.hashes")
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return bytes(digest.finalize()).hex()


def _halves(private_pem: bytes) -> tuple[bytes, bytes]:
    body = _body(private_pem)
    middle = len(_PRIVATE) + _SECRET
    if len(body) != middle + len(_BETWEEN) + _POINT or not body.startswith(_PRIVATE):
        raise BadInput("国密签名密钥文件已损坏，不能签名")
    return body[len(_PRIVATE) : middle], body[middle + len(_BETWEEN) :]


def _body(pem: bytes) -> bytes:
    lines = [line for line in pem.splitlines() if line and not line.startswith(b"-----")]
    try:
        return base64.b64decode(b"".join(lines), validate=True)
    except ValueError:
        return b""


def _pem(title: str, body: bytes) -> bytes:
    text = base64.b64encode(body).decode()
    rows = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {title}-----", *rows, f"-----END {title}-----", ""]).encode()


def _gmssl() -> Any:
    try:
        return import_module("gmssl_pyx")
    except ImportError as error:
        raise Refusal("这台电脑没有装国密算法组件（gmssl-pyx），不能用 SM2 签名和验签；Ed25519 签名不受影响") from error
