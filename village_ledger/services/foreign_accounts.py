"""Which account here another program's account is: by name from the top down, details and households as they were kept.

Nothing is guessed that needs a decision: an account without its like here is asked.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..domain.account import Account, Chart, parent_code
from .catalog import chart_definition, read_resource
from .foreign_rows import ForeignAccount

_BRACKETS = str.maketrans("（）", "()", " 　")
_BY_MEMBER = ("往来户", "项目", "银行账户", "人员")
"""Dimensions a detail account of another program may be a member of, the likelier first."""
_BY_CODE = "只按编码对上，请核对名称"


class Match(NamedTuple):
    """Where an account goes: an account here, details to be added below it, or a member it is kept by.

    `asked` says what the person must decide; then `target` is at most where to look. `note` is worth a second look.
    """

    source: ForeignAccount
    target: str = ""
    details: tuple[str, ...] = ()
    member: tuple[str, str] = ("", "")
    asked: str = ""
    note: str = ""


def match_accounts(
    sources: Iterable[ForeignAccount], chart: Chart, chosen: Mapping[str, str], *, leaves: frozenset[str]
) -> tuple[Match, ...]:
    """A match for each account that rows stand on (`leaves`); `chosen` are the person's decisions by source code."""
    found = []
    for source in sources:
        if source.code not in leaves:
            continue
        if source.code in chosen:
            found.append(placed_below(source, chart, chosen[source.code]))
        else:
            found.append(_match(source, chart))
    return tuple(found)


def placed_below(source: ForeignAccount, chart: Chart, target: str) -> Match:
    """The person has said which account here it is: that one, a member of it, or a new detail below it."""
    if target not in chart:
        return Match(source, asked=f"没有科目 {target}")
    if chart.is_leaf(target) and not _required(chart[target]):
        return Match(source, target)
    return _descend(source, chart, target, (source.name or source.code,))


def _match(source: ForeignAccount, chart: Chart) -> Match:
    if not source.path:
        if source.code in chart and chart.is_leaf(source.code):
            return Match(source, source.code, note=_BY_CODE)
        return Match(source, asked="文件里没有科目名称，不知道是哪个科目")
    same = read_resource("imports/columns.toml")["same"]
    wanted = {_plain(source.path[0]), _plain(same.get(source.path[0], ""))}
    for account in chart:
        if not parent_code(account.code) and _plain(account.name) in wanted:
            return _descend(source, chart, account.code, source.path[1:])
    above = chart.get(source.code[:3])
    if above is not None and len(source.path) == 1 and len(source.code) > 3:
        # The file gives the details' own names only: what they stand under is known by the code alone.
        return _descend(source, chart, above.code, source.path)._replace(note=_BY_CODE)
    text = f"这里没有叫“{source.path[0]}”的一级科目"
    if source.path[0] in official_names("rural-2004"):
        text += "（这是 2004 年旧制度的科目）"
    return Match(source, asked=text)


def _descend(source: ForeignAccount, chart: Chart, top: str, names: tuple[str, ...]) -> Match:
    """From an account here down the names of details: known ones, then a member or new ones."""
    code, rest = top, list(names)
    while rest:
        children = [one for one in chart.subtree(code) if parent_code(one.code) == code and not one.disabled]
        known = next((child.code for child in children if _plain(child.name) == _plain(rest[0])), "")
        if not known:
            break
        code = known
        rest.pop(0)
    account = chart[code]
    wanted = _required(account)
    if rest and wanted:
        return Match(source, code, member=(wanted[0], "-".join(rest)))
    if rest and chart.is_leaf(code) and any(one.category == "银行账户" for one in account.auxiliaries):
        return Match(source, code, member=("银行账户", "-".join(rest)))
    if rest:
        return Match(source, code, tuple(rest))
    if not chart.is_leaf(code):
        return Match(source, code, asked=f"这里的 {code} {account.name} 已分明细，请选择记到哪个明细")
    return Match(source, code)


def _required(account: Account) -> list[str]:
    return [one.category for one in account.auxiliaries if one.required and one.category in _BY_MEMBER]


def _plain(text: str) -> str:
    return text.translate(_BRACKETS)


def official_names(chart: str) -> frozenset[str]:
    """What a regulation's accounts are called."""
    return frozenset(account.name for account in chart_definition(chart).accounts)


def new_accounts(matches: Iterable[Match], chart: Chart) -> tuple[dict[str, str], tuple[Account, ...]]:
    """Codes for the details to be added: the account each source goes to, and the accounts to insert, parents first."""
    taken = {account.code for account in chart}
    made: dict[tuple[str, str], str] = {}
    added: list[Account] = []
    goes: dict[str, str] = {}
    for match in matches:
        code = match.target
        for depth, name in enumerate(match.details):
            known = made.get((code, _plain(name)))
            if known is None:
                known = _free_code(code, match.source.code, last=depth + 1 == len(match.details), taken=taken)
                taken.add(known)
                made[code, _plain(name)] = known
                like = chart[match.target]
                auxiliaries = tuple(one._replace(required=False) for one in like.auxiliaries)
                added.append(Account(known, name, like.category, like.side, auxiliaries, like.unit))
            code = known
        goes[match.source.code] = code
    return goes, tuple(added)


def _free_code(parent: str, like: str, *, last: bool, taken: set[str]) -> str:
    """A code below the parent: the other program's own two digits where they are free, else the next."""
    digits = [like[-2:]] if last and like[-2:].isdigit() and len(like) > 3 and like[-2:] != "00" else []
    for two in (*digits, *(f"{number:02d}" for number in range(1, 100))):
        if parent + two not in taken:
            return parent + two
    return parent + "99"
