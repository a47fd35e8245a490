"""Sending a review back: the signed `.vlr` file, and what becomes of the month with it."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from ...domain.desk import MonthState, Received, Village
from ...domain.errors import BadInput, NotAllowed
from ...domain.file_name import file_safe
from ...domain.period import Period
from ...domain.review import OPINIONS, PASSING, Opinion, Review
from ...exports.atomic import atomic_write
from ...package.review import write_review
from ...package.signing import public_half
from ...paths import user_data
from ...storage.desk import received, reviews
from ..signing_key import private_key
from .desk import Desk
from .reviewing import Thread, standing

SUFFIX = ".vlr"


class Sent(NamedTuple):
    """A review file that was written: where, the review, and the key that signed it."""

    path: Path
    review: Review
    key: str


def file_name(village: Village, period: Period, number: int) -> str:
    """What a review's file is called: 石桥村 2025-06 审核意见1.vlr."""
    name = file_safe(village.name)
    return f"{name} {period} 审核意见{number}{SUFFIX}"


def desk_key(desk: Desk) -> bytes:
    """The desk's private key (PEM), made when the machine has none; kept beside the program's settings."""
    return private_key(user_data() / "keys" / f"desk-{desk.settings.uid}.pem")


def public_key(desk: Desk) -> str:
    """The desk's public key, which villages compare, as 64 hex digits."""
    return public_half(desk_key(desk))


def send(desk: Desk, village: Village, period: Period, opinion: str, text: str, path: Path) -> Sent:
    """Write the review of a month with all comments that are open or were settled since, and move the month on.

    通过 and 补正后通过 pass the month for good; 退回 and 移交 send it back. A month with open severe comments cannot
    be passed, one without any comment or word cannot be sent back.
    """
    chosen = _opinion(opinion)
    private = desk_key(desk)
    with desk.write(village.code) as transaction:
        stands = standing(desk, village, period)
        every = [thread for thread in reviews.threads(desk.store, village.code) if not thread.withdrawn]
        of_month = [thread for thread in every if thread.comment.period == period]
        _check(village, stands, of_month, chosen, text)
        told = [thread for thread in every if thread.open or thread.comment.period == period]
        number = len(reviews.load_reviews(desk.store, village.code, period)) + 1
        review = Review(
            *(village.name, village.region_code, period, stands.head, stands.sha256, chosen, text.strip()),
            *(desk.settings.name, transaction.actor, transaction.at, number),
            tuple(thread.comment for thread in told),
            tuple(word for thread in told for word in thread.settlements),
        )
        content = write_review(review, private)
        digest = hashlib.sha256(content).hexdigest()
        reviews.add_review(desk.store, village.code, review, digest)
        reviews.mark_sent(desk.store, village.code, (thread.comment.uid for thread in told))
        state: MonthState = "通过" if review.passed else "退回"
        received.set_state(desk.store, village.code, period, state)
        detail = {"opinion": chosen, "text": review.text, "head": stands.head, "file": path.name, "sha256": digest}
        transaction.record("review", f"{village.name} {period}", detail)
        with atomic_write(path) as file:
            file.write(content)
    return Sent(path, review, public_half(private))


def _check(village: Village, stands: Received, said: list[Thread], opinion: Opinion, text: str) -> None:
    month = stands.period.label
    if stands.state == "通过":
        raise NotAllowed(f"{village.name}{month}已经审核通过")
    if not stands.signed:
        raise NotAllowed(f"{village.name}{month}只有未签名的 Excel 文件，不能出审核意见。请村里报送签名的报送包")
    if opinion == "通过" and any(thread.open for thread in said if thread.comment.severity == "严重"):
        raise NotAllowed("还有没整改的严重问题，不能直接通过。可以退回，或者作“补正后通过”")
    if opinion not in PASSING and not (text.strip() or any(thread.open for thread in said)):
        raise BadInput("退回要说明原因：请写结论，或者至少写一条意见")


def _opinion(text: str) -> Opinion:
    found = next((one for one in OPINIONS if one == text), None)
    if found is None:
        raise BadInput(f"结论只能是：{'、'.join(OPINIONS)}")
    return found
