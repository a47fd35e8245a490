"""Assets (资产): cards, what happens to them, depreciation, counts and stock, as values and pure functions.

A card says what an asset was when it entered the accounts. Changes and monthly charges say what happened since. What it
stands at now is never stored: `standing.standing` folds the history.
"""
