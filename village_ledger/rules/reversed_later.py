"""改账痕迹: what was posted, reviewed and closed is cancelled only for a good reason. Reference list no. 54."""

from collections.abc import Iterator

from .model import Case, Hit, Rule, Values
from .payments import voucher_label
from .reversals import reversals
from .telling import told_day
from .wording import yuan


def check(case: Case, values: Values) -> Iterator[Hit]:
    """A hit for each red-letter voucher that cancels one of an earlier month, or one that was not handed over."""
    handed = {act.subject: act.at for act in case.acts if act.action == "hand-over"}
    for red, original in reversals(case):
        label = voucher_label(red)
        amount = abs(red.total_fen)
        if amount < values["yuan"]:
            continue
        if original is None:
            yield Hit(
                f"凭证 {label}",
                f"{label} 红字冲销 {yuan(amount)}，报送的账里找不到被冲销的凭证：{red.lines[0].summary}",
                (("摘要", red.lines[0].summary), ("金额", yuan(amount))),
                amount,
                (label,),
            )
        elif original.period < red.period:
            before, month = voucher_label(original), str(original.period)
            state = "已报送" if month in handed else "以前"
            yield Hit(
                f"凭证 {label}",
                f"{label} 用红字冲销了{state}月份的凭证 {before}，金额 {yuan(amount)}：{original.lines[0].summary}",
                (
                    (
                        "原凭证",
                        f"{before}（{told_day(original.day)}，制单 {original.maker}，审核 {original.reviewer}）",
                    ),
                    ("冲销", f"{label}（制单 {red.maker}，审核 {red.reviewer}）"),
                ),
                amount,
                (label, before),
            )


RULE = Rule(
    "reversed-later",
    54,
    "冲销以前月份凭证",
    "红字冲销以前月份的凭证，要有真实的更正理由",
    "审计疑点清单第 54 项",
    "中",
    check,
    ("yuan",),
)
