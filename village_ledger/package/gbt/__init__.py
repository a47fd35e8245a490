"""The audit data interface (国标数据接口): a year to date as GB/T 24589.1-2010 XML and GB/T 19581-2004 text files.

`form` is what the standards prescribe, as data; `books` what is written. `figures` and `notes` are worked out from it;
`shared`, `ledger`, `assets` and `text_tables` lay the tables out, `xml_writer` and `text_file` make bytes of them.
`xml_reader`, `from_xml` and `from_text` go the way back to a ledger; `self_check` runs the self-checks of `checks` and
`book_checks` over produced files, `listing` sums them up. The formats are described in docs/formats-gbt.md.
"""
