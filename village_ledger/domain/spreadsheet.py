"""What a spreadsheet would take for a formula when it opens a text file."""

FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
"""East Asian editions of Excel evaluate the full-width signs, too."""


def harmless(text: str) -> str:
    """Text as it may stand in a CSV cell: what would be evaluated gets a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
