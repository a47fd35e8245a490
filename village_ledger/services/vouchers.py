"""Drafts, review, posting, reversal: the way of a voucher (see docs/ARCHITECTURE.md)."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from ..domain.chain import sha256
from ..domain.errors import BadInput, NotAllowed, PeriodClosed, Refusal, StaleDraft
from ..domain.period import Period
from ..domain.voucher import Draft, DraftLine, Voucher, reversal
from ..storage import search
from ..storage.accounts import account_usage as stored_usage
from ..storage.drafts import Drafts, Templates
from ..storage.search import VoucherFilter as VoucherFilter
from ..storage.search import VoucherSummary as VoucherSummary
from ..storage.tables import BookDatabase
from ..storage.transaction import Transaction
from ..storage.vouchers import last_numbers, voucher_by_id
from .book import Book, Progress, no_progress
from .openings import require_tied
from .posting import Poster as Poster
from .posting import check_context as check_context
from .posting import require_clean
from .posting import voucher_words as voucher_words


class Template(NamedTuple):
    """A saved voucher template (凭证模板)."""

    id: int
    name: str
    lines: tuple[DraftLine, ...]


def _drafts(book: Book) -> Drafts:
    return Drafts(BookDatabase(book.connection))


def draft(book: Book, draft_id: int) -> Draft:
    """One draft. Raises StaleDraft when it is gone (posted or deleted meanwhile)."""
    found = _drafts(book).get(draft_id)
    if found is None:
        raise StaleDraft("这张草稿已经被记账或删除了，请刷新凭证列表")
    return found


def drafts_of(book: Book, period: Period) -> tuple[Draft, ...]:
    """A month's drafts in order."""
    return _drafts(book).of_month(str(period))


def save_draft(book: Book, wanted: Draft) -> Draft:
    """Save a draft, wrong or right; one that does not balance is kept but cannot be reviewed (暂存)."""
    with book.write("voucher.draft") as transaction:
        return _save(book, transaction, wanted)


def _save(book: Book, transaction: Transaction, wanted: Draft) -> Draft:
    require_open(book, wanted.period)
    drafts = _drafts(book)
    before = _current(drafts, wanted) if wanted.id else None
    if before and before.state == "reviewed":
        raise NotAllowed("这张凭证已经审核，要修改请先取消审核")
    waiting = drafts.reversal_of(wanted.reverses) if wanted.reverses else None
    if waiting and waiting.id != wanted.id:
        raise NotAllowed(f"这张凭证已经有一张待记账的红字冲销凭证（草稿{waiting.id}）")
    changed = wanted._replace(state="draft", reviewer="", maker=book.actor or wanted.maker)
    saved = drafts.update(changed) if before else drafts.insert(changed)
    transaction.record("draft", f"{saved.period} {saved.word} 草稿{saved.id}", draft_detail(saved))
    return saved


def _current(drafts: Drafts, wanted: Draft) -> Draft:
    before = drafts.get(wanted.id)
    if before is None:
        raise StaleDraft("这张草稿已经在另一个窗口里记账或删除了，您录入的内容没有保存，可以另存为新凭证")
    if before.version != wanted.version:
        raise StaleDraft("这张草稿刚才在另一个窗口里改过，请重新打开后再改；您录入的内容没有保存")
    return before


def draft_detail(saved: Draft) -> dict[str, object]:
    """What the log keeps of a draft."""
    return {
        "draft": saved.id,
        "date": saved.day.isoformat(),
        "lines": len(saved.lines),
        "debit_fen": saved.debit_total_fen,
        "credit_fen": saved.credit_total_fen,
        "content": sha256([list(line) for line in saved.lines]),
    }


def require_open(book: Book, period: Period) -> None:
    """Refuse a month before the book began or that is closed."""
    if period < book.entity.first_period:
        raise BadInput(f"{period.label}早于建账月份 {book.entity.first_period.label}，请改日期")
    if period < book.open_period:
        raise PeriodClosed(
            f"{period.label}已经结账，不能增加或修改凭证。确需更正请在 {book.open_period.label} 用红字冲销"
        )


def delete_drafts(book: Book, ids: Iterable[int]) -> None:
    """Delete drafts; the expected numbers behind them close up."""
    drafts = _drafts(book)
    with book.write("voucher.draft") as transaction:
        found = drafts.many(ids)
        if any(one.state == "reviewed" for one in found):
            raise NotAllowed("选中的凭证里有已审核的，请先取消审核再删除")
        if not found:
            raise StaleDraft("选中的草稿已经不在了，请刷新凭证列表")
        drafts.delete(one.id for one in found)
        transaction.record(
            "draft-delete", f"{len(found)} 张草稿", [[one.id, str(one.period), one.debit_total_fen] for one in found]
        )


def move_draft(book: Book, draft_id: int, offset: int) -> None:
    """Move a draft up (negative) or down among its month's drafts of the same word."""
    drafts = _drafts(book)
    with book.write("voucher.draft") as transaction:
        moved = draft(book, draft_id)
        order = [one.id for one in drafts.of_month(str(moved.period)) if one.word == moved.word]
        place = order.index(draft_id)
        order.insert(max(0, min(len(order) - 1, place + offset)), order.pop(place))
        for position, one in enumerate(order, 1):
            drafts.set_position(one, position)
        transaction.record("draft-move", f"草稿{draft_id}", {"to": order.index(draft_id) + 1})


def expected_number(book: Book, wanted: Draft) -> int:
    """The number the draft gets if the drafts before it are posted first."""
    last = last_numbers(book.connection, str(wanted.period)).get(wanted.word, 0)
    return last + _drafts(book).rank(wanted)


