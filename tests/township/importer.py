"""A process of its own that takes packages in and acknowledges each once it is kept. Run by `test_desk`."""

import sys
import time
from pathlib import Path

from village_ledger.domain.errors import Refusal
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.importing import take


def main(place: str, pace: str, *paths: str) -> int:
    """Take each in, saying what became of it."""
    with Desk.open(place, actor="李强") as desk:
        for path in paths:
            try:
                taken = take(desk, Path(path))
            except Refusal as refusal:
                print(refusal, flush=True)
                return 1
            print(taken.result, taken.received.period, flush=True)
            if pace:
                time.sleep(0.2)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
