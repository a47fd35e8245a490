"""Table models and views: a report read-only, a voucher draft editable."""
