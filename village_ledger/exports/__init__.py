"""Printers of a `Report`: text, CSV, JSON, xlsx and PDF, and the printed voucher.

Does not: compute a figure, open a book, or decide what a report contains.
"""
