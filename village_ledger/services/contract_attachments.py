"""Files kept with a contract: copied into a folder beside the book under their SHA-256, never changed there."""

from pathlib import Path

from .. import clock
from ..domain.contract import Attachment
from ..domain.errors import BadInput
from ..storage.contracts import contract_by_id, delete_file, insert_file, load_files
from ..storage.transaction import Transaction
from .attachment_folder import attachment_folder, attachment_place, attachment_state, keep_file
from .book import Book


def folder_of(book: Book) -> Path:
    """Where the book's attachments lie; the folder may not exist yet."""
    return attachment_folder(book.path)


def place_of(book: Book, attachment: Attachment) -> Path:
    """Where an attachment lies."""
    return attachment_place(book.path, attachment)


def state(book: Book, attachment: Attachment) -> str:
    """完好, 找不到 or 内容被改动."""
    return attachment_state(book.path, attachment)


def attachments(book: Book, contract_id: int) -> tuple[Attachment, ...]:
    """The attachments of a contract, oldest first."""
    return load_files(book.connection).get(contract_id, ())


def attach(book: Book, contract_id: int, source: Path) -> Attachment:
    """Copy a file to the book's attachments and note it with the contract. The same file twice is kept once."""
    book.authorise("contract")
    attachment = keep_file(book.path, source, clock.now())
    with book.write("contract") as transaction:
        code = _code(transaction, contract_id)
        if any(one.sha256 == attachment.sha256 for one in attachments(book, contract_id)):
            raise BadInput(f"合同 {code} 已经有内容相同的附件")
        insert_file(transaction.connection, contract_id, attachment)
        detail = {"contract": code, "sha256": attachment.sha256, "name": attachment.name, "size": attachment.size}
        transaction.record("contract-file", f"{code} {attachment.name}", detail)
    return attachment


def detach(book: Book, contract_id: int, sha256: str) -> None:
    """Take an attachment off a contract. The file stays in the folder, since the log names it."""
    with book.write("contract") as transaction:
        code = _code(transaction, contract_id)
        if all(one.sha256 != sha256 for one in attachments(book, contract_id)):
            raise BadInput("这个附件已经去掉了，请刷新")
        delete_file(transaction.connection, contract_id, sha256)
        transaction.record("contract-file-delete", code, {"contract": code, "sha256": sha256})


def _code(transaction: Transaction, contract_id: int) -> str:
    contract = contract_by_id(transaction.connection, contract_id)
    if contract is None:
        raise BadInput("找不到这份合同，请刷新列表")
    return contract.code
