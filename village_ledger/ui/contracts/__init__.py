"""Pages of contracts: the register, receipts and what they pay, the calendar of what is due."""
