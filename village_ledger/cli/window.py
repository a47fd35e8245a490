"""`open`, or no command at all: the window."""

from importlib import import_module

from .arguments import Arguments


def run(arguments: Arguments | None) -> int:
    """Start the window, on a book if one is named."""
    app = import_module("village_ledger.app")  # the composition root is above this layer
    return int(app.main([arguments.required("BOOK")] if arguments else []))
