"""Small forms on one request: signing, a signature from paper, papers that are there, its voucher."""

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from village_ledger.domain.approval_check import Link
from village_ledger.domain.request import Request
from village_ledger.services import evidence, request_signing, requests
from village_ledger.services.book import Book
from village_ledger.services.request_signing import OnPaper
from village_ledger.ui.act_dialog import ActDialog, required_day
from village_ledger.ui.evidence_dialog import EvidenceDialog, Owner
from village_ledger.ui.operations import REQUESTS, VOUCHERS, Operations
from village_ledger.ui.widgets.button import make_button
from village_ledger.ui.widgets.day_field import DayField

_OPINIONS = ("同意", "属实", "同意报销", "已审核")


class SignDialog(ActDialog):
    """Signing in person, one request or many."""

    touches = REQUESTS

    def __init__(self, operations: Operations, wanted: tuple[Request, ...], parent: QWidget) -> None:
        title = f"签批　{wanted[0].number}" if len(wanted) == 1 else f"批量签批　{len(wanted)} 份"
        super().__init__(operations, title, "签字(&S)", parent)
        self._wanted = wanted
        self.opinion = _opinions()
        facts = operations.facts
        self.form.add("意见(&O)", self.opinion, f"以“{facts.actor if facts else ''}”的名义签字，签字以后不能改")
        self.opinion.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        opinion, wanted = self.opinion.currentText(), self._wanted
        if len(wanted) == 1:
            return lambda book: request_signing.sign(book, wanted[0].id, opinion, seen=wanted[0])
        return lambda book: request_signing.sign_all(book, wanted, opinion)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        if isinstance(result, Request):
            return f"已签批 {result.number}" + ("，手续已批准" if result.state == "已批准" else "")
        done = len(self._wanted) - len(result)
        left = "；".join(f"{number}：{why}" for number, why in result)
        return f"已签批 {done} 份" + (f"，{len(result)} 份没有签：{left}" if result else "")


class PaperDialog(ActDialog):
    """A signature given on the printed form, recorded by the accountant."""

    touches = REQUESTS

    def __init__(self, operations: Operations, request: Request, link: Link, parent: QWidget) -> None:
        super().__init__(operations, f"书面签字　{request.number}", "登记签字(&S)", parent)
        self._request, self._link = request, link
        self.signer = QComboBox()
        self.signer.setEditable(True)
        self.signer.addItems(_names(operations, request, link))
        self.day, self.opinion = DayField(), _opinions()
        self.form.add(f"{link.duty}(&N)", self.signer, f"{link.label}，在纸上签字的人")
        self.form.add("签字日期(&D)", self.day)
        self.form.add("意见(&O)", self.opinion)
        self.scan_button = make_button("扫描件或照片(&A)…", icon="plus", on_click=self.open_files)
        self.form.add("", self.scan_button, "先添加签了字的用款审批单；登记的签字会注明“书面”")
        self.day.setFocus()

    def open_files(self) -> None:
        """Add the scan of the signed form."""
        owner = Owner(evidence.REQUEST, self._request.uid, self._request.number)
        EvidenceDialog(self._operations, owner, REQUESTS, self, fixed=True).open()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        paper = OnPaper(self.signer.currentText(), required_day(self.day, "签字日期"), self.opinion.currentText())
        return lambda book: request_signing.sign_on_paper(book, self._request.id, paper)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        return f"已登记 {self._request.number} 的{self._link.label}（书面）"


class DocumentsDialog(ActDialog):
    """Which of the papers and stamps asked for are there."""

    touches = REQUESTS

    def __init__(self, operations: Operations, request: Request, wanted: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(operations, f"材料和盖章　{request.number}", "保存(&S)", parent)
        self._request = request
        self.boxes = tuple(QCheckBox(name) for name in dict.fromkeys((*wanted, *request.documents)))
        for box in self.boxes:
            box.setChecked(box.text() in request.documents)
            box.setEnabled(box.text() not in request.documents)
            self.form.add_wide(box)
        self.more = QLineEdit()
        self.more.setMaxLength(100)
        self.form.add("其他材料(&M)", self.more, "几样用顿号隔开；材料本身扫描后放在“附件”里")

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        names = [box.text() for box in self.boxes if box.isChecked()]
        names += self.more.text().replace("，", "、").split("、")
        return lambda book: requests.add_documents(book, self._request.id, names)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        return f"已登记 {self._request.number} 的材料"


class VoucherDialog(ActDialog):
    """The day of the voucher an approved request leads to."""

    touches = REQUESTS | VOUCHERS

    def __init__(self, operations: Operations, request: Request, day: date, parent: QWidget) -> None:
        super().__init__(operations, f"生成凭证　{request.number}", "生成凭证(&S)", parent)
        self._request = request
        self.draft = 0
        self.day = DayField(day)
        self.form.add("凭证日期(&D)", self.day, "草稿和申请关联在一起，由另一人审核后记账")
        self.day.setFocus()

    def act(self) -> Callable[[Book], Any]:
        """See `ActDialog`."""
        day = required_day(self.day, "凭证日期")
        return lambda book: requests.make_voucher(book, self._request.id, day)

    def told(self, result: Any) -> str:
        """See `ActDialog`."""
        self.draft = result.id
        return f"{self._request.number} 的凭证草稿已生成"


def _opinions() -> QComboBox:
    field = QComboBox()
    field.setEditable(True)
    field.addItems(_OPINIONS)
    return field


def _names(operations: Operations, request: Request, link: Link) -> tuple[str, ...]:
    """Who may sign for the duty, as far as the book knows."""
    if not link.role:
        return (request.handler if link.duty == "经手人" else request.witness,)
    people = operations.facts.people if operations.facts else ()
    return tuple(one.name for one in people if one.active and one.role == link.role)
