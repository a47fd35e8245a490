"""Reading the cells of a decision register: meetings as villages call them, names, notices."""

from collections.abc import Mapping
from datetime import date

from ..domain.decision import WAYS, Notice, Step
from ..domain.governance import BEFORE, DONE, RESOLVED, TOLD_OF
from .cells import CellError, read_day, read_whole

_BODIES = {
    "党支部会议": "党支部会",
    "支部委员会": "党支部会",
    "支委会": "党支部会",
    "党支部委员会": "党支部会",
    "村党组织会议": "党支部会",
    "两委会议": "两委会",
    "两委联席会议": "两委会",
    "村两委会议": "两委会",
    "村两委会": "两委会",
    "党员会议": "党员大会",
    "村民代表大会": "村民代表会议",
    "村民大会": "村民会议",
    "社员大会": "成员大会",
    "成员会议": "成员大会",
    "社员代表大会": "成员代表大会",
    "成员代表会议": "成员代表大会",
    "理事会会议": "理事会",
    "监事会会议": "监事会",
    "村民委员会会议": "村委会会议",
}
"""What villages call a meeting, where it is not its name in the rules."""
_NOTICES = {
    BEFORE: ("会前公告起", "会前公告止"),
    RESOLVED: ("决议公开起", "决议公开止"),
    DONE: ("结果公开起", "结果公开止"),
}
_COUNTS = {
    "应到": "eligible",
    "实到": "present",
    "线上": "online",
    "委托": "proxy",
    "赞成": "yes",
    "反对": "no",
    "弃权": "abstain",
}
_TEXTS = {"地点": "place", "主持人": "host", "记录人": "recorder", "内容": "text", "乡镇参会人员": "guests"}
STEP_COLUMNS = (
    *_COUNTS,
    *_TEXTS,
    "会议形式",
    "时间",
    "环节",
    "参会人员",
    "通知日期",
    "通知内容",
    "材料",
    "表决方式",
    "合并召开",
)
NOTICE_COLUMNS = (*(title for pair in _NOTICES.values() for title in pair), "公开地点")


def read_names(text: str) -> tuple[str, ...]:
    """`张三、李四；王五` as names."""
    for sign in "，,；;\n":
        text = text.replace(sign, "、")
    return tuple(name for part in text.split("、") if (name := part.strip()))


def read_body(text: str) -> str:
    """The name of a meeting as the rules have it."""
    return _BODIES.get(text, text)


def read_flag(text: str, what: str) -> bool:
    """是 or 否; empty is 否."""
    if text not in ("", "是", "否", "√"):
        raise CellError(f"{what}“{text}”不对，只能填“是”或“否”")
    return text in ("是", "√")


def read_step(cells: Mapping[str, str], key: str) -> Step:
    """The meeting of one row, as the step `key`."""
    told = cells.get("通知日期", "")
    told_of = read_names(cells.get("通知内容", "")) or TOLD_OF
    unknown = [one for one in told_of if one not in TOLD_OF]
    if unknown:
        raise CellError(f"通知内容“{unknown[0]}”不对，可以填：{'、'.join(TOLD_OF)}")
    way = cells.get("表决方式", "")
    if way not in ("", *WAYS):
        raise CellError(f"表决方式“{way}”不对，可以填：{'、'.join(WAYS)}")
    return Step(
        key,
        read_body(cells["会议形式"]),
        read_day(cells["时间"]),
        attendees=read_names(cells.get("参会人员", "")),
        told=read_day(told) if told else None,
        told_of=told_of,
        documents=read_names(cells.get("材料", "")),
        way=way,
        merged=read_flag(cells.get("合并召开", ""), "合并召开"),
        **{field: cells.get(title, "") for title, field in _TEXTS.items()},  # type: ignore[arg-type]  # texts
        **{field: read_whole(cells.get(title, ""), title) for title, field in _COUNTS.items()},  # type: ignore[arg-type]  # counts
    )


def read_notices(cells: Mapping[str, str]) -> tuple[Notice, ...]:
    """The public notices of a row."""
    found = []
    for kind, (first, last) in _NOTICES.items():
        start, end = (_optional(cells.get(title, "")) for title in (first, last))
        if (start is None) != (end is None):
            raise CellError(f"{kind}要同时填开始和结束日期")
        if start and end:
            if end < start:
                raise CellError(f"{kind}的结束日期 {end} 早于开始日期 {start}")
            found.append(Notice(kind, start, end, cells.get("公开地点", "") or "村务公开栏"))
    return tuple(found)


def _optional(text: str) -> date | None:
    return read_day(text) if text else None
