"""Every report there is, by the name the command line uses. A builder's module is loaded only when it is asked for."""

from collections.abc import Callable
from importlib import import_module
from typing import Literal, NamedTuple

from village_ledger.domain.errors import BadInput

from .model import Report

Group = Literal["账簿", "往来", "报表", "凭证", "资产", "资源", "合同", "决策", "公开", "监督"]
Register = Literal[
    "",
    "assets",
    "resources",
    "contracts",
    "parties",
    "decisions",
    "budgets",
    "projects",
    "requests",
    "documents",
    "benefits",
    "notices",
    "related",
    "people",
    "trail",
]
Option = Literal["account", "item", "dimension", "level", "voucher"]
Builder = Callable[..., Report]
"""`build(source, query)`; for a kind with a `statement`, `build(source, query, statement, roles)`; for a kind with a
`register`, `build(source, query, register)`."""


class ReportKind(NamedTuple):
    """One report.

    `build` names the builder as `module:function` within this package. `options` are the fields of `Query` besides the
    span that change it. `accounts` says which of the book's accounts belong in `Query.accounts` when the user names
    none. `statement` is the key of the form (`domain.statement.Statement`) its
    builder takes besides; `register` says which register it is made from (`services/<register>_register.read`); `trail`
    is no register but the payments followed to their reasons (`services/trail`).
    """

    key: str
    title: str
    build: str
    group: Group
    options: tuple[Option, ...] = ()
    needs_account: bool = False
    accounts: Literal["", "cash", "bank", "counterparties"] = ""
    statement: str = ""
    register: Register = ""


KINDS = (
    ReportKind("trial-balance", "科目余额表", "trial_balance:build", "账簿", ("level",)),
    ReportKind("general-ledger", "总账", "general_ledger:build", "账簿", ("account",)),
    ReportKind("subsidiary-ledger", "明细账", "subsidiary_ledger:build", "账簿", ("account", "item", "dimension")),
    ReportKind("quantity-ledger", "数量金额式明细账", "quantity_ledger:build", "账簿", ("account",)),
    ReportKind(
        "multi-column-ledger", "多栏式明细账", "multi_column_ledger:build", "账簿", ("account",), needs_account=True
    ),
    ReportKind("cash-journal", "现金日记账", "journals:build_cash", "账簿", ("account",), accounts="cash"),
    ReportKind("bank-journal", "银行存款日记账", "journals:build_bank", "账簿", ("account",), accounts="bank"),
    ReportKind(
        "counterparty-balances",
        "往来余额表",
        "counterparty_balances:build",
        "往来",
        ("account", "item", "dimension"),
        accounts="counterparties",
    ),
    ReportKind(
        "ageing", "往来账龄分析表", "ageing:build", "往来", ("account", "item", "dimension"), accounts="counterparties"
    ),
    ReportKind("balance-sheet", "资产负债表", "balance_sheet:build", "报表", statement="balance_sheet"),
    ReportKind(
        "income-distribution", "收益及收益分配表", "income_distribution:build", "报表", statement="income_distribution"
    ),
    ReportKind("income-expense", "收支明细表", "income_expense:build", "报表", ("level",), statement="income_expense"),
    ReportKind("voucher-summary", "凭证汇总表", "voucher_summary:build", "凭证", ("level",)),
    ReportKind("vouchers", "凭证序时簿", "voucher_list:build", "凭证", ("account", "item")),
)
"""The books and statements, made from the ledger alone."""

REGISTER_KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        "fixed-asset-register", "固定资产登记簿", "assets.register:build_fixed", "资产", ("account",), register="assets"
    ),
    ReportKind(
        "biological-asset-register",
        "生物资产登记簿",
        "assets.register:build_biological",
        "资产",
        ("account",),
        register="assets",
    ),
    ReportKind(
        "intangible-asset-register",
        "无形资产登记簿",
        "assets.register:build_intangible",
        "资产",
        ("account",),
        register="assets",
    ),
    ReportKind(
        "depreciation-schedule", "折旧（摊销）计算表", "assets.depreciation_schedule:build", "资产", register="assets"
    ),
    ReportKind("asset-changes", "资产变动表", "assets.changes:build", "资产", register="assets"),
    ReportKind("asset-count", "资产盘点表", "assets.count:build", "资产", register="assets"),
    ReportKind("asset-clearing", "资产清查登记表", "assets.clearing:build", "资产", register="assets"),
    ReportKind("asset-clearing-summary", "资产清查汇总表", "assets.clearing:build_summary", "资产", register="assets"),
    ReportKind("asset-ledger-check", "账卡核对表", "assets.ledger_check:build", "资产", register="assets"),
    ReportKind(
        "stock-summary", "库存物资收发存汇总表", "assets.stock_summary:build", "资产", ("account",), register="assets"
    ),
    ReportKind("resource-register", "资源登记簿", "resource_register:build", "资源", register="resources"),
    ReportKind("contract-register", "合同台账", "contract_register:build", "合同", register="contracts"),
    ReportKind("contract-arrears", "合同欠款表", "contract_arrears:build", "合同", register="contracts"),
    ReportKind("rent-collection", "租金收缴情况表", "rent_collection:build", "合同", register="contracts"),
    ReportKind("contract-tie", "合同与往来核对表", "contract_tie:build", "合同", register="contracts"),
    ReportKind("contract-parties", "合同对方表", "contract_parties:build", "合同", register="parties"),
    ReportKind("decision-register", "决策台账", "decision_register:build", "决策", register="decisions"),
    ReportKind("request-register", "用款申请台账", "request_register:build", "决策", register="requests"),
    ReportKind("approvals-pending", "待批用款表", "approvals_pending:build", "决策", register="requests"),
    ReportKind("exceptions", "例外事项表", "exceptions:build", "决策", register="requests"),
    ReportKind("budget-execution", "预算执行情况表", "budget_execution:build", "决策", register="budgets"),
    ReportKind("project-ledger", "工程项目台账", "project_ledger:build", "决策", register="projects"),
    ReportKind("tender-register", "招投标登记簿", "tender_register:build", "决策", register="projects"),
    ReportKind("payment-trail", "付款溯源表", "payment_trail:build", "决策", ("voucher",), register="trail"),
    ReportKind("document-register", "票据登记簿", "document_register:build", "凭证", register="documents"),
    ReportKind("benefit-register", "补贴补偿发放台账", "benefit_register:build", "公开", register="benefits"),
    ReportKind("notice-register", "公开台账", "notice_register:build", "公开", register="notices"),
    ReportKind("related-persons", "关联人登记簿", "related_persons:build", "监督", register="related"),
    ReportKind("people-register", "岗位人员表", "people_register:build", "监督", register="people"),
)
"""The registers of assets, resources, contracts, decisions, papers and people, and what is made from them."""

YEAR_TO_DATE = frozenset({"decision-register", "request-register", "notice-register"})
"""Registers of acts that go on for months (a notice runs out, a request is paid): handed over, they tell the year."""

ALL_KINDS = KINDS + REGISTER_KINDS
_BY_KEY = {kind.key: kind for kind in ALL_KINDS}


def kind(key: str) -> ReportKind:
    """The report of that name; an unknown name is refused with the list of those there are."""
    if key not in _BY_KEY:
        raise BadInput(f"没有名为“{key}”的报表。可用的报表：{'、'.join(_BY_KEY)}")
    return _BY_KEY[key]


def builder(key: str) -> Builder:
    """The function that builds the report; imports its module and nothing of the other reports."""
    module, _, function = kind(key).build.partition(":")
    found: Builder = getattr(import_module(f"{__package__}.{module}"), function)
    return found
