"""The township's side in tests: a key of its own, and reviews as it writes them."""

from pathlib import Path
from typing import Any

from village_ledger.domain.period import Period
from village_ledger.domain.review import Comment, Review
from village_ledger.package.review import write_review
from village_ledger.package.signing import new_private_key

DESK = new_private_key()
OTHER_DESK = new_private_key()
JANUARY = Period(2024, 1)


def a_comment(uid: str, **told: Any) -> Comment:
    """A comment on the first voucher of January 2024."""
    told = {"period": JANUARY, "kind": "凭证", "subject": "v1", "label": "2024-01 记-1", "text": "附件不全", **told}
    return Comment(uid, **told)


def a_review(**told: Any) -> Review:
    """A review of January 2024 of 石桥村, sent back without a comment."""
    usual = {
        "village": "石桥村股份经济合作社",
        "region_code": "",
        "period": JANUARY,
        "head": "0" * 64,
        "package": "f" * 64,
        "opinion": "退回",
        "text": "请按意见整改后重新报送",
        "desk": "青石镇农经站",
        "reviewer": "孙审核",
        "at": "2024-02-10T01:00:00Z",
    }
    return Review(**{**usual, **told})


def review_file(folder: Path, review: Review, key: bytes = DESK) -> Path:
    """The review as a file."""
    place = folder / f"{review.village} {review.period} 第{review.round}轮.vlr"
    place.write_bytes(write_review(review, key))
    return place
