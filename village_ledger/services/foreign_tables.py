"""Rows of another program's export as the tables this program imports: our columns, our accounts, our voucher words."""

from collections.abc import Iterable, Mapping

from ..domain.account import COUNTERPARTY, Chart
from .file_import import row_problem
from .foreign_accounts import Match
from .foreign_rows import ForeignRow, account_key
from .tabular import Grid, Table, TableRow

_BY_COLUMN = (("household", COUNTERPARTY), ("project", "项目"), ("department", "部门"))
_WORDS = {
    "记账": "记",
    "收款": "收",
    "付款": "付",
    "转账": "转",
    "现收": "收",
    "银收": "收",
    "现付": "付",
    "银付": "付",
}
_CREDIT = ("贷", "C", "c", "0", "-1")


def voucher_table(
    grid: Grid,
    rows: tuple[ForeignRow, ...],
    matches: Mapping[str, Match],
    goes: Mapping[str, str],
    chart: Chart,
    *,
    words: str,
    year: int,
) -> Table:
    """Vouchers in our columns; where this book knows only 记, the numbers of several words are made one sequence."""
    made = []
    notes = []
    for row in rows:
        key = account_key(row)
        debit, credit = _sides(row, "debit", "credit", "side", "amount")
        if not debit.strip("0.") and not credit.strip("0."):
            continue
        made.append(
            TableRow(
                row.number,
                {
                    "日期": _day(row, year),
                    "凭证字": _word(row.get("word"), words),
                    "凭证号": _whole(row.get("number")),
                    "附件数": _whole(row.get("attachments")),
                    "摘要": row.get("summary"),
                    "科目编码": goes[key],
                    "辅助": _members(row, matches[key], chart, goes[key]),
                    "借方金额": debit,
                    "贷方金额": credit,
                    "数量": row.get("quantity") if chart[goes[key]].unit else "",
                    "制单人": row.get("maker"),
                },
            )
        )
    if words == "记" and len({_word(row.get("word"), "收付转") for row in rows}) > 1:
        made = _one_sequence(made, rows)
        notes.append("原来分收、付、转编号，这里只用“记”字，已按日期和原号重新编号；原号可以在原文件里查")
    return Table(grid.name, grid.digest, tuple(made), tuple(notes), ())


def opening_table(
    grid: Grid,
    rows: tuple[ForeignRow, ...],
    matches: Mapping[str, Match],
    goes: Mapping[str, str],
    chart: Chart,
    *,
    basis: str,
    with_year: bool,
) -> Table:
    """Balances in our columns, of the lowest accounts only; two rows that come to one place are refused."""
    members = {account_key(row) for row in rows if _has_member(row)}
    made = []
    for row in rows:
        key = account_key(row)
        if key not in matches or (key in members and not _has_member(row)):
            continue  # a total: of its details, or of the households listed with it
        debit, credit = _sides(row, f"{basis}_debit", f"{basis}_credit", f"{basis}_side", basis)
        made.append(
            TableRow(
                row.number,
                {
                    "科目编码": goes[key],
                    "辅助": _members(row, matches[key], chart, goes[key]),
                    "借方余额": debit if debit.strip("0.") else "",
                    "贷方余额": credit if credit.strip("0.") else "",
                    "本年累计借方": row.get("year_debit") if with_year else "",
                    "本年累计贷方": row.get("year_credit") if with_year else "",
                    "数量": row.get("quantity") if chart[goes[key]].unit else "",
                },
            )
        )
    kept = [row for row in made if any(row.cells[name] for name in row.cells if name not in ("科目编码", "辅助"))]
    problems = tuple(_same_place(kept))
    return Table(grid.name, grid.digest, tuple(kept), (), problems)


def _same_place(rows: Iterable[TableRow]) -> Iterable[str]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        place = (row.cells["科目编码"], row.cells["辅助"])
        if place in seen:
            yield row_problem(
                row.number, f"和第 {seen[place]} 行记到了同一个科目（{' '.join(place).strip()}），请给它们选不同的去向"
            ).message
        seen.setdefault(place, row.number)


