"""Books and statements as values: a ledger source and a query in, one `Report` out.

Holds: `model.py` (what a report is), one module a report, `registry.py` (the explicit list).
Does not: know of Excel, PDF, Qt, SQLite or files.
"""
