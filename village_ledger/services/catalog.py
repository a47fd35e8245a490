"""Charts of accounts and statement forms from resources/, checked as they are loaded. The only reader of TOML."""

import tomllib
from functools import cache
from typing import Any, NamedTuple, cast, get_args

from village_ledger.domain.account import (
    CATEGORIES,
    DIMENSION_CATEGORIES,
    SIDE_LABELS,
    Account,
    Auxiliary,
    Chart,
    is_code,
    parent_code,
)
from village_ledger.domain.errors import BadInput
from village_ledger.domain.roles import NamedDetail, Roles
from village_ledger.domain.statement import LineKind, Statement, StatementLine, Term, TermKind
from village_ledger.paths import RESOURCES

CHARTS = ("rural-2023", "rural-2004")
STATEMENTS = ("balance_sheet", "income_distribution", "income_expense")


class ChartDefinition(NamedTuple):
    """A chart as the regulation gives it. `suggested` are customary details, none of them official."""

    key: str
    title: str
    accounts: tuple[Account, ...]
    suggested: tuple[Account, ...]
    roles: Roles


class StatementDefinition(NamedTuple):
    """The three statements of a chart."""

    chart: str
    balance_sheet: Statement
    income_distribution: Statement
    income_expense: Statement


def charts() -> tuple[tuple[str, str], ...]:
    """(key, title) of every chart a book can be kept by, the current regulation first."""
    return tuple((key, chart_definition(key).title) for key in CHARTS)


@cache
def chart_definition(key: str) -> ChartDefinition:
    """The chart with that key. Refuses an unknown key, or a damaged file, with the place that is wrong."""
    _known(key)
    source = f"accounts/{key}.toml"
    data = read_resource(source)
    accounts: dict[str, Account] = {}
    for row in data.get("account", []):
        account = _account(source, row, accounts, official=True)
        accounts[account.code] = account
    known = dict(accounts)
    suggested: list[Account] = []
    for row in data.get("suggested", []):
        account = _account(source, row, known, official=False)
        known[account.code] = account
        suggested.append(account)
    if data.get("key") != key or not accounts:
        raise _damaged(source, "科目表标识不符或没有科目")
    roles = _roles(source, data.get("roles", {}), Chart(accounts.values()))
    return ChartDefinition(key, str(data.get("title", key)), tuple(accounts.values()), tuple(suggested), roles)


@cache
def statement_definition(chart: str) -> StatementDefinition:
    """The statements of a chart. Refuses a form that would not tie: each account must be on it exactly once."""
    definition = chart_definition(chart)
    source = f"statements/{chart}.toml"
    data = read_resource(source)
    sheet, distribution, detail = (_statement(source, key, data.get(key, {}), definition) for key in STATEMENTS)
    for account in definition.accounts:
        if account.level > 1:
            continue
        where = (distribution, detail) if account.is_profit_and_loss else (sheet,)
        for statement in where:
            if _times_used(statement, account.code) != 1:
                raise _damaged(source, f"科目 {account.code} {account.name} 在{statement.title}中应恰好出现一次")
    return StatementDefinition(chart, sheet, distribution, detail)


def read_resource(name: str) -> dict[str, Any]:
    """One TOML file under resources/, by its path there."""
    try:
        return tomllib.loads((RESOURCES / name).read_text("utf-8"))
    except OSError:
        raise BadInput(f"程序文件 resources/{name} 不见了，请重新安装程序") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _damaged(name, str(error)) from None


def _known(key: str) -> None:
    if key not in CHARTS:
        raise BadInput(f"没有“{key}”这套科目表，可选：{'、'.join(CHARTS)}")


def _damaged(source: str, what: str) -> BadInput:
    return BadInput(f"程序文件 resources/{source} 有误：{what}")


def _account(source: str, row: dict[str, Any], known: dict[str, Account], *, official: bool) -> Account:
    """One account; a detail takes over what it does not say from the account above it."""
    code = str(row.get("code", ""))
    if not is_code(code) or code in known:
        raise _damaged(source, f"科目编码“{code}”格式不对或重复")
    above = known.get(parent_code(code))
    if parent_code(code) and above is None:
        raise _damaged(source, f"科目 {code} 没有上级科目")
    name = str(row.get("name", ""))
    category = row.get("category", above.category if above else "")
    side = row.get("side", above.side if above else "")
    if not name or category not in CATEGORIES or side not in SIDE_LABELS:
        raise _damaged(source, f"科目 {code} 的名称、类别或方向不对")
    auxiliaries = above.auxiliaries if above else ()
    if "auxiliaries" in row:
        auxiliaries = tuple(Auxiliary(text.removesuffix("?"), not text.endswith("?")) for text in row["auxiliaries"])
    unknown = [auxiliary.category for auxiliary in auxiliaries if auxiliary.category not in DIMENSION_CATEGORIES]
    if unknown:
        raise _damaged(source, f"科目 {code} 的辅助核算“{unknown[0]}”不在类别之内")
    return Account(code, name, category, side, auxiliaries, str(row.get("unit", "")), official=official)


