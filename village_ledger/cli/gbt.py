"""`gbt`, `gbt-import`, `gbt-check`: the audit data interface, out of a book, into a new one, and checked."""

from pathlib import Path

from village_ledger.domain.errors import BadInput
from village_ledger.package.gbt.self_check import Result, report_text
from village_ledger.services import gbt
from village_ledger.services.gbt_import import import_folder

from .arguments import Arguments, wrong_usage
from .desk import open_book

INTEGRITY_FAILURE = 3
_ENCODINGS = {"gb18030": "gb18030", "utf-8": "utf-8", "utf8": "utf-8"}


def run(arguments: Arguments) -> int:
    """Write, import or check."""
    acts = {"gbt": _export, "gbt-import": _import, "gbt-check": _check}
    return acts[arguments.command.name](arguments)


def _export(arguments: Arguments) -> int:
    year = arguments.required("--year")
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        raise BadInput(f"--year：年份“{year}”不对，请写成 2025 这样的形式")
    encoding = _ENCODINGS.get(arguments.get("--encoding", "gb18030").lower())
    if encoding is None:
        wrong_usage(arguments.command, "--encoding 只能是 gb18030 或 utf-8")
    folder = Path(arguments.required("--out"))
    with open_book(arguments) as book:
        period = arguments.period("--through") if arguments.get("--through") else gbt.year_end(book, int(year))
        if period.year != int(year):
            wrong_usage(arguments.command, f"--through {period} 不在 {year} 年")
        made = gbt.export(book, period, folder, encoding)  # type: ignore[arg-type]  # one of the two
    print(folder)
    print(f"{year} 年到 {period.month} 月，文件 {len(made.files)} 个")
    return _outcome(made.results)


def _import(arguments: Arguments) -> int:
    folder, path = Path(arguments.required("FOLDER")), Path(arguments.required("BOOK"))
    made = import_folder(folder, path, "txt" if "--txt" in arguments.flags else "xml")
    print(f"已建账：{made.village}，{made.start} 至 {made.end}，凭证 {made.vouchers} 张：{made.path}")
    print(f"已结账到 {made.closed}" if made.closed else "没有已结账的月份")
    for note in made.notes:
        print(f"注：{note}")
    return 0


def _check(arguments: Arguments) -> int:
    return _outcome(gbt.check_folder(Path(arguments.required("FOLDER"))))


def _outcome(results: tuple[Result, ...]) -> int:
    print(report_text(results), end="")
    return 0 if all(one.ok for one in results) else INTEGRITY_FAILURE
