"""Acts on disclosure notices: making, signing, posting, taking down, filing; objections and their answers."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from .. import clock
from ..domain.disclosure import CHANNELS, Act, Answer, Disclosure, Objection, Span, overdue, wrong_act
from ..domain.errors import BadInput, NotAllowed
from ..domain.period import Period
from ..reports.frame import span_label
from ..reports.notices.model import Edition, Notice
from ..reports.notices.snapshot import from_plain, plain
from ..storage.disclosures import (
    insert_act,
    insert_answer,
    insert_content,
    insert_disclosure,
    insert_objection,
    load_content,
    load_disclosures,
    load_objections,
    load_subjects,
)
from ..storage.transaction import Transaction
from .book import Book, Progress
from .disclosure_profiles import profile_of
from .disclosures_register import act_detail, answer_detail, disclosure_detail, objection_detail
from .notices import build, with_acts
from .people import role_of
from .proposals import new_uid

_TEXT = 2000


def disclosures(book: Book) -> tuple[Disclosure, ...]:
    """Every notice that was made, by span and version."""
    return load_disclosures(book.connection)


def disclosure(book: Book, uid: str) -> Disclosure:
    """One notice. Refuses an unknown one."""
    found = next((one for one in disclosures(book) if one.uid == uid), None)
    if found is None:
        raise BadInput("找不到这张公开榜，请刷新")
    return found


def latest(book: Book, edition: str, start: Period, end: Period) -> Disclosure | None:
    """The newest version made of a span."""
    found = [one for one in disclosures(book) if (one.edition, one.start, one.end) == (edition, start, end)]
    return max(found, key=lambda one: one.version, default=None)


def notice_of(book: Book, made: Disclosure) -> Notice:
    """The notice as it was made, whatever changed in the book since, with who signed and where it hangs."""
    return with_acts(as_made(book, made), made.acts)


def as_made(book: Book, made: Disclosure) -> Notice:
    """The notice as it was made, before anybody signed; of one the book kept no copy of, what the book says now."""
    content = load_content(book.connection, made.uid)
    return from_plain(content.notice) if content else built_again(book, made)


def built_again(book: Book, made: Disclosure) -> Notice:
    """The same notice as the book says it now."""
    content = load_content(book.connection, made.uid)
    subject, sheets = (content.subject, content.sheets) if content else ("", ())
    edition: Edition = made.edition  # type: ignore[assignment]  # the table holds no other
    return build(book, edition, made.start, made.end, made.version, subject=subject, sheets=sheets)


def current(book: Book, edition: Edition, start: Period, end: Period) -> Notice:
    """What is to be shown and printed of a span: the newest version made, else what would be made now."""
    made = latest(book, edition, start, end)
    if made is None:
        return build(book, edition, start, end)
    if made.state == "已作废":
        return build(book, edition, start, end, made.version + 1)
    return notice_of(book, made)


def shown_of(book: Book, row: "SpanRow") -> Notice:
    """What is to be shown and printed of a row of `spans`."""
    if row.edition == "special" and row.made:
        return notice_of(book, row.made)
    return current(book, row.edition, row.start, row.end)


class SpanRow(NamedTuple):
    """A span that is disclosed together: by when it is due, whether its months are closed, and the newest version."""

    edition: Edition
    start: Period
    end: Period
    due: date
    closed: bool
    made: Disclosure | None = None
    subject: str = ""

    @property
    def posted(self) -> bool:
        """Whether it was on the wall."""
        return self.made is not None and self.made.posted is not None and self.made.state != "已作废"


def spans(book: Book, edition: Edition) -> tuple[SpanRow, ...]:
    """The spans of an edition from the book's first month to the open one, newest first; of specials those made."""
    if edition == "special":
        return _specials(book)
    length = {"month": 1, "quarter": 3, "year": 12}[edition]
    rules, newest = profile_of(book), {(one.edition, one.start, one.end): one for one in disclosures(book)}
    first, open_period = book.entity.first_period, book.open_period
    found = []
    start = first
    while start <= open_period:
        end = start.plus(-((start.month - 1) % length) + length - 1)
        due = end.next.first_day + timedelta(days=rules.due_day - 1)
        found.append(SpanRow(edition, start, end, due, end < open_period, newest.get((edition, start, end))))
        start = end.next
    return tuple(reversed(found))