def _roles(source: str, data: dict[str, Any], chart: Chart) -> Roles:
    values: dict[str, Any] = {}
    for role in Roles._fields:
        value = data.get(role)
        match value:
            case None:
                continue
            case {"parent": str(parent), "name": str(name)}:
                values[role] = NamedDetail(parent, name)
                codes = [parent] if NamedDetail(parent, name).code(chart) != parent else [name]
            case list():
                values[role] = tuple(value)
                codes = value
            case _:
                values[role] = value
                codes = [value]
        missing = [code for code in codes if code not in chart]
        if missing:
            raise _damaged(source, f"roles.{role} 指向不存在的科目 {missing[0]}")
    try:
        return Roles(**values)
    except TypeError:
        raise _damaged(source, "roles 不完整") from None


def _statement(source: str, key: str, data: dict[str, Any], definition: ChartDefinition) -> Statement:
    lines = tuple(_line(source, row, index) for index, row in enumerate(data.get("lines", [])))
    keys = [line.key for line in lines]
    if not lines or len(set(keys)) != len(keys):
        raise _damaged(source, f"{key} 没有行或行次重复")
    codes = {account.code for account in (*definition.accounts, *definition.suggested)}
    for position, line in enumerate(lines):
        for term in line.terms:
            if term.kind == "line" and term.operand not in keys[:position]:
                raise _damaged(source, f"{key} 的“{line.name}”引用了它前面没有的行 {term.operand}")
            if term.kind != "line" and term.operand and term.operand not in codes:
                raise _damaged(source, f"{key} 的“{line.name}”引用了不存在的科目 {term.operand}")
    return Statement(
        key,
        str(data.get("title", "")),
        lines,
        str(data.get("form", "")),
        tuple(data.get("signatures", ())),
        tuple(data.get("notes", ())),
    )


def _line(source: str, row: dict[str, Any], index: int) -> StatementLine:
    number = int(row.get("line", 0))
    name = str(row.get("name", ""))
    kind = row.get("kind", "item")
    side = row.get("side", "left")
    terms = tuple(term for spec in row.get("terms", []) for term in _terms(source, spec, name))
    if (
        not name
        or kind not in get_args(LineKind)
        or side not in ("left", "right")
        or bool(terms) == (kind == "heading")
    ):
        raise _damaged(source, f"第 {index + 1} 个报表行“{name}”不完整")
    return StatementLine(
        str(row.get("key", "")) or (str(number) if number else f"row{index}"),
        number,
        name,
        side,
        int(row.get("level", 0)),
        kind,
        terms,
        str(row.get("prefix", "")),
        bool(row.get("only_if_nonzero", False)),
        bool(row.get("expand", False)),
    )


def _terms(source: str, spec: dict[str, Any], name: str) -> tuple[Term, ...]:
    """`{ debit = ["101", "102"] }` as two terms; `lines` as one `line` term each."""
    sign = spec.get("sign", 1)
    kinds = [key for key in spec if key != "sign"]
    if sign not in (1, -1) or len(kinds) != 1:
        raise _damaged(source, f"“{name}”的算式不对")
    kind = "line" if kinds[0] == "lines" else kinds[0]
    if kind not in get_args(TermKind):
        raise _damaged(source, f"“{name}”的算式用了不认识的“{kind}”")
    value = spec[kinds[0]]
    operands = [""] if value is True else [str(item) for item in (value if isinstance(value, list) else [value])]
    return tuple(Term(cast(TermKind, kind), operand, sign) for operand in operands)


def _times_used(statement: Statement, code: str) -> int:
    """How often an account counts in a statement; a two-sided account's two halves count as once."""
    kinds = [term.kind for line in statement.lines for term in line.terms if term.operand == code]
    plain = [kind for kind in kinds if kind in ("debit", "credit", "income", "expense")]
    halves = {kind for kind in kinds if kind in ("debit_details", "credit_details")}
    return len(plain) + len(halves) // 2
