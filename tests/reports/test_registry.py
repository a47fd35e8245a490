"""Every report can be found by its name, and asking for one does not load the others."""

import subprocess
import sys

import pytest

from village_ledger.domain.errors import BadInput
from village_ledger.reports import registry

NAMES_OF_THE_CONTRACT = (
    "trial-balance balance-sheet income-distribution income-expense general-ledger subsidiary-ledger cash-journal "
    "bank-journal counterparty-balances ageing voucher-summary vouchers"
)


def test_every_report_of_the_command_line_is_registered_once() -> None:
    keys = [kind.key for kind in registry.KINDS]
    assert len(keys) == len(set(keys))
    assert set(NAMES_OF_THE_CONTRACT.split()) <= set(keys)


@pytest.mark.parametrize("key", [kind.key for kind in registry.KINDS])
def test_every_builder_can_be_loaded(key: str) -> None:
    assert callable(registry.builder(key))


def test_an_unknown_report_is_refused_with_the_names_there_are() -> None:
    with pytest.raises(BadInput, match=r"没有名为“cashflow”的报表.*trial-balance"):
        registry.builder("cashflow")


def test_the_trial_balance_loads_no_other_report_and_nothing_slow() -> None:
    program = (
        "import sys; from village_ledger.reports import registry; registry.builder('trial-balance');"
        "print(' '.join(sorted(name for name in sys.modules)))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    ours = {name.rpartition(".")[2] for name in loaded if name.startswith("village_ledger.reports.")}
    assert ours == {"registry", "model", "frame", "query", "totals", "trial_balance"}
    assert not {"dataclasses", "inspect", "openpyxl", "reportlab", "PySide6", "tomllib"} & set(loaded)
