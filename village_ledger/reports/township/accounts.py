"""余额试算汇总表: the first-level accounts over all villages, opening, movements and closing.

Columns: code, name, opening_debit, opening_credit, period_debit, period_credit, ytd_debit, ytd_credit, closing_debit,
closing_credit. Each balance stands on the side the sum of the villages has.
"""

from village_ledger.reports.model import Column, Report, Row

from .figures import Gathered, remarks, sum_report, with_total
from .topics import ACCOUNT_FIGURES, ACCOUNTS, figure_key

COLUMNS = (
    Column("code", "科目编码", "code", 8),
    Column("name", "科目名称", "text", 22),
    *(
        Column(f"{key}_{side}", title, "money", 16, group, summed=True)
        for key, group in (
            ("opening", "期初余额"),
            ("period", "本期发生额"),
            ("ytd", "本年累计"),
            ("closing", "期末余额"),
        )
        for side, title in (("debit", "借方"), ("credit", "贷方"))
    ),
)


def build(gathered: Gathered, names: dict[str, str]) -> Report:
    """The accounts of the chart that have a figure; `names` tells them by code."""
    total = gathered.summed(ACCOUNTS)
    rows = []
    for code in sorted({key.partition("|")[0] for key in total}):
        opening, debit, credit, year_debit, year_credit = (
            total.get(figure_key(code, name), 0) for name in ACCOUNT_FIGURES
        )
        closing = opening + debit - credit
        rows.append(
            Row(
                (
                    *(code, names.get(code, code), max(opening, 0), max(-opening, 0), debit, credit),
                    *(year_debit, year_credit, max(closing, 0), max(-closing, 0)),
                )
            )
        )
    made = sum_report(gathered, "trial-balance-sum", "余额试算汇总表", COLUMNS, with_total(COLUMNS, rows, at=1))
    return made._replace(notes=remarks(gathered, by_chart=True), as_of=gathered.period.label)
