"""What the home page shows, read in one go on the worker."""

from datetime import date
from typing import NamedTuple

from village_ledger import clock
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Period
from village_ledger.reports.frame import span_label
from village_ledger.services import (
    backups,
    contracts,
    disclosure_majors,
    disclosure_profiles,
    disclosures,
    exceptions,
    openings,
    periods,
    review_answers,
)
from village_ledger.services.book import Book
from village_ledger.services.periods import PeriodStatus

SHOWN_MONTHS = 12
BANK_DIMENSION = "银行账户"
BACKUP_DAYS = 7


class FundRow(NamedTuple):
    """The balance of a cash or bank account, and the journal that shows it."""

    code: str
    name: str
    closing_fen: int
    journal: str


class Notice(NamedTuple):
    """Something to attend to: the text, the page that deals with it, and what its button says."""

    text: str
    page: str = ""
    action: str = ""
    kind: str = "warning"


class HomeSummary(NamedTuple):
    """The state of the book today. Counts are of the open month and later."""

    today: date
    month: Period
    drafts: int
    reviewed: int
    posted: int
    funds: tuple[FundRow, ...]
    months: tuple[PeriodStatus, ...]
    results: tuple[tuple[int, int], ...]
    notices: tuple[Notice, ...]
    last_backup: str

    @property
    def funds_fen(self) -> int:
        """All cash and bank balances together."""
        return sum(row.closing_fen for row in self.funds)


def read_summary(book: Book) -> HomeSummary:
    """Read the summary; runs on the worker."""
    today = clock.today()
    month = book.open_period
    statuses = periods.periods(book)
    ahead = [status for status in statuses if not status.closed]
    drafts = sum(status.drafts for status in ahead)
    reviewed = sum(status.reviewed for status in ahead)
    funds = _funds(book, month)
    stamps = [backup.made_at for backup in backups.backups(book)]
    return HomeSummary(
        today,
        month,
        drafts,
        reviewed,
        next((status.posted for status in statuses if status.period == month), 0),
        funds,
        statuses[-SHOWN_MONTHS:],
        _results(book, statuses[-SHOWN_MONTHS:]),
        _notices(book, today, month, funds, statuses, stamps[:1]),
        _when(stamps[0]) if stamps else "",
    )


def _funds(book: Book, month: Period) -> tuple[FundRow, ...]:
    """Cash and bank accounts; a bank account kept by 辅助核算 is split by it."""
    chart = book.chart
    settings = book.settings
    sums: dict[tuple[str, str], int] = {}
    for balance in book.ledger.balances(month, month):
        bank = next((item.name for item in balance.items if item.category == BANK_DIMENSION), "")
        key = (balance.account, bank)
        sums[key] = sums.get(key, 0) + balance.closing_fen
    rows = []
    for journal, codes in (("cash-journal", settings.cash_accounts), ("bank-journal", settings.bank_accounts)):
        for account in chart:
            if account.disabled or not account.code.startswith(codes) or not chart.is_leaf(account.code):
                continue
            parts = [
                (bank, fen) for (code, bank), fen in sorted(sums.items()) if code == account.code and (bank or fen)
            ]
            rows += [FundRow(account.code, bank or account.name, fen, journal) for bank, fen in parts or [("", 0)]]
    return tuple(rows)


def _results(book: Book, months: tuple[PeriodStatus, ...]) -> tuple[tuple[int, int], ...]:
    """Income and expense of each month in fen, before carry-forward.

    Read from the lines: balances of a late month of a book never closed would be folded from its first voucher on.
    """
    chart = book.chart
    accounts = tuple(account.code for account in chart if account.is_profit_and_loss and account.level == 1)
    sums = {status.period: [0, 0] for status in months}
    for line in book.ledger.lines(months[0].period, months[-1].period, accounts) if accounts else ():
        if line.kind == "normal":
            credit = line.credit_fen - line.debit_fen
            if chart[line.account].side == "credit":
                sums[Period.of(line.day)][0] += credit
            else:
                sums[Period.of(line.day)][1] -= credit
    return tuple((income, expense) for income, expense in sums.values())


