"""Opening balances of a new book: the entry grid, its trial balance, and the conversion from the 2004 accounts."""
