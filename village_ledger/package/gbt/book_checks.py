"""Self-checks 8 to 14: balances, statements, signatures, fixed assets, the way back, the list."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate, pairwise

from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen

from . import listing
from .books import Sheet
from .case import Case, Finding, amount, combination, quantity, text
from .checks import label
from .figures import Figure, monthly
from .form import Row
from .ledger import SEPARATOR
from .told import Told, contents_of

Key = tuple[str, tuple[str, ...]]
Movement = list[int]


def _opening(row: Row) -> int:
    return -amount(row, "期初本币余额") if text(row, "期初余额方向") == "贷" else amount(row, "期初本币余额")


def _closing(row: Row) -> int:
    return -amount(row, "期末本币余额") if text(row, "期末余额方向") == "贷" else amount(row, "期末本币余额")


def _name(period: str, key: Key) -> str:
    members = f"（辅助项 {'、'.join(filter(None, key[1]))}）" if key[1] else ""
    return f"{period}期科目 {key[0]}{members}"


def _by_period(case: Case) -> dict[str, dict[Key, Row]]:
    found: defaultdict[str, dict[Key, Row]] = defaultdict(dict)
    for row in case.ledger["科目余额及发生额"]:
        found[text(row, "会计期间号")][text(row, "科目编号"), combination(row)] = row
    return dict(sorted(found.items(), key=lambda one: (len(one[0]), one[0])))


def _levels(case: Case) -> list[int]:
    base = case.ledger["总账基础信息"]
    parts = text(base[0], "会计科目编号规则").split(text(base[0], "结构分隔符") or SEPARATOR) if base else []
    return list(accumulate(int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= 2))


def balances(case: Case) -> Iterator[Finding]:
    """8: opening and movements make the closing, months join, details and lines add up."""
    periods = _by_period(case)
    if sum(map(len, periods.values())) != len(case.ledger["科目余额及发生额"]):
        yield Finding("科目余额及发生额里有重复的科目、辅助项和期间")
    for period, rows in periods.items():
        for key, row in rows.items():
            moved = amount(row, "借方本币金额") - amount(row, "贷方本币金额")
            if _opening(row) + moved != _closing(row):
                yield Finding(f"{_name(period, key)}：期初加发生不等于期末")
            counted = quantity(row, "期初数量") + quantity(row, "借方数量") - quantity(row, "贷方数量")
            if counted != quantity(row, "期末数量"):
                yield Finding(f"{_name(period, key)}：数量的期初加收减发不等于期末")
    yield from _in_own_money(case)
    yield from _joined(periods)
    yield from _added_up(case, periods)
    yield from _moved(case, periods)


_MONEY = tuple(
    (f"{one}原币{word}", f"{one}本币{word}")
    for one, word in (("期初", "余额"), ("借方", "金额"), ("贷方", "金额"), ("期末", "余额"))
)


def _in_own_money(case: Case) -> Iterator[Finding]:
    """Amounts in the books' own currency are the same as 原币, where 原币 is told."""
    names = {text(row, "币种编码"): text(row, "币种名称") for row in case.shared["币种"]}
    own = {text(row, "本位币") for row in case.shared["电子账簿"]}
    for table in ("科目余额及发生额", "记账凭证"):
        wrong = sum(
            any(text(row, foreign) not in {"", "0", text(row, home)} for foreign, home in _MONEY)
            for row in case.ledger[table]
            if names.get(text(row, "币种编码")) in own
        )
        if wrong:
            yield Finding(f"{table}有 {wrong} 条的原币和本币金额不一样，币种却是本位币")


def _joined(periods: dict[str, dict[Key, Row]]) -> Iterator[Finding]:
    for (_, before), (period, after) in pairwise(periods.items()):
        for key in before.keys() | after.keys():
            left = _closing(before[key]) if key in before else 0
            begun = _opening(after[key]) if key in after else 0
            if left != begun:
                yield Finding(f"{_name(period, key)}：期初 {format_fen(begun)} 接不上上期期末 {format_fen(left)}")


