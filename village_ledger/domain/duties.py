"""Who may do what: one table of acts and the roles whose duty they are, asked by the one gate for writing.

Incompatible duties are kept apart here (会计法 art. 35 and 37 as amended; 农村集体经济组织财务制度 财农〔2021〕121号):
the cashier keeps neither vouchers nor books, the auditor only reads, and those who approve a payment are not those who
record it. What depends on the single case (the maker does not review, nobody approves an own claim) is refused by the
services, each where it arises.
"""

from typing import NamedTuple

ROLES = ("会计", "出纳", "负责人", "审核", "村监会", "乡镇", "审计")
"""Accountant, cashier, village head or board chair, reviewing accountant, supervision, township, read-only auditor."""

_BOOKS = ("会计", "审核")
_CLOSING = ("会计", "审核", "乡镇")
_VILLAGE = ("会计", "审核", "负责人")
_REGISTERS = ("会计", "审核", "负责人", "乡镇")
_ACTING = ("会计", "出纳", "负责人", "审核", "村监会", "乡镇")


class Duty(NamedTuple):
    """One act: how a refusal calls it, and the roles that may do it."""

    title: str
    roles: tuple[str, ...]


DUTIES: dict[str, Duty] = {
    "log-in": Duty("登录", ROLES),
    "open": Duty("打开账簿", ROLES),
    "export": Duty("导出", ROLES),
    "backup": Duty("备份", ROLES),
    "restore": Duty("恢复备份", ROLES),
    "voucher.draft": Duty("填制凭证", _BOOKS),
    "voucher.review": Duty("审核凭证", ("会计", "审核", "负责人", "乡镇")),
    "voucher.post": Duty("记账", _CLOSING),
    "voucher.template": Duty("管理凭证模板", _BOOKS),
    "period.close": Duty("结账", _CLOSING),
    "period.reopen": Duty("反结账", ("负责人", "乡镇")),
    "period.hand-over": Duty("报送乡镇", _REGISTERS),
    "account": Duty("维护会计科目", _CLOSING),
    "item": Duty("维护往来户和项目", _REGISTERS),
    "opening": Duty("录入期初余额", _BOOKS),
    "import": Duty("导入数据", _BOOKS),
    "settings": Duty("修改账套设置", _REGISTERS),
    "person": Duty("管理人员", _REGISTERS),
    "password": Duty("修改自己的密码", ROLES),
    "password.reset": Duty("重设他人密码", ("负责人", "乡镇")),
    "asset": Duty("登记资产", _REGISTERS),
    "asset.approve": Duty("审批资产变动", ("会计", "审核", "负责人", "村监会", "乡镇")),
    "asset.run": Duty("计提折旧和摊销", _BOOKS),
    "asset.count": Duty("资产盘点", _ACTING),
    "stock": Duty("登记库存物资", _ACTING),
    "parcel": Duty("登记资源地块", _REGISTERS),
    "contract": Duty("登记合同", _REGISTERS),
    "contract.book": Duty("办理合同收付", _BOOKS),
    "contract.waive": Duty("减免租金", _VILLAGE),
    "decision": Duty("登记决策", _REGISTERS),
    "rules": Duty("修改决策和审批规则", ("负责人", "乡镇")),
    "budget": Duty("编制年度预算", _VILLAGE),
    "request": Duty("提出用款申请", ("会计", "出纳", "负责人", "审核", "村监会")),
    "request.sign": Duty("签批用款申请", ("会计", "负责人", "审核", "村监会", "乡镇")),
    "notice": Duty("办理公开榜", _REGISTERS),
    "notice.sign": Duty("公开榜签字", ("会计", "出纳", "负责人", "村监会")),
    "objection": Duty("登记质询和答复", ("会计", "审核", "负责人", "村监会", "乡镇")),
    "benefit": Duty("登记补贴名单", _REGISTERS),
    "related": Duty("登记关联人", (*_REGISTERS, "村监会")),
    "document": Duty("登记票据", ("会计", "出纳", "审核")),
    "exception": Duty("批准紧急例外", ("负责人", "乡镇")),
    "review.take": Duty("接收乡镇审核意见", _VILLAGE),
    "review.answer": Duty("答复审核意见", _VILLAGE),
    "project": Duty("登记工程项目", _REGISTERS),
}
"""Acts by the name the gate for writing is given (`Book.write`)."""

OPEN_TO_ALL = frozenset({"log-in", "open", "export", "backup", "restore", "password"})
"""Acts that change nothing in the books; they need no log-in, or prove a password themselves."""

KEEPERS = ("负责人", "乡镇")
"""Who, once the book has such a person, decides on roles and on what loosens control."""


def refusal_text(act: str, role: str) -> str:
    """Why a role may not do an act and whose duty it is; empty when it may."""
    duty = DUTIES[act]
    if role in duty.roles:
        return ""
    return f"{role}不能{duty.title}（不相容岗位要分开），请切换操作员，由{'、'.join(duty.roles)}办理"
