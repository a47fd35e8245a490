"""The pages of the desk's window, and of the auditor's."""

from collections.abc import Callable
from typing import NamedTuple

from .audit_page import AuditPage
from .doubts_page import DoubtsPage
from .inbox_page import InboxPage
from .links_page import LinksPage
from .log_page import DeskLogPage
from .month_page import MonthPage
from .operations import DeskOperations
from .page import DeskPage
from .parameters_page import ParametersPage
from .review_page import ReviewPage
from .settings_page import DeskSettingsPage
from .sums_page import SumsPage
from .voucher_page import VoucherPage


class DeskEntry(NamedTuple):
    """One page: its key, group and title in the side bar, icon, and class."""

    key: str
    group: str
    title: str
    icon: str
    page: Callable[[DeskOperations], DeskPage]


INBOX, REVIEW, MONTH, VOUCHER, AUDIT = "inbox", "review", "month", "voucher", "audit"
PAGES = (
    DeskEntry(INBOX, "", "收件", "inbox", InboxPage),
    DeskEntry(REVIEW, "", "审核", "stamp", ReviewPage),
    DeskEntry("doubts", "疑点", "疑点", "warning", DoubtsPage),
    DeskEntry("parameters", "疑点", "规则参数", "scale", ParametersPage),
    DeskEntry("sums", "汇总", "汇总", "sum", SumsPage),
    DeskEntry("links", "汇总", "村际往来", "swap", LinksPage),
    DeskEntry("desk-settings", "设置", "设置", "gear", DeskSettingsPage),
    DeskEntry("desk-log", "设置", "操作日志", "log", DeskLogPage),
)
HIDDEN_PAGES = (
    DeskEntry(MONTH, "", "这个月的账", "book", MonthPage),
    DeskEntry(VOUCHER, "", "凭证", "file", VoucherPage),
)
"""Pages reached from others."""
AUDIT_PAGES = (
    DeskEntry(AUDIT, "", "核验结果", "shield", AuditPage),
    DeskEntry(MONTH, "", "账表和凭证", "book", MonthPage),
)
BY_KEY = {entry.key: entry for entry in (*AUDIT_PAGES, *PAGES, *HIDDEN_PAGES)}
