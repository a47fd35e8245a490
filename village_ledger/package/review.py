"""The review file (审核意见, `.vlr`): what the township says of a month, signed by the desk's key; and the way back.

It is the same container as a package, with four files. The village's answers travel in the next package as
`review/answers.json`. The format is in docs/formats-review.md.
"""

import hashlib
import io
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from village_ledger.domain.chain import canonical_text
from village_ledger.domain.errors import BadInput, IntegrityFailure, system_reason
from village_ledger.domain.review import LAST_WORDS, Answer, Review, check_comment, review_content, review_of

from .container import Entry, read_container, write_container
from .manifest import PUBLIC_KEY, SIGNATURE
from .signing import holds, public_half, public_pem, sign

SUFFIX = ".vlr"
FORMAT = "village-ledger review 1"
_FAMILY = "village-ledger review "
REVIEW, GUIDE = "review.json", "说明.txt"
FILES = tuple(sorted((REVIEW, SIGNATURE, PUBLIC_KEY, GUIDE), key=str.encode))
ANSWERS = "review/answers.json"
MAX_SIZE = 20_000_000
_WHAT = "审核意见文件"
_HASH = frozenset("0123456789abcdef")

GUIDE_TEXT = """这是乡镇对村级账目的审核意见（.vlr），就是一个普通的 ZIP 文件，改名为 .zip 就能打开。

review.json      审核意见：哪个村、哪个月、结论、每条意见的对象、问题类别、依据、要求和期限
signature.bin    乡镇审核端对 review.json 的 Ed25519 签名
public_key.pem   乡镇审核端的公钥

在村级三资账本的“乡镇审核”页接收，或者用命令：

    village-ledger review 账簿.vlb 文件.vlr

不用本程序也能检查（Linux、macOS 或 Windows 的 Git Bash，需要 OpenSSL 3）：

    unzip 文件.vlr -d 审核意见 && cd 审核意见
    openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in review.json -sigfile signature.bin

显示 Signature Verified Successfully，就是没有改过。公钥要和乡镇以前用的一样，或者和乡镇当面核对过。
"""


class SignedReview(NamedTuple):
    """A review whose signature holds: by which key (64 hex digits), and the SHA-256 of the file it came in."""

    review: Review
    key: str
    sha256: str


def write_review(review: Review, private_pem: bytes) -> bytes:
    """The review file. The same review and key give the same bytes. Refuses what could not be read back."""
    for problem in _problems(review):
        raise BadInput(f"审核意见不能写成文件：{problem}")
    key = public_half(private_pem)
    told = _wrapped(review, key, GUIDE_TEXT.encode())
    files = {
        REVIEW: told,
        SIGNATURE: sign(private_pem, told),
        PUBLIC_KEY: public_pem(key),
        GUIDE: GUIDE_TEXT.encode(),
    }
    made = io.BytesIO()
    write_container(made, ((name, files[name]) for name in FILES))
    return made.getvalue()


def read_review(path: Path) -> SignedReview:
    """Read and check a review file.

    Raises BadInput for what is no review file or of a newer format, IntegrityFailure for one that was changed.
    """
    content = _bytes(path)
    entries = read_container(io.BytesIO(content), len(content), lambda _name: True, _WHAT)
    files = _files(entries)
    key, review = _read(files)
    if not _is_hash(key) or not holds(key, files[SIGNATURE], files[REVIEW]):
        raise IntegrityFailure("签名不对：审核意见被改动过，或不是用里面的公钥对应的密钥签的")
    if files[PUBLIC_KEY] != public_pem(key):
        raise IntegrityFailure("公钥文件（public_key.pem）和审核意见里的公钥不一样")
    for problem in _problems(review):
        raise IntegrityFailure(f"审核意见的内容不对：{problem}")
    return SignedReview(review, key, hashlib.sha256(content).hexdigest())


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size > MAX_SIZE:
                raise BadInput(f"这不是{_WHAT}（太大）：{path}")
            content = file.read(MAX_SIZE + 1)
    except FileNotFoundError:
        raise BadInput(f"找不到{_WHAT}：{path}") from None
    except OSError as error:
        raise BadInput(f"读不出{_WHAT}：{path}\n{system_reason(error)}") from error
    if not content.startswith(b"PK"):
        raise BadInput(f"这不是{_WHAT}：{path}")
    return content


