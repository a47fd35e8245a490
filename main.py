"""Start the window: `python main.py [BOOK.vlb]`."""

import sys

from village_ledger.app import main

if __name__ == "__main__":
    sys.exit(main())