def _added_up(case: Case, periods: dict[str, dict[Key, Row]]) -> Iterator[Finding]:
    """Accounts above the last level are the sum of those below; members never more than their account has."""
    lengths = _levels(case)
    codes = {text(row, "科目编号") for row in case.ledger["会计科目"]}
    required = {text(row, "科目编号") for row in case.ledger["科目辅助核算"] if text(row, "辅助项描述") == "必填"}
    parents = {code[:length] for code in codes for length in lengths if length < len(code)}
    for period, rows in periods.items():
        below: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        members: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for (account, items), row in rows.items():
            figures = (_opening(row), amount(row, "借方本币金额"), amount(row, "贷方本币金额"))
            if items:
                _add(members[account], figures)
                continue
            above = [length for length in lengths if length < len(account)]
            if above:
                _add(below[account[: above[-1]]], figures)
        for account in parents | required:
            own = rows.get((account, ()))
            if account in parents and own is None and any(below[account]):
                yield Finding(f"{period}期缺少上级科目 {account} 的余额")
            elif own is not None:
                told = [_opening(own), amount(own, "借方本币金额"), amount(own, "贷方本币金额")]
                if account in parents and told != below[account]:
                    yield Finding(f"{period}期科目 {account} 不等于下级科目之和")
                if account in required - parents and told != members[account]:
                    yield Finding(f"{period}期科目 {account} 不等于各辅助项之和")


def _add(total: list[int], figures: tuple[int, int, int]) -> None:
    for place, figure in enumerate(figures):
        total[place] += figure


