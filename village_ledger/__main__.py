"""`python -m village_ledger`."""

import sys

from village_ledger.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
