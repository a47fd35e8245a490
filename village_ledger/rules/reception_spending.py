"""Villages keep no tables at the collective's cost (零招待, 各地规定; 允许的地方有限额). Looked for: debits on
accounts of reception, and summaries with a word of it (餐, 烟, 酒, 礼品 …) that is no innocent phrase.
"""

from collections.abc import Iterator

from village_ledger.domain.reception import ReceptionRules, reception_word

from .model import Case, Hit, Rule, Values
from .payments import standing_vouchers, voucher_label
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a voucher where reception is not allowed at all; above a yearly cap one hit of all vouchers."""
    rules = ReceptionRules(
        names=values["names"], words=values["words"], innocent=values["innocent"], skipped=values["skipped"]
    )
    found = _vouchers(case, rules)
    total = sum(fen for _, _, fen, _ in found)
    if values["limit"] and total > values["limit"]:
        yield Hit(
            f"{case.end.year}年招待支出",
            f"{case.start} 至 {case.end} 招待支出 {yuan(total)}，超过全年限额 {yuan(values['limit'])}",
            (
                *((f"凭证 {label}", f"{told} {yuan(fen)}") for label, told, fen, _ in found),
                ("限额", yuan(values["limit"])),
            ),
            total,
            tuple(label for label, *_ in found),
        )
    elif not values["limit"]:
        for label, told, fen, word in found:
            yield Hit(
                f"凭证 {label}",
                f"{told} {yuan(fen)}，像是招待支出（“{word}”），实行零招待的村不得列支",
                ((f"凭证 {label}", told), ("字样", word), ("金额", yuan(fen))),
                fen,
                (label,),
            )


def _vouchers(case: Case, rules: ReceptionRules) -> list[tuple[str, str, int, str]]:
    """Label, summary, fen and the word that tells, of each voucher with reception."""
    watched = _watched(case)
    found = []
    for voucher in standing_vouchers(case):
        lines = [
            (line, word)
            for line in voucher.lines
            if line.debit_fen > 0
            and (word := reception_word(rules, case.ledger.chart, watched, line.account, line.summary))
        ]
        if lines:
            fen = sum(line.debit_fen for line, _ in lines)
            line, word = lines[0]
            found.append((voucher_label(voucher), f"{voucher.day} {line.summary}", fen, word))
    return found


def _watched(case: Case) -> tuple[str, ...]:
    """Expenses, and what is owed either way: where reception is booked."""
    expenses = (
        one.code for one in case.ledger.chart if one.is_profit_and_loss and one.side == "debit" and one.level == 1
    )
    return (*expenses, *case.roles.receivable, *case.roles.payable, *case.roles.two_sided)


RULE = Rule(
    "reception-spending",
    17,
    "招待支出",
    "实行零招待的村不得列支招待费；允许招待的不得超过限额。",
    "各地零招待规定；审计疑点清单第17条",
    "中",
    check,
    ("limit", "names", "words", "innocent", "skipped"),
)
