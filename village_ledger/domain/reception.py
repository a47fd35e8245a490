"""Reception spending: what of a voucher is reception, and whether reception, vehicles and travel only fall.

Zero reception (零招待) is a rule of places, not of the whole country, so words and accounts are data
(resources/governance/reception.toml). A line is judged by its account's name or by words in its summary; phrases that
hold such a word but mean something else (烟草, 酒精, 误餐补助) are taken out first.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .account import Chart
from .money import format_fen
from .problems import Problem
from .voucher import Draft


class ReceptionRules(NamedTuple):
    """A place's rule. `zero`: reception is not booked at all; `basis` says by what.

    `names` mark accounts, `words` summaries; `innocent` phrases do not count. `falling` are groups of spending that may
    only fall (title → words in the names of accounts); `skipped` are first-level accounts, by name, whose summaries are
    not searched, since there the goods themselves are traded.
    """

    title: str = ""
    zero: bool = False
    basis: str = ""
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    innocent: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    falling: Mapping[str, tuple[str, ...]] = {}


RECEPTION = "招待费"
"""The group whose figures are found by words in summaries too."""


def reception_word(rules: ReceptionRules, chart: Chart, watched: tuple[str, ...], account: str, summary: str) -> str:
    """The word by which a debit on an account is reception; empty when it is not. `watched` are code prefixes."""
    found = chart.get(account)
    if found is None:
        return ""
    path = chart.full_name(account)
    named = next((name for name in rules.names if name in path), "")
    if named:
        return named
    if not account.startswith(watched) or chart[account[:3]].name in rules.skipped:
        return ""
    text = "".join(summary.split())
    for phrase in sorted(rules.innocent, key=len, reverse=True):
        text = text.replace(phrase, "＿")
    return next((word for word in rules.words if word in text), "")


def reception_lines(
    rules: ReceptionRules, chart: Chart, watched: tuple[str, ...], draft: Draft
) -> tuple[tuple[int, str], ...]:
    """The lines of a voucher (from 0) that spend on reception, with the word that says so. Red letters do not."""
    return tuple(
        (place, word)
        for place, line in enumerate(draft.lines)
        if line.debit_fen > 0 and (word := reception_word(rules, chart, watched, line.account, line.summary))
    )


def zero_problems(rules: ReceptionRules, chart: Chart, watched: tuple[str, ...], draft: Draft) -> tuple[Problem, ...]:
    """Reception where there is to be none: blocking unless an exception is granted. None for reversals."""
    if not rules.zero or draft.reverses or draft.kind != "normal":
        return ()
    return tuple(
        Problem(
            "reception",
            f"第 {place + 1} 行像是招待支出（“{word}”），实行零招待，不能列支（{rules.basis}）",
            place,
            "summary",
        )
        for place, word in reception_lines(rules, chart, watched, draft)
    )


def falling_group(rules: ReceptionRules, chart: Chart, account: str) -> str:
    """The group of spending that may only fall to which an account belongs by its name; empty for none."""
    if account not in chart:
        return ""
    path = chart.full_name(account)
    return next((title for title, words in rules.falling.items() if any(word in path for word in words)), "")


def rising(
    year: int, this_year: Mapping[str, int], last_year: Mapping[str, int], added: Mapping[str, int] | None = None
) -> tuple[str, ...]:
    """Groups that come to more than by the same day of last year, counting what is `added` now; only warnings."""
    texts = []
    for title in added if added is not None else this_year:
        more = added.get(title, 0) if added else 0
        now, before = this_year.get(title, 0) + more, last_year.get(title, 0)
        if now > before and (more > 0 or added is None):
            texts.append(
                f"{title}只减不增：{year}年至今 {format_fen(now)}，去年同期 {format_fen(before)}，"
                f"多 {format_fen(now - before)}"
            )
    return tuple(texts)


def group_sums(groups: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Fen by group, leaving out what belongs to none."""
    sums: dict[str, int] = {}
    for title, fen in groups:
        if title:
            sums[title] = sums.get(title, 0) + fen
    return sums