def _specials(book: Book) -> tuple[SpanRow, ...]:
    subjects = load_subjects(book.connection)
    return tuple(
        SpanRow("special", one.start, one.end, one.made_on, one.end < book.open_period, one, subjects[one.uid][0])
        for one in reversed(disclosures(book))
        if one.edition == "special" and one.uid in subjects
    )


def prepare_year(book: Book, year: int, progress: Progress) -> tuple[Disclosure, ...]:
    """Make the notices of every closed month of a year that has none; each stands when the rest is cancelled."""
    waiting = [
        row for row in reversed(spans(book, "month")) if row.start.year == year and row.closed and row.made is None
    ]
    if not waiting:
        raise BadInput(f"{year}年已结账的月份都制作过公开榜了")
    made = []
    for done, row in enumerate(waiting):
        progress(done, len(waiting), f"制作{row.start.label}公开榜")
        made.append(prepare(book, "month", row.start, row.end))
    return tuple(made)


def prepare(book: Book, edition: Edition, start: Period, end: Period, day: date | None = None) -> Disclosure:
    """Make a notice of closed months, today or on a `day`. Made again after it hung, it is the next version."""
    if end >= book.open_period:
        raise NotAllowed(f"{end.label}还没有结账，只能导出草稿；结账以后再制作公开榜")
    with book.write("notice") as transaction:
        before = latest(book, edition, start, end)
        if before and before.state in {"拟制", "已签字"}:
            raise NotAllowed(f"这一期的公开榜已经制作（{before.state}）；要重新制作请先作废它")
        notice = build(book, edition, start, end, before.version + 1 if before else 1)
        return _keep(book, transaction, notice, day or clock.today())


def prepare_special(
    book: Book, subject: str, sheets: tuple[str, ...], start: Period, end: Period, day: date | None = None
) -> Disclosure:
    """Make a special notice (专项公开) of one subject from the sheets chosen, closed months or not."""
    with book.write("notice") as transaction:
        before = latest(book, "special", start, end)
        version = before.version + 1 if before else 1
        notice = build(book, "special", start, end, version, subject=subject, sheets=sheets)
        if not notice.full:
            raise BadInput(f"选的表在{span_label(start, end)}都没有内容，没有可以公开的")
        return _keep(book, transaction, notice, day or clock.today(), sheets)


def _keep(book: Book, transaction: Transaction, notice: Notice, day: date, sheets: tuple[str, ...] = ()) -> Disclosure:
    """Keep what a notice says, for printing it again and for checking copies of it."""
    made = Disclosure(
        new_uid(),
        notice.edition,
        notice.start,
        notice.end,
        notice.version,
        notice.digest,
        notice.code,
        notice.wall.days,
        book.actor,
        day,
    )
    insert_disclosure(transaction.connection, made)
    insert_content(transaction.connection, made.uid, notice.subject, sheets, plain(notice))
    transaction.record("disclosure", notice.title, disclosure_detail(made))
    return made


def sign(book: Book, uid: str, day: date, who: str = "", role: str = "", note: str = "") -> Disclosure:
    """Sign a notice: the one at the keyboard, or a signature on paper told by name and role."""
    role = role or role_of(book, book.actor)
    if who and who != book.actor and not note.strip():
        note = "纸面签字"
    return _act(book, "notice.sign" if not who else "notice", uid, Act("签字", day, who or book.actor, role, note=note))


def post(book: Book, uid: str, day: date, place: str) -> Disclosure:
    """Note that the notice was put on the wall. Refused when the book says something else by now."""
    return _act(book, "notice", uid, Act("张榜", day, book.actor, place=place.strip()))


def take_down(book: Book, uid: str, day: date, reason: str = "") -> Disclosure:
    """Note that the notice was taken down; before its days are over only with a reason."""
    return _act(book, "notice", uid, Act("撤榜", day, book.actor, note=reason.strip()))


