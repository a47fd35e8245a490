"""`python -m village_ledger`."""

from village_ledger.cli.main import run

if __name__ == "__main__":
    run()
