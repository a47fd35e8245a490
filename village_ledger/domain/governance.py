"""The rules of village decisions as values: bodies and their quorum, procedures and their steps, who decides what.

Every figure carries the article it comes from and whether its text was confirmed; shares are exact fractions of whole
numbers. Two bodies stand side by side: the rural collective economic organisation, which owns the assets
(农村集体经济组织法), and the villagers' committee with its meetings (村民委员会组织法).
"""

from datetime import date
from typing import NamedTuple

COLLECTIVE, COMMITTEE, PARTY = "集体经济组织", "村民委员会", "党组织"
SIDES = (COLLECTIVE, COMMITTEE)
"""Which of the two bodies decided; party meetings study a matter but never decide it alone."""

OF_ALL, OF_PRESENT = "全体", "到会"
BEFORE, RESOLVED, DONE = "会前公告", "决议公开", "结果公开"
NOTICES = (BEFORE, RESOLVED, DONE)
TOLD_OF = ("时间", "地点", "事项")
"""What the members must be told before a members' meeting (农村集体经济组织法第二十七条)."""

PAYING, CONTRACTING, DISPOSING = "付款", "签订合同", "处置资产"
WAIVING, BUDGETING, BUILDING = "减免租金", "批准预算", "工程立项"
ACTS = (PAYING, CONTRACTING, DISPOSING, WAIVING, BUDGETING, BUILDING)
"""What may be done on the strength of a decision; which of it, depends on the matter that was decided."""

_DIGITS = "零一二三四五六七八九"


class Basis(NamedTuple):
    """Where a figure comes from. It is confirmed only on days when the text that was read was in force."""

    law: str = ""
    article: str = ""
    confirmed: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    edition: str = ""
    after: str = ""

    @property
    def label(self) -> str:
        """The law and article, as a message cites them."""
        return f"{self.law}{self.article}" or "本村规则"

    def doubt(self, day: date) -> str:
        """Why the figure is not certain on a day; empty when it is."""
        if not self.confirmed:
            return "原文未核对"
        if self.valid_from and day < self.valid_from:
            return f"{self.law}自 {self.valid_from} 起施行，此前的日期未核对"
        if self.valid_to and day > self.valid_to:
            return self.after or f"只核对过{self.edition}，{self.valid_to} 以后的文本未核对"
        return ""


