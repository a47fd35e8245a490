import pytest

from village_ledger.domain.errors import BadInput, Cancelled
from village_ledger.domain.period import Period
from village_ledger.services import accounts, integrity, periods, sample, vouchers
from village_ledger.services.vouchers import VoucherFilter


def test_the_sample_village_is_a_closed_year_with_drafts_after_it(tmp_path):
    steps = []
    with sample.build_sample(tmp_path / "示例.vlb", lambda done, total, _what: steps.append((done, total))) as book:
        months = periods.periods(book)
        assert [month.period for month in months if month.closed] == list(Period(2025, 1).through(Period(2025, 12)))
        assert sum(month.posted for month in months) > 300
        assert (months[-1].period, months[-1].drafts > 0, months[-1].reviewed > 0) == (Period(2026, 1), True, True)
        assert vouchers.count(book, VoucherFilter(text="导入")) == 0
        first = book.ledger.vouchers(Period(2025, 1), Period(2025, 1))[0]
        assert (first.maker, first.reviewer, first.poster, first.cashier) == ("周敏", "何志远", "周敏", "陈秋菊")
        assert accounts.items(book, "往来户")[0].note == "一组，4人，40股"
        assert book.actor == "周敏"
        assert integrity.verify(book).ok
    assert steps[-1] == (19, 19)
    assert steps == sorted(steps)


def test_an_existing_file_is_not_overwritten(tmp_path):
    (tmp_path / "a.vlb").write_text("x")
    with pytest.raises(BadInput, match="不会覆盖"):
        sample.build_sample(tmp_path / "a.vlb")
    assert (tmp_path / "a.vlb").read_text() == "x"


def test_a_cancelled_build_leaves_no_file(tmp_path):
    def cancel(done: int, _total: int, _what: str) -> None:
        if done > 5:
            raise Cancelled("已取消")

    with pytest.raises(Cancelled):
        sample.build_sample(tmp_path / "a.vlb", cancel)
    assert list(tmp_path.iterdir()) == []
