"""Village Ledger (村级三资账本): an offline ledger for a village's funds, assets and resources."""

__version__ = "0.1.0"