class Share(NamedTuple):
    """A share of all voters, or of those present: at least (以上), or strictly more than (过) when `more`."""

    numerator: int
    denominator: int
    more: bool = False
    of: str = OF_ALL
    basis: Basis = Basis()

    def least(self, total: int) -> int:
        """The fewest whole votes that reach it."""
        if self.more:
            return total * self.numerator // self.denominator + 1
        return -(-total * self.numerator // self.denominator)

    @property
    def text(self) -> str:
        """三分之二以上, 过半数, 超过三分之一."""
        if (self.numerator, self.denominator) == (1, 2):
            return "过半数" if self.more else "半数以上"
        fraction = f"{_number(self.denominator)}分之{_number(self.numerator)}"
        return f"超过{fraction}" if self.more else f"{fraction}以上"


class Days(NamedTuple):
    """A number of calendar days."""

    days: int
    basis: Basis = Basis()


class Size(NamedTuple):
    """How many a body may have: least, most (0 = no limit), and whether the number must be odd."""

    least: int
    most: int = 0
    odd: bool = False
    basis: Basis = Basis()

    def fits(self, number: int) -> bool:
        """Whether a body may have that many."""
        return number >= self.least and (not self.most or number <= self.most) and not (self.odd and number % 2 == 0)

    @property
    def text(self) -> str:
        """为 3 至 7 人、单数; 不少于 21 人."""
        span = f"为 {self.least} 至 {self.most} 人" if self.most else f"不少于 {self.least} 人"
        return f"{span}、单数" if self.odd else span


class Body(NamedTuple):
    """A meeting that discusses or decides: who votes in it, its quorum, and every majority its votes must reach.

    `told`: days before the meeting on which the voters must be told, of each of `told_of`.
    """

    name: str
    side: str
    voters: str
    who: str = ""
    unit: str = "人"
    quorum: Share | None = None
    majorities: tuple[Share, ...] = ()
    told: Days | None = None
    told_of: tuple[str, ...] = ()
    size: Size | None = None
    online: bool = True
    proxy: bool = False
    note: str = ""


class StepRule(NamedTuple):
    """One step of a procedure: which bodies may take it, its documents, days of telling beyond the body's own.

    `merges_into` names the step that may be held together with this one (支书、主任一肩挑); `decides`: its vote is
    the decision.
    """

    name: str
    bodies: tuple[str, ...]
    documents: tuple[str, ...] = ()
    told: Days | None = None
    merges_into: str = ""
    decides: bool = False
    basis: Basis = Basis()


class NoticeRule(NamedTuple):
    """A public notice: how many calendar days it stays up, and within how many days of the vote it must be (0 = any).

    A notice before the vote must have been up for its days when the vote is taken.
    """

    kind: str
    days: int
    within: int = 0
    basis: Basis = Basis()


class Limit(NamedTuple):
    """The most money, in fen, a procedure may decide on."""

    fen: int
    basis: Basis = Basis()


class Procedure(NamedTuple):
    """A way to a decision: its steps in order, its public notices, and its limit."""

    name: str
    steps: tuple[StepRule, ...]
    notices: tuple[NoticeRule, ...] = ()
    limit: Limit | None = None
    note: str = ""

    @property
    def deciding(self) -> StepRule:
        """The step whose vote is the decision."""
        return next((step for step in self.steps if step.decides), self.steps[-1])

    def step(self, name: str) -> StepRule | None:
        """The step of that name."""
        return next((step for step in self.steps if step.name == name), None)


class Majority(NamedTuple):
    """A majority that a matter asks of some bodies, beside their own."""

    bodies: tuple[str, ...]
    share: Share


class Matter(NamedTuple):
    """What may have to be decided: which bodies may decide it, by which procedures, and what it asks beyond them.

    Empty `procedures` allow all. `documents` belong to the deciding step; `studied`: village party organisation or
    township must have studied it before (农村集体经济组织法第二十六条), which procedures with a party step fulfil.
    `acts` may be done on the strength of it; a matter a village adds without saying allows all.
    """

    name: str
    bodies: tuple[str, ...]
    procedures: tuple[str, ...] = ()
    basis: Basis = Basis()
    majorities: tuple[Majority, ...] = ()
    documents: tuple[str, ...] = ()
    documents_basis: Basis = Basis()
    notices: tuple[NoticeRule, ...] = ()
    studied: Basis | None = None
    note: str = ""
    acts: tuple[str, ...] = ACTS


class RuleSet(NamedTuple):
    """Everything decisions are judged by on a day: a profile (place) and the version of it."""

    profile: str
    title: str
    version: str
    valid_from: date
    valid_to: date | None
    bodies: tuple[Body, ...]
    procedures: tuple[Procedure, ...]
    matters: tuple[Matter, ...]

    @property
    def label(self) -> str:
        """How a decision names the rules it was judged by: `national@2025.1`."""
        return f"{self.profile}@{self.version}"

    def body(self, name: str) -> Body | None:
        """The body of that name."""
        return next((one for one in self.bodies if one.name == name), None)

    def procedure(self, name: str) -> Procedure | None:
        """The procedure of that name."""
        return next((one for one in self.procedures if one.name == name), None)

    def matter(self, name: str) -> Matter | None:
        """The matter of that name."""
        return next((one for one in self.matters if one.name == name), None)

    def procedures_for(self, matter: str) -> tuple[Procedure, ...]:
        """The procedures a matter may go through: allowed by it, and with a deciding body that may decide it."""
        wanted = self.matter(matter)
        if wanted is None:
            return self.procedures
        return tuple(
            one
            for one in self.procedures
            if one.name in (wanted.procedures or (one.name,)) and set(one.deciding.bodies) & set(wanted.bodies)
        )

    def bodies_for(self, matter: str, procedure: str) -> tuple[str, ...]:
        """The bodies that may take the deciding vote on a matter in a procedure."""
        wanted, way = self.matter(matter), self.procedure(procedure)
        if way is None:
            return ()
        return tuple(one for one in way.deciding.bodies if wanted is None or one in wanted.bodies)


def _number(value: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
