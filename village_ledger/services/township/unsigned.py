"""Taking in a bare workbook (报表.xlsx): kept as unsigned, until a signed package of the month takes its place."""

from collections.abc import Iterator
from pathlib import Path

from ...domain.chain import canonical
from ...domain.desk import Difference, Received, Village, received_content
from ...domain.errors import BadInput, IntegrityFailure, NotAllowed
from ...domain.money import format_fen
from ...package.contents import account_content
from ...storage.desk import ledgers, received, registers, villages
from ...storage.desk.database import DeskTransaction
from .. import publishing
from .desk import Desk
from .keeping import file_name, keep_file
from .ledgers import UNSIGNED
from .taken import MonthChanged, Taken
from .workbook_ties import check_workbook
from .workbooks import Told, read_workbook

_NAMES = {"balance-sheet": "资产负债表", "income-distribution": "收益及收益分配表", "income-expense": "收支明细表"}


def take_workbook(desk: Desk, path: Path, digest: str, *, replace: bool) -> Taken:
    """Take a workbook in. Raises as `importing.take` does."""
    told = read_workbook(path)
    check_workbook(told)
    known = _known(desk, told.village)
    code, period = (known.code if known else told.village), told.period
    with desk.write(code) as transaction:
        before = villages.load_village(desk.store, code)
        standing = received.current(desk.store, code, period)
        if standing and standing.signed:
            raise NotAllowed(f"{told.village}{period.label}已经收过签名的报送包，不能用没有签名的 Excel 文件更换")
        if standing and standing.state == "通过":
            raise NotAllowed(f"{told.village}{period.label}已经审核通过，不能再换")
        found = tuple(_differences(desk, code, told)) if standing else ()
        if standing and found and not replace:
            raise MonthChanged(
                f"{told.village}{period.label}已经收过，这一份和它不一样（{len(found)} 处）。核对以后，确认再更换",
                found,
            )
        _check_opening(desk, code, told)
        village = before or Village(code, told.village, chart=told.chart_key, first_period=period, since=period)
        if not village.key:
            village = village._replace(chart=told.chart_key, since=min(village.since, period))
        if standing and not found:
            transaction.record("package-again", f"{village.name} {period}", {"sha256": digest})
            return Taken("已有", village, standing)
        row = _received(desk, code, told, path, digest, transaction)
        keep_file(desk, row, path)
        if standing:
            received.set_aside(desk.store, code, (period,))
        _store(desk, village, row, told)
        transaction.record(
            "package-replace" if standing else "package",
            f"{village.name} {period}",
            {
                **received_content(row),
                "set_aside": [],
                "differences": len(found),
                "content": received.content_digest(desk.store, code, period),
            },
        )
    return Taken("更换" if standing else "收到", village, row, found, (), before is None)


def _known(desk: Desk, name: str) -> Village | None:
    found = [one for one in desk.villages if one.name == name]
    if len(found) > 1:
        raise BadInput(f"有几个村都叫“{name}”，Excel 文件里没有代码，分不清是哪个村的。请村里做报送包（.vlp）")
    return found[0] if found else None


def _differences(desk: Desk, code: str, told: Told) -> Iterator[Difference]:
    before = {one.account: one.closing_fen for one in ledgers.balance_lines(desk.store, told.period, village=code)}
    after = {one.account: one.closing_fen for one in told.balances}
    for account in sorted(before.keys() | after.keys()):
        old, new = before.get(account, 0), after.get(account, 0)
        if old != new:
            name = told.chart[account].name if account in told.chart else ""
            yield Difference(f"期末余额 {account} {name}".strip(), format_fen(old), format_fen(new))
    rows = registers.load_topics(desk.store, _NAMES, told.period, told.period, village=code)
    stood = {row.topic: row.figures for row in rows}
    for topic, figures in told.topics.items():
        for key in sorted(figures.keys() | stood.get(topic, {}).keys()):
            old, new = stood.get(topic, {}).get(key, 0), figures.get(key, 0)
            if old != new:
                yield Difference(f"{_NAMES[topic]} 第 {key} 项", format_fen(old), format_fen(new))


def _check_opening(desk: Desk, code: str, told: Told) -> None:
    """The month begins with what the month before ended with, account by account."""
    if received.current(desk.store, code, told.period.previous) is None:
        return
    closing: dict[str, int] = {}
    for one in ledgers.balance_lines(desk.store, told.period.previous, village=code):
        closing[one.account] = closing.get(one.account, 0) + one.closing_fen
    opening = {one.account: one.opening_fen for one in told.balances}
    for account in sorted(closing.keys() | opening.keys()):
        old, new = closing.get(account, 0), opening.get(account, 0)
        if old != new:
            place = f"（“科目余额表”C{told.accounts[account].row}）" if account in told.accounts else ""
            raise IntegrityFailure(
                f"{told.period.label}的期初余额和{told.period.previous.label}的期末余额不一样：科目 {account}{place}"
                f"期初 {format_fen(new)}，上月期末 {format_fen(old)}"
            )


def _received(desk: Desk, code: str, told: Told, path: Path, digest: str, transaction: DeskTransaction) -> Received:
    return Received(
        code,
        told.period,
        len(received.revisions(desk.store, code, told.period)) + 1,
        digest,
        path.stat().st_size,
        file_name(told.village, told.period, digest, ".xlsx"),
        signed=False,
        notes=(UNSIGNED,),
        at=transaction.at,
        actor=transaction.actor,
    )


def _store(desk: Desk, village: Village, row: Received, told: Told) -> None:
    store, code, period = desk.store, village.code, told.period
    villages.save_village(store, village)
    received.add(store, row)
    if not village.key:  # a signed package tells the accounts better
        accounts = canonical([account_content(one) for one in told.chart])
        ledgers.store_chart(store, code, period.year, accounts, b"{}")
    ledgers.store_balances(store, code, period, told.balances)
    texts = {one.key: publishing.plain_text(one, "json").encode() for one in told.reports}
    registers.store_registers(store, code, period, texts)
    registers.store_topics(store, code, period, told.topics)
