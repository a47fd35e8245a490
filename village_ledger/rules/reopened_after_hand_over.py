"""改账痕迹: a month that was handed over is not opened again without the township's say. Reference list no. 54."""

from collections.abc import Iterator

from .logged import detail_of, local_day, text_of
from .model import Case, Hit, Rule, Values


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each time a month that had been handed over was opened again."""
    handed: set[str] = set()
    for act in sorted(case.acts, key=lambda one: one.at):
        if act.action == "hand-over":
            handed.add(act.subject)
        elif act.action == "reopen" and (detail_of(act).get("handed_over") is True or act.subject in handed):
            reason = text_of(act, "reason") or "没有写明"
            yield Hit(
                f"反结账 {act.subject} {act.at}",
                f"{act.subject} 已经报送乡镇，{local_day(act) or act.at} {act.actor}又反结账，原因：{reason}",
                (("月份", act.subject), ("操作员", act.actor), ("时间", act.at), ("原因", reason)),
            )


RULE = Rule(
    "reopened-after-hand-over",
    54,
    "报送后反结账",
    "已经报送乡镇的月份不得擅自反结账改账",
    "审计疑点清单第 54 项",
    "高",
    check,
)
