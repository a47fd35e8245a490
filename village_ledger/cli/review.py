"""`review`: take in what the township says of a month; `answers`: what is still open; `answer`: answer a comment."""

from pathlib import Path

from village_ledger import clock
from village_ledger.domain.errors import BadInput
from village_ledger.domain.review import Comment
from village_ledger.domain.review_standing import CommentStanding
from village_ledger.services import review_answers, reviews
from village_ledger.services.book import Book, is_writable
from village_ledger.services.village_key import spoken_key

from . import ACTOR
from .arguments import Arguments
from .desk import open_book


def run(arguments: Arguments) -> int:
    """Take in a review, list what is open, or answer."""
    return {"review": _review, "answers": _answers, "answer": _answer}[arguments.command.name](arguments)


def _review(arguments: Arguments) -> int:
    path, new_key = Path(arguments.required("FILE")), "--accept-new-key" in arguments.flags
    with open_book(arguments) as book:
        found = reviews.look_at(book, path)
        if found.key_changed and not found.taken and not new_key:
            raise BadInput(
                f"这份审核意见不是用乡镇以前的密钥签的，没有接收：\n以前的公钥 {spoken_key(found.known_key)}\n"
                f"这份的公钥 {spoken_key(found.signed.key)}\n"
                "请先和乡镇电话核对新的公钥，确认无误后加 --accept-new-key 再接收"
            )
        done = reviews.take_in(book, path, new_key=new_key)
    review = done.review
    print(f"{review.desk} {review.reviewer} {review.at[:10]}：{review.village} {review.period.label} {review.opinion}")
    if review.text:
        print(review.text)
    for comment in review.comments:
        _print_comment(comment)
    for settlement in review.settlements:
        print(f"整改结论 {settlement.comment}：{settlement.state} {settlement.text}".rstrip())
    print(done.note)
    if not done.taken and done.known_key != done.signed.key:
        print(f"已登记乡镇公钥 {done.signed.key}")
    return 0


def _print_comment(one: Comment) -> None:
    print(f"{one.uid}　{one.kind} {one.label}　{one.severity}" + (f"　{one.category}" if one.category else ""))
    for title, text in (("意见", one.text), ("依据", one.clause), ("要求", one.demand), ("期限", one.deadline)):
        if text:
            print(f"    {title}：{text}")


def _answers(arguments: Arguments) -> int:
    path = Path(arguments.required("BOOK"))
    with Book.open(path, read_only=path.exists() and not is_writable(path), actor=ACTOR) as book:
        found = [one for one in review_answers.standings(book) if not one.settled]
    if not found:
        print("没有未办结的审核意见")
    today = clock.today()
    for one in found:
        _print_comment(one.comment)
        print(f"    情况：{one.state}{'（已逾期）' if one.overdue(today) else ''}")
        _print_said(one)
    return 0


def _print_said(one: CommentStanding) -> None:
    said = [(given.at, f"答复 {given.author}：{given.text}", given.voucher) for given in one.answers]
    said += [(last.at, f"乡镇 {last.state}：{last.text}", "") for last in one.settlements]
    for at, text, voucher in sorted(said):
        print(f"    {at[:10]} {text}" + (f"（更正凭证 {voucher}）" if voucher else ""))


def _answer(arguments: Arguments) -> int:
    with open_book(arguments) as book:
        uid, text = arguments.required("COMMENT-UID"), arguments.required("--text")
        given = review_answers.answer(book, uid, text, arguments.get("--voucher"))
        comment = review_answers.standing(book, given.comment).comment
    print(f"已答复：{comment.label}。答复随下一个报送包送到乡镇")
    return 0
