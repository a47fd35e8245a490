"""The sample village's contracts belong to its books: what they say is due is what the ledger says."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from village_ledger.domain.period import Period
from village_ledger.reports.model import Report
from village_ledger.reports.query import Query
from village_ledger.services import contracts, reports
from village_ledger.services.book import Book
from village_ledger.services.contract_rents import accrue

YEAR = Query(Period(2025, 1), Period(2025, 12))


@pytest.fixture
def village(sample_village: Path, tmp_path: Path) -> Iterator[Book]:
    with Book.open(shutil.copy(sample_village, tmp_path / "示例.vlb"), actor="周敏") as book:
        yield book


def rows(report: Report) -> dict[str, tuple[object, ...]]:
    return {str(row.cells[0]): row.cells for row in report.rows if row.kind != "total"}


def test_there_are_thirty_contracts_one_expired_and_five_in_arrears(village: Book):
    register = rows(reports.run(village, "contract-register", YEAR))
    assert len(register) == 30
    assert [code for code, cells in register.items() if "到期未收回" in cells] == ["HT2020-01"]
    arrears = rows(reports.run(village, "contract-arrears", YEAR))
    assert {code: cells[4:6] for code, cells in arrears.items()} == {
        "JD2023-15": (1_920_00, 365),
        "JD2023-12": (1_300_00, 348),
        "HT2021-01": (1_000_00, 161),
        "HT2023-02": (2_400_00, 103),
        "HT2023-01": (12_000_00, 6),
    }


def test_every_rent_of_the_year_is_accounted_for_and_ties_to_the_ledger(village: Book):
    tie = reports.run(village, "contract-tie", YEAR)
    assert str(tie.rows[-1].cells[-1]).endswith("不符 0 户")
    units = [row.cells for row in tie.rows if row.cells[0] in ("112", "211") and row.cells[1]]
    assert len(units) == 9
    assert all(cells[4] == 0 for cells in units), "units have no other business with the village"
    for account in contracts.register(village).accounts:
        if account.contract.counter:
            late = [one for one in account.due(Period(2025, 12).last_day) if one.chargeable_fen]
            assert late == [], account.contract.code


def test_rent_collected_is_what_the_books_received(village: Book):
    total = reports.run(village, "rent-collection", YEAR).rows[-1].cells
    # 14 months' worth of hand-checked sums: 18,760 owed before, 133,160 due, 133,300 received, 18,620 left.
    assert total[3:8] == (18_760_00, 133_160_00, 0, 133_300_00, 18_620_00)


def test_january_can_be_accrued_and_shares_wait_for_their_reckoning(village: Book):
    done = accrue(village, Period(2026, 1))
    # 500 of the shop by the month, 9,000 of the reservoir, 7,400 + 9,600 + 7,960 of the three groups' land
    assert (done.charges, done.total_fen) == (17, 34_460_00)
    assert done.notes == ("合同 HT2025-01 第 1 期的分成还没有核定，没有计提，请先核定",)
