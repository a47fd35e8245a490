"""Source documents (票据): what a voucher rests on, by kind and number, so that none is booked twice or missing.

Money is integer fen. `direction` says which way the money of the document goes: 付 for what the village is to pay, 收
for what it received; stubs of the village's own receipts (统一收据存根) are 收 and run through without a gap.
"""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from .chain import sha256
from .masking import masked, plain_number, words_hidden
from .money import LIMIT_FEN, format_fen
from .period import Period
from .problems import Problem

PAID, RECEIVED = "付", "收"
DIRECTIONS = (PAID, RECEIVED)
INVOICE, FISCAL, COLLECTIVE = "税务发票", "财政票据", "农村集体经济组织统一收据"
BANK, OWN, SLIP, OTHER = "银行回单", "自制凭证", "白条", "其他"
KINDS = (INVOICE, FISCAL, COLLECTIVE, BANK, OWN, SLIP, OTHER)
"""自制凭证 are the village's own sheets: pay sheets, lists that people signed; 白条 are slips that prove nothing."""
NUMBERED = (INVOICE, FISCAL, COLLECTIVE)
"""Kinds whose code and number name one document in the country: they must have a number, and none is booked twice."""
MAX_TEXT = 200
MAX_NUMBER = 40
DOCUMENT_WORDS = ("issuer", "account_name", "note", "void", "struck")
"""Free texts, in which people write numbers too."""
_ACCOUNT_SIGNS = range(6, 33)
_DIGITAL_SIGNS = 20
_NAMED = (*NUMBERED, SLIP)


class SourceDocument(NamedTuple):
    """One document. `issuer` made it out; of a receipt of the village's own it is who paid.

    `account_name` and `account` are the payee's bank account. `void` says why it does not count (作废) though it is
    there, `struck` why it should not have been registered.
    """

    direction: str
    kind: str
    day: date
    amount_fen: int
    number: str = ""
    code: str = ""
    issuer: str = ""
    account_name: str = ""
    account: str = ""
    note: str = ""
    void: str = ""
    struck: str = ""
    uid: str = ""
    id: int = 0

    @property
    def is_numbered(self) -> bool:
        """Whether it may be booked only once by its number."""
        return self.kind in NUMBERED

    @property
    def is_stub(self) -> bool:
        """Whether it is the stub of a receipt of the village's own."""
        return self.direction == RECEIVED and self.kind == COLLECTIVE

    def __str__(self) -> str:
        return f"{self.kind} {f'{self.code} {self.number}'.strip()}".strip()


class DocumentRecord(NamedTuple):
    """A document and where it is attached now: the voucher's id, `2025-06 记-5` and month, or the draft's id."""

    document: SourceDocument
    voucher: int = 0
    label: str = ""
    month: str = ""
    draft: int = 0

    @property
    def period(self) -> Period:
        """The month it belongs to: of its voucher; of its own day while it is with none."""
        return Period.parse(self.month) if self.month else Period.of(self.document.day)


class Gap(NamedTuple):
    """Numbers of receipts that are missing between two that are there."""

    code: str
    first: str
    last: str

    def __str__(self) -> str:
        span = self.first if self.first == self.last else f"{self.first}—{self.last}"
        return f"{self.code} {span}".strip()


def tidied(wanted: SourceDocument) -> SourceDocument:
    """What was typed without blanks around it; numbers plain."""
    return wanted._replace(
        number=plain_number(wanted.number),
        code=plain_number(wanted.code),
        issuer=wanted.issuer.strip(),
        account_name=wanted.account_name.strip(),
        account=plain_number(wanted.account),
        note=wanted.note.strip(),
        void=wanted.void.strip(),
    )


def check_document(wanted: SourceDocument) -> tuple[Problem, ...]:
    """What keeps a document from being registered."""
    found = []
    if wanted.direction not in DIRECTIONS:
        found.append(Problem("direction", "收付只能填“收”或“付”", field="direction"))
    if wanted.kind not in KINDS:
        found.append(Problem("kind", f"票据种类只能是：{'、'.join(KINDS)}", field="kind"))
    if wanted.kind == SLIP and wanted.direction == RECEIVED:
        found.append(Problem("kind", "收款要开统一收据，不能登记成白条", field="kind"))
    if wanted.is_numbered and not wanted.number:
        found.append(Problem("number", f"{wanted.kind}要填号码", field="number"))
    for field, title in (("code", "代码"), ("number", "号码")):
        text = getattr(wanted, field)
        if not (text.isascii() and len(text) <= MAX_NUMBER):
            found.append(
                Problem(field, f"票据{title}“{text}”不对，只能是数字和字母，最多 {MAX_NUMBER} 位", field=field)
            )
    if wanted.kind == INVOICE and len(wanted.number) == _DIGITAL_SIGNS and wanted.code:
        found.append(Problem("code", "20 位号码的数电发票没有代码，请把代码空着", field="code"))
    if wanted.kind in _NAMED and not wanted.issuer and not wanted.void:
        who = "交款人" if wanted.direction == RECEIVED else "开具单位（人）"
        found.append(Problem("issuer", f"请填写{who}", field="issuer"))
    if wanted.account and not (wanted.account.isascii() and len(wanted.account) in _ACCOUNT_SIGNS):
        found.append(Problem("account", "收款账号不对，应是 6 至 32 位数字或字母", field="account"))
    if text := _amount_problem(wanted):
        found.append(Problem("amount", text, field="amount"))
    if max(len(getattr(wanted, name)) for name in ("issuer", "account_name", "note", "void")) > MAX_TEXT:
        found.append(Problem("note", f"每一栏最多 {MAX_TEXT} 个字", field="note"))
    return tuple(found)


def _amount_problem(wanted: SourceDocument) -> str:
    fen = wanted.amount_fen
    if abs(fen) >= LIMIT_FEN:
        return f"金额 {format_fen(fen)} 过大"
    if fen == 0 and not wanted.void:
        return "请填写金额；作废的票据可以不填"
    if fen < 0 and wanted.kind != INVOICE:
        return "只有红字发票的金额可以是负数"
    return ""


def document_detail(one: SourceDocument) -> dict[str, Any]:
    """What the log keeps of a document: all of it, but of numbers of people the last digits and a digest."""
    told = {
        "uid": one.uid,
        "direction": one.direction,
        "kind": one.kind,
        "day": one.day.isoformat(),
        "amount_fen": one.amount_fen,
        "number": one.number,
        "code": one.code,
        "issuer": one.issuer,
        "account_name": one.account_name,
        "account": masked(one.account),
        "numbers": sha256([one.uid, one.account]),
        "note": one.note,
        "void": one.void,
        "struck": one.struck,
    }
    return words_hidden(told, *DOCUMENT_WORDS)


def gaps(documents: Iterable[SourceDocument]) -> tuple[Gap, ...]:
    """The numbers missing in the runs of the village's own receipts, by code; a void one is there."""
    runs: dict[tuple[str, int], set[int]] = {}
    for one in documents:
        if one.is_stub and not one.struck and one.number.isdecimal():
            runs.setdefault((one.code, len(one.number)), set()).add(int(one.number))
    found = []
    for (code, width), numbers in sorted(runs.items()):
        ordered = sorted(numbers)
        for before, after in pairwise(ordered):
            if after > before + 1:
                found.append(Gap(code, f"{before + 1:0{width}d}", f"{after - 1:0{width}d}"))
    return tuple(found)