def file(book: Book, uid: str, day: date) -> Disclosure:
    """Note that the notice went into the archive."""
    return _act(book, "notice", uid, Act("归档", day, book.actor))


def void(book: Book, uid: str, day: date, reason: str) -> Disclosure:
    """Withdraw a notice, with the reason."""
    return _act(book, "notice", uid, Act("作废", day, book.actor, note=reason.strip()))


def enter(book: Book, uid: str, acts: Iterable[Act]) -> Disclosure:
    """Enter what a filed sheet of paper says was done to a notice, all in one go; each act must fit those before."""
    with book.write("notice") as transaction:
        made = disclosure(book, uid)
        for act in acts:
            if problem := wrong_act(made, act):
                raise NotAllowed(problem)
            made = _note(transaction, made, act)
    return made


def _note(transaction: Transaction, made: Disclosure, act: Act) -> Disclosure:
    done = act._replace(uid=new_uid())
    insert_act(transaction.connection, made.uid, done)
    transaction.record("disclosure-act", f"{act.kind} {made.start}", act_detail(made.uid, done))
    return made._replace(acts=(*made.acts, done))


def _act(book: Book, duty: str, uid: str, act: Act) -> Disclosure:
    with book.write(duty) as transaction:
        made = disclosure(book, uid)
        if problem := wrong_act(made, act):
            raise NotAllowed(problem)
        if act.kind in {"签字", "张榜"} and _moved_on(book, made):
            raise NotAllowed("公开榜做好以后，账或登记的资料有变动，内容已经不一样；请作废后重新制作")
        return _note(transaction, made, act)


def _moved_on(book: Book, made: Disclosure) -> bool:
    """Whether the books no longer say what a notice says. A special one tells how things stood on its day."""
    return made.edition != "special" and built_again(book, made).digest != made.digest


def overdue_spans(book: Book, today: date) -> tuple[Span, ...]:
    """The spans whose notice should hang by today and was never posted; none in a book whose control is off."""
    rules = profile_of(book)
    return overdue(book.entity.first_period, today, rules.rhythm, rules.due_day, disclosures(book))


def objections(book: Book) -> tuple[Objection, ...]:
    """Every objection, by day."""
    return load_objections(book.connection)


def object_to(book: Book, wanted: Objection) -> Objection:
    """Note a villager's objection to a notice."""
    book.authorise("objection")
    if not wanted.villager.strip() or not wanted.text.strip():
        raise BadInput("请填写质询人和质询的内容")
    if wanted.channel not in CHANNELS:
        raise BadInput(f"提出方式只能是：{'、'.join(CHANNELS)}")
    if max(len(wanted.text), len(wanted.about)) > _TEXT:
        raise BadInput(f"内容太长，最多 {_TEXT} 个字")
    with book.write("objection") as transaction:
        made = disclosure(book, wanted.disclosure)
        if made.posted is None or wanted.day < made.posted.day:
            raise NotAllowed("这张公开榜在那一天还没有张榜")
        saved = wanted._replace(uid=new_uid(), answers=())
        insert_objection(transaction.connection, saved)
        transaction.record("objection", f"{saved.villager} {made.start}", objection_detail(saved))
    return saved


def answer(book: Book, objection_uid: str, wanted: Answer) -> Objection:
    """Note an answer to an objection."""
    if not wanted.who.strip() or not wanted.text.strip():
        raise BadInput("请填写答复人和答复的内容")
    with book.write("objection") as transaction:
        asked = _objection(transaction, objection_uid)
        if asked.closed:
            raise NotAllowed("这条质询已经办结")
        if wanted.day < asked.day:
            raise BadInput(f"答复日期早于质询日期 {asked.day}")
        saved = wanted._replace(uid=new_uid())
        insert_answer(transaction.connection, objection_uid, saved)
        transaction.record("objection-answer", asked.villager, answer_detail(objection_uid, saved))
    return asked._replace(answers=(*asked.answers, saved))


def _objection(transaction: Transaction, uid: str) -> Objection:
    found = next((one for one in load_objections(transaction.connection) if one.uid == uid), None)
    if found is None:
        raise BadInput("找不到这条质询，请刷新")
    return found
