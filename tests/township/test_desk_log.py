"""Every act of the desk's log has a Chinese name."""

import ast
from pathlib import Path

from village_ledger.services.township.desk_log import ACTIONS

FOLDER = Path(__file__).resolve().parents[2] / "village_ledger" / "services" / "township"


def recorded(path: Path) -> set[str]:
    """The texts a module hands to `transaction.record` as the act."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record":
            found |= {
                one.value
                for one in ast.walk(node.args[0])
                if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
    return found


def test_every_act_that_is_recorded_has_a_name():
    acts = set().union(*(recorded(path) for path in FOLDER.glob("*.py")))
    assert {"package", "package-replace", "comment", "review", "sums"} <= acts
    assert acts <= set(ACTIONS)
    assert all(not name.isascii() for name in ACTIONS.values())