def _files(entries: tuple[Entry, ...]) -> dict[str, bytes]:
    names = tuple(one.name for one in entries)
    if REVIEW not in names:
        what = "这是报送包，不是乡镇的审核意见" if "manifest.json" in names else f"这不是{_WHAT}"
        raise BadInput(f"{what}，请选择乡镇发来的 {SUFFIX} 文件")
    if names != FILES:
        raise IntegrityFailure(f"审核意见里应有的文件是 {'、'.join(FILES)}，这里是 {'、'.join(names)[:200]}")
    return {one.name: one.content or b"" for one in entries}


def _wrapped(review: Review, key: str, guide: bytes) -> bytes:
    """What is signed: the review, the key, and the digest of the guide that goes along."""
    told = {
        "format": FORMAT,
        "guide": hashlib.sha256(guide).hexdigest(),
        "key": key,
        "review": review_content(review),
    }
    return canonical_text(told).encode()


def _read(files: dict[str, bytes]) -> tuple[str, Review]:
    try:
        told = json.loads(files[REVIEW])
        form = told["format"]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise IntegrityFailure(f"审核意见（{REVIEW}）读不出来，文件被改动过或已损坏") from error
    if form != FORMAT:
        if isinstance(form, str) and form.startswith(_FAMILY):
            raise BadInput(f"这份审核意见的格式（{form[:60]}）本程序不认识，请用新版本的程序打开")
        raise BadInput(f"这不是{_WHAT}")
    try:
        key, review = str(told["key"]), review_of(told["review"])
        genuine = _wrapped(review, key, files[GUIDE]) == files[REVIEW]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise IntegrityFailure(f"审核意见（{REVIEW}）不完整：{str(error)[:100]}") from error
    if not genuine:
        raise IntegrityFailure(f"审核意见（{REVIEW}）写法不规范，或者{GUIDE}被换过，文件被改动过")
    return key, review


def _problems(review: Review) -> Iterator[str]:
    """What keeps a review from being one, beyond its shape."""
    texts = (review.village, review.region_code, review.head, review.package, review.text, review.desk)
    if not all(isinstance(text, str) for text in (*texts, review.reviewer, review.at)):
        yield "有的内容不是文字"
        return
    if not review.village or not review.at:
        yield "没有写村名或审核时间"
    if not _is_hash(review.head) or not (_is_hash(review.package) or not review.package):
        yield "日志链头或报送包摘要不对"
    if type(review.round) is not int or review.round < 1:
        yield "轮次不对"
    if len({one.uid for one in review.comments}) != len(review.comments):
        yield "有重复的意见编号"
    for comment in review.comments:
        if not comment.uid or not comment.label:
            yield "有意见没有编号或对象"
        for problem in check_comment(comment):
            yield f"{comment.label}：{problem}"
    for settlement in review.settlements:
        if not all(isinstance(text, str) for text in settlement) or not settlement.comment:
            yield "整改结论的内容不对"
        if settlement.state not in LAST_WORDS:
            yield f"整改结论只能是：{'、'.join(LAST_WORDS)}"


def _is_hash(text: str) -> bool:
    return len(text) == 64 and _HASH.issuperset(text)


def write_answers(answers: Iterable[Answer]) -> bytes:
    """The village's answers as they go along in a package: canonical JSON, in the order they were given."""
    return canonical_text([one._asdict() for one in answers]).encode()


def read_answers(content: bytes) -> tuple[Answer, ...]:
    """The answers of a package. IntegrityFailure for what `write_answers` would not have written."""
    try:
        told: list[dict[str, Any]] = json.loads(content)
        answers = tuple(Answer(**one) for one in told)
        genuine = write_answers(answers) == content and all(isinstance(text, str) for one in answers for text in one)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise IntegrityFailure(f"答复（{ANSWERS}）读不出来，文件被改动过或已损坏") from error
    if not genuine or any(not one.uid or not one.comment or not one.text for one in answers):
        raise IntegrityFailure(f"答复（{ANSWERS}）写法不规范，不是本程序制作的")
    if len({one.uid for one in answers}) != len(answers):
        raise IntegrityFailure(f"答复（{ANSWERS}）里有重复的编号")
    return answers
