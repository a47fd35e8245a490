"""Decisions, their meetings, notices, files and draws as rows of texts."""

from collections.abc import Iterable

from village_ledger.domain.decision import DRAFT, FINAL, VOID, Notice, Step
from village_ledger.domain.decision_register import Standing
from village_ledger.domain.draw import Draw
from village_ledger.domain.money import format_fen
from village_ledger.services.decision_vouchers import Moved
from village_ledger.services.evidence import Evidence
from village_ledger.ui.tables.text_rows import Cells

FILTERS = ("全部", "成立", "不成立", DRAFT, VOID)
RECORD_HEADERS = ("文号", "日期", "决策事项", "类别", "决议会议", "应到／实到", "赞成", "状态", "上限", "已动用")
RECORD_WIDTHS = (164, 104, 220, 124, 116, 96, 56, 80, 108, 108)
STEP_HEADERS = ("环节", "会议", "日期", "应到", "实到", "赞成", "反对", "弃权")
STEP_WIDTHS = (104, 120, 104, 50, 50, 50, 50, 50)
NOTICE_HEADERS = ("类别", "开始", "结束", "天数", "地点")
FILE_HEADERS = ("文件名", "说明", "状态")
DRAW_HEADERS = ("日期", "类别", "事项", "金额")
MOVED_HEADERS = ("日期", "凭证", "摘要", "金额", "凭据")


def verdict(standing: Standing) -> str:
    """How a decision stands, in a word or two: the chip of the list."""
    decision = standing.decision
    if decision.state != FINAL:
        return decision.state
    if standing.replaced_by:
        return "已被代替"
    if [one.code for one in standing.failures] == ["notice-running"]:
        return "公示中"
    return "不成立" if standing.failures else "成立"


def colour(standing: Standing) -> str:
    """The colour of its chip."""
    return {"成立": "success", "不成立": "danger", "公示中": "warning", DRAFT: "accent"}.get(verdict(standing), "muted")


def matches(standing: Standing, text: str, name: str) -> bool:
    """Whether a decision belongs under a filter and holds the text looked for."""
    found = verdict(standing)
    if name == "不成立" and found not in ("不成立", "公示中"):
        return False
    if name in ("成立", DRAFT, VOID) and found != name:
        return False
    decision = standing.decision
    place = f"{decision.number} {decision.title} {decision.matter} {decision.body} {decision.procedure} {decision.text}"
    return all(word in place for word in text.split())


def record_row(standing: Standing) -> Cells:
    """A decision in the list."""
    decision, vote = standing.decision, standing.decision.deciding
    came = f"{vote.eligible}／{vote.present}" if vote else ""
    texts = (
        decision.number,
        str(decision.day),
        decision.title,
        decision.matter,
        decision.body,
        came,
        str(vote.yes) if vote and vote.voted else "",
        verdict(standing),
        format_fen(decision.cap_fen) if decision.cap_fen else "—",
        format_fen(standing.drawn_fen) if standing.drawn_fen else "",
    )
    return Cells(texts, colour(standing), standing, (7,))


def step_row(step: Step) -> Cells:
    """One meeting."""
    counts = (step.eligible, step.present, step.yes, step.no, step.abstain)
    shown = tuple(str(count) if step.voted or place < 2 else "" for place, count in enumerate(counts))
    merged = "（合并）" if step.merged else ""
    return Cells((step.key, step.body + merged, str(step.day), *shown), value=step)


def notice_row(notice: Notice) -> Cells:
    """One public notice; a struck one says so."""
    place = f"{notice.place}（已划去：{notice.struck}）" if notice.struck else notice.place
    texts = (notice.kind, str(notice.start), str(notice.end), str(notice.days), place)
    return Cells(texts, "muted" if notice.struck else "", notice)


def file_row(row: Evidence, state: str) -> Cells:
    """One photo or scan."""
    return Cells((row.file.name, row.note, state), "" if state == "完好" else "danger", row, (2,))


def draw_rows(draws: Iterable[Draw]) -> list[Cells]:
    """What was moved on the strength of the decision."""
    return [Cells((str(one.day), one.kind, one.label, format_fen(one.fen)), value=one) for one in draws]


def moved_row(moved: Moved) -> Cells:
    """A voucher that rests on the decision."""
    texts = (moved.day, moved.label, moved.summary, format_fen(moved.fen), moved.via)
    return Cells(texts, value=moved)
