"""改账痕迹: what was reviewed is not quietly changed or deleted. Reference list no. 54."""

from collections import defaultdict
from collections.abc import Iterator

from .logged import detail_of
from .model import Act, Case, Hit, Rule, Values


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each reviewed draft that was set back: deleted since, or more often than allowed."""
    withdrawn: defaultdict[int, list[Act]] = defaultdict(list)
    for act in sorted(case.acts, key=lambda one: one.at):
        if act.action == "unreview" and (draft := _number(detail_of(act).get("draft"))):
            withdrawn[draft].append(act)
    deleted = {number: act for act in case.acts if act.action == "draft-delete" for number in _deleted(act)}
    for draft, acts in withdrawn.items():
        last, gone = acts[-1], deleted.get(draft)
        if gone is not None and gone.at >= last.at:
            yield Hit(
                f"草稿 {draft} 删除 {gone.at}",
                f"{last.subject} 审核以后由{last.actor}取消审核，又由{gone.actor}删除",
                (("取消审核", f"{last.actor} {last.at}"), ("删除", f"{gone.actor} {gone.at}")),
            )
        elif len(acts) > values["times"]:
            yield Hit(
                f"草稿 {draft} 取消审核",
                f"{last.subject} 审核以后取消了 {len(acts)} 次审核，最后一次是{last.actor}",
                tuple(("取消审核", f"{one.actor} {one.at}") for one in acts),
            )


def _number(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _deleted(act: Act) -> Iterator[int]:
    """One draft named, or a list of `[draft, month, amount]`."""
    if number := _number(detail_of(act).get("draft")):
        yield number
    for row in act.detail if isinstance(act.detail, list | tuple) else ():
        if isinstance(row, list | tuple) and row and (number := _number(row[0])):
            yield number


RULE = Rule(
    "review-withdrawn",
    54,
    "审核后修改、删除",
    "凭证审核以后不得随意修改、删除",
    "审计疑点清单第 54 项",
    "中",
    check,
    ("times",),
)
