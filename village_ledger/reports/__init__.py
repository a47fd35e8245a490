"""Books and statements as values: a ledger source and a query in, one `Report` out.

Holds: `model.py` (what a report is), `query.py`, `registry.py` (the explicit list), one module a report; and what they
share: `frame.py` (head and wording), `totals.py` (balances up the account tree), `pages.py` and `three_column.py` (the
rhythm and the rows of a ledger), `statements.py` (lines of a statement form).
Does not: know of Excel, PDF, Qt, SQLite or files.
"""
