"""The page that shows any book or statement, with its query bar and the way down to the voucher."""
