"""The table of pages, and the side bar that shows it. Page modules are imported when first opened."""

from importlib import import_module
from typing import NamedTuple

from village_ledger.reports.registry import kind

from .operations import Operations
from .page import Page


class PageEntry(NamedTuple):
    """One page: its key, group and title in the side bar, icon, and `module:Class`; reports share one class."""

    key: str
    group: str
    title: str
    icon: str
    page: str


REPORT_PAGE = "reports.report_page:ReportPage"

PAGES = (
    PageEntry("home", "", "首页", "home", "home.home_page:HomePage"),
    PageEntry("voucher-entry", "凭证", "填制凭证", "pen", "vouchers.entry_page:VoucherEntryPage"),
    PageEntry("voucher-list", "凭证", "凭证管理", "list", "vouchers.list_page:VoucherListPage"),
    PageEntry("documents", "凭证", "票据登记", "inbox", "documents.documents_page:DocumentsPage"),
    PageEntry("voucher-summary", "凭证", "凭证汇总表", "sum", REPORT_PAGE),
    PageEntry("trial-balance", "账簿", "科目余额表", "scale", REPORT_PAGE),
    PageEntry("general-ledger", "账簿", "总账", "book", REPORT_PAGE),
    PageEntry("subsidiary-ledger", "账簿", "明细账", "ledger", REPORT_PAGE),
    PageEntry("cash-journal", "账簿", "现金日记账", "cash", REPORT_PAGE),
    PageEntry("bank-journal", "账簿", "银行日记账", "bank", REPORT_PAGE),
    PageEntry("counterparty-balances", "账簿", "往来余额表", "people", REPORT_PAGE),
    PageEntry("ageing", "账簿", "往来账龄", "clock", REPORT_PAGE),
    PageEntry("balance-sheet", "报表", "资产负债表", "sheet", REPORT_PAGE),
    PageEntry("income-distribution", "报表", "收益及分配表", "chart", REPORT_PAGE),
    PageEntry("income-expense", "报表", "收支明细表", "flow", REPORT_PAGE),
    PageEntry("asset-cards", "资产", "资产卡片", "boxes", "assets.cards_page:CardsPage"),
    PageEntry("depreciation", "资产", "折旧与摊销", "calendar", "assets.depreciation_page:DepreciationPage"),
    PageEntry("asset-change-list", "资产", "资产变动", "swap", "assets.changes_page:ChangesPage"),
    PageEntry("asset-counting", "资产", "资产盘点", "check", "assets.count_page:CountPage"),
    PageEntry("stock", "资产", "库存物资", "inbox", "assets.stock_page:StockPage"),
    PageEntry("fixed-asset-register", "资产", "固定资产登记簿", "sheet", REPORT_PAGE),
    PageEntry("parcels", "资源", "资源地块", "parcels", "resources.parcels_page:ParcelsPage"),
    PageEntry("resource-register", "资源", "资源登记簿", "sheet", REPORT_PAGE),
    PageEntry("contracts", "合同", "合同管理", "stamp", "contracts.contracts_page:ContractsPage"),
    PageEntry("contract-receipts", "合同", "收款与认领", "cash", "contracts.receipts_page:ReceiptsPage"),
    PageEntry("contract-calendar", "合同", "到期与欠租", "clock", "contracts.calendar_page:CalendarPage"),
    PageEntry("contract-register", "合同", "合同台账", "sheet", REPORT_PAGE),
    PageEntry("contract-arrears", "合同", "合同欠款表", "warning", REPORT_PAGE),
    PageEntry("rent-collection", "合同", "租金收缴表", "chart", REPORT_PAGE),
    PageEntry("contract-tie", "合同", "合同往来核对", "scale", REPORT_PAGE),
    PageEntry("budget", "决策", "年度预算", "table", "budgets.budget_page:BudgetPage"),
    PageEntry("projects", "决策", "工程项目", "flag", "projects.projects_page:ProjectsPage"),
    PageEntry("requests", "决策", "用款审批", "stamp", "requests.requests_page:RequestsPage"),
    PageEntry("exceptions-list", "决策", "例外事项", "warning", "requests.exceptions_page:ExceptionsPage"),
    PageEntry("decisions", "决策", "决策台账", "people", "decisions.decisions_page:DecisionsPage"),
    PageEntry("disclosure", "公开", "公开榜", "flag", "disclosure.notices_page:NoticesPage"),
    PageEntry("objections", "公开", "村民质询", "question", "disclosure.objections_page:ObjectionsPage"),
    PageEntry("benefits", "公开", "补贴名单", "people", "disclosure.benefits_page:BenefitsPage"),
    PageEntry("related", "监督", "关联人登记", "people", "related.related_page:RelatedPage"),
    PageEntry("month-end", "期末与设置", "月末结账", "calendar", "periods.month_end_page:MonthEndPage"),
    PageEntry("township-reviews", "期末与设置", "乡镇审核", "stamp", "reviews.reviews_page:ReviewsPage"),
    PageEntry("openings", "期末与设置", "期初余额", "flag", "openings.openings_page:OpeningsPage"),
    PageEntry("accounts", "期末与设置", "会计科目", "tree", "accounts.accounts_page:AccountsPage"),
    PageEntry("items", "期末与设置", "往来户与项目", "tag", "accounts.items_page:ItemsPage"),
    PageEntry("settings", "期末与设置", "账套设置", "gear", "settings.settings_page:SettingsPage"),
    PageEntry("backups", "期末与设置", "备份与恢复", "shield", "settings.backups_page:BackupsPage"),
    PageEntry("log", "期末与设置", "操作日志", "log", "settings.log_page:LogPage"),
)
HIDDEN_PAGES = (
    PageEntry("multi-column-ledger", "账簿", "多栏明细账", "columns", REPORT_PAGE),
    PageEntry("quantity-ledger", "账簿", "数量金额账", "boxes", REPORT_PAGE),
    PageEntry("vouchers", "凭证", "凭证序时簿", "list", REPORT_PAGE),
    PageEntry("biological-asset-register", "资产", "生物资产登记簿", "sheet", REPORT_PAGE),
    PageEntry("intangible-asset-register", "资产", "无形资产登记簿", "sheet", REPORT_PAGE),
    PageEntry("depreciation-schedule", "资产", "折旧（摊销）计算表", "sheet", REPORT_PAGE),
    PageEntry("asset-changes", "资产", "资产变动表", "sheet", REPORT_PAGE),
    PageEntry("asset-count", "资产", "资产盘点表", "sheet", REPORT_PAGE),
    PageEntry("asset-clearing", "资产", "资产清查登记表", "sheet", REPORT_PAGE),
    PageEntry("asset-clearing-summary", "资产", "资产清查汇总表", "sheet", REPORT_PAGE),
    PageEntry("asset-ledger-check", "资产", "账卡核对表", "scale", REPORT_PAGE),
    PageEntry("stock-summary", "资产", "收发存汇总表", "sheet", REPORT_PAGE),
    PageEntry("trail", "决策", "溯源", "flow", "trail.trail_page:TrailPage"),
    PageEntry("payment-trail", "决策", "付款溯源表", "sheet", REPORT_PAGE),
    PageEntry("decision-register", "决策", "决策台账表", "sheet", REPORT_PAGE),
    PageEntry("decision-rules", "决策", "决策规则", "scale", "decisions.rules_page:RulesPage"),
    PageEntry("tiers", "决策", "审批权限", "scale", "requests.tiers_page:TiersPage"),
    PageEntry("request-register", "决策", "用款申请台账", "sheet", REPORT_PAGE),
    PageEntry("approvals-pending", "决策", "待批用款表", "sheet", REPORT_PAGE),
    PageEntry("exceptions", "决策", "例外事项表", "sheet", REPORT_PAGE),
    PageEntry("budget-execution", "决策", "预算执行情况表", "sheet", REPORT_PAGE),
    PageEntry("project-ledger", "决策", "工程项目台账", "sheet", REPORT_PAGE),
    PageEntry("tender-register", "决策", "招投标登记簿", "sheet", REPORT_PAGE),
    PageEntry("document-register", "凭证", "票据登记簿", "sheet", REPORT_PAGE),
    PageEntry("contract-parties", "合同", "合同对方表", "sheet", REPORT_PAGE),
    PageEntry("benefit-register", "公开", "补贴补偿发放台账", "sheet", REPORT_PAGE),
    PageEntry("notice-register", "公开", "公开台账", "sheet", REPORT_PAGE),
    PageEntry("related-persons", "监督", "关联人登记簿", "sheet", REPORT_PAGE),
    PageEntry("people-register", "监督", "岗位人员表", "sheet", REPORT_PAGE),
)
"""Pages reached from others: the other forms of 明细账 and of 凭证汇总表."""
ORIGINS = {
    "contract": "contracts",
    "asset": "asset-cards",
    "depreciation": "depreciation",
    "stock": "stock",
    "request": "requests",
    "decision": "decisions",
    "project": "projects",
    "trail": "trail",
}
"""The page that shows a row of a register a voucher comes from, or its trail; it has `show_origin(origin)`."""
BY_KEY = {entry.key: entry for entry in (*PAGES, *HIDDEN_PAGES)}


def create(key: str, operations: Operations) -> Page:
    """Import and make the page of that key."""
    entry = BY_KEY[key]
    module, _, name = entry.page.partition(":")
    maker = getattr(import_module(f"{__package__}.{module}"), name)
    page: Page = maker(operations, kind(key)) if entry.page == REPORT_PAGE else maker(operations)
    return page
