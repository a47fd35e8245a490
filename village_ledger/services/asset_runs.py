"""Depreciation and amortisation of a month (计提折旧和摊销): plan, run, undo."""

from typing import NamedTuple

from .. import clock
from ..domain.assets.card import Card
from ..domain.assets.change import WRITE_OFFS
from ..domain.assets.drafts import run_draft
from ..domain.assets.register import Booking, Register, Run, RunLine
from ..domain.assets.standing import Standing, due_fen, standing
from ..domain.errors import BadInput, NotAllowed, Refusal
from ..domain.money import format_fen
from ..domain.period import Period
from ..domain.voucher import Voucher
from ..storage import assets
from ..storage.transaction import Transaction
from .asset_cards import log_row
from .assets_register import read
from .book import Book, Progress, no_progress
from .proposals import new_source, new_uid, propose, take_back, transfer_word
from .vouchers import require_open

_STEP = 1000


class PlanLine(NamedTuple):
    """What a month would charge one card with; `units` are those produced, for units of production."""

    before: Standing
    fen: int
    units: int = 0


class Plan(NamedTuple):
    """A month's charge before it is made. `caught_up` are earlier months without a run; `obstacle` forbids it."""

    period: Period
    lines: tuple[PlanLine, ...]
    caught_up: tuple[Period, ...] = ()
    without_units: tuple[str, ...] = ()
    obstacle: str = ""

    @property
    def total_fen(self) -> int:
        """What the month would charge in all."""
        return sum(line.fen for line in self.lines)


class RunResult(NamedTuple):
    """A run that was made: its draft's id, or the vouchers booked by hand before that it was tied to."""

    run: Run
    draft: int = 0
    adopted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class RunStatus(NamedTuple):
    """A month's run and where its voucher is."""

    run: Run
    booking: Booking


def runs(book: Book) -> tuple[RunStatus, ...]:
    """Every month's run, newest first."""
    found = read(book.connection)
    return tuple(RunStatus(run, found.booking(run.source, run.adopted)) for run in reversed(found.runs))


def cards_by_units(book: Book, period: Period) -> tuple[tuple[Card, int], ...]:
    """The cards charged by units of production that are on the books, each with the month's units (thousandths)."""
    usage = assets.load_usage(book.connection, period)
    return tuple(
        (now.card, usage.get(now.card.id, 0))
        for now in read(book.connection).standings(period, posted_only=False)
        if now.card.method == "工作量法" and now.present
    )


def has_units(book: Book) -> bool:
    """Whether any card is charged by units of production."""
    return any(card.method == "工作量法" for card in assets.load_cards(book.connection))


def record_usage(book: Book, period: Period, usage: dict[int, int]) -> None:
    """Note the units produced in a month, for cards charged by units of production."""
    if not usage:
        return
    with book.write("asset") as transaction:
        found = read(book.connection)
        if any(run.period >= period for run in found.runs):
            raise NotAllowed(f"{period.label}已经计提折旧，工作量不能再改；请先撤销计提")
        for card_id, units in usage.items():
            card = found.card(card_id)
            if card is None or card.method != "工作量法":
                raise BadInput("只有按工作量法计提的资产才登记工作量")
            if units < 0:
                raise BadInput(f"{card.label} 的工作量不能小于零")
        assets.save_usage(transaction.connection, period, usage)
        for card_id, units in usage.items():
            row_id = card_id * 1_000_000 + period.year * 100 + period.month
            row = {"card": card_id, "month": str(period), "units": units}
            detail = {"table": "asset_usage", "id": row_id, "row": row}
            transaction.record("asset-usage", f"{period} 工作量", detail)


def plan(book: Book, period: Period) -> Plan:
    """What a month must charge, card by card, and whether it can be run now."""
    return plan_of(read(book.connection), book, period)


