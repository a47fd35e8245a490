"""放松控制: rules of approval are not loosened without the township's knowing. Reference no. 54 (the log)."""

from collections.abc import Iterator
from typing import Any

from .logged import detail_of, local_day, text_of
from .model import Act, Case, Hit, Rule, Values

SETTINGS = {
    "control": "支出管控",
    "control_from": "支出管控起始月份",
    "single_person": "一人岗",
    "log_in": "登录密码",
}
TOPICS = {
    "governance": "决策规则",
    "tiers": "审批权限",
    "works": "工程规则",
    "reception": "招待规则",
    "disclosure": "公开规则",
}
ON = "1"


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each record that switched control of spending off, moved its beginning, or began a one-person office,
    and for each change of the rules of approval.
    """
    for act in case.acts:
        changes = tuple(_loosened(act)) if act.action == "settings" else ()
        if act.action == "rules":
            topic = text_of(act, "topic")
            changes = ((TOPICS.get(topic, topic or "规则"), f"自 {text_of(act, 'valid_from') or '未写明'} 起执行新的"),)
        if changes:
            when = local_day(act)
            yield Hit(
                f"{act.action} {act.at} {act.subject}".strip(),
                f"{when or act.at} {act.actor}修改了{'、'.join(f'{name}（{text}）' for name, text in changes)}",
                (*changes, ("操作员", act.actor), ("时间", act.at)),
            )


def _loosened(act: Act) -> Iterator[tuple[str, str]]:
    for key, name in SETTINGS.items():
        change: Any = detail_of(act).get(key)
        if isinstance(change, list | tuple) and len(change) == 2:
            before, after = change
            if _looser(key, before, after):
                yield name, f"原来 {_shown(before)}，改为 {_shown(after)}"


def _looser(key: str, before: Any, after: Any) -> bool:
    if key == "single_person":
        return bool(after == ON)
    if key == "log_in":
        return bool(before == ON)
    if key == "control_from":
        return bool(before) and str(after) > str(before)
    return bool(before) and before != after


def _shown(value: Any) -> str:
    return {"1": "启用", "0": "停用", "": "无"}.get(str(value), str(value))


RULE = Rule(
    "control-loosened",
    54,
    "控制和规则被修改",
    "支出控制、审批规则的修改要让乡镇知道",
    "审计疑点清单第 54 项",
    "中",
    check,
)