def _notices(
    book: Book,
    today: date,
    month: Period,
    funds: tuple[FundRow, ...],
    statuses: tuple[PeriodStatus, ...],
    last_backup: list[str],
) -> tuple[Notice, ...]:
    found = []
    tie = openings.tie(book)
    if not tie.tied:
        gap = format_fen(tie.debit_fen - tie.credit_fen)
        found.append(Notice(f"期初余额借贷不平，相差 {gap} 元，平了才能记账", "openings", "去录入", "danger"))
    found += [
        Notice(f"{row.name}余额是负数：{format_fen(row.closing_fen)} 元", row.journal, "查日记账", "danger")
        for row in funds
        if row.closing_fen < 0
    ]
    if Period.of(today) > month.next:
        found.append(Notice(f"现在是{Period.of(today).label}，{month.label}还没有结账", "month-end", "去结账"))
    found += [
        Notice(f"{status.period.label}上报以后又被反结账修改过", "month-end", "查看")
        for status in statuses
        if status.changed_after_hand_over
    ]
    found += _contract_notices(book, today)
    found += _exception_notices(book)
    found += _review_notices(book, today)
    found += _disclosure_notices(book, today)
    if not book.read_only and (not last_backup or _days_since(last_backup[0], today) > BACKUP_DAYS):
        words = f"已经 {_days_since(last_backup[0], today)} 天没有备份" if last_backup else "这个账套还没有备份过"
        found.append(Notice(words, "backups", "去备份"))
    return tuple(found)


def _contract_notices(book: Book, today: date) -> list[Notice]:
    """Overdue rent, tenancies that ended but are still occupied, and those ending within 90 days."""
    due = contracts.due_list(book, today)
    late = [one for one in due if one.kind == "欠租"]
    over = sum(one.kind == "到期未收回" for one in due)
    ending = sum(one.kind == "即将到期" for one in due)
    found = []
    if late:
        owed = format_fen(sum(one.amount_fen for one in late))
        words = f"{len(late)} 份合同欠租 {owed} 元，最长的已逾期 {-min(one.days for one in late)} 天"
        found.append(Notice(words, "contract-calendar", "查看"))
    if over:
        found.append(Notice(f"{over} 份合同已到期，没有收回也没有续签", "contract-calendar", "查看"))
    if ending:
        found.append(Notice(f"{ending} 份合同在 90 天内到期", "contract-calendar", "查看"))
    return found


def _exception_notices(book: Book) -> list[Notice]:
    """Payments posted as urgent exceptions whose papers are still missing."""
    waiting = [one.exception for one in exceptions.exceptions(book) if one.exception.is_open]
    if not waiting:
        return []
    paid = format_fen(sum(one.amount_fen for one in waiting))
    return [Notice(f"{len(waiting)} 笔紧急例外（{paid} 元）的手续还没有补齐", "exceptions-list", "去补办")]


def _review_notices(book: Book, today: date) -> list[Notice]:
    """Comments of the township that wait for an answer, with the first deadline; red once it has passed."""
    waiting = review_answers.waiting(book, today)
    if not waiting.number:
        return []
    first = f"，最早的 {waiting.nearest} 到期" if waiting.nearest else ""
    late = f"，{waiting.overdue} 条已逾期" if waiting.overdue else ""
    text = f"{waiting.number} 条乡镇审核意见待答复{first}{late}"
    return [Notice(text, "township-reviews", "去答复", "danger" if waiting.overdue else "warning")]


def _disclosure_notices(book: Book, today: date) -> list[Notice]:
    """Months whose notice should hang by now, and questions that wait for an answer too long."""
    if not disclosures.disclosures(book):
        return []  # a village that does not use the notices of this program is left in peace
    found = []
    if late := disclosures.overdue_spans(book, today):
        more = f"等 {len(late)} 期" if len(late) > 1 else ""
        found.append(Notice(f"{span_label(late[0].start, late[0].end)}{more}公开榜还没有张榜", "disclosure", "去办理"))
    if major := disclosure_majors.waiting(book, today):
        first, more = major[0], f"等 {len(major)} 笔" if len(major) > 1 else ""
        text = f"{first.label}（{format_fen(first.amount_fen)} 元）{more}是重大收支，应在 {first.due} 前专项公开"
        found.append(Notice(text, "disclosure", "去办理"))
    days = disclosure_profiles.profile_of(book).answer_days
    waiting = [one for one in disclosures.objections(book) if not one.answers and one.due(days) < today]
    if waiting:
        found.append(Notice(f"{len(waiting)} 条村民质询超过 {days} 天没有答复", "objections", "去答复"))
    return found


def _days_since(stamp: str, today: date) -> int:
    try:
        made = date(int(stamp[:4]), int(stamp[4:6]), int(stamp[6:8]))
    except ValueError:
        return BACKUP_DAYS + 1
    return (today - made).days


def _when(stamp: str) -> str:
    day, _, time = stamp.partition("-")
    return f"{day[:4]}年{int(day[4:6] or 0)}月{int(day[6:8] or 0)}日 {time[:2]}:{time[2:4]}" if len(day) == 8 else stamp