def _sides(row: ForeignRow, debit: str, credit: str, side: str, amount: str) -> tuple[str, str]:
    """Debit and credit, also where one column has the amount and another says which side it is."""
    if row.get(debit) or row.get(credit) or not row.get(amount):
        return row.get(debit), row.get(credit)
    on_credit = row.get(side).strip().startswith(_CREDIT)
    return ("", row.get(amount)) if on_credit else (row.get(amount), "")


def _day(row: ForeignRow, year: int) -> str:
    """A date; built of year, month and day where they stand apart (month may be 2025.01)."""
    text = row.get("day")
    if text or not row.get("month"):
        return text.partition(" ")[0] if text.count(":") else text
    parts = [
        part for part in row.get("month").replace(".", "-").replace("月", "").replace("年", "-").split("-") if part
    ]
    own_year = parts[0] if len(parts) > 1 else row.get("year") or str(year)
    return f"{own_year}-{parts[-1] if parts else ''}-{row.get('day_of_month').replace('日', '')}"


def _word(text: str, words: str) -> str:
    plain = text.replace("凭证", "").replace("字", "").strip()
    plain = _WORDS.get(plain, plain)
    if words == "记":
        return "记" if plain in ("", "收", "付", "转") else plain
    return plain or "转"


def _whole(text: str) -> str:
    """A number without the decimals a spreadsheet may have put behind it."""
    head, point, rest = text.partition(".")
    return head if point and not rest.strip("0") else text


def _one_sequence(made: list[TableRow], rows: tuple[ForeignRow, ...]) -> list[TableRow]:
    """Numbers by month in the order of day, word and old number; lines of a voucher keep together."""
    words = {row.number: _word(row.get("word"), "收付转") for row in rows}
    keys = {
        row.number: (row.cells["日期"][:7], row.cells["日期"], words[row.number], row.cells["凭证号"]) for row in made
    }
    numbers: dict[tuple[str, str, str, str], int] = {}
    months: dict[str, int] = {}
    for key in sorted(set(keys.values()), key=lambda key: (*key[:3], int(key[3]) if key[3].isdigit() else 0)):
        months[key[0]] = months.get(key[0], 0) + 1
        numbers[key] = months[key[0]]
    renumbered = [row._replace(cells={**row.cells, "凭证号": str(numbers[keys[row.number]])}) for row in made]
    return sorted(renumbered, key=lambda row: (keys[row.number][0], int(row.cells["凭证号"])))


def _has_member(row: ForeignRow) -> bool:
    return any(row.get(key) for key in ("household", "project", "department", "auxiliary"))


def _members(row: ForeignRow, match: Match, chart: Chart, code: str) -> str:
    """The members a line is kept by, of those categories its account has: `往来户:甲户;项目:村道`."""
    allowed = [one.category for one in chart[code].auxiliaries]
    found: dict[str, str] = {}
    if match.member[0] in allowed:
        found[match.member[0]] = _name(match.member[1])
    for key, category in _BY_COLUMN:
        if row.get(key) and category in allowed:
            found.setdefault(category, _name(row.get(key)))
    if text := row.get("auxiliary"):
        for part in text.replace("；", ";").split(";"):
            category, name = _auxiliary(part, allowed)
            if category and name:
                found.setdefault(category, name)
    return ";".join(f"{category}:{name}" for category, name in found.items())


def _auxiliary(text: str, allowed: list[str]) -> tuple[str, str]:
    """`往来户:甲户`, `客户---001---张三` or a bare name, which goes to the first category the account asks for."""
    parts = [part.strip() for part in text.replace("：", ":").replace("---", ":").split(":") if part.strip()]
    if not parts:
        return "", ""
    known = {
        "客户": COUNTERPARTY,
        "供应商": COUNTERPARTY,
        "往来单位": COUNTERPARTY,
        "个人": COUNTERPARTY,
        "职员": "人员",
    }
    category = known.get(parts[0], parts[0]) if len(parts) > 1 else ""
    if category in allowed:
        return category, _name(parts[-1])
    return (allowed[0], _name(parts[-1])) if allowed and not category else ("", "")


def _name(text: str) -> str:
    """A member's name without the code in brackets before it, and without signs that separate members."""
    plain = text.strip()
    if plain.startswith(("[", "【")):
        plain = plain.replace("】", "]").partition("]")[2].strip() or plain
    return plain.translate(str.maketrans(";；:：", "，，，，"))
