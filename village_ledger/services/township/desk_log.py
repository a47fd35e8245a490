"""What the acts in a desk's log are called."""

ACTIONS = {
    "desk-create": "新建乡镇端",
    "desk-settings": "修改设置",
    "package": "收报送包",
    "package-replace": "更换报送包",
    "package-again": "再次收到同一份",
    "workbook": "收 Excel 文件",
    "review-begin": "开始审核",
    "comment": "加意见",
    "comment-withdraw": "撤回意见",
    "comment-settle": "处理意见",
    "review": "出审核意见",
    "flags": "检查疑点",
    "flag-status": "处理疑点",
    "flag-parameter": "修改规则参数",
    "link": "确认村际往来",
    "link-remove": "取消村际往来",
    "sums": "导出全部汇总表",
    "export": "导出汇总表",
}
"""By the action as the log keeps it."""


def action_name(action: str) -> str:
    """The Chinese name of an act."""
    return ACTIONS.get(action, action)
