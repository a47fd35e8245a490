"""Make the release key and sign update files: Ed25519, one detached signature file beside each package.

    python -m installer.sign_update key  --public OUT/update_keys/release.pub
    python -m installer.sign_update sign dist/*.deb dist/*.exe dist/*.zip dist/*.tar.xz

The private key lies outside the repository, at --private, at $VILLAGE_LEDGER_RELEASE_KEY, or in the user's settings; it
is made the first time it is needed. Every build puts its public half into the program's resources/update_keys
(`payload.copy_program`), so whoever releases keeps one key and keeps it to themselves: packages signed with another one
are refused by the programs in the villages.
"""

import argparse
import base64
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parents[1]
KEY_VARIABLE = "VILLAGE_LEDGER_RELEASE_KEY"
PUBLIC_PLACE = Path("resources") / "update_keys" / "release.pub"
"""Where an installed program keeps the key it trusts, below the folder that holds its code."""
sys.path.insert(0, str(ROOT))

from village_ledger import __version__  # noqa: E402  (the path must be set first)
from village_ledger.services.updates import SUFFIX, describe, statement  # noqa: E402


def key_place() -> Path:
    """Where the release key is kept on this machine."""
    return Path(os.environ.get(KEY_VARIABLE) or Path.home() / ".config" / "village-ledger" / "release-key.pem")


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
    making.add_argument("--private", type=Path, default=key_place())
    making.add_argument("--public", type=Path, required=True)
    signing = commands.add_parser("sign", help="sign packages")
    signing.add_argument("--private", type=Path, default=key_place())
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
