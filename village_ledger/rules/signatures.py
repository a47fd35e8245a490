"""Each payment is signed by who handled it, who witnessed it, who approves and who supervises, four different people
(村级财务开支审批制度; 会计法: 不相容岗位分离). Looked for: a paid request on which one is missing, or one name stands
twice.
"""

from collections.abc import Iterator

from . import cells
from .model import Case, Hit, Row, Rule, Values
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """One hit a request, naming everything wrong with it."""
    for row in case.rows("request-register"):
        label = cells.text(row, "voucher")
        if not label:
            continue
        wrong = _wrong(row, values)
        if wrong:
            yield Hit(
                f"申请 {cells.text(row, 'number')}",
                f"已付款 {yuan(cells.fen(row, 'amount'))}（{cells.text(row, 'payee')}，"
                f"{cells.text(row, 'title')}）的签批有问题：{'；'.join(wrong)}",
                (
                    ("凭证", label),
                    ("经手人", cells.text(row, "handler") or "没有"),
                    ("证明人", cells.text(row, "witness") or "没有"),
                    ("签批", cells.text(row, "signatures") or "没有"),
                    ("提交人", cells.text(row, "submitter") or "没有"),
                ),
                cells.fen(row, "amount"),
                (label,),
            )


def _wrong(row: Row, values: Values) -> tuple[str, ...]:
    given = signed_by(cells.text(row, "signatures"))
    handler, witness = cells.name(row, "handler"), cells.name(row, "witness")
    approvers = {name for duty, name in given if duty in values["approvers"]}
    overseers = {name for duty, name in given if duty in values["overseers"]}
    submitter = cells.name(row, "submitter")
    checks = (
        (not handler, "没有经手人"),
        (not witness, "没有证明人"),
        (not approvers, "没有负责人审批"),
        (not overseers, "没有监督组织签字"),
        (bool(handler) and handler == witness, f"{handler}既是经手人又是证明人"),
        (handler in approvers, f"{handler}经手又审批"),
        (handler in overseers, f"{handler}经手又监督"),
        (bool(approvers & overseers), f"{'、'.join(sorted(approvers & overseers))}审批又监督"),
        (submitter in approvers, f"{submitter}报账又审批"),
    )
    return tuple(text for is_wrong, text in checks if is_wrong)


def signed_by(text: str) -> tuple[tuple[str, str], ...]:
    """Duties and names of signatures written as `负责人 石建国 2025-06-01；…`."""
    parts = (part.split() for part in text.split("；"))
    return tuple((words[0], words[1]) for words in parts if len(words) > 1)


RULE = Rule(
    "signatures",
    14,
    "签批不全、一人兼签",
    "付款要经手、证明、审批、监督签字齐全，并且不是同一个人。",
    "村级财务开支审批制度；会计法（不相容岗位分离）；审计疑点清单第14条",
    "中",
    check,
    ("approvers", "overseers"),
    ("request-register",),
)
