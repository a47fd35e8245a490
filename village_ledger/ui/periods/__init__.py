"""Month-end and year-end: the check list, closing, reopening, and the distribution of income."""
