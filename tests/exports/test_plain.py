import csv
import io
import json
from datetime import date

from village_ledger.exports.plain import to_csv, to_json
from village_ledger.reports.model import Column, Report, Row


def test_trial_balance_json_has_exactly_the_promised_keys_and_integer_fen(trial_balance):
    found = json.loads(to_json(trial_balance))
    assert {key: found[key] for key in ("report", "from", "to", "unit")} == {
        "report": "trial-balance",
        "from": "2025-06",
        "to": "2025-06",
        "unit": "fen",
    }
    assert found["book"] == "青山县河口镇石桥村股份经济合作社"
    assert [row["code"] for row in found["rows"]] == ["102", "10201", "301"]
    assert list(found["rows"][0]) == [column.key for column in trial_balance.columns]
    assert found["rows"][1]["leaf"] is True
    assert found["rows"][1]["closing_debit"] == 120025
    assert found["totals"][0]["closing_credit"] == 120025
    assert found["columns"][0] == ["code", "科目编码", "code"]
    assert [column[0] for column in found["columns"]] == [column.key for column in trial_balance.columns]


def test_numbered_totals_of_a_statement_stay_among_its_rows(balance_sheet):
    found = json.loads(to_json(balance_sheet))
    assert found["totals"] == []
    assert found["rows"][3] == {"name": "资产总计", "line": 4, "closing": 160025, "opening": 150000}
    assert [row["line"] for row in found["rows"]] == [1, 2, 3, 4, 5, 6, 7, 8][: len(found["rows"])]


def test_rows_of_a_book_tell_their_kind(ledger):
    rows = json.loads(to_json(ledger))["rows"]
    assert [row["kind"] for row in rows[:3]] == ["section", "opening", "line"]
    assert rows[2]["date"] == "2025-06-02"
    assert rows[2]["debit"] == 100


def test_an_empty_report_is_valid_json():
    report = Report("x", "表", "村“一”", "", "", "", (Column("a", "甲"),), ())
    assert json.loads(to_json(report))["rows"] == []


def test_csv_starts_with_a_byte_order_mark_and_holds_plain_yuan(trial_balance):
    text = to_csv(trial_balance)
    assert text.encode("utf-8").startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert rows[0][:5] == ["科目编码", "科目名称", "级次", "末级", "期初余额借方"]
    assert rows[2] == [
        "10201", "农商行基本户", "2", "是", "1000.00", "0.00", "250.50", "50.25", "1200.25", "0.00",
    ]  # fmt: skip
    assert "\r\n" in text


def test_csv_writes_dates_quantities_and_disarms_formulas():
    columns = (Column("d", "日期", "date"), Column("q", "数量", "quantity"), Column("t", "摘要"))
    rows = (Row((date(2025, 6, 1), 1234_500, "=HYPERLINK(1)")), Row((None, -2000, "@甲,乙")), Row((None, 500, "付款")))
    report = Report("x", "表", "村", "", "", "", columns, rows)
    assert list(csv.reader(io.StringIO(to_csv(report).lstrip("\ufeff"))))[1:] == [
        ["2025-06-01", "1234.5", "'=HYPERLINK(1)"],
        ["", "-2", "'@甲,乙"],
        ["", "0.5", "付款"],
    ]
