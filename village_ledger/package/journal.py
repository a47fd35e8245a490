"""The month's journal (凭证序时簿) as CSV and JSON, for programs and spreadsheets: a row for each entry line."""

import csv
import json
from io import StringIO

from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import format_quantity
from village_ledger.domain.spreadsheet import harmless

from .contents import Contents

CSV, JSON = "journal/journal.csv", "journal/journal.json"
_TITLES = (
    *("日期", "凭证字", "凭证号", "行号", "摘要", "科目编码", "科目名称", "辅助", "借方金额", "贷方金额"),
    *("数量", "附件数", "制单人", "审核人", "出纳", "记账人", "来源"),
)
_KEYS = (
    *("date", "word", "number", "line", "summary", "account", "account_name", "items", "debit", "credit"),
    *("quantity", "attachments", "maker", "reviewer", "cashier", "poster", "source"),
)


def write_journal(contents: Contents) -> dict[str, bytes]:
    """Both files. The CSV's amounts are yuan, the JSON's integer fen and thousandths."""
    rows = [
        (
            voucher.day.isoformat(),
            voucher.word,
            voucher.number,
            place,
            line.summary,
            line.account,
            contents.chart.full_name(line.account),
            ";".join(map(str, line.items)),
            line.debit_fen,
            line.credit_fen,
            line.quantity,
            voucher.attachments,
            voucher.maker,
            voucher.reviewer,
            voucher.cashier,
            voucher.poster,
            voucher.source,
        )
        for voucher in contents.of_month
        for place, line in enumerate(voucher.lines, 1)
    ]
    text = StringIO()
    text.write("\ufeff")
    writer = csv.writer(text)
    writer.writerow(_TITLES)
    for row in rows:
        writer.writerow(
            (
                *(harmless(_one_line(value)) if isinstance(value, str) else value for value in row[:8]),
                *(format_fen(fen, grouped=False) if fen else "" for fen in row[8:10]),
                format_quantity(row[10], grouped=False) if row[10] else "",
                *(harmless(_one_line(value)) if isinstance(value, str) else value for value in row[11:]),
            )
        )
    lines = ",\n".join(json.dumps(dict(zip(_KEYS, row, strict=True)), ensure_ascii=False) for row in rows)
    head = {"village": contents.entity.name, "period": str(contents.period), "unit": "fen"}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    return {CSV: text.getvalue().encode(), JSON: f'{opening}, "rows": [\n{lines}\n]}}\n'.encode()}


def _one_line(text: str) -> str:
    return text if text.isprintable() else "".join(sign if sign.isprintable() else " " for sign in text)
