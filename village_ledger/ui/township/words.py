"""Words and colours the desk's pages share: states of months, names of villages, where a comment stands."""

from village_ledger.domain.desk import MonthState

STATE_COLOURS: dict[MonthState, tuple[str, str]] = {
    "未报": ("surface_alt", "faint"),
    "逾期": ("danger_soft", "danger"),
    "收到": ("info_soft", "info"),
    "审核中": ("warning_soft", "warning"),
    "退回": ("section", "danger"),
    "通过": ("success_soft", "success"),
}
"""The colours of a state: behind it, and of its word."""
SEVERITY_COLOURS = {"高": "danger", "中": "warning", "低": "muted", "严重": "danger", "一般": "text", "提示": "muted"}
_BODIES = ("股份经济合作联合社", "股份经济合作社", "经济合作联合社", "经济合作社", "经济联合社", "村民委员会")
"""What organisations of villages are called; where room is scarce the village's own name says enough."""


def short_name(name: str) -> str:
    """A village by its own name: 石桥村 of 石桥村股份经济合作社."""
    return next((name.removesuffix(body) for body in _BODIES if name.endswith(body) and name != body), name)


def comment_colour(state: str) -> str:
    """The colour of where a comment stands."""
    if state in ("已整改", "已排除", "已撤回", "供参考"):
        return "muted"
    return "accent" if state == "已答复" else "danger" if state == "重新整改" else "text"
