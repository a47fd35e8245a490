"""The folder of attachments beside a book: files under their SHA-256, written once and never changed."""

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..domain.contract import Attachment
from ..domain.errors import BadInput, ExportFailed, system_reason
from ..placing import put_in_place

MAX_BYTES = 100_000_000
_BLOCK = 1 << 20


def attachment_folder(book: Path) -> Path:
    """Where a book's attachments lie: `<book>-附件` beside it. It may not exist yet."""
    return book.parent / f"{book.stem}-附件"


def place_in(folder: Path, attachment: Attachment) -> Path:
    """Where an attachment lies in a folder; the ending of its name stays so that it opens with the right program."""
    return folder / f"{attachment.sha256}{Path(attachment.name).suffix.lower()}"


def attachment_place(book: Path, attachment: Attachment) -> Path:
    """Where an attachment of a book lies."""
    return place_in(attachment_folder(book), attachment)


def attachment_state(book: Path, attachment: Attachment) -> str:
    """完好, or what is wrong with the file in the folder: 找不到 (the folder was not copied along) or 内容被改动."""
    return state_in(attachment_folder(book), attachment)


def state_in(folder: Path, attachment: Attachment) -> str:
    """完好, 找不到 or 内容被改动, by the digest of the file in a folder."""
    place = place_in(folder, attachment)
    if not place.is_file():
        return "找不到"
    return "完好" if _digest(place)[0] == attachment.sha256 else "内容被改动"


def keep_file(book: Path, source: Path, added: str) -> Attachment:
    """Copy a file into the folder, whole or not at all; one that is there already is left alone."""
    digest, size = _digest(source)
    if not size:
        raise BadInput(f"附件“{source.name}”是空文件")
    if size > MAX_BYTES:
        raise BadInput(f"附件“{source.name}”太大（超过 {MAX_BYTES // 1_000_000} MB），请压缩后再添加")
    attachment = Attachment(digest, source.name, size, added)
    if attachment_state(book, attachment) != "完好":
        _copy(source, attachment_folder(book), attachment)
    return attachment


def copy_attachments(
    attachments: Iterable[Attachment], sources: Sequence[Path], target: Path, *, thorough: bool = False
) -> tuple[Attachment, ...]:
    """Bring attachments into a folder from the first of some folders that has them sound; returns those not found.

    One that is there with the right size is taken as sound, or read in full when `thorough`.
    """
    missing = []
    for attachment in attachments:
        there = place_in(target, attachment)
        same_size = there.is_file() and there.stat().st_size == attachment.size
        if same_size and not (thorough and _digest(there)[0] != attachment.sha256):
            continue
        sound = next((folder for folder in sources if state_in(folder, attachment) == "完好"), None)
        if sound is None:
            missing.append(attachment)
        else:
            _copy(place_in(sound, attachment), target, attachment)
    return tuple(missing)


def _copy(source: Path, folder: Path, attachment: Attachment) -> None:
    """Copy through a temporary file that is read again, so that nothing half-written stays."""
    target = place_in(folder, attachment)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, part)
        if _digest(part)[0] != attachment.sha256:
            part.unlink()
            raise ExportFailed(f"附件“{attachment.name}”复制时变了，请关闭正在编辑它的程序再试一次")
        put_in_place(part, target)
    except OSError as error:
        raise ExportFailed(
            f"附件没有存进去（磁盘已满、U盘已拔出或没有写入权限）：{folder}\n{system_reason(error)}"
        ) from error


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise BadInput(f"读不出附件“{path.name}”：{system_reason(error)}") from error
    return digest.hexdigest(), size
