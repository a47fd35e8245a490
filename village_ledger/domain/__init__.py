"""The bookkeeping itself: values and rules, standard library only.

Holds: money in integer fen, periods, accounts, vouchers and their checks, balances, closing,
the hash chain. Does not: read files, talk to SQLite or Qt, or look at the clock.
"""
