"""`open`, or no command at all: the window of a book, a township's desk or a package."""

from importlib import import_module

from .arguments import Arguments


def run(arguments: Arguments | None) -> int:
    """Start the window, on what is named."""
    app = import_module("village_ledger.app")  # the composition root is above this layer
    return int(app.main([arguments.required("BOOK")] if arguments else []))
