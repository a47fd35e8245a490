"""`township verify`: does a desk still hold what was taken in?"""

import sys

from village_ledger.services.township.proving import problems

from .arguments import Arguments
from .township_desk import open_desk

FINE, INTEGRITY_FAILURE = 0, 3


def run(arguments: Arguments) -> int:
    """Print the head of the desk's log and exit 0, or what is wrong and exit 3."""
    with open_desk(arguments, read_only=True) as desk:
        found = problems(desk)
        if found:
            print("核验没有通过：", file=sys.stderr)
            for one in found:
                print(f"✗ {one}", file=sys.stderr)
            return INTEGRITY_FAILURE
        print(f"核验通过：{desk.settings.name}，{len(desk.villages)} 个村，日志、数据和文件与收取时一致")
        print(f"日志链头 sha256:{desk.log_head}")
    return FINE
