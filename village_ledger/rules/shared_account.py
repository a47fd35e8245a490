"""One bank account has one holder (审计疑点清单: 同一账号两个收款人). Looked for: source documents of payments with
one account number and different names.
"""

from collections import defaultdict
from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .payments import paid_documents, paper_payee
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit an account number."""
    by_tag: defaultdict[str, list[Row]] = defaultdict(list)
    for row in paid_documents(case):
        if cells.text(row, "account_tag") and paper_payee(row):
            by_tag[cells.text(row, "account_tag")].append(row)
    for tag, rows in by_tag.items():
        names = sorted({paper_payee(row) for row in rows})
        if len(names) > 1:
            yield Hit(
                f"收款账号 {tag}",
                f"{'、'.join(names)}的收款账号是同一个（{len(rows)} 张票据），要查实际收款人",
                tuple(
                    (
                        f"凭证 {cells.text(row, 'voucher')}",
                        f"{cells.text(row, 'day')} {paper_payee(row)} {yuan(cells.fen(row, 'amount'))}",
                    )
                    for row in rows[:20]
                ),
                sum(cells.fen(row, "amount") for row in rows),
                cells.labels(rows),
            )


RULE = Rule(
    "shared-account",
    58,
    "同一账号两个收款人",
    "不同收款人不应使用同一个银行账号。",
    "审计疑点清单第24、26、47条",
    "高",
    check,
    (),
    ("document-register",),
)
