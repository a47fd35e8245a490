"""公共档案 and 总账 back to what they tell."""

from collections.abc import Iterator
from datetime import date

from village_ledger.domain.account import COUNTERPARTY, DIMENSION_CATEGORIES, Account, Auxiliary, Item
from village_ledger.domain.errors import BadInput
from village_ledger.domain.voucher import Line, Voucher

from .figures import Figure
from .form import Row, Tables
from .ledger import HEAD_FIELDS, SLOT
from .notes import GROUPS, KINDS, Note, read_fields
from .shared import CUSTOMERS, DEPARTMENTS, STAFF, SUPPLIERS
from .told import Names, Told, fen, number, side_of, thousandths

_DIMENSIONS = {CUSTOMERS: COUNTERPARTY, SUPPLIERS: COUNTERPARTY, DEPARTMENTS: "部门", STAFF: "人员"}
_MEMBERS = (
    (CUSTOMERS, "客户编码", "客户名称"),
    (SUPPLIERS, "供应商编码", "供应商名称"),
    (DEPARTMENTS, "部门编码", "部门名称"),
    (STAFF, "员工编码", "员工姓名"),
)


def told_by_xml(shared: Tables, ledger: Tables) -> Told:
    """What the two files tell. BadInput where they cannot be understood."""
    try:
        return _told(shared, ledger)
    except (KeyError, ValueError, IndexError, TypeError) as error:
        what = f"缺少“{error.args[0]}”" if isinstance(error, KeyError) else str(error)[:200]
        raise BadInput(f"国标 XML 数据读不出来：{what}") from None


def _told(shared: Tables, ledger: Tables) -> Told:
    (book,) = shared["电子账簿"]
    archives = {row["档案编码"]: row["档案名称"] for row in shared["自定义档案项"]}
    names = _names(shared, archives)
    dimensions = _dimensions(ledger)
    return Told(
        book["会计核算单位"],
        book.get("组织机构代码", ""),
        number(book["会计年度"]),
        tuple(
            Note(archives[row["档案编码"]], row["档案值名称"], row.get("档案值描述", ""))
            for row in shared["自定义档案项值"]
            if archives.get(row["档案编码"]) in GROUPS
        ),
        tuple(_accounts(ledger, dimensions)),
        names,
        tuple(_figure(row, dimensions, names) for row in ledger["科目余额及发生额"]),
        tuple(_vouchers(shared, ledger, dimensions, names)),
    )


def _names(shared: Tables, archives: dict[str, str]) -> Names:
    found: Names = {}

    def add(dimension: str, code: str, name: str) -> None:
        if found.setdefault((dimension, code), name) != name:
            raise ValueError(f"{dimension} {code} 有两个名称：“{found[dimension, code]}”和“{name}”")

    for table, code, name in _MEMBERS:
        for row in shared[table]:
            add(_DIMENSIONS[table], row[code], row[name])
    for row in shared["自定义档案项值"]:
        dimension = archives.get(row["档案编码"], "")
        if dimension not in GROUPS:
            add(dimension, row["档案值编码"], row["档案值名称"])
    return found


def _dimensions(ledger: Tables) -> dict[str, dict[str, Auxiliary]]:
    """The dimensions of each account by the number of its slot."""
    found: dict[str, dict[str, Auxiliary]] = {}
    for row in ledger["科目辅助核算"]:
        category = _DIMENSIONS.get(row["对应档案"], row["对应档案"])
        if category not in DIMENSION_CATEGORIES:
            raise ValueError(f"辅助核算“{row['辅助项名称']}”对应的档案“{category}”不认识")
        required = row.get("辅助项描述", "") != "选填"
        found.setdefault(row["科目编号"], {})[row["辅助项编号"]] = Auxiliary(category, required)
    return found


