"""Purchases are compared and spread; one supplier taking most of a kind of spending, or a newcomer with a large first
payment, is to be explained (审计疑点清单: 供应商集中). Public utilities are left out by words.
"""

from collections import defaultdict
from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import Payment, cited, cited_all, paid_to, payments, shares_of
from .wording import word_in, yuan

_KNOWN_MONTHS = 6


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a payee and account, one a newcomer."""
    found = payments(case)
    chart = case.ledger.chart
    totals: defaultdict[str, int] = defaultdict(int)
    parts: defaultdict[tuple[str, str], list[tuple[Payment, int]]] = defaultdict(list)
    for one, share in shares_of(found):
        if share.is_staff:
            continue
        totals[share.account] += share.fen
        if share.payee and not word_in(values["public"], share.payee):
            parts[share.account, share.payee].append((one, share.fen))
    for (account, payee), those in parts.items():
        got, whole = sum(fen for _, fen in those), totals[account]
        if whole >= values["least"] and len(those) >= values["times"] and got * 100 > whole * values["share"]:
            yield Hit(
                f"{payee} {chart.full_name(account)}",
                f"{chart.full_name(account)}付款 {yuan(whole)}，其中付给{payee} {len(those)} 笔 {yuan(got)}，"
                f"占 {got * 100 // whole}%"
                f"（界限 {values['share']}%），供应商过于集中",
                (*cited_all(one for one, _ in those), ("占比", f"{got * 100 // whole}%")),
                got,
                tuple(dict.fromkeys(one.label for one, _ in those)),
            )
    yield from _newcomers(case, values, found)


def _newcomers(case: Case, values: Values, found: tuple[Payment, ...]) -> Iterator[Hit]:
    """Payees never paid before whose first payment is large; only where half a year before is known."""
    if case.ledger.entity.first_period.plus(_KNOWN_MONTHS) > case.start:
        return
    known = set(paid_to(payments(case, case.start.plus(-36), case.start.previous)))
    for payee, those in paid_to(found).items():
        first, fen = those[0]
        if payee not in known and fen >= values["first"] and not word_in(values["public"], payee):
            yield Hit(
                f"{payee} 首次付款",
                f"{payee}以前没有往来，{first.day} 第一次就付 {yuan(fen)}（界限 {yuan(values['first'])}）："
                f"{first.summary}",
                (cited(first, fen), ("以前的付款", "没有")),
                fen,
                (first.label,),
            )


RULE = Rule(
    "supplier-concentration",
    25,
    "供应商集中",
    "采购应当比价，同类支出不应集中于一家，新供应商的大额付款要核实。",
    "审计疑点清单第25条",
    "低",
    check,
    ("share", "least", "times", "first", "public"),
)
