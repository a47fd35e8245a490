"""The folder of attachments beside a book: files under their SHA-256, written once and never changed."""

import hashlib
import os
import shutil
from pathlib import Path

from ..domain.contract import Attachment
from ..domain.errors import BadInput, ExportFailed

MAX_BYTES = 100_000_000
_BLOCK = 1 << 20


def attachment_folder(book: Path) -> Path:
    """Where a book's attachments lie: `<book>-附件` beside it. It may not exist yet."""
    return book.parent / f"{book.stem}-附件"


def attachment_place(book: Path, attachment: Attachment) -> Path:
    """Where an attachment lies; the ending of its name stays so that it opens with the right program."""
    return attachment_folder(book) / f"{attachment.sha256}{Path(attachment.name).suffix.lower()}"


def attachment_state(book: Path, attachment: Attachment) -> str:
    """完好, or what is wrong with the file in the folder: 找不到 (the folder was not copied along) or 内容被改动."""
    place = attachment_place(book, attachment)
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
    target = attachment_place(book, attachment)
    try:
        if target.is_file() and _digest(target)[0] == digest:
            return attachment
        target.parent.mkdir(exist_ok=True)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        shutil.copyfile(source, part)
        if _digest(part)[0] != digest:
            part.unlink()
            raise ExportFailed(f"附件“{source.name}”复制时变了，请关闭正在编辑它的程序再添加")
        part.replace(target)
    except OSError as error:
        raise ExportFailed(
            f"附件没有存进去（磁盘已满、U盘已拔出或没有写入权限）：{target.parent}\n{error.strerror or error}"
        ) from error
    return attachment


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise BadInput(f"读不出附件“{path.name}”：{error.strerror or error}") from error
    return digest.hexdigest(), size
