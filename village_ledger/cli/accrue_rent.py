"""`accrue-rent`: charge the rents that fall due by the end of a month, as draft vouchers."""

from village_ledger.domain.money import format_fen
from village_ledger.services.contract_rents import accrue

from .arguments import Arguments
from .desk import open_book


def run(arguments: Arguments) -> int:
    """Accrue and say what was done."""
    period = arguments.period("PERIOD")
    with open_book(arguments) as book:
        done = accrue(book, period)
    if done.charges:
        print(
            f"已计提 {done.charges} 笔到期的合同款项，合计 {format_fen(done.total_fen)} 元，"
            f"生成 {len(done.drafts)} 张凭证草稿，等待审核"
        )
    else:
        print(f"到{period.label}底没有新到期、还没有计提的合同款项")
    if done.prepaid_fen:
        print(f"预收的租金冲抵 {format_fen(done.prepaid_fen)} 元")
    for note in done.notes:
        print(f"注：{note}")
    return 0
