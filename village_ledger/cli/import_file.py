"""`import`: accounts, opening balances, vouchers or a register from a file."""

from importlib import import_module
from typing import Any

from .arguments import Arguments, wrong_usage
from .desk import open_book

KINDS = {
    "accounts": ("importing", "import_accounts", "新增科目 {} 个"),
    "openings": ("importing", "import_openings", "期初余额 {} 条"),
    "vouchers": ("importing", "import_vouchers", "凭证 {} 张"),
    "assets": ("asset_files", "import_assets", "登记资产卡片 {} 张"),
    "resources": ("parcel_files", "import_resources", "登记地块 {} 块"),
    "contracts": ("contract_files", "import_contracts", "登记合同 {} 份"),
    "budget": ("budget_files", "import_budget", "预算项目 {} 项"),
    "decisions": ("decision_files", "import_decisions", "登记决策 {} 项"),
    "benefits": ("benefit_files", "import_benefits", "登记补贴名单 {} 份"),
    "documents": ("document_files", "import_documents", "登记票据 {} 张"),
    "related": ("related_files", "import_related", "登记关联人 {} 条"),
    "boundaries": ("parcel_files", "import_boundaries", "地块边界 {} 块"),
}
"""Module and function of each kind, loaded when asked for, and what it has added in words."""


def run(arguments: Arguments) -> int:
    """Import and say what was done."""
    kind, file, post = arguments.required("KIND"), arguments.required("FILE"), "--post" in arguments.flags
    if kind not in KINDS:
        wrong_usage(arguments.command, f"不能导入“{kind}”，只能是 {'、'.join(KINDS)}")
    if post and kind != "vouchers":
        wrong_usage(arguments.command, "--post 只用于导入凭证")
    module, function, done = KINDS[kind]
    bring_in: Any = getattr(import_module(f"village_ledger.services.{module}"), function)
    with open_book(arguments) as book:
        result = bring_in(book, file, post=post) if kind == "vouchers" else bring_in(book, file)
    state = ("，已记账" if post else "，已存为草稿，等待审核") if kind == "vouchers" else ""
    print(f"已导入 {result.rows} 行：{done.format(result.added)}{state}")
    for note in result.notes:
        print(f"注：{note}")
    return 0
