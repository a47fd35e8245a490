"""The hand-over package (报送包, `.vlp`): what leaves the village so that anybody can prove it, and the answer to it.

`container` is the ZIP file itself, `manifest` what it says it holds, `signing` the village's Ed25519 key, `contents`
the canonical data of a year to date as a ledger again, `chain` what the log proves of it; `write` and `read` put these
together. `review` is what the township sends back, the review file (`.vlr`). Nothing here opens a book; the formats are
in docs/formats-package.md and docs/formats-review.md.
"""
