"""What this computer remembers (not the book): zoom, key profile, recent books, folders, window sizes."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from village_ledger.paths import user_data

RECENT_LIMIT = 8


def _store() -> QSettings:
    return QSettings(str(user_data() / "settings.ini"), QSettings.Format.IniFormat)


def text(key: str, default: str = "") -> str:
    """A remembered text."""
    value = _store().value(key, default)
    return value if isinstance(value, str) else default


def number(key: str, default: int) -> int:
    """A remembered whole number; a damaged value gives the default."""
    value = text(key)
    return int(value) if value.isascii() and value.isdigit() else default


def remember(key: str, value: str | int) -> None:
    """Keep a text or whole number."""
    _store().setValue(key, str(value))


def shape(key: str) -> QByteArray | None:
    """A remembered window or column geometry."""
    value = _store().value(f"shape/{key}")
    return value if isinstance(value, QByteArray) else None


def remember_shape(key: str, value: QByteArray) -> None:
    """Keep a window or column geometry."""
    _store().setValue(f"shape/{key}", value)


def recent_books() -> tuple[Path, ...]:
    """Books opened lately that still exist, newest first."""
    lines = text("recent_books").split("|")
    return tuple(Path(line) for line in lines if line and Path(line).exists())


def remember_book(path: Path) -> None:
    """Put a book at the head of the recent list."""
    resolved = path.resolve()
    rest = [known for known in recent_books() if known != resolved]
    remember("recent_books", "|".join(str(known) for known in [resolved, *rest][:RECENT_LIMIT]))


def recent_desks() -> tuple[str, ...]:
    """Township desks opened lately, newest first: files that still exist, and databases (without passwords)."""
    lines = text("recent_desks").split("|")
    return tuple(line for line in lines if line and ("://" in line or Path(line).exists()))


def remember_desk(place: str) -> None:
    """Put a desk at the head of the recent list."""
    resolved = place if "://" in place else str(Path(place).resolve())
    rest = [known for known in recent_desks() if known != resolved]
    remember("recent_desks", "|".join([resolved, *rest][:RECENT_LIMIT]))