def _accounts(ledger: Tables, dimensions: dict[str, dict[str, Auxiliary]]) -> Iterator[Account]:
    units = {row["科目编号"]: row.get("计量单位", "") for row in ledger["科目余额及发生额"]}
    for row in ledger["会计科目"]:
        code = row["科目编号"]
        auxiliaries = tuple(dimensions.get(code, {}).values())
        side = side_of(row["余额方向"])
        yield Account(code, row["科目名称"], row["科目类型"], side, auxiliaries, units.get(code, ""))


def _items(row: Row, dimensions: dict[str, dict[str, Auxiliary]], names: Names) -> tuple[Item, ...]:
    found = []
    for slot, one in dimensions.get(row["科目编号"], {}).items():
        if code := row.get(SLOT.format(slot), ""):
            if (one.category, code) not in names:
                raise ValueError(f"科目 {row['科目编号']} 的{one.category} {code} 没有登记")
            found.append(Item(one.category, code, names[one.category, code]))
    return tuple(sorted(found))


def _figure(row: Row, dimensions: dict[str, dict[str, Auxiliary]], names: Names) -> Figure:
    opening = fen(row["期初本币余额"])
    return Figure(
        number(row["会计期间号"]),
        row["科目编号"],
        _items(row, dimensions, names),
        -opening if row["期初余额方向"] == "贷" else opening,
        fen(row["借方本币金额"]),
        fen(row["贷方本币金额"]),
        thousandths(row.get("期初数量", "")),
        thousandths(row.get("借方数量", "")),
        thousandths(row.get("贷方数量", "")),
    )


def _vouchers(
    shared: Tables, ledger: Tables, dimensions: dict[str, dict[str, Auxiliary]], names: Names
) -> Iterator[Voucher]:
    words = {
        row["记账凭证类型编号"]: row.get("记账凭证类型简称") or row["记账凭证类型名称"]
        for row in shared["记账凭证类型"]
    }
    base = ledger["总账基础信息"][0]
    separator = base.get("结构分隔符") or "-"
    fields = base.get("凭证头可扩展字段结构", "").split(separator)
    grouped: dict[tuple[int, str, int], list[Row]] = {}
    for row in ledger["记账凭证"]:
        if row["作废标志"] != "1" and row["记账标志"] == "1":
            key = (number(row["会计期间号"]), words[row["记账凭证类型编号"]], number(row["记账凭证编号"]))
            grouped.setdefault(key, []).append(row)
    order = sorted(grouped)
    ids = {f"{grouped[key][0]['会计年度']}-{key[0]:02d} {key[1]}-{key[2]}": n for n, key in enumerate(order, 1)}
    for place, key in enumerate(order, 1):
        rows = sorted(grouped[key], key=lambda row: number(row["记账凭证行号"]))
        head = rows[0]
        extended = read_fields(head.get("凭证头可扩展字段结构值", ""), len(fields))
        said = dict(zip(fields, extended, strict=True)) if tuple(fields) == HEAD_FIELDS else {}
        yield Voucher(
            place,
            "",
            read_day(head["记账凭证日期"]),
            key[1],
            key[2],
            tuple(_line(row, dimensions, names) for row in rows),
            number(head.get("附件数") or "0"),
            KINDS.get(said.get("凭证性质", ""), "normal"),
            head["制单人"],
            head.get("审核人", ""),
            said.get("出纳", ""),
            head.get("记账人", ""),
            reverses=ids.get(said.get("冲销凭证", ""), 0),
            source=said.get("来源", ""),
        )


def _line(row: Row, dimensions: dict[str, dict[str, Auxiliary]], names: Names) -> Line:
    debit, credit = fen(row["借方本币金额"]), fen(row["贷方本币金额"])
    quantity = thousandths(row.get("借方数量" if debit else "贷方数量", ""))
    return Line(row["记账凭证摘要"], row["科目编号"], _items(row, dimensions, names), debit, credit, quantity)


def read_day(text: str) -> date:
    """A day written in eight digits."""
    try:
        if len(text) == 8 and text.isascii() and text.isdigit():
            return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        pass  # told below
    raise ValueError(f"日期“{text[:20]}”不对，应为 8 位数字")