def plan_of(found: Register, book: Book, period: Period) -> Plan:
    """`plan` for a register read already."""
    obstacle = _obstacle(found, book, period)
    if obstacle:
        return Plan(period, (), obstacle=obstacle)
    usage = assets.load_usage(book.connection, period)
    lines, without_units = [], []
    previous = period.previous
    for history in found.histories(posted_only=False):
        card = history.card
        if card.method == "不提" or card.entered >= period:
            continue
        before = standing(history, previous)
        units = usage.get(card.id, 0)
        fen = due_fen(before, period, units)
        if fen or units:
            lines.append(PlanLine(before, fen, units))
        elif card.method == "工作量法" and before.present and before.basis and before.basis.fen:
            without_units.append(card.label)
    caught_up = _missed(found, book, period, lines)
    return Plan(period, tuple(lines), caught_up, tuple(without_units))


def _obstacle(found: Register, book: Book, period: Period) -> str:
    if period < book.entity.first_period:
        return f"{period.label}早于建账月份 {book.entity.first_period.label}"
    for run in found.runs:
        state = found.booking(run.source, run.adopted).state
        if state in ("已冲销", "凭证已删除"):
            return f"{run.period.label}的计提凭证{state.removeprefix('凭证')}，请先撤销{run.period.label}的计提"
        if run.period == period:
            return f"{period.label}已经计提过折旧（凭证{state}）。要重新计提，请先撤销"
        if run.period > period:
            return f"{run.period.label}已经计提，不能再计提更早的 {period.label}"
    return ""


def _missed(found: Register, book: Book, period: Period, lines: list[PlanLine]) -> tuple[Period, ...]:
    """Months before this one that should have been charged and were not."""
    done = {run.period for run in found.runs}
    starts = [line.before.basis.start for line in lines if line.before.basis and line.before.card.method == "直线法"]
    first = max([min(starts, default=period), book.entity.first_period])
    return tuple(month for month in first.through(period.previous) if month not in done) if first < period else ()


def depreciate(book: Book, period: Period, progress: Progress | None = None) -> RunResult:
    """Charge a month: one run, one draft voucher by expense account.

    Where the month's depreciation has been booked by hand already and the amounts agree, the run is tied to those
    vouchers and no draft is made. A closed month can only be tied, not drafted.
    """
    report = progress or no_progress
    with book.write("asset.run") as transaction:
        found = read(book.connection)
        planned = plan_of(found, book, period)
        report(0, 2, "计算折旧")
        if planned.obstacle:
            raise NotAllowed(planned.obstacle)
        missed_open = [month for month in planned.caught_up if month >= book.open_period]
        if missed_open:
            raise NotAllowed(f"{missed_open[0].label}还没有计提折旧，请先计提 {missed_open[0].label}")
        if not planned.lines:
            raise BadInput(f"{period.label}没有需要计提折旧或摊销的资产")
        by_hand = _booked_by_hand(found, book, period, planned)
        if not by_hand:
            require_open(book, period)
        uid = new_uid()
        lines = tuple(
            RunLine(
                line.before.card.id,
                line.fen,
                line.units,
                line.before.card.depreciation_account,
                line.before.card.expense_account,
            )
            for line in planned.lines
        )
        source = "" if by_hand else new_source(f"资产折旧 {period}", uid)
        adopted = tuple(voucher.uid for voucher in by_hand)
        run = Run(period, source, adopted, book.actor, clock.now(), uid, 0, lines)
        run, draft = _save(book, transaction, run, {card.id: card.kind for card in found.cards})
        report(2, 2, "完成")
        return RunResult(run, draft, tuple(voucher.label for voucher in by_hand), _notes(planned, book))


def _save(book: Book, transaction: Transaction, run: Run, kinds: dict[int, str]) -> tuple[Run, int]:
    saved = assets.insert_run(transaction.connection, run)
    draft = 0
    if run.source:
        if not run.total_fen:
            raise BadInput(f"{run.period.label}的折旧合计为零，不需要计提")
        made = run_draft(run.period.last_day, transfer_word(book), run.lines, kinds, run.source)
        draft = propose(book, transaction, made).id
    log_row(transaction, "asset-run", f"{run.period} 折旧和摊销", "asset_run", saved.id)
    return saved, draft


