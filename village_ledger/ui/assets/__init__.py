"""Assets: cards, depreciation, changes, counts and goods in store."""
