"""Files kept with a contract: copied into a folder beside the book under their SHA-256, never changed there."""

import hashlib
import os
import shutil
from pathlib import Path

from ..clock import now
from ..domain.contract import Attachment
from ..domain.errors import BadInput, ExportFailed
from ..storage.contracts import contract_by_id, delete_file, insert_file, load_files
from ..storage.transaction import Transaction
from .book import Book

MAX_BYTES = 100_000_000
_BLOCK = 1 << 20


def folder_of(book: Book) -> Path:
    """Where a book's attachments lie: `<book>-附件` beside it. It may not exist yet."""
    return book.path.parent / f"{book.path.stem}-附件"


def place_of(book: Book, attachment: Attachment) -> Path:
    """Where an attachment lies; the ending of its name stays so that it opens with the right program."""
    return folder_of(book) / f"{attachment.sha256}{Path(attachment.name).suffix.lower()}"


def attachments(book: Book, contract_id: int) -> tuple[Attachment, ...]:
    """The attachments of a contract, oldest first."""
    return load_files(book.connection).get(contract_id, ())


def attach(book: Book, contract_id: int, source: Path) -> Attachment:
    """Copy a file to the book's attachments and note it with the contract. The same file twice is kept once."""
    digest, size = _digest(source)
    attachment = Attachment(digest, source.name, size, now())
    _copy(source, place_of(book, attachment), digest)
    with book.write() as transaction:
        code = _code(transaction, contract_id)
        if any(one.sha256 == digest for one in attachments(book, contract_id)):
            raise BadInput(f"合同 {code} 已经有内容相同的附件")
        insert_file(transaction.connection, contract_id, attachment)
        detail = {"contract": code, "sha256": digest, "name": attachment.name, "size": size}
        transaction.record("contract-file", f"{code} {attachment.name}", detail)
    return attachment


def detach(book: Book, contract_id: int, sha256: str) -> None:
    """Take an attachment off a contract. The file stays in the folder, since the log names it."""
    with book.write() as transaction:
        code = _code(transaction, contract_id)
        if all(one.sha256 != sha256 for one in attachments(book, contract_id)):
            raise BadInput("这个附件已经去掉了，请刷新")
        delete_file(transaction.connection, contract_id, sha256)
        transaction.record("contract-file-delete", code, {"contract": code, "sha256": sha256})


def state(book: Book, attachment: Attachment) -> str:
    """完好, or what is wrong with the file in the folder: 找不到 (the folder was not copied along) or 内容被改动."""
    place = place_of(book, attachment)
    if not place.is_file():
        return "找不到"
    return "完好" if _digest(place)[0] == attachment.sha256 else "内容被改动"


def _code(transaction: Transaction, contract_id: int) -> str:
    contract = contract_by_id(transaction.connection, contract_id)
    if contract is None:
        raise BadInput("找不到这份合同，请刷新列表")
    return contract.code


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
                size += len(block)
                if size > MAX_BYTES:
                    raise BadInput(f"附件“{path.name}”太大（超过 {MAX_BYTES // 1_000_000} MB），请压缩后再添加")
    except OSError as error:
        raise BadInput(f"读不出附件“{path.name}”：{error.strerror or error}") from error
    if not size:
        raise BadInput(f"附件“{path.name}”是空文件")
    return digest.hexdigest(), size


def _copy(source: Path, target: Path, digest: str) -> None:
    """Put the file in its place whole or not at all; one that is there already is left alone if it is the same."""
    try:
        if target.is_file() and _digest(target)[0] == digest:
            return
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
