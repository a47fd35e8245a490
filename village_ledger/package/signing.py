"""The village's Ed25519 key: making it, signing with it, checking a signature. `cryptography` loads when first used."""

import base64
from importlib import import_module
from typing import Any

from village_ledger.domain.errors import BadInput, Refusal

KEY_BYTES = 32
_SPKI = bytes.fromhex("302a300506032b6570032100")
"""What comes before the 32 bytes of an Ed25519 key in its standard form (RFC 8410)."""


def new_private_key() -> bytes:
    """A new private key as an unencrypted PKCS#8 PEM file."""
    serialization: Any = _load("hazmat.primitives.serialization")
    made: bytes = (
        _ed25519()
        .Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


def public_half(private_pem: bytes) -> str:
    """The public key of a private one, as 64 hex digits. Raises BadInput for what is no Ed25519 key."""
    key = _private(private_pem)
    serialization: Any = _load("hazmat.primitives.serialization")
    raw: bytes = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return raw.hex()


def sign(private_pem: bytes, message: bytes) -> bytes:
    """The 64 bytes of the signature."""
    signature: bytes = _private(private_pem).sign(message)
    return signature


def holds(public_hex: str, signature: bytes, message: bytes) -> bool:
    """Whether the signature is this key's over this message."""
    wrong: Any = _load("exceptions").InvalidSignature
    try:
        _ed25519().Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_hex)).verify(signature, message)
    except (wrong, ValueError):
        return False
    return True


def public_pem(public_hex: str) -> bytes:
    """The public key as a PEM file, as openssl reads it."""
    body = base64.b64encode(_SPKI + bytes.fromhex(public_hex)).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n".encode()


def read_public(text: str) -> str:
    """A public key typed or read from a file, in hex or PEM, as 64 hex digits. Raises BadInput."""
    plain = "".join(text.split()).lower().removeprefix("ed25519:")
    if len(plain) == 2 * KEY_BYTES and all(sign in "0123456789abcdef" for sign in plain):
        return plain
    body = "".join(line for line in text.splitlines() if not line.startswith("-----")).strip()
    try:
        raw = base64.b64decode(body, validate=True)
    except ValueError:
        raw = b""
    if len(raw) == len(_SPKI) + KEY_BYTES and raw.startswith(_SPKI):
        return raw[len(_SPKI) :].hex()
    raise BadInput("公钥不对：应是 64 位十六进制数，或者 public_key.pem 那样的文件")


def _private(pem: bytes) -> Any:
    try:
        key = _load("hazmat.primitives.serialization").load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise BadInput("报送密钥文件已损坏，不能签名") from error
    if not isinstance(key, _ed25519().Ed25519PrivateKey):
        raise BadInput("报送密钥文件不是 Ed25519 密钥，不能签名")
    return key


def _ed25519() -> Any:
    return _load("hazmat.primitives.asymmetric.ed25519")


def _load(module: str) -> Any:
    try:  # takes 100 ms and does not load everywhere: only when something is signed or checked
        return import_module(f"cryptography.{module}")
    except ImportError as error:
        raise Refusal("这台电脑上不能签名和检查签名（缺少加密组件）。请在另一台装了本程序的电脑上办理") from error
