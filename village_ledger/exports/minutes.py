"""会议记录 and 决议 on A4: each meeting's minutes with its sign-in table; the resolution to be signed and sealed."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from village_ledger.domain.decision import DRAFT, VOID, Decision, Step
from village_ledger.domain.decision_register import Standing
from village_ledger.domain.governance import COLLECTIVE, Body
from village_ledger.domain.money import capital_amount, format_fen
from village_ledger.domain.view import Entity

from .atomic import atomic_write
from .fonts import new_canvas
from .sheets import Field, Sheets

MAX_NAMES = 600
"""A sign-in table longer than this is kept on the township's own paper."""

Bodies = dict[str, Body]
"""The bodies of the rules by name; what they do not know is printed as it is written."""


def write_minutes_pdf(
    decision: Decision, steps: Iterable[Step], bodies: Bodies, entity: Entity, path: Path, footer: str = ""
) -> None:
    """Print the minutes of meetings to `path`, each on pages of its own with a sign-in table, all or nothing."""
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setTitle(f"会议记录 {decision.number}")
        canvas.setAuthor(entity.name)
        sheets = Sheets(canvas, footer, _mark(decision))
        for place, step in enumerate(steps):
            sheets.start(f"minutes{place}", f"{step.key} {step.body}")
            _minutes(sheets, decision, step, bodies.get(step.body), entity)
        sheets.close()
        canvas.save()


def write_resolution_pdf(
    standing: Standing, bodies: Bodies, entity: Entity, on: date, path: Path, footer: str = ""
) -> None:
    """Print the resolution to `path` with the check of its procedure as it stands on a day, all or nothing."""
    decision = standing.decision
    with atomic_write(path) as file:
        canvas = new_canvas(file)
        canvas.setTitle(f"决议 {decision.number}")
        canvas.setAuthor(entity.name)
        sheets = Sheets(canvas, footer, _mark(decision) or ("" if standing.valid else "程序不成立，见文末核对"))
        sheets.start("resolution", f"{decision.number} {decision.title}")
        _resolution(sheets, standing, bodies, entity)
        _proof(sheets, standing, on)
        sheets.close()
        canvas.save()


def _mark(decision: Decision) -> str:
    return {DRAFT: "草稿，未定稿", VOID: "已作废"}.get(decision.state, "")


