"""The hand-over package (报送包, `.vlp`): what leaves the village so that anybody can prove it.

`container` is the ZIP file itself, `manifest` what it says it holds, `signing` the village's Ed25519 key, `contents`
the canonical data of a year to date as a ledger again, `chain` what the log proves of it; `write` and `read` put these
together. Nothing here opens a book; the format is in docs/formats-package.md.
"""
