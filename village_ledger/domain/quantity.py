"""Quantities as integer thousandths of the account's unit: writing them."""


def format_quantity(thousandths: int, places: int | None = None, *, grouped: bool = True) -> str:
    """Write `1,234.5`, with as many decimals as it needs or with `places` of them (0 to 3)."""
    whole, rest = divmod(abs(thousandths), 1000)
    digits = f"{rest:03d}"
    decimals = digits.rstrip("0") if places is None else digits[:places]
    sign = "-" if thousandths < 0 else ""
    return f"{sign}{f'{whole:,}' if grouped else whole}" + (f".{decimals}" if decimals else "")