def _minutes(sheets: Sheets, decision: Decision, step: Step, body: Body | None, entity: Entity) -> None:
    unit = body.unit if body else "人"
    sheets.heading(
        f"{entity.name}{step.body}会议记录" if not step.body.endswith("会议") else f"{entity.name}{step.body}记录"
    )
    sheets.line(f"环节：{step.key}（{decision.procedure}）", f"文号：{decision.number}")
    part = f"（其中线上 {step.online}、书面委托 {step.proxy}）" if step.online or step.proxy else ""
    rate = f"　比例 {step.present * 100 // step.eligible}%" if step.eligible else ""
    rows = [
        (Field("议　　题", decision.title),),
        (Field("时　　间", _day(step.day), 0.5), Field("地　　点", step.place, 0.5)),
        (Field("主 持 人", step.host, 0.5), Field("记 录 人", step.recorder, 0.5)),
        (Field("参会人员", f"应到 {step.eligible} {unit}，实到 {step.present} {unit}{part}{rate}"),),
    ]
    if decision.motion:
        rows.insert(1, (Field("动议事由", decision.motion),))
    if step.told:
        rows.append((Field("会议通知", f"{_day(step.told)}告知{'、'.join(step.told_of)}"),))
    if step.guests:
        rows.append((Field("乡镇人员", step.guests),))
    if step.merged:
        rows.append((Field("说　　明", "支部书记、主任由一人担任，本次会议与上一步合并召开"),))
    sheets.fields(tuple(rows))
    sheets.paragraph("会议内容：", bold=True, indent=False)
    sheets.paragraph(step.text or "（记录人填写）")
    if step.voted:
        sheets.paragraph("表决结果：", bold=True, indent=False)
        way = f"经{step.way}，" if step.way else ""
        sheets.paragraph(f"{way}赞成 {step.yes} 票，反对 {step.no} 票，弃权 {step.abstain} 票。")
    sheets.signatures(("主持人", "记录人", "监督人"))
    if names := _names(step):
        sheets.gap(22)
        sheets.room(75 + (len(names) + 3) // 2 * 22)
        sheets.heading("参会人员签到表", 14)
        sheets.line(f"{step.body}　{_day(step.day)}", "须由本人签字，不得代签")
        sheets.sign_in(names)


def _names(step: Step) -> tuple[tuple[str, str], ...]:
    """Who signs, with remarks as typed in brackets behind the name; blank rows where no names were entered."""
    if not step.attendees:
        return (("", ""),) * min(step.present, MAX_NAMES)
    found = []
    for name in step.attendees[:MAX_NAMES]:
        plain, _, remark = name.replace("(", "（").rstrip("）)").partition("（")
        found.append((plain, remark))
    return tuple(found)


def _resolution(sheets: Sheets, standing: Standing, bodies: Bodies, entity: Entity) -> None:
    decision, vote = standing.decision, standing.decision.deciding
    sheets.heading(f"{entity.name}")
    sheets.heading(f"关于{decision.title}的决议", 16)
    sheets.line("", decision.number, 10.5)
    sheets.gap(6)
    if vote:
        unit = bodies[vote.body].unit if vote.body in bodies else "人"
        place = f"在{vote.place}" if vote.place else ""
        host = f"，{vote.host}主持" if vote.host else ""
        how = f"经{vote.way}，" if vote.way else ""
        sheets.paragraph(
            f"{_day(vote.day)}，{vote.body}{place}召开{host}。应到 {vote.eligible} {unit}，实到 {vote.present} {unit}。"
            f"会议就“{decision.title}”（{decision.matter}）进行了讨论，{how}以赞成 {vote.yes} 票、反对 {vote.no} 票、"
            f"弃权 {vote.abstain} 票作出如下决议："
        )
    sheets.paragraph(decision.text, size=12)
    if decision.cap_fen:
        amount = f"{format_fen(decision.cap_fen)} 元（人民币{capital_amount(decision.cap_fen)}）"
        sheets.paragraph(f"本决议涉及资金不超过 {amount}。")
    if decision.replaces:
        sheets.paragraph(f"本决议代替 {decision.replaces}。")
    for step in decision.steps[:-1]:
        votes = f"，赞成 {step.yes}、反对 {step.no}、弃权 {step.abstain}" if step.voted else ""
        sheets.paragraph(
            f"{step.key}：{_day(step.day)} {step.body}，应到 {step.eligible}、实到 {step.present}{votes}。", size=10
        )
    sheets.signatures(("主持人", "记录人", "村监会主任"))
    seal = "农村集体经济组织" if decision.side == COLLECTIVE else "村民委员会"
    sheets.gap(20)
    sheets.line("", f"（{seal}盖章）", 11)
    sheets.line("", _day(decision.day), 11)


def _proof(sheets: Sheets, standing: Standing, on: date) -> None:
    """What the check of the procedure came to, so that the paper says no more than the book."""
    decision = standing.decision
    sheets.gap(14)
    rules = f"（规则 {decision.rules}）" if decision.rules else ""
    sheets.paragraph(f"程序核对（截至 {_day(on)}）{rules}", bold=True, indent=False, size=10)
    if standing.valid:
        sheets.paragraph("应到实到、表决比例、通知和公示天数、会议材料均符合规则。", size=10)
    if standing.replaced_by:
        sheets.paragraph(f"已由 {standing.replaced_by} 代替。", size=10)
    if decision.state == VOID:
        sheets.paragraph(f"已作废：{decision.void_reason}。", size=10)
    for number, failure in enumerate(standing.failures, 1):
        sheets.paragraph(f"{number}. {failure}", size=10)
    for notice in standing.notices:
        struck = f"（已划去：{notice.struck}）" if notice.struck else ""
        span = f"{_day(notice.start)}至{_day(notice.end)}，{notice.days} 天"
        sheets.paragraph(f"{notice.kind}：{span}，{notice.place}{struck}", size=10)
    if decision.opinion:
        sheets.paragraph(f"监督意见：{decision.opinion}", size=10)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
