"""The text set back to what it tells."""

from collections.abc import Iterator

from village_ledger.domain.account import Account, Auxiliary
from village_ledger.domain.errors import BadInput
from village_ledger.domain.voucher import Line, Voucher

from .figures import Figure
from .form import Row, Tables
from .from_xml import read_day
from .notes import KIND_LABELS, KINDS, VOUCHER, Note, read_fields, read_members
from .text_tables import MEMBER_FILES
from .told import Names, Told, fen, number, side_of, thousandths


def told_by_texts(tables: Tables) -> Told:
    """What the files tell. BadInput where they cannot be understood."""
    try:
        return _told(tables)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        what = f"缺少“{error.args[0]}”" if isinstance(error, KeyError) else str(error)[:200]
        raise BadInput(f"国标 TXT 数据读不出来：{what}") from None


def _told(tables: Tables) -> Told:
    (book,) = tables["DZZB"]
    notes = tuple(Note(row["类别"], row["编号"], row["内容"]) for row in tables.get("ZTSM", ()))
    names: Names = {}
    for category, (file, word) in MEMBER_FILES.items():
        title = "姓名" if category == "人员" else "名称"
        for row in tables.get(file, ()):
            names[category, row[f"{word}编号"]] = row[f"{word}{title}"]
    accounts = tuple(_account(row) for row in tables["KJKM"])
    signs = {one.code: -1 if one.side == "credit" else 1 for one in accounts}
    return Told(
        book["会计核算单位"],
        book["组织机构代码"],
        number(book["年度"]),
        notes,
        accounts,
        names,
        tuple(_figure(row, signs, names) for row in tables["KMYE"]),
        tuple(_vouchers(tables, notes, names)),
    )


def _account(row: Row) -> Account:
    auxiliaries = tuple(
        Auxiliary(text.removesuffix("?"), not text.endswith("?")) for text in row["辅助核算项"].split(";") if text
    )
    return Account(
        row["科目编号"], row["科目名称"], row["科目类型"], side_of(row["余额方向"]), auxiliaries, row["计量单位"]
    )


def _figure(row: Row, signs: dict[str, int], names: Names) -> Figure:
    return Figure(
        number(row["会计月度"]),
        row["科目编号"],
        read_members(row["辅助核算组"], names),
        signs[row["科目编号"]] * fen(row["期初余额"]),
        fen(row["借方发生额"]),
        fen(row["贷方发生额"]),
        thousandths(row["期初数量"]),
        thousandths(row["借方发生数量"]),
        thousandths(row["贷方发生数量"]),
    )


def _vouchers(tables: Tables, notes: tuple[Note, ...], names: Names) -> Iterator[Voucher]:
    said = {note.key: read_fields(note.text, 3) for note in notes if note.group == VOUCHER}
    grouped: dict[tuple[str, str, int], list[Row]] = {}
    for row in tables["JZPZ"]:
        if row["作废标志"] != "1" and row["记账标志"] == "1":
            day = read_day(row["凭证日期"])
            key = (f"{day:%Y-%m}", row["凭证种类"], number(row["凭证编号"]))
            grouped.setdefault(key, []).append(row)
    order = sorted(grouped)
    labels = {f"{month} {word}-{place}": n for n, (month, word, place) in enumerate(order, 1)}
    for identity, key in enumerate(order, 1):
        rows = sorted(grouped[key], key=lambda row: number(row["行号"]))
        head = rows[0]
        kind, cancelled, source = said.get(f"{key[0]} {key[1]}-{key[2]}", (KIND_LABELS["normal"], "", ""))
        yield Voucher(
            identity,
            "",
            read_day(head["凭证日期"]),
            key[1],
            key[2],
            tuple(
                Line(
                    row["摘要"],
                    row["科目编号"],
                    read_members(row["辅助核算组"], names),
                    fen(row["借方金额"]),
                    fen(row["贷方金额"]),
                    thousandths(row["数量"]),
                )
                for row in rows
            ),
            number(head["附件数"]),
            KINDS.get(kind, "normal"),
            head["制单人员"],
            head["审核人员"],
            head["出纳人员"],
            head["记账人员"],
            reverses=labels.get(cancelled, 0),
            source=source,
        )
