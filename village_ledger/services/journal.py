"""Reading the hash-chained log of a book."""

from ..storage.log import LogEntry, read_log
from .book import Book

ACTIONS = {
    "create": "建账",
    "open": "打开账簿",
    "log-in": "登录",
    "log-in-failed": "登录失败",
    "password": "设置密码",
    "recovery-code": "签发恢复码",
    "recovery-failed": "恢复码不符",
    "person": "人员变动",
    "settings": "修改设置",
    "account": "科目变动",
    "account-delete": "删除科目",
    "item": "辅助核算变动",
    "openings": "录入期初余额",
    "draft": "保存草稿",
    "draft-delete": "删除草稿",
    "draft-move": "调整草稿顺序",
    "template": "凭证模板",
    "review": "审核",
    "unreview": "取消审核",
    "post": "记账",
    "parcel": "登记地块",
    "parcel-change": "地块变更",
    "contract": "登记合同",
    "contract-accrue": "计提合同款项",
    "contract-claim": "认领应收",
    "contract-receipt": "合同收款",
    "contract-allocate": "分配合同收款",
    "contract-waive": "减免租金",
    "contract-file": "添加合同附件",
    "contract-file-delete": "去掉合同附件",
    "asset-card": "资产卡片",
    "asset-photo": "资产照片",
    "asset-change": "资产变动",
    "asset-run": "计提折旧",
    "asset-usage": "登记工作量",
    "asset-count": "资产盘点",
    "stock-item": "库存物资",
    "stock-move": "物资出入库",
    "decision": "登记决策",
    "decision-notice": "决策公告",
    "evidence": "添加佐证材料",
    "evidence-delete": "去掉佐证材料",
    "rules": "修改决策和审批规则",
    "budget": "年度预算",
    "budget-adjust": "预算调整",
    "project": "登记工程项目",
    "project-tender": "招投标记录",
    "project-change": "工程变更",
    "project-acceptance": "工程验收",
    "project-release": "退还质保金",
    "project-final": "工程决算",
    "project-payment": "登记项目付款",
    "request": "用款申请",
    "request-sign": "签批用款申请",
    "request-link": "关联用款申请",
    "request-voucher": "用款申请入账",
    "exception": "紧急例外",
    "disclosure": "制作公开榜",
    "benefit": "登记补贴名单",
    "disclosure-act": "办理公开榜",
    "objection": "登记质询",
    "objection-answer": "答复质询",
    "related": "登记关联人",
    "document": "登记票据",
    "document-link": "草稿附票据",
    "document-voucher": "凭证附票据",
    "import": "导入",
    "close": "结账",
    "reopen": "反结账",
    "hand-over": "报送乡镇",
    "key": "登记报送密钥",
    "township-key": "登记乡镇公钥",
    "township-review": "接收审核意见",
    "review-answer": "答复审核意见",
    "export": "导出",
    "backup": "备份",
    "restore": "恢复备份",
    "migrate": "升级账簿格式",
}
"""Chinese names of the acts in the log."""


def entries(book: Book, text: str = "", actor: str = "", offset: int = 0, limit: int = 200) -> tuple[LogEntry, ...]:
    """A page of the log, newest first."""
    return read_log(book.connection, text, actor, offset, limit)


def record_opening(book: Book) -> None:
    """Log that somebody opened the book in a window."""
    if not book.read_only:
        with book.write("open") as transaction:
            transaction.record("open", book.path.name)


def record_export(book: Book, what: str, detail: dict[str, object]) -> None:
    """Log that figures left the book. A read-only book cannot record it."""
    if not book.read_only:
        with book.write("export") as transaction:
            transaction.record("export", what, detail)