def _notes(planned: Plan, book: Book) -> tuple[str, ...]:
    notes = []
    if planned.caught_up:
        months = "、".join(month.label for month in planned.caught_up)
        notes.append(f"{months}没有计提，应提的折旧一并计入{planned.period.label}")
    if planned.without_units:
        notes.append(f"没有登记{planned.period.label}工作量、本月不提的：{'、'.join(planned.without_units[:10])}")
    unusable = [
        line.before.card.expense_account
        for line in planned.lines
        if (account := book.chart.get(line.before.card.expense_account))
        and any(a.required for a in account.auxiliaries)
    ]
    if unusable:
        notes.append(f"科目 {'、'.join(sorted(set(unusable)))} 要填辅助核算，请在草稿里补上再审核")
    return tuple(notes)


def _booked_by_hand(found: Register, book: Book, period: Period, planned: Plan) -> tuple[Voucher, ...]:
    """Posted vouchers of the month that booked exactly this charge; refused if they booked another one."""
    credit_accounts = {rule.accumulated for rule in found.rules.kinds if rule.accumulated != rule.original}
    prefixes = tuple(code for code in credit_accounts if code)
    known = {booking.voucher for booking in found.bookings.values() if booking.state == "已记账"}
    cancelled = set(found.reversals.values())
    candidates = [
        voucher
        for voucher in book.ledger.vouchers(period, period)
        if voucher.id not in known
        and voucher.id not in cancelled
        and not voucher.reverses
        and any(line.account.startswith(prefixes) and line.credit_fen for line in voucher.lines)
    ]
    if not candidates:
        return ()
    booked: dict[str, int] = {}
    for voucher in candidates:
        for line in voucher.lines:
            if line.account.startswith(prefixes):
                booked[line.account] = booked.get(line.account, 0) + line.credit_fen - line.debit_fen
    due: dict[str, int] = {}
    for one in planned.lines:
        code = one.before.card.depreciation_account
        due[code] = due.get(code, 0) + one.fen
    differences = [
        f"{code} {book.chart[code].name}：账上 {format_fen(booked.get(code, 0))}，卡片 {format_fen(due.get(code, 0))}"
        for code in sorted(booked.keys() | due.keys())
        if booked.get(code, 0) != due.get(code, 0)
    ]
    if differences:
        labels = "、".join(voucher.label for voucher in candidates)
        raise Refusal(
            f"{period.label}的折旧已经手工记账（{labels}），和按卡片计算的不一样，没有计提：\n"
            + "\n".join(differences)
            + "\n请核对卡片的原值、残值和使用年限，或者冲销手工凭证后再计提"
        )
    return tuple(candidates)


def undo(book: Book, period: Period) -> None:
    """Undo a month's run before its voucher is posted (or after it was reversed); its draft goes too."""
    with book.write("asset.run") as transaction:
        found = read(book.connection)
        run = next((one for one in found.runs if one.period == period), None)
        if run is None:
            raise BadInput(f"{period.label}没有计提过折旧")
        state = found.booking(run.source, run.adopted).state
        dead = state in ("已冲销", "凭证已删除")
        if not dead:
            later = [one.period for one in found.runs if one.period > period]
            if later:
                raise NotAllowed(f"{later[0].label}已经计提，要撤销 {period.label} 请先从最后一个月开始撤销")
            gone = [
                change
                for change in found.changes
                if change.in_effect and change.kind in WRITE_OFFS and change.period >= period
            ]
            if gone:
                card = found.card(gone[0].card)
                raise NotAllowed(
                    f"{card.label if card else ''}在{gone[0].period.label}已经{gone[0].kind}，"
                    f"按这次计提核销了折旧，请先撤销这项变动"
                )
        if run.source and not dead:
            take_back(transaction, run.source, f"{period.label}折旧")
        assets.delete_run(transaction.connection, run.id)
        log_row(transaction, "asset-run", f"撤销 {period} 折旧和摊销", "asset_run", run.id)
