"""Self-checks 1 to 7: form, references, account codes, vouchers, numbers, days. One function a check."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import accumulate

from .case import SLOTS, Case, Finding, amount, text
from .form import Row
from .shared import CUSTOMERS, DEPARTMENTS, STAFF, SUPPLIERS
from .write import XML_FOLDER

NEEDED = 2
"""公共档案 and 总账 must be there, 固定资产 need not."""


def form(case: Case) -> Iterator[Finding]:
    """1: files, encoding, element names and their order, lengths and decimals."""
    for one in case.forms.xml[:NEEDED]:
        if one.file not in case.reads:
            yield Finding(f"缺少 {XML_FOLDER}{one.file}")
    for read in case.reads.values():
        yield from (Finding(problem) for problem in read.problems if "应恰好有一条" not in problem)
        yield from (Finding(warning, serious=False) for warning in read.warnings)
    yield from (Finding(problem) for problem in case.text_problems)


def singles(case: Case) -> Iterator[Finding]:
    """2: exactly one 电子账簿 and 总账基础信息."""
    for name, tables in (("电子账簿", case.shared), ("总账基础信息", case.ledger)):
        if len(tables[name]) != 1:
            yield Finding(f"{name}应恰好有一条，这里有 {len(tables[name])} 条")


def references(case: Case) -> Iterator[Finding]:
    """3: every code that is referred to is listed."""
    yield from _once(case)
    ledger, assets = case.ledger, case.assets
    accounts = _codes(ledger["会计科目"], "科目编号")
    for name in ("科目辅助核算", "科目余额及发生额", "记账凭证"):
        yield from _unknown(ledger[name], name, "科目编号", accounts)
    yield from _members(case)
    lists = (
        ("科目余额及发生额", "币种编码", case.shared["币种"], "币种编码"),
        ("记账凭证", "币种编码", case.shared["币种"], "币种编码"),
        ("记账凭证", "记账凭证类型编号", case.shared["记账凭证类型"], "记账凭证类型编号"),
        ("记账凭证", "汇率类型编号", case.shared["汇率类型"], "汇率类型编号"),
        ("记账凭证", "结算方式编码", case.shared["结算方式"], "结算方式编码"),
        ("报表项数据", "报表编号", ledger["报表集"], "报表编号"),
    )
    for table, name, known, key in lists:
        yield from _unknown(ledger[table], table, name, _codes(known, key))
    yield from _unknown(case.shared[STAFF], STAFF, "部门编码", _codes(case.shared[DEPARTMENTS], "部门编码"))
    for table, name, listing in (
        ("固定资产卡片", "固定资产类别编码", "固定资产类别设置"),
        ("固定资产卡片", "变动方式编码", "固定资产变动方式"),
        ("固定资产卡片", "折旧方法编码", "固定资产折旧方法"),
        ("固定资产卡片", "使用状况编码", "固定资产使用状况"),
        ("固定资产卡片实物信息", "固定资产卡片编号", "固定资产卡片"),
        ("固定资产卡片使用信息", "固定资产卡片编号", "固定资产卡片"),
    ):
        yield from _unknown(assets[table], table, name, _codes(assets[listing], name))
    for name in ("固定资产对账科目", "累计折旧对账科目"):
        yield from _unknown(assets["固定资产卡片"], "固定资产卡片", name, accounts)


def _once(case: Case) -> Iterator[Finding]:
    """Codes that name something name one thing."""
    for tables, table, key in (
        (case.ledger, "会计科目", "科目编号"),
        (case.shared, CUSTOMERS, "客户编码"),
        (case.shared, SUPPLIERS, "供应商编码"),
        (case.shared, STAFF, "员工编码"),
        (case.shared, DEPARTMENTS, "部门编码"),
        (case.assets, "固定资产卡片", "固定资产卡片编号"),
    ):
        counts = Counter(text(row, key) for row in tables[table])
        yield from (Finding(f"{table}里的编码 {code} 重复") for code, number in counts.items() if number > 1)


def _codes(rows: list[Row], key: str) -> frozenset[str]:
    return frozenset(text(row, key) for row in rows)


def _unknown(rows: list[Row], table: str, name: str, known: frozenset[str]) -> Iterator[Finding]:
    missing = dict.fromkeys(value for row in rows if (value := text(row, name)) and value not in known)
    yield from (Finding(f"{table}里的{name} {value} 没有登记") for value in missing)


def archives(case: Case) -> dict[str, frozenset[str]]:
    """The codes of every archive by its name."""
    names = {text(row, "档案编码"): text(row, "档案名称") for row in case.shared["自定义档案项"]}
    custom: defaultdict[str, set[str]] = defaultdict(set)
    for row in case.shared["自定义档案项值"]:
        custom[names.get(text(row, "档案编码"), "")].add(text(row, "档案值编码"))
    found = {name: frozenset(custom[name]) for name in names.values()}
    for table, key in ((CUSTOMERS, "客户编码"), (SUPPLIERS, "供应商编码"), (STAFF, "员工编码")):
        found[table] = _codes(case.shared[table], key)
    found[DEPARTMENTS] = _codes(case.shared[DEPARTMENTS], "部门编码")
    return found


def _members(case: Case) -> Iterator[Finding]:
    known = archives(case)
    kept = {
        (text(row, "科目编号"), f"辅助项{text(row, '辅助项编号')}编号"): text(row, "对应档案")
        for row in case.ledger["科目辅助核算"]
    }
    for archive in dict.fromkeys(kept.values()):
        if archive not in known:
            yield Finding(f"科目辅助核算的对应档案“{archive}”没有登记")
    told = set()
    for table in ("科目余额及发生额", "记账凭证"):
        for row in case.ledger[table]:
            for slot in SLOTS:
                code = row.get(slot)
                if code is None:
                    break
                if not code:
                    continue
                account = text(row, "科目编号")
                found = kept.get((account, slot))
                if found is None:
                    told.add(f"科目 {account} 没有设置{slot.removesuffix('编号')}，{table}里却有 {code}")
                elif code not in known.get(found, frozenset()):
                    told.add(f"{table}里科目 {account} 的辅助项 {code} 不在{found}里")
    yield from map(Finding, sorted(told))


def account_codes(case: Case) -> Iterator[Finding]:
    """4: account codes follow the rule, every parent is there, the level is right."""
    base = case.ledger["总账基础信息"]
    rule = text(base[0], "会计科目编号规则") if base else ""
    separator = (text(base[0], "结构分隔符") or "-") if base else "-"
    parts = rule.split(separator)
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        yield Finding(f"会计科目编号规则“{rule[:40]}”不对，应为 3-2-2 这样的形式")
        return
    lengths = list(accumulate(map(int, parts)))
    codes = _codes(case.ledger["会计科目"], "科目编号")
    for row in case.ledger["会计科目"]:
        code = text(row, "科目编号")
        if len(code) not in lengths:
            yield Finding(f"科目 {code} 的长度不合编号规则 {rule}")
            continue
        level = lengths.index(len(code)) + 1
        if text(row, "科目级次") != str(level):
            yield Finding(f"科目 {code} 的级次是 {text(row, '科目级次')}，按编号规则应为 {level}")
        if level > 1 and code[: lengths[level - 2]] not in codes:
            yield Finding(f"科目 {code} 没有上级科目 {code[: lengths[level - 2]]}")


def label(row: Row) -> str:
    """How a finding refers to the voucher of an entry line."""
    number = f"{text(row, '记账凭证类型编号')}-{text(row, '记账凭证编号')}"
    return f"{text(row, '会计年度')}年{text(row, '会计期间号')}期凭证 {number}"


def _vouchers(case: Case) -> dict[tuple[str, ...], list[Row]]:
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in case.ledger["记账凭证"]:
        key = tuple(text(row, n) for n in ("会计年度", "会计期间号", "记账凭证类型编号", "记账凭证编号"))
        found.setdefault(key, []).append(row)
    return found


def vouchers(case: Case) -> Iterator[Finding]:
    """5: every voucher balances, its lines run from 1, no line has both sides, one voucher has one day."""
    for rows in _vouchers(case).values():
        name = label(rows[0])
        difference = sum(amount(row, "借方本币金额") - amount(row, "贷方本币金额") for row in rows)
        if difference:
            yield Finding(f"{name} 借贷不平，相差 {difference // 100}.{difference % 100:02d} 元")
        if [text(row, "记账凭证行号") for row in rows] != [str(n) for n in range(1, len(rows) + 1)]:
            yield Finding(f"{name} 的行号不是从 1 起连续的")
        if any(amount(row, "借方本币金额") and amount(row, "贷方本币金额") for row in rows):
            yield Finding(f"{name} 有一行借方和贷方都有金额")
        if len({text(row, "记账凭证日期") for row in rows}) > 1:
            yield Finding(f"{name} 的各行日期不一样")


def numbers(case: Case) -> Iterator[Finding]:
    """6: numbers run from 1 within period and kind."""
    found: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for year, period, kind, number in _vouchers(case):
        found[year, period, kind].add(number)
    for (year, period, kind), there in found.items():
        last = max((int(one) for one in there if one.isascii() and one.isdigit() and len(one) < 7), default=0)
        missing = [str(n) for n in range(1, last + 1) if str(n) not in there]
        if missing:
            more = f"等 {len(missing)} 个" if len(missing) > 10 else ""
            yield Finding(f"{year}年{period}期类型 {kind} 的凭证断号：{'、'.join(missing[:10])}{more}")
        if len(there) + len(missing) != last:
            yield Finding(f"{year}年{period}期类型 {kind} 有的凭证号不是整数")


def days(case: Case) -> Iterator[Finding]:
    """7: the day of every voucher lies in its period."""
    spans = {
        (text(row, "会计年度"), text(row, "会计期间号")): (text(row, "会计期间起始日期"), text(row, "会计期间结束日期"))
        for row in case.shared["会计期间"]
    }
    for row in case.ledger["记账凭证"]:
        if text(row, "记账凭证行号") not in {"1", ""}:
            continue
        span = spans.get((text(row, "会计年度"), text(row, "会计期间号")))
        if span is None:
            yield Finding(f"{label(row)} 的会计期间没有登记")
        elif not span[0] <= text(row, "记账凭证日期") <= span[1]:
            yield Finding(f"{label(row)} 的日期 {text(row, '记账凭证日期')} 不在期间之内")
