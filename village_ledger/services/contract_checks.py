"""What is wrong with a contract in a book: its accounts, its party, its number, and the asset or parcel it lets."""

from ..domain.account import COUNTERPARTY
from ..domain.contract import INCOMING, Contract, check_contract
from ..domain.contract_terms import term_warnings
from ..domain.governance import CONTRACTING
from ..domain.parcels import ContractedSpan, check_contracted, household_span
from ..domain.problems import Problem
from ..storage.accounts import item_records
from ..storage.assets import card_codes
from ..storage.contracts import contract_codes, contract_subjects, parcel_span, parcel_spans
from ..storage.parcels import load_parcels
from ..storage.register_draws import has_project
from .book import Book
from .catalog import chart_definition
from .contract_rules import term_rules
from .control import require_decision


class ContractChecks:
    """What the checks need of a book, read once; contracts saved meanwhile are told with `note`."""

    def __init__(self, book: Book) -> None:
        self._book = book
        roles = chart_definition(book.entity.chart).roles
        self._chart = book.chart
        self._incoming = (*roles.receivable, *roles.two_sided)
        self._outgoing = (*roles.payable, *roles.two_sided)
        self._codes = contract_codes(book.connection)
        self._subjects = contract_subjects(book.connection)
        self._cards = card_codes(book.connection)
        self._parties = {record.item.code: record for record in item_records(book.connection, COUNTERPARTY)}
        self._parcels = {parcel.code: parcel for parcel in load_parcels(book.connection)}
        self._spans: dict[str, dict[str, ContractedSpan]] = {
            parcel: {span.label: span for span in spans} for parcel, spans in parcel_spans(book.connection).items()
        }

    def check(self, contract: Contract) -> tuple[Problem, ...]:
        """Everything wrong with the contract, and what the law warns of (not blocking)."""
        if found := check_contract(contract):
            return found
        return (
            *self._identity(contract),
            *self._accounts(contract),
            *self._subject(contract),
            *self._parcel(contract),
            *term_warnings(contract, term_rules()),
        )

    def require_decision(self, contract: Contract, fen: int, before: Contract | None) -> None:
        """Refuse a contract the village pays under, or a tenancy, unless its decision allows it (controlled months).

        `fen` is all that is to be paid. A correction (`before`) that changes neither decision nor terms, or only
        breaks the contract off, is not asked.
        """
        pays = contract.direction != INCOMING
        same = before is not None and _terms(before) == _terms(contract)
        revived = before is not None and before.last_day < contract.last_day
        if (same and not revived) or not (pays or contract.is_tenancy):
            return
        require_decision(
            self._book,
            contract.decision,
            CONTRACTING,
            fen=fen if pays and not has_project(self._book.connection, contract.decision) else 0,
            on=contract.signed or contract.start,
            what=f"登记{contract.kind}合同 {contract.code}",
            besides=f"contract:{contract.code}",
        )

    def note(self, contract: Contract) -> None:
        """Count a contract just saved."""
        self._codes[contract.code] = contract.id
        for spans in self._spans.values():
            spans.pop(f"合同 {contract.code}", None)
        if contract.subject_kind == "资源" and contract.subject_code and contract.is_tenancy:
            span = parcel_span(contract)
            self._spans.setdefault(contract.subject_code, {})[span.label] = span

    def _identity(self, contract: Contract) -> list[Problem]:
        found = []
        if self._codes.get(contract.code, contract.id) != contract.id:
            found.append(Problem("code", f"合同编号 {contract.code} 已经登记过", field="code"))
        if contract.renews and (contract.renews not in self._codes or contract.renews == contract.code):
            found.append(Problem("renews", f"没有编号为 {contract.renews} 的原合同", field="renews"))
        record = self._parties.get(contract.party.code) if contract.party.category == COUNTERPARTY else None
        if record is None:
            found.append(Problem("party", f"往来户“{contract.party.name}”还没有登记", field="party"))
        return found

    def _accounts(self, contract: Contract) -> list[Problem]:
        found = []
        wanted = self._incoming if contract.direction == INCOMING else self._outgoing
        account = self._chart.get(contract.account)
        if account is None or not self._chart.is_leaf(contract.account):
            found.append(Problem("account", f"往来科目 {contract.account} 不存在或不是最末级", field="account"))
        elif not contract.account.startswith(wanted) or COUNTERPARTY not in {
            one.category for one in account.auxiliaries
        }:
            text = f"往来科目 {account.code} {account.name} 不能用，应是按往来户核算的 {'、'.join(wanted)}"
            found.append(Problem("account", text, field="account"))
        counter = self._chart.get(contract.counter)
        if contract.counter and (counter is None or not self._chart.is_leaf(contract.counter)):
            text = f"收入（支出）科目 {contract.counter} 不存在或不是最末级"
            found.append(Problem("counter", text, field="counter"))
        elif counter and any(one.required for one in counter.auxiliaries):
            text = f"收入（支出）科目 {counter.code} {counter.name} 要填辅助核算，不能用来计提，请选别的明细"
            found.append(Problem("counter", text, field="counter"))
        return found

    def _subject(self, contract: Contract) -> list[Problem]:
        """The asset or parcel named must have its card. What was registered before stays as it is."""
        code = contract.subject_code
        if not code or self._subjects.get(contract.id) == (contract.subject_kind, code):
            return []
        text = ""
        if contract.subject_kind == "资产" and code not in self._cards:
            text = f"没有编号为 {code} 的资产卡片，请先登记（导入）资产卡片，或者把标的编号空着"
        elif contract.subject_kind == "资源":
            parcel = self._parcels.get(code)
            if parcel is None:
                text = f"没有编号为 {code} 的地块，请先登记（导入）地块，或者把标的编号空着"
            elif parcel.ended and contract.last_day >= parcel.ended:
                text = f"地块 {parcel} 到 {parcel.ended} 为止（已分割、合并或减少），请改选现在的地块"
        return [Problem("subject", text, field="subject_code")] if text else []

    def _parcel(self, contract: Contract) -> list[Problem]:
        """Areas under contract never exceed the parcel."""
        parcel = self._parcels.get(contract.subject_code) if contract.subject_kind == "资源" else None
        if parcel is None or not contract.is_tenancy:
            return []
        own = parcel_span(contract)
        others = [span for label, span in self._spans.get(parcel.code, {}).items() if label != own.label]
        return [
            problem._replace(line=None, field="area_x100")
            for problem in check_contracted(parcel.area_x100, (household_span(parcel), *others, own))
        ]


def _terms(contract: Contract) -> tuple[object, ...]:
    """What a decision to sign a contract was about."""
    return (
        contract.decision,
        contract.kind,
        contract.direction,
        contract.party,
        contract.start,
        contract.end,
        contract.price,
        contract.subject_kind,
        contract.subject_code,
        contract.area_x100,
    )
