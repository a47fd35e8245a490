"""What a balance row says about the year: income and expense without carry-forward, and the 1 January balance."""

from .view import Balance


def year_opening_fen(row: Balance) -> int:
    """The balance on 1 January, from a row whose span begins in January: the opening less 本年累计 before it."""
    return row.opening_fen - earlier_debit_fen(row) + earlier_credit_fen(row)


def income_fen(row: Balance, *, from_january: bool) -> int:
    """Net credit movement without carry-forward; `from_january` adds 本年累计 of a book begun in mid-year."""
    own = (row.credit_fen - row.carried_credit_fen) - (row.debit_fen - row.carried_debit_fen)
    if not from_january:
        return own
    earlier = earlier_credit_fen(row) - earlier_debit_fen(row)
    # Equal sides mean that the earlier months had been carried forward before the book began.
    return own + (earlier or earlier_credit_fen(row))


def expense_fen(row: Balance, *, from_january: bool) -> int:
    """Net debit movement without carry-forward; `from_january` adds 本年累计 of a book begun in mid-year."""
    own = (row.debit_fen - row.carried_debit_fen) - (row.credit_fen - row.carried_credit_fen)
    if not from_january:
        return own
    earlier = earlier_debit_fen(row) - earlier_credit_fen(row)
    return own + (earlier or earlier_debit_fen(row))


def earlier_debit_fen(row: Balance) -> int:
    """Debits of the year before the span: 本年累计 of a book begun in mid-year, if the span begins in January."""
    return row.year_debit_fen - row.debit_fen


def earlier_credit_fen(row: Balance) -> int:
    """Credits of the year before the span; see `earlier_debit_fen`."""
    return row.year_credit_fen - row.credit_fen
