"""不相容岗位: nobody keeps books and cash, runs the village and reports for it, manages and supervises; nor do near
relatives (农村集体经济组织法 art. 34; 会计法 art. 35, 37). Reference list no. 53.
"""

from collections.abc import Iterator

from village_ledger.domain.related_person import FAMILY

from .model import Case, Hit, Rule, Values
from .persons import PEOPLE, posts_held
from .relations import relations


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each person with two posts, and each two near relatives with posts, that do not go together."""
    held = posts_held(case, case.last_day)
    for name, posts in held.items():
        for first, second in _pairs(values["pairs"]):
            if first in posts and second in posts:
                yield Hit(
                    f"{name} {first} {second}",
                    f"{name}一人兼任{first}和{second}，这两个岗位不相容",
                    (("姓名", name), ("岗位", "、".join(sorted(posts)))),
                )
    yield from _relatives(case, held, values)


def _relatives(case: Case, held: dict[str, set[str]], values: Values) -> Iterator[Hit]:
    seen: set[str] = set()
    for tie in relations(case):
        one, other, relation = tie.officer, tie.name, tie.relation
        mine, theirs = held.get(one, set()), held.get(other, set())
        if relation not in FAMILY or not (mine and theirs) or not tie.holds(case.last_day):
            continue
        for first, second in _pairs(values["kin"]):
            subject = f"{min(one, other)} {max(one, other)} {first} {second}"
            apart = (first in mine and second in theirs) or (second in mine and first in theirs)
            if apart and subject not in seen:
                seen.add(subject)
                yield Hit(
                    subject,
                    f"{one}和{other}是近亲属（{relation}），不能分任{first}和{second}",
                    ((one, "、".join(sorted(mine))), (other, "、".join(sorted(theirs))), ("关系", relation)),
                )


def _pairs(told: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """`会计+出纳` as two posts."""
    for text in told:
        first, plus, second = text.partition("+")
        if plus:
            yield first.strip(), second.strip()


RULE = Rule(
    "incompatible-duties",
    53,
    "不相容岗位兼任",
    "会计、出纳、报账员、负责人、监事等不相容岗位要分开，近亲属要回避",
    "审计疑点清单第 53 项；农村集体经济组织法第三十四条",
    "高",
    check,
    ("pairs", "kin"),
    (PEOPLE,),
)
