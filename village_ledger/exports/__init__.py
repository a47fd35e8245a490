"""Reports and vouchers as text, JSON, CSV, xlsx and PDF.

Writes what it is given: it computes no figure and reads no database. Imports domain, reports.model and paths; openpyxl
and reportlab are imported by `excel`, `pdf` and `vouchers` and their parts only.

    layout      columns, header cells, cell texts; two-sided statements
    atomic      whole file or no file
    text plain  terminal table; JSON and CSV
    excel       xlsx: workbook; `styles` looks, `sheets` rows and formulas
    fonts       the shipped fonts in reportlab, fallback, fitting
    pdf         PDF: document; `pages` breaks, `tables` drawing
    vouchers    printed vouchers
"""
