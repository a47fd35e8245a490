"""`depreciate`: charge a month's depreciation and amortisation, or undo it before its voucher is posted."""

from village_ledger.domain.money import format_fen
from village_ledger.services.asset_runs import depreciate, undo

from .arguments import Arguments
from .desk import open_book


def run(arguments: Arguments) -> int:
    """Draft the voucher, or tie the run to what was booked by hand, and say so."""
    period = arguments.period("PERIOD")
    with open_book(arguments) as book:
        if "--undo" in arguments.flags:
            undo(book, period)
            print(f"已撤销{period.label}的折旧和摊销")
            return 0
        result = depreciate(book, period)
    made = result.run
    print(f"{period.label}折旧和摊销：{len(made.lines)} 项资产，合计 {format_fen(made.total_fen)} 元")
    if result.adopted:
        print(f"本月已手工记账，金额相符，已关联凭证 {'、'.join(result.adopted)}，没有另外生成凭证")
    else:
        print(f"已生成凭证草稿 {result.draft}，等待审核记账")
    for note in result.notes:
        print(f"注：{note}")
    return 0
