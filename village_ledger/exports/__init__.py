"""Printers of a `Report`: text, CSV, JSON, xlsx and PDF, and the printed voucher.

Does not: compute a figure, open a book, or decide what a report contains. Only `excel*` import openpyxl, only `fonts`,
`pages`, `pdf` and `vouchers` import reportlab; `text` and `plain` stay light for the command line.

    layout          columns, header cells, cell texts, two-sided statements
    atomic          a file whole or not at all
    text, plain     terminal table; JSON and CSV
    excel           xlsx: the workbook; `excel_rows` its rows and formulas, `excel_looks` its styles
    fonts           the shipped fonts: widths, fallback, fitting, writing
    pdf             PDF: the drawing; `pages` paper, columns and page breaks
    vouchers        printed vouchers
"""
