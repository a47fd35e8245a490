"""Whether an update file is genuine: its detached Ed25519 signature, and what to do next.

Beside `FILE` lies `FILE.sig`: a few lines of text (name, version, size, SHA-256 of the file) and the signature of
exactly those lines. The public keys the program trusts are in resources/update_keys; installer/sign_update.py makes
keys and signatures.
"""

import base64
import binascii
import hashlib
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from .. import __version__
from ..domain.errors import BadInput, IntegrityFailure, Refusal, system_reason
from ..paths import RESOURCES

SUFFIX = ".sig"
HEAD = "village-ledger update 1"
KEY_FOLDER = RESOURCES / "update_keys"
_FIELDS = ("file", "version", "size", "sha256")
_CHUNK = 1 << 20


class Release(NamedTuple):
    """What a signature file says of its update."""

    file: str
    version: str
    size: int
    sha256: str


class GenuineUpdate(NamedTuple):
    """An update whose signature holds; `newer` than the running program: -1 older, 0 the same, 1 newer."""

    path: Path
    version: str
    newer: int

    @property
    def advice(self) -> str:
        """What the person does next."""
        if self.newer < 0:
            return (
                f"这是更旧的版本（{self.version}，本程序是 {__version__}），不用安装。"
                "新版本打开过的账簿，旧版本打不开，除非先换回升级前的备份。"
            )
        if self.newer == 0:
            return f"这就是现在用的版本（{__version__}），不用更新；需要修复安装时可以再装一次。"
        how = {
            ".exe": "请先退出本程序，再双击这个安装文件，装在原来的位置上。",
            ".deb": "请先退出本程序，再双击安装，或用命令 sudo apt install ./文件名.deb。",
        }.get(self.path.suffix.lower(), "请先退出本程序，再按说明解压，换掉原来的程序文件夹（账簿不要放在里面）。")
        return f"{how}\n装好后第一次打开每本账，会先备份、再升级、再核验；账簿文件不会丢。"


def statement(release: Release) -> str:
    """The lines that are signed."""
    values = zip(_FIELDS, release, strict=True)
    return "\n".join([HEAD, *(f"{name}: {value}" for name, value in values), ""])


def describe(path: Path, version: str) -> Release:
    """The release a file is: its size and digest."""
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_CHUNK):
                digest.update(block)
                size += len(block)
    except FileNotFoundError:
        raise BadInput(f"找不到更新文件：{path}") from None
    except OSError as error:
        raise BadInput(f"读不出更新文件：{path}\n{system_reason(error)}") from error
    return Release(path.name, version, size, digest.hexdigest())


def check_update(path: Path, signature: Path | None = None, key_folder: Path = KEY_FOLDER) -> GenuineUpdate:
    """Check an update file against its signature. IntegrityFailure when it is not what was released."""
    if path.suffix == SUFFIX:
        raise BadInput(f"这是签名文件，请选择它旁边的更新文件：{path.with_suffix('')}")
    if not path.is_file():
        raise BadInput(f"找不到更新文件：{path}")
    keys = trusted_keys(key_folder)
    told, signed = _read_signature(signature or path.with_name(path.name + SUFFIX))
    if not any(_holds(key, signed, statement(told).encode()) for key in keys):
        raise IntegrityFailure(
            "签名不对：这不是本程序发布的更新文件，或签名文件被改动过。请不要安装，向发放的人重新要一份"
        )
    found = describe(path, told.version)
    if (found.size, found.sha256) != (told.size, told.sha256):
        raise IntegrityFailure(
            f"文件内容和签名不符（应有 {told.size} 字节，实有 {found.size} 字节）：没有复制完整，或被改动过。"
            "请不要安装，重新复制一份再检查"
        )
    ours, theirs = _numbers(__version__), _numbers(told.version)
    return GenuineUpdate(path, told.version, (theirs > ours) - (theirs < ours))


def trusted_keys(folder: Path = KEY_FOLDER) -> tuple[bytes, ...]:
    """The public keys the program came with."""
    found = []
    for path in sorted(folder.glob("*.pub")) if folder.is_dir() else ():
        try:
            key = base64.b64decode(path.read_text(encoding="ascii").split()[0], validate=True)
        except (OSError, ValueError, IndexError) as error:
            raise BadInput(f"程序自带的发布公钥已损坏，请重新安装程序：{path.name}") from error
        found.append(key)
    if not found:
        raise BadInput("这个程序里没有发布公钥（直接从源代码运行的没有），不能检查更新文件。请用安装好的程序检查")
    return tuple(found)


def _read_signature(path: Path) -> tuple[Release, bytes]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise BadInput(
            f"找不到签名文件：{path}\n更新文件和它的签名（{path.name}）要放在同一个文件夹里，请一起复制过来"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"读不出签名文件：{path}") from error
    head, *lines = text.replace("\r\n", "\n").strip().split("\n")
    values = dict(line.partition(": ")[::2] for line in lines)
    try:
        if head != HEAD or set(values) != {*_FIELDS, "signature"}:
            raise ValueError(head)
        release = Release(values["file"], values["version"], int(values["size"]), values["sha256"])
        return release, base64.b64decode(values["signature"], validate=True)
    except (ValueError, binascii.Error) as error:
        raise BadInput(f"这不是更新文件的签名：{path}") from error


def _holds(key: bytes, signature: bytes, message: bytes) -> bool:
    try:  # cryptography takes 100 ms and does not load everywhere: only for a check, never at the start
        ed25519: Any = import_module("cryptography.hazmat.primitives.asymmetric.ed25519")
        wrong: Any = import_module("cryptography.exceptions").InvalidSignature
    except ImportError as error:
        raise Refusal("这台电脑上不能检查签名（缺少加密组件）。请在另一台装了本程序的电脑上检查") from error
    try:
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (wrong, ValueError):
        return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    """A version as numbers to compare; what is no number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in version.split("."))