def review(book: Book, ids: Iterable[int]) -> None:
    """Review drafts (审核). Refused whole if one is wrong or was made by the reviewer."""
    drafts = _drafts(book)
    with book.write("voucher.review") as transaction:
        context = check_context(book)
        for one in _existing(drafts, ids):
            if one.state == "reviewed":
                continue
            require_clean(one, context)
            _require_other_person(book, one)
            changed = drafts.update(one._replace(state="reviewed", reviewer=book.actor))
            transaction.record("review", f"{one.period} {one.word} 草稿{one.id}", draft_detail(changed))
        if not transaction.recorded:
            raise BadInput("选中的凭证都已经审核过了")


def unreview(book: Book, ids: Iterable[int]) -> None:
    """Take a review back, before posting (取消审核)."""
    drafts = _drafts(book)
    with book.write("voucher.review") as transaction:
        for one in _existing(drafts, ids):
            if one.state == "reviewed":
                drafts.update(one._replace(state="draft", reviewer=""))
                transaction.record("unreview", f"{one.period} {one.word} 草稿{one.id}", {"draft": one.id})
        if not transaction.recorded:
            raise BadInput("选中的凭证都没有审核过")


def _existing(drafts: Drafts, ids: Iterable[int]) -> tuple[Draft, ...]:
    wanted = list(ids)
    found = drafts.many(wanted)
    if len(found) != len(set(wanted)) or not found:
        raise StaleDraft("选中的草稿有的已经不在了，请刷新凭证列表")
    return found


def _require_other_person(book: Book, one: Draft) -> None:
    if one.maker == book.actor and not book.settings.single_person:
        raise NotAllowed(
            f"草稿{one.id} 是 {one.maker} 自己制单的，审核人和制单人不能是同一人。请切换操作员，由另一人审核"
        )


def post(book: Book, ids: Iterable[int] | None = None, progress: Progress | None = None) -> tuple[Voucher, ...]:
    """Post reviewed drafts (记账) in one transaction: check again, take the numbers, write, log."""
    report = progress or no_progress
    drafts = _drafts(book)
    posted: list[Voucher] = []
    with book.write("voucher.post") as transaction:
        chosen = drafts.reviewed() if ids is None else _existing(drafts, ids)
        if not chosen:
            raise BadInput("没有已审核、等待记账的凭证")
        require_tied(book)
        context = check_context(book)
        poster = Poster(book, transaction)
        poster.admit(chosen)
        for done, one in enumerate(chosen):
            report(done, len(chosen), "记账")
            if one.state != "reviewed":
                raise NotAllowed(f"草稿{one.id} 还没有审核，不能记账")
            require_clean(one, context)
            posted.append(poster.post(one))
        drafts.delete(one.id for one in chosen)
    return tuple(posted)


def voucher(book: Book, voucher_id: int) -> Voucher:
    """A posted voucher."""
    found = voucher_by_id(book.connection, voucher_id)
    if found is None:
        raise Refusal("找不到这张凭证，请刷新列表")
    return found


def reverse(book: Book, voucher_id: int, day: date) -> Draft:
    """Make and save the red-letter draft that cancels a posted voucher. A voucher can be reversed once."""
    with book.write("voucher.draft") as transaction:
        original = voucher(book, voucher_id)
        if original.reversed_by:
            other = voucher(book, original.reversed_by)
            raise NotAllowed(
                f"{original.period.label}{original.label} 已经被 {other.period.label}{other.label} 冲销过了"
            )
        if original.reverses:
            raise NotAllowed(f"{original.label} 本身就是红字冲销凭证；要恢复原来的业务，请另填一张蓝字凭证")
        if waiting := _drafts(book).reversal_of(voucher_id):
            raise NotAllowed(f"{original.label} 已经有一张待记账的红字冲销凭证（草稿{waiting.id}）")
        return _save(book, transaction, reversal(original, day))


def count(book: Book, wanted: VoucherFilter) -> int:
    """How many vouchers and drafts match."""
    return search.count_vouchers(book.connection, wanted)


def find(book: Book, wanted: VoucherFilter, offset: int = 0, limit: int = 200) -> tuple[VoucherSummary, ...]:
    """A page of the voucher list."""
    return search.find_vouchers(book.connection, wanted, offset, limit)


def templates(book: Book) -> tuple[Template, ...]:
    """Saved templates by name."""
    return tuple(Template(*row) for row in Templates(BookDatabase(book.connection)).all())


def save_template(book: Book, name: str, lines: tuple[DraftLine, ...]) -> None:
    """Save a template under a name; one of the same name is replaced."""
    if not name.strip():
        raise BadInput("请给模板起个名称")
    with book.write("voucher.template") as transaction:
        Templates(BookDatabase(book.connection)).save(name.strip(), lines)
        transaction.record("template", name.strip(), {"lines": len(lines)})


def delete_template(book: Book, template_id: int) -> None:
    """Delete a template."""
    with book.write("voucher.template") as transaction:
        Templates(BookDatabase(book.connection)).delete(template_id)
        transaction.record("template", "删除", {"id": template_id})


def recent_summaries(book: Book, limit: int = 300) -> tuple[str, ...]:
    """Summaries used last, newest first, each once."""
    return search.recent_summaries(book.connection, limit)


def account_usage(book: Book) -> dict[str, int]:
    """Posted lines per account over the last twelve open months, for ranking."""
    return stored_usage(book.connection, str(book.open_period.plus(-12)))
