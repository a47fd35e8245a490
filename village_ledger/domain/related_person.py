"""Related persons (关联人): whom and which firms the people who run the village are close to, as they declare it.

Payments to them are no wrong by themselves; who checks has to know (农村集体经济组织法 art. 34, 35). Numbers are kept
whole and masked wherever they are shown.
"""

from datetime import date
from typing import Any, NamedTuple

from .chain import sha256
from .masking import masked, plain_number, words_hidden
from .problems import Problem

POSTS = (
    "理事长",
    "理事",
    "监事长",
    "监事",
    "村党组织书记",
    "村两委委员",
    "村务监督委员会成员",
    "会计",
    "出纳",
    "报账员",
    "村民小组组长",
)
"""Posts people are asked about; a village may write another."""
SELF = "本人"
FAMILY = ("配偶", "父母", "子女", "兄弟姐妹", "其他近亲属")
RELATIONS = (SELF, *FAMILY, "任职或投资的单位")
MAX_TEXT = 200
RELATED_WORDS = ("address", "note", "struck")
"""Free texts, in which people write numbers too."""
_PHONE_SIGNS, _CARD_SIGNS = range(7, 13), range(12, 20)


class RelatedPerson(NamedTuple):
    """One declared relation: of whom (`officer`, in which post), what it is, to which person or firm, and since when.

    `until` is the last day it held; `struck` says why it was registered by mistake.
    """

    officer: str
    post: str
    relation: str
    name: str
    since: date
    phone: str = ""
    card: str = ""
    address: str = ""
    note: str = ""
    until: date | None = None
    struck: str = ""
    uid: str = ""
    id: int = 0

    def holds_on(self, day: date) -> bool:
        """Whether it is valid and held on a day."""
        return not self.struck and self.since <= day and (self.until is None or day <= self.until)

    def __str__(self) -> str:
        return f"{self.officer}的{self.relation} {self.name}"


def tidied(wanted: RelatedPerson) -> RelatedPerson:
    """What was typed without blanks around it; numbers plain."""
    return wanted._replace(
        officer=wanted.officer.strip(),
        post=wanted.post.strip(),
        name=wanted.name.strip(),
        phone=plain_number(wanted.phone),
        card=plain_number(wanted.card),
        address=wanted.address.strip(),
        note=wanted.note.strip(),
    )


def check_related(wanted: RelatedPerson) -> tuple[Problem, ...]:
    """What keeps a relation from being registered."""
    found = [
        Problem(field, f"请填写{title}", field=field)
        for field, title in (("officer", "干部姓名"), ("post", "岗位"), ("name", "关联人（单位）名称"))
        if not getattr(wanted, field)
    ]
    if wanted.relation not in RELATIONS:
        found.append(Problem("relation", f"关系只能是：{'、'.join(RELATIONS)}", field="relation"))
    elif wanted.relation == SELF and wanted.name and wanted.name != wanted.officer:
        found.append(Problem("name", f"关系是“{SELF}”的，名称应和干部姓名“{wanted.officer}”相同", field="name"))
    elif wanted.relation != SELF and wanted.name and wanted.name == wanted.officer:
        found.append(Problem("name", f"干部自己请把关系选成“{SELF}”", field="name"))
    if wanted.phone and not (wanted.phone.isdecimal() and len(wanted.phone) in _PHONE_SIGNS):
        found.append(Problem("phone", "电话号码不对，应是 7 至 12 位数字", field="phone"))
    if wanted.card and not (wanted.card.isdecimal() and len(wanted.card) in _CARD_SIGNS):
        found.append(Problem("card", "银行卡号不对，应是 12 至 19 位数字", field="card"))
    if wanted.until and wanted.until < wanted.since:
        found.append(Problem("until", f"终止日期 {wanted.until} 早于起始日期 {wanted.since}", field="until"))
    if max(len(getattr(wanted, name)) for name in ("officer", "post", "name", "address", "note")) > MAX_TEXT:
        found.append(Problem("note", f"每一栏最多 {MAX_TEXT} 个字", field="note"))
    return tuple(found)


def related_detail(one: RelatedPerson) -> dict[str, Any]:
    """What the log keeps of a relation: all of it, but of its numbers the last digits and a digest."""
    told = {
        "uid": one.uid,
        "officer": one.officer,
        "post": one.post,
        "relation": one.relation,
        "name": one.name,
        "phone": masked(one.phone),
        "card": masked(one.card),
        "numbers": sha256([one.uid, one.phone, one.card]),
        "address": one.address,
        "note": one.note,
        "since": one.since.isoformat(),
        "until": one.until.isoformat() if one.until else "",
        "struck": one.struck,
    }
    return words_hidden(told, *RELATED_WORDS)
