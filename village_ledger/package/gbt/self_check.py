"""国标导出自检: the fourteen checks over a set of files, and how their results are printed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from . import book_checks, checks
from .case import Case, Finding, Recompute
from .form import Forms

MAX_TOLD = 20
"""So many findings of a check are told."""
CHECKS: tuple[tuple[str, Callable[[Case], Iterator[Finding]]], ...] = (
    ("文件齐全，编码、元素名称、次序、长度和小数位符合格式", checks.form),
    ("电子账簿、总账基础信息各一条", checks.singles),
    ("科目、辅助项、币种、凭证类型等编码都有登记", checks.references),
    ("科目编码符合编号规则，上级齐全，级次正确", checks.account_codes),
    ("每张凭证借贷平衡，行号连续", checks.vouchers),
    ("凭证号连续", checks.numbers),
    ("凭证日期在会计期间之内", checks.days),
    ("余额连续，上下级、辅助项、凭证合计一致", book_checks.balances),
    ("一级科目期初余额借贷平衡", book_checks.trial),
    ("报表各项由账上重算一致", book_checks.statements),
    ("凭证有审核人、记账人", book_checks.signatures),
    ("固定资产卡片和总账一致", book_checks.assets),
    ("读回空账簿后余额一致，XML 和 TXT 一致", book_checks.round_trip),
    ("清单的摘要、条数、控制数一致", book_checks.listed),
)
NOTICE = "说明：这里用的元素表由公开资料整理，校验文件（XSD）是本程序自己写的，不是标准原文附带的官方文件。"


class Result(NamedTuple):
    """What came of one check; `warnings` do not fail it."""

    number: int
    title: str
    findings: tuple[str, ...]
    warnings: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether it passed."""
        return not self.findings


def self_check(files: dict[str, bytes], forms: Forms, recompute: Recompute) -> tuple[Result, ...]:
    """The results in order. BadInput for files that are refused unread (entities, wrong encoding, far too large)."""
    case = Case(files, forms, recompute)
    return tuple(_run(number, title, check, case) for number, (title, check) in enumerate(CHECKS, 1))


def _run(number: int, title: str, check: Callable[[Case], Iterator[Finding]], case: Case) -> Result:
    found = tuple(islice(check(case), 1000))
    serious = tuple(one.text for one in found if one.serious)
    return Result(number, title, _shortened(serious), _shortened(tuple(one.text for one in found if not one.serious)))


def _shortened(texts: tuple[str, ...]) -> tuple[str, ...]:
    return (*texts[:MAX_TOLD], f"……共 {len(texts)} 处") if len(texts) > MAX_TOLD else texts


def report_text(results: Iterable[Result]) -> str:
    """自检.txt."""
    lines = ["国标数据接口自检", ""]
    failed = 0
    for one in results:
        failed += not one.ok
        lines.append(f"{one.number:2d}. {'通过' if one.ok else '未通过'}　{one.title}")
        lines += [f"    ✗ {text}" for text in one.findings]
        lines += [f"    注：{text}" for text in one.warnings]
    outcome = f"有 {failed} 项没有通过" if failed else "全部通过"
    return "\n".join([*lines, "", f"结果：{outcome}", NOTICE, ""])