def _moved(case: Case, periods: dict[str, dict[Key, Row]]) -> Iterator[Finding]:
    """The movements of every row are those of the entry lines."""
    lengths = _levels(case)
    sums: defaultdict[str, defaultdict[Key, Movement]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for line in case.posted:
        account, items = text(line, "科目编号"), combination(line)
        keys: list[Key] = [(account[:length], ()) for length in lengths if length <= len(account)]
        keys += [(account, items)] if items else []
        debit, credit = amount(line, "借方本币金额"), amount(line, "贷方本币金额")
        month = sums[text(line, "会计期间号")]
        for key in keys:
            month[key][0] += debit
            month[key][1] += credit
    for period in dict.fromkeys((*periods, *sums)):
        rows, moved = periods.get(period, {}), sums.get(period, defaultdict(lambda: [0, 0]))
        for key in rows.keys() | moved.keys():
            told = [amount(rows[key], n) for n in ("借方本币金额", "贷方本币金额")] if key in rows else [0, 0]
            if told != moved.get(key, [0, 0]):
                yield Finding(f"{_name(period, key)}：发生额和凭证合计不一样")


def trial(case: Case) -> Iterator[Finding]:
    """9: at the beginning of every period debits and credits of the first level agree."""
    lengths = _levels(case)
    first = lengths[0] if lengths else 0
    for period, rows in _by_period(case).items():
        total = sum(_opening(row) for (account, items), row in rows.items() if len(account) == first and not items)
        if total:
            yield Finding(f"{period}期一级科目的期初余额借贷不平，相差 {format_fen(total)}")


def statements(case: Case) -> Iterator[Finding]:
    """10: every figure of the statements, made again from balances and vouchers."""
    if not case.ledger["报表集"]:
        yield Finding("没有报表，未核对", serious=False)
        return
    if isinstance(case.told, str):
        yield Finding(case.told)
        return
    try:
        made = case.recompute(contents_of(case.told))
    except Refusal as refusal:
        yield Finding(f"报表不能重算：{refusal.message}")
        return
    titles = {text(row, "报表编号"): text(row, "报表名称") for row in case.ledger["报表集"]}
    again = {one.title: one for one in made}
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in case.ledger["报表项数据"]:
        found[text(row, "报表编号")][text(row, "报表项编号")] = amount(row, "报表项数值")
    for number, title in titles.items():
        if title not in again:
            yield Finding(f"《{title}》没有重算的办法，未核对", serious=False)
            continue
        wanted = _figures(again[title])
        for place in sorted(wanted.keys() | found[number].keys()):
            told, right = found[number].get(place), wanted.get(place)
            if told != right:
                shown = ["没有" if fen is None else format_fen(fen) for fen in (told, right)]
                yield Finding(f"《{title}》第 {place} 项是 {shown[0]}，由账上重算为 {shown[1]}")


def _figures(sheet: Sheet) -> dict[str, int]:
    return {
        f"{place}-{column}": fen
        for place, row in enumerate(sheet.rows, 1)
        for column, fen in enumerate((row.first_fen, row.second_fen), 1)
    }


def signatures(case: Case) -> Iterator[Finding]:
    """11: every voucher was reviewed and posted by somebody, and not reviewed by who made it."""
    alone = 0
    for row in case.ledger["记账凭证"]:
        if text(row, "记账凭证行号") != "1":
            continue
        for name in ("审核人", "记账人"):
            if not text(row, name).strip():
                yield Finding(f"{label(row)} 没有{name}")
        alone += bool(text(row, "制单人")) and text(row, "制单人") == text(row, "审核人")
    if alone:
        yield Finding(f"有 {alone} 张凭证的制单人和审核人是同一个人", serious=False)


def assets(case: Case) -> Iterator[Finding]:
    """12: the cards of fixed assets tie to the general ledger."""
    cards = case.assets["固定资产卡片"]
    if not cards:
        yield Finding("没有固定资产卡片，未和总账核对", serious=False)
        return
    periods = _by_period(case)
    months = {text(card, "会计期间号") for card in cards}
    if len(months) != 1:
        yield Finding("固定资产卡片不是同一个期间的")
        return
    (month,) = months
    base = case.assets["固定资产基础信息"][:1]
    for name, figure, sign in (("固定资产对账科目", "固定资产原值", 1), ("累计折旧对账科目", "固定资产累计折旧", -1)):
        total = sum(amount(card, figure) for card in cards)
        account = text(base[0], name) if base else ""
        if not account:
            if total:
                yield Finding(f"固定资产基础信息没有{name}，不能核对")
            continue
        row = periods.get(month, {}).get((account, ()))
        booked = sign * _closing(row) if row else 0
        if booked != total:
            yield Finding(
                f"固定资产卡片的{figure.removeprefix('固定资产')}合计 {format_fen(total)}，"
                f"和总账科目 {account} 的 {format_fen(booked)} 不一样"
            )
    for card in cards:
        if amount(card, "固定资产原值") - amount(card, "固定资产累计折旧") != amount(card, "固定资产净值"):
            yield Finding(f"固定资产卡片 {text(card, '固定资产卡片编号')} 的净值不等于原值减累计折旧")


def round_trip(case: Case) -> Iterator[Finding]:
    """13: a ledger made again from each set has the balances of the files, and both sets tell the same."""
    if isinstance(case.told, str):
        yield Finding(case.told)
        return
    yield from _again("XML", case.told)
    if not case.texts:
        yield Finding("没有 GB/T 19581-2004 的 TXT 文件，未核对", serious=False)
        return
    other = case.told_by_texts
    if isinstance(other, str):
        yield Finding(other)
        return
    yield from _again("TXT", other)
    if _plain(case.told) != _plain(other):
        yield Finding("XML 和 TXT 的凭证不一样")
    if {one for one in case.told.figures if any(one[3:])} != {one for one in other.figures if any(one[3:])}:
        yield Finding("XML 和 TXT 的余额或发生额不一样")


def _again(kind: str, told: Told) -> Iterator[Finding]:
    try:
        made = {(one.month, one.account, one.items): one for one in monthly(contents_of(told))}
    except Refusal as refusal:
        yield Finding(f"{kind}：{refusal.message}")
        return
    there = {(one.month, one.account, one.items): one for one in told.figures if any(one[3:])}
    for key in sorted(there.keys() | made.keys()):
        if there.get(key) != made.get(key):
            row: Figure = there.get(key) or made[key]
            members = "".join(f"（{item.name}）" for item in row.items)
            yield Finding(
                f"{kind} 还原后，{row.month}月科目 {row.account}{members}的余额、发生额或数量和文件里的不一样"
            )


def _plain(told: Told) -> list[tuple[object, ...]]:
    """Vouchers without what the sets write differently: breaks in texts."""
    return [
        (
            one.day,
            one.label,
            one.kind,
            *one[8:13],
            [(" ".join(line.summary.split()), *line[1:]) for line in one.lines],
        )
        for one in told.vouchers
    ]


def listed(case: Case) -> Iterator[Finding]:
    """14: the list has every file, with its digests, rows and control totals."""
    if case.listed is None:
        yield Finding("没有清单（清单.json），不能核对文件摘要和控制数", serious=False)
        return
    files = {name: content for name, content in case.files.items() if "/" in name}
    tables = {name: read.tables for name, read in case.reads.items()}
    try:
        yield from map(Finding, listing.problems(case.listed, files, tables))
    except (KeyError, ValueError) as error:
        yield Finding(f"凭证的控制数算不出来：{error}")
