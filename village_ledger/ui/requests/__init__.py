"""Requests for payment, urgent exceptions and approval tiers."""
