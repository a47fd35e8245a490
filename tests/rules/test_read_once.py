"""A ledger that is asked once gives the same answers."""

from tests.rules.desk_a import a_case, paid, taken
from village_ledger.domain.period import Period
from village_ledger.rules.read_once import ReadOnce


def test_it_answers_as_the_ledger_does_and_asks_it_once(monkeypatch):
    ledger = a_case(paid(1, "2025-06-02", 100_00), taken(2, "2025-07-02", 50_00)).ledger
    months = (Period(2025, 6), Period(2025, 7))
    expected = (ledger.vouchers(*months), ledger.balances(*months), ledger.lines(*months, ("101",)))
    once = ReadOnce(ledger)
    assert (once.vouchers(*months), once.balances(*months), once.lines(*months, ("101",))) == expected
    assert once.item("往来户", "甲") == ledger.item("往来户", "甲")
    monkeypatch.setattr(ledger, "vouchers", None)
    monkeypatch.setattr(ledger, "balances", None)
    assert (once.vouchers(*months), once.balances(*months)) == expected[:2]
    assert (once.entity, once.chart) == (ledger.entity, ledger.chart)
