"""`demo`: build the sample village, or find it already built, and open it."""

from importlib import import_module
from pathlib import Path

from village_ledger.paths import portable_books
from village_ledger.services.book import Book
from village_ledger.services.periods import periods
from village_ledger.services.sample import build_sample

from .arguments import Arguments

FILE_NAME = "示例村.vlb"


def run(arguments: Arguments) -> int:
    """Build if missing; then a summary, or the window."""
    path = Path(arguments.get("--book") or documents() / FILE_NAME)
    with Book.open(path) if path.exists() else build_sample(path) as book:
        print(_summary(book))
    if "--headless" in arguments.flags:
        return 0
    app = import_module("village_ledger.app")  # the composition root is above this layer
    return int(app.main([str(path)]))


def documents() -> Path:
    """A portable copy's folder for books, else the user's folder for documents, or the home folder."""
    portable = portable_books()
    if portable is not None:
        portable.mkdir(exist_ok=True)
        return portable
    home = Path.home()
    return next((home / name for name in ("Documents", "文档") if (home / name).is_dir()), home)


def _summary(book: Book) -> str:
    months = periods(book)
    closed = [month for month in months if month.closed]
    span = f"{closed[0].period} 至 {closed[-1].period} 已结账" if closed else "还没有结账"
    waiting = sum(month.drafts + month.reviewed for month in months)
    posted = sum(month.posted for month in months)
    return f"{book.entity.name}：已记账凭证 {posted} 张，{span}，待记账草稿 {waiting} 张：{book.path}"
