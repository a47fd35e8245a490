"""Whether a decision holds: procedure, quorum, majorities, telling, notices and documents, judged by a set of rules.

Pure functions on values. What fails is told in Chinese with its figures and article; figures whose text was not
confirmed for the day are judged by all the same and told apart.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

from .decision import Decision, Failure, Notice, Step
from .governance import (
    BEFORE,
    COLLECTIVE,
    DONE,
    OF_ALL,
    PARTY,
    RESOLVED,
    Basis,
    Body,
    Days,
    Matter,
    NoticeRule,
    Procedure,
    RuleSet,
    Share,
    StepRule,
)
from .money import format_fen


def evaluate(decision: Decision, notices: Iterable[Notice], rules: RuleSet, on: date) -> tuple[Failure, ...]:
    """Everything a decision lacks as seen on a day, in the order of its procedure; empty: it holds."""
    return tuple(_Judge(decision, notices, rules, on).failures)


def remarks(decision: Decision, notices: Iterable[Notice], rules: RuleSet, on: date) -> tuple[str, ...]:
    """What does not keep a decision from holding: figures not confirmed for its day, results not posted yet."""
    return tuple(_Judge(decision, notices, rules, on).remarks)


class _Judge:
    """Walks through a decision once and collects what it finds."""

    def __init__(self, decision: Decision, notices: Iterable[Notice], rules: RuleSet, on: date) -> None:
        self.decision = decision
        self.notices = tuple(one for one in notices if not one.struck and one.start <= on)
        self.rules = rules
        self.on = on
        self.failures: list[Failure] = []
        self.remarks: list[str] = []
        matter = rules.matter(decision.matter)
        procedure = rules.procedure(decision.procedure)
        if matter is None:
            self._fail("matter", f"决策规则里没有“{decision.matter}”这类事项，请另选或在规则中添加", Basis())
        if procedure is None:
            self._fail("procedure", f"决策规则里没有“{decision.procedure}”这种程序，请另选或在规则中添加", Basis())
            return
        self._way(matter, procedure)
        self._sequence(procedure)
        for step in decision.steps:
            rule, body = procedure.step(step.key), rules.body(step.body)
            if rule and body:
                self._step(step, rule, body, matter)
        self._study(matter, procedure)
        for notice in (*procedure.notices, *(matter.notices if matter else ())):
            self._notice(notice)

    def _fail(self, code: str, text: str, basis: Basis) -> None:
        self.failures.append(Failure(code, text, basis.label if basis.law or basis.article else "", self._note(basis)))

    def _note(self, basis: Basis) -> str:
        """Remember that a figure was used; returns why it is not certain."""
        doubt = basis.doubt(self.decision.day) if basis.law or basis.article else ""
        if doubt and (text := f"{basis.label}：{doubt}") not in self.remarks:
            self.remarks.append(text)
        return doubt

    def _way(self, matter: Matter | None, procedure: Procedure) -> None:
        """Whether matter, procedure, deciding body, side and amount go together."""
        decision = self.decision
        if matter and matter.procedures and procedure.name not in matter.procedures:
            text = f"“{matter.name}”不能走“{procedure.name}”，应走：{'、'.join(matter.procedures)}"
            self._fail("procedure", text, matter.basis)
        if matter and decision.body and decision.body not in matter.bodies:
            text = f"“{matter.name}”不能由{decision.body}决定，应由：{'、'.join(matter.bodies)}"
            self._fail("body", text, matter.basis)
        body = self.rules.body(decision.body)
        if body and body.side not in (decision.side, PARTY):
            text = f"作出决议的是{body.name}，属于{body.side}，决策主体却填的是{decision.side}"
            self._fail("side", text, Basis())
        if procedure.limit and decision.cap_fen > procedure.limit.fen:
            most = format_fen(procedure.limit.fen)
            text = f"“{procedure.name}”最多决定 {most} 元，这项决策的上限是 {format_fen(decision.cap_fen)} 元"
            self._fail("limit", text, procedure.limit.basis)
        if decision.day > self.on:
            self._fail("future", f"决策日期是 {decision.day}，到 {self.on} 还没有作出", Basis())

    def _sequence(self, procedure: Procedure) -> None:
        """Whether every step was taken, in order, the deciding one last and on the day of the decision."""
        decision = self.decision
        for rule in procedure.steps:
            held = decision.step(rule.name)
            together = decision.step(rule.merges_into) if rule.merges_into else None
            if held is None and not (together and together.merged):
                merge = f"（与“{rule.merges_into}”合并召开的，请在那一步注明）" if rule.merges_into else ""
                self._fail("step", f"没有“{rule.name}”（{'、'.join(rule.bodies)}）{merge}", rule.basis)
            elif held and held.body not in rule.bodies:
                text = f"“{rule.name}”不能由{held.body}办理，应由：{'、'.join(rule.bodies)}"
                self._fail("step-body", text, rule.basis)
        order = [rule.name for rule in procedure.steps]
        known = [step for step in decision.steps if step.key in order]
        for step in decision.steps:
            if step.key not in order:
                self._fail("step", f"“{procedure.name}”里没有“{step.key}”这一步", Basis())
            elif self.rules.body(step.body) is None:
                self._fail("step-body", f"决策规则里没有“{step.body}”这种会议", Basis())
        ranked = sorted(known, key=lambda step: order.index(step.key))
        for earlier, later in pairwise(ranked):
            if later.day < earlier.day:
                text = f"“{later.key}”在 {later.day}，早于前一步“{earlier.key}”的 {earlier.day}，先后次序不对"
                self._fail("order", text, Basis())
        if known != ranked:
            self._fail("order", f"各步应按“{'、'.join(step.key for step in ranked)}”的次序填写", Basis())
        deciding = decision.step(procedure.deciding.name)
        if deciding and deciding.day != decision.day:
            text = f"决策日期 {decision.day} 和作出决议的{deciding.body}日期 {deciding.day} 不一致"
            self._fail("day", text, Basis())

    def _step(self, step: Step, rule: StepRule, body: Body, matter: Matter | None) -> None:
        shares = list(body.majorities)
        if rule.decides and matter:
            shares += [one.share for one in matter.majorities if body.name in one.bodies]
        self._counts(step, body, asked=bool(shares or body.quorum))
        if body.size and step.eligible and not body.size.fits(step.eligible):
            text = f"{body.name}的人数应{body.size.text}，应到填的是 {step.eligible} {body.unit}"
            self._fail("size", text, body.size.basis)
        if body.quorum and step.eligible:
            self._quorum(step, body, body.quorum)
        for share in shares:
            self._majority(step, body, share)
        self._told(step, body, body.told, body.told_of)
        self._told(step, body, rule.told, ())
        self._documents(step, rule.documents, rule.basis)
        if rule.decides and matter:
            self._documents(step, matter.documents, matter.documents_basis)

    def _counts(self, step: Step, body: Body, *, asked: bool) -> None:
        """Whether the numbers of a meeting agree with each other."""
        unit, name = body.unit, f"“{step.key}”{step.body}"
        cast = step.yes + step.no + step.abstain
        if asked and not step.eligible:
            self._fail("eligible", f"{name}没有填应到人数", Basis())
        if step.present > step.eligible and (asked or step.eligible):
            self._fail("present", f"{name}实到 {step.present} {unit}，多于应到 {step.eligible} {unit}", Basis())
        if step.online + step.proxy > step.present:
            text = f"{name}线上 {step.online}、委托 {step.proxy}，合计多于实到 {step.present} {unit}"
            self._fail("present", text, Basis())
        if step.proxy and not body.proxy:
            self._fail("proxy", f"{body.name}不能委托他人参加，填了委托 {step.proxy} {unit}", Basis())
        if step.online and not body.online:
            self._fail("online", f"{body.name}不能线上参加，填了线上 {step.online} {unit}", Basis())
        if (asked or step.voted) and cast != step.present:
            text = f"{name}赞成 {step.yes}、反对 {step.no}、弃权 {step.abstain}，合计 {cast}，"
            self._fail("votes", f"{text}和实到 {step.present} {unit}不符", Basis())
        if step.attendees and len(step.attendees) != step.present:
            text = f"{name}参会名单有 {len(step.attendees)} 人，和实到 {step.present} {unit}不符"
            self._fail("attendees", text, Basis())
        twice = [one for one in dict.fromkeys(step.attendees) if step.attendees.count(one) > 1]
        if twice:
            text = f"{name}参会名单里“{twice[0]}”写了 {step.attendees.count(twice[0])} 次，同名的请加注区别"
            self._fail("attendees", text, Basis())

    def _quorum(self, step: Step, body: Body, share: Share) -> None:
        least = share.least(step.eligible)
        self._note(share.basis)
        if step.present < least:
            text = f"{body.name}应有{share.text}{body.voters}参加：应到 {step.eligible} {body.unit}，至少 {least} "
            self._fail("quorum", f"{text}{body.unit}，实到 {step.present} {body.unit}", share.basis)

    def _majority(self, step: Step, body: Body, share: Share) -> None:
        total, of = (
            (step.eligible, f"全体{body.voters}") if share.of == OF_ALL else (step.present, f"到会{body.voters}")
        )
        least = share.least(total)
        self._note(share.basis)
        if total and step.yes < least:
            text = f"{body.name}应由{of}{share.text}同意：{share.of} {total} {body.unit}，至少 {least} 票"
            self._fail("majority", f"{text}，赞成 {step.yes} 票", share.basis)

    def _told(self, step: Step, body: Body, wanted: Days | None, told_of: tuple[str, ...]) -> None:
        if wanted is None:
            return
        self._note(wanted.basis)
        if step.told is None:
            text = f"没有填{body.name}通知（送达方案）的日期，应提前 {wanted.days} 天告知全体{body.voters}"
            self._fail("told", text, wanted.basis)
            return
        ahead = (step.day - step.told).days
        if ahead < wanted.days:
            text = f"{body.name}应提前 {wanted.days} 天告知全体{body.voters}：{step.day} 开会，"
            latest = step.day - timedelta(days=wanted.days)
            done = f"提前 {ahead} 天" if ahead >= 0 else "晚于开会"
            self._fail("told", f"{text}最迟 {latest} 通知，实际 {step.told} 通知，{done}", wanted.basis)
        missing = [one for one in told_of if one not in step.told_of]
        if missing:
            text = f"{body.name}的通知应写明{'、'.join(told_of)}，缺少：{'、'.join(missing)}"
            self._fail("told-of", text, wanted.basis)

    def _documents(self, step: Step, wanted: tuple[str, ...], basis: Basis) -> None:
        missing = [one for one in wanted if one not in step.documents]
        if missing:
            self._fail("documents", f"“{step.key}”{step.body}缺少材料：{'、'.join(missing)}", basis)

    def _study(self, matter: Matter | None, procedure: Procedure) -> None:
        """Items of a members' meeting must be studied by the party organisation first.

        A procedure that has a party step of its own asks for it already.
        """
        body = self.rules.body(self.decision.body)
        if matter is None or matter.studied is None or body is None or body.side != COLLECTIVE:
            return
        bodies = {name for step in procedure.steps if not step.decides for name in step.bodies}
        if any(known.side == PARTY for known in self.rules.bodies if known.name in bodies):
            return
        self._note(matter.studied)
        if not any(self._is_party(step) for step in self.decision.steps[:-1]):
            text = f"“{matter.name}”提交{body.name}表决前，应先经乡镇党委或者村党组织研究，没有研究记录"
            self._fail("study", text, matter.studied)

    def _is_party(self, step: Step) -> bool:
        body = self.rules.body(step.body)
        return bool(step.merged or (body and body.side == PARTY)) and step.day <= self.decision.day

    def _notice(self, rule: NoticeRule) -> None:
        self._note(rule.basis)
        posted = [one for one in self.notices if one.kind == rule.kind]
        if rule.kind == DONE:
            if all(one.start < self.decision.day for one in posted):
                self.remarks.append(f"还没有登记{DONE}（实施以后公开，{rule.days} 天）")
            return
        if not posted:
            when = "在表决前公告" if rule.kind == BEFORE else "公开"
            self._fail("notice", f"没有登记{rule.kind}，应{when} {rule.days} 天", rule.basis)
            return
        problems = [self._notice_problem(rule, one) for one in posted]
        if None not in problems:
            code, text = problems[-1] or ("", "")
            self._fail(code, text, rule.basis)

    def _notice_problem(self, rule: NoticeRule, notice: Notice) -> tuple[str, str] | None:
        """The code and text of what is wrong with one notice; None when it is as asked."""
        vote = self.decision.day
        span = f"{notice.start} 至 {notice.end}"
        if rule.kind == BEFORE:
            ahead = (min(notice.end + timedelta(days=1), vote) - notice.start).days
            if ahead < rule.days:
                text = f"{BEFORE}应在表决前满 {rule.days} 天：{vote} 表决，公告 {span}，表决前只有 {max(ahead, 0)} 天"
                return "notice-days", text
            return None
        if notice.start < vote:
            return "notice-order", f"{RESOLVED}从 {notice.start} 开始，早于作出决议的 {vote}"
        if rule.within and (notice.start - vote).days > rule.within:
            late = (notice.start - vote).days
            return (
                "notice-late",
                f"{RESOLVED}应在 {vote} 作出决议后 {rule.within} 天内公布，{notice.start} 才公布，{late} 天后",
            )
        if notice.days < rule.days:
            return "notice-days", f"{RESOLVED}应满 {rule.days} 天：公开 {span}，只有 {notice.days} 天"
        last = notice.start + timedelta(days=rule.days - 1)
        if self.on <= last:
            return (
                "notice-running",
                f"{RESOLVED}还没有满 {rule.days} 天：{notice.start} 开始，{last} 满，现在是 {self.on}",
            )
        return None
