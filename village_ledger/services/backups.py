"""Verified copies of the book with its attachments and evidence, and getting one back.

Attachments lie under their SHA-256 in `附件` within the backup folder, once for all the backups there.
"""

from pathlib import Path
from sqlite3 import Connection
from typing import NamedTuple

from .. import clock
from ..domain.contract import Attachment
from ..domain.errors import BadInput, BookUnusable, ExportFailed, system_reason
from ..placing import put_in_place
from ..storage.connection import connect
from ..storage.contracts import has_contracts, load_files
from ..storage.copy import copy_database
from ..storage.evidence import has_evidence, load_evidence
from ..storage.integrity import database_problem
from ..storage.log import read_log
from ..storage.meta import load_meta
from .attachment_folder import attachment_folder, attachment_state, copy_attachments, state_in
from .book import Book, Progress, no_progress

_ATTACHMENTS = "附件"


class BackupFile(NamedTuple):
    """One backup: when (local `YYYYMMDD-HHMMSS`), why, how large in bytes."""

    path: Path
    made_at: str
    reason: str
    size: int


def backup_folder(book: Book) -> Path:
    """Where this book's backups go: the folder set, or one beside the book."""
    chosen = book.settings.backup_folder
    return Path(chosen) if chosen else book.path.parent / f"{book.path.stem}-备份"


def back_up(book: Book, reason: str, progress: Progress | None = None) -> Path:
    """Copy the book with SQLite's backup API, reopen the copy and check it (quick_check and chain head).

    Then bring the attachments that the backup folder does not hold yet; what is lost is told by `lost_attachments`.
    """
    report = progress or no_progress
    folder = backup_folder(book)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportFailed(f"不能建立备份文件夹（磁盘已满或没有写入权限）：{folder}\n{system_reason(error)}") from error
    target = _free_name(folder, book.path.stem, reason)
    if not book.read_only:
        with book.write("backup") as transaction:
            transaction.record("backup", target.name)
    copy_database(book.connection, target, lambda done, total: report(done, total, "备份账簿"))
    _retire(book, folder)
    copy_attachments(all_attachments(book.connection), [attachment_folder(book.path)], folder / _ATTACHMENTS)
    return target


def lost_attachments(book: Book) -> tuple[str, ...]:
    """The names of attachments that are neither beside the book nor among its backups."""
    kept = backup_folder(book) / _ATTACHMENTS
    return tuple(
        one.name
        for one in all_attachments(book.connection)
        if attachment_state(book.path, one) != "完好" and state_in(kept, one) != "完好"
    )


def all_attachments(connection: Connection) -> tuple[Attachment, ...]:
    """Every attachment once; a backup of an early version has none."""
    found = {}
    if has_contracts(connection):
        found.update({one.sha256: one for rows in load_files(connection).values() for one in rows})
    if has_evidence(connection):
        found.update({one.file.sha256: one.file for one in load_evidence(connection)})
    return tuple(found.values())


def _free_name(folder: Path, stem: str, reason: str) -> Path:
    stamp = clock.stamp()
    target = folder / f"{stem}_{stamp}_{reason}.vlb"
    number = 2
    while target.exists():
        target = folder / f"{stem}_{stamp}-{number}_{reason}.vlb"
        number += 1
    return target


def _retire(book: Book, folder: Path) -> None:
    """Drop the oldest backups made at exit beyond the number to keep; those of a close are kept for good."""
    routine = [one for one in _in_folder(folder, book.path.stem) if one.reason == "退出"]
    for old in routine[book.settings.keep_backups :]:
        old.path.unlink(missing_ok=True)


def backups(book: Book) -> tuple[BackupFile, ...]:
    """This book's backups, newest first."""
    return _in_folder(backup_folder(book), book.path.stem)


def _in_folder(folder: Path, stem: str) -> tuple[BackupFile, ...]:
    found = []
    for path in folder.glob("*.vlb") if folder.is_dir() else ():
        name, made_at, reason = [*path.stem.rsplit("_", 2), "", ""][:3]
        if name == stem:
            found.append(BackupFile(path, made_at, reason, path.stat().st_size))
    return tuple(sorted(found, key=lambda one: one.path.stem.rsplit("_", 2)[1], reverse=True))


def check_backup(path: Path) -> str:
    """Open a backup read-only and check it whole, attachments too; returns what it holds, the newest log time last."""
    connection = connect(path, read_only=True)
    try:
        if problem := database_problem(connection):
            raise BookUnusable(f"这个备份已损坏，不能用来恢复：{path}\n{problem}")
        name = load_meta(connection)["name"]
        (newest,) = read_log(connection, limit=1)
        attachments = all_attachments(connection)
    finally:
        connection.close()
    text = f"{name}，附件 {len(attachments)} 个" if attachments else name
    places = _attachment_places(path)
    if lost := [one.name for one in attachments if all(state_in(place, one) != "完好" for place in places)]:
        text += f"（其中 {len(lost)} 个找不到或已损坏：{'、'.join(lost[:3])}{'等' if lost[3:] else ''}）"
    return f"{text}，最后操作 {newest.at}"


def _attachment_places(backup: Path) -> tuple[Path, ...]:
    """Where the attachments of a backup may lie: among the backups, or beside it as beside a book."""
    return backup.parent / _ATTACHMENTS, attachment_folder(backup)


def restore(backup: Path, target: Path, progress: Progress | None = None) -> Path | None:
    """Put a backup in place of a book. The book must not be open; the present file is kept aside and returned.

    Attachments that are missing beside the book, or damaged there, are brought back too.
    """
    report = progress or no_progress
    if backup.resolve() == target.resolve():
        raise BadInput("备份文件和要恢复的账簿是同一个文件")
    check_backup(backup)
    aside = None
    if target.exists():
        aside = _free_name(target.parent, target.stem, "恢复前")
    source = connect(backup, read_only=True)
    fresh = target.with_name(target.name + ".restored")
    try:
        copy_database(source, fresh, lambda done, total: report(done, total, "恢复账簿"))
    finally:
        source.close()
    try:
        if aside:
            put_in_place(target, aside)
        put_in_place(fresh, target)
    except OSError as error:
        if aside and not target.exists():
            put_in_place(aside, target)
        fresh.unlink(missing_ok=True)
        raise ExportFailed(f"不能替换账簿文件（可能正被打开）：{target}\n{system_reason(error)}") from error
    with Book.open(target) as book, book.write("restore") as transaction:
        transaction.record("restore", backup.name)
        attachments = all_attachments(book.connection)
    report(0, 1, "恢复附件")
    copy_attachments(attachments, _attachment_places(backup), attachment_folder(target), thorough=True)
    return aside
