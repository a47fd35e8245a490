"""Make the release key and sign update files: Ed25519, one detached signature file beside each package.

    python installer/sign_update.py key  --private ~/village-ledger-release.pem --public OUT/update_keys/release.pub
    python installer/sign_update.py sign --private ~/village-ledger-release.pem dist/*.deb dist/*.exe

`key` makes the private key if there is none at that path and writes its public half, which a build puts into the
program's resources/update_keys. The private key stays with whoever releases; a path inside the repository is refused.
"""

import argparse
import base64
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from village_ledger import __version__  # noqa: E402  (the path must be set first)
from village_ledger.services.updates import SUFFIX, describe, statement  # noqa: E402


def private_key(path: Path, *, make: bool = False) -> Ed25519PrivateKey:
    """The key at a path, made when asked for and missing; readable by its owner only."""
    if ROOT in path.resolve().parents:
        raise SystemExit(f"the private key must not lie inside the repository: {path}")
    if not path.exists():
        if not make:
            raise SystemExit(f"no private key at {path}; make one with: sign_update.py key --private {path}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_bytes(
            Ed25519PrivateKey.generate().private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SystemExit(f"this is no Ed25519 key: {path}")
    return key


def write_public(key: Ed25519PrivateKey, path: Path) -> None:
    """Write the public half as the program reads it: base64 of 32 bytes, one line."""
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(base64.b64encode(raw).decode() + "\n", encoding="ascii", newline="\n")


def sign(key: Ed25519PrivateKey, path: Path, version: str = __version__) -> Path:
    """Write the signature file beside a package and return it."""
    text = statement(describe(path, version))
    signature = base64.b64encode(key.sign(text.encode())).decode()
    target = path.with_name(path.name + SUFFIX)
    target.write_text(f"{text}signature: {signature}\n", encoding="utf-8", newline="\n")
    return target


def main(words: list[str] | None = None) -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    making = commands.add_parser("key", help="make the release key if missing, write its public half")
    making.add_argument("--private", type=Path, required=True)
    making.add_argument("--public", type=Path, required=True)
    signing = commands.add_parser("sign", help="sign packages")
    signing.add_argument("--private", type=Path, required=True)
    signing.add_argument("--version", default=__version__)
    signing.add_argument("files", type=Path, nargs="+")
    given = parser.parse_args(words)
    if given.command == "key":
        write_public(private_key(given.private, make=True), given.public)
        print(f"public key: {given.public}")
        return
    key = private_key(given.private)
    for path in given.files:
        print(sign(key, path, given.version))


if __name__ == "__main__":
    main()
