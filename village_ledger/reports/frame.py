"""What reports share: the head, the wording of the span, and which side a signed balance stands on."""

from village_ledger.domain.period import Period
from village_ledger.domain.view import LedgerSource

from .model import Column, Report, Row
from .query import Query

SIGNATURES = ("负责人", "会计主管（会计）", "制表")
"""Who signs an internal table; the statements' own signatures are data (会计法 art. 21)."""


def side_of(balance_fen: int) -> str:
    """借, 贷 or 平 for a signed balance (debit positive)."""
    return "借" if balance_fen > 0 else "贷" if balance_fen < 0 else "平"


def span_label(start: Period, end: Period) -> str:
    """How a span is printed under a title: 2025年6月, 2025年1—6月, 2025年度, 2024年7月—2025年6月."""
    if start == end:
        return start.label
    if start.year == end.year:
        if start.month == 1 and end.is_year_end:
            return f"{end.year}年度"
        return f"{start.year}年{start.month}—{end.month}月"
    return f"{start.label}—{end.label}"


def day_label(period: Period) -> str:
    """How the date of a balance is printed: 2025年6月30日."""
    return f"{period.label}{period.last_day.day}日"


def within_book(source: LedgerSource, query: Query) -> Query:
    """The query with its start no earlier than the book's first month, for ledgers that show month after month."""
    return query._replace(start=min(max(query.start, source.entity.first_period), query.end))


def report(
    key: str, title: str, source: LedgerSource, query: Query, *, columns: tuple[Column, ...], rows: list[Row]
) -> Report:
    """A report of the query's span with the head filled in."""
    return Report(
        key=key,
        title=title,
        entity=source.entity.name,
        start=str(query.start),
        end=str(query.end),
        as_of=span_label(query.start, query.end),
        columns=columns,
        rows=tuple(rows),
    )
