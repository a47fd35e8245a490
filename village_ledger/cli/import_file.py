"""`import`: accounts, opening balances, vouchers, parcels or their outlines from a file."""

from village_ledger.services.book import Book
from village_ledger.services.importing import ImportResult, import_accounts, import_openings, import_vouchers
from village_ledger.services.parcel_files import import_boundaries, import_resources

from . import ACTOR
from .arguments import Arguments, wrong_usage

KINDS = ("accounts", "openings", "vouchers", "resources", "boundaries")


def run(arguments: Arguments) -> int:
    """Import and say what was done."""
    kind, file, post = arguments.required("KIND"), arguments.required("FILE"), "--post" in arguments.flags
    if kind not in KINDS:
        wrong_usage(arguments.command, f"不能导入“{kind}”，只能是 {'、'.join(KINDS)}")
    if post and kind != "vouchers":
        wrong_usage(arguments.command, "--post 只用于导入凭证")
    with Book.open(arguments.required("BOOK"), actor=ACTOR) as book:
        if kind == "accounts":
            result = import_accounts(book, file)
            done = f"新增科目 {result.added} 个"
        elif kind == "openings":
            result = import_openings(book, file)
            done = f"期初余额 {result.added} 条"
        elif kind == "resources":
            result = import_resources(book, file)
            done = f"登记地块 {result.added} 块"
        elif kind == "boundaries":
            result = import_boundaries(book, file)
            done = f"地块边界 {result.added} 块"
        else:
            result = import_vouchers(book, file, post=post)
            done = f"凭证 {result.added} 张，{'已记账' if post else '已存为草稿，等待审核'}"
    _tell(result, done)
    return 0


def _tell(result: ImportResult, done: str) -> None:
    print(f"已导入 {result.rows} 行：{done}")
    for note in result.notes:
        print(f"注：{note}")
