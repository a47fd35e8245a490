"""Turns opening balances from one chart into another (新旧制度衔接). Where an account splits, the accountant decides.

The rules are data (resources/conversion); nothing is ever guessed, and every step is listed in the result.
"""

from collections.abc import Mapping
from typing import NamedTuple

from .account import Account, Chart, Item
from .errors import BadInput
from .money import format_fen
from .problems import Problem
from .view import Opening


class Choice(NamedTuple):
    """One account an old balance may go to, and when it does."""

    code: str
    reason: str


class Rule(NamedTuple):
    """What becomes of one old first-level account, or of its detail named `detail`.

    Exactly one of `new` (all of it goes there), `ask` (with `choices`) and `nil` (there must be no balance) is set.
    """

    old: str
    new: str = ""
    ask: str = ""
    nil: str = ""
    detail: str = ""
    choices: tuple[Choice, ...] = ()
    basis: str = ""
    note: str = ""


class Question(NamedTuple):
    """What must be decided about one opening. `position` is its place in the list; no choices: any account will do."""

    position: int
    opening: Opening
    name: str
    text: str
    choices: tuple[Choice, ...]
    basis: str


class Share(NamedTuple):
    """Part of an answer: so many signed fen to a new account; `items` only where the old ones do not fit it."""

    account: str
    fen: int
    items: tuple[Item, ...] = ()


class Mapped(NamedTuple):
    """One step that was made: from an old account (with its items) to a new one, how much, and on what grounds."""

    old: str
    old_name: str
    old_items: tuple[Item, ...]
    new: str
    new_name: str
    new_items: tuple[Item, ...]
    fen: int
    reason: str


class Converted(NamedTuple):
    """The new openings, which tie; the detail accounts the new chart needs for them; and every step made."""

    openings: tuple[Opening, ...]
    accounts: tuple[Account, ...]
    steps: tuple[Mapped, ...]
    debit_fen: int
    credit_fen: int


def questions(
    openings: tuple[Opening, ...], rules: tuple[Rule, ...], old: Chart, new: Chart | None = None
) -> tuple[Question, ...]:
    """What the accountant must decide before these openings can be converted.

    With the new book's chart given, also to which of its details a balance without details goes.
    """
    asked: list[Question] = []
    for index, opening in enumerate(openings):
        if not opening.balance_fen:
            continue
        rule = _rule(opening, rules, old)
        name = f"{opening.account} {_name(opening.account, old)}"
        if rule is None:
            asked.append(Question(index, opening, name, "新制度没有对应科目，请选择余额转入的科目", (), "未核实"))
        elif rule.ask:
            asked.append(Question(index, opening, name, rule.ask, rule.choices, rule.basis))
        elif rule.new and new is not None and len(opening.account) == 3 and not new.is_leaf(rule.new):
            text = f"新账的 {rule.new} {_name(rule.new, new)} 已设明细科目，请选择转入哪个明细"
            leaves = [account for account in new.subtree(rule.new) if new.is_leaf(account.code)]
            choices = tuple(Choice(account.code, "") for account in leaves if not account.disabled)
            asked.append(Question(index, opening, name, text, choices, rule.basis))
    return tuple(asked)


def whole(question: Question, account: str) -> tuple[Share, ...]:
    """The answer that sends the whole balance to one account."""
    return (Share(account, question.opening.balance_fen),)


def convert(
    openings: tuple[Opening, ...],
    answers: Mapping[int, tuple[Share, ...]],
    rules: tuple[Rule, ...],
    old: Chart,
    new: Chart,
) -> Converted:
    """The openings under the new chart. Refuses, with every reason, what is unanswered or does not add up."""
    problems = [*_check_nil(openings, rules, old), *_check_answers(openings, answers, rules, old, new)]
    total = sum(opening.balance_fen for opening in openings)
    if total:
        problems.append(Problem("untied", f"原账余额借贷不平，相差 {format_fen(abs(total))} 元，请先查清"))
    if problems:
        raise BadInput("期初余额还不能衔接：", tuple(problems))
    asked = {question.position for question in questions(openings, rules, old, new)}
    placing = _Placing(old, new)
    steps: list[Mapped] = []
    rows: dict[tuple[str, tuple[Item, ...]], Opening] = {}
    for index, opening in enumerate(openings):
        if not opening.balance_fen:
            continue
        rule = _rule(opening, rules, old)
        shares = answers[index] if index in asked else (Share(rule.new if rule else "", opening.balance_fen),)
        for share in shares:
            code, items = placing.place(opening, share, keep_details=share.account == (rule.new if rule else ""))
            before = rows.get((code, items), Opening(code, items))
            quantity = opening.quantity if len(shares) == 1 else 0
            rows[code, items] = before._replace(
                balance_fen=before.balance_fen + share.fen, quantity=before.quantity + quantity
            )
            reason = _reason(rule, share.account)
            old_name, new_name = _name(opening.account, old), placing.name(code)
            steps.append(Mapped(opening.account, old_name, opening.items, code, new_name, items, share.fen, reason))
    unusable = placing.unusable(rows)
    if unusable:
        raise BadInput("期初余额还不能衔接：", unusable)
    result = tuple(rows[key] for key in sorted(rows) if rows[key].balance_fen)
    return Converted(
        result,
        tuple(placing.added),
        tuple(steps),
        sum(max(row.balance_fen, 0) for row in result),
        sum(max(-row.balance_fen, 0) for row in result),
    )


def _rule(opening: Opening, rules: tuple[Rule, ...], old: Chart) -> Rule | None:
    names = {_name(code, old) for code in (*old.ancestors(opening.account), opening.account)}
    for rule in rules:
        if opening.account[:3] == rule.old and (not rule.detail or rule.detail in names):
            return rule
    return None


def _name(code: str, chart: Chart) -> str:
    account = chart.get(code)
    return account.name if account else ""


def _reason(rule: Rule | None, account: str) -> str:
    if rule is None:
        return "由会计人员指定"
    if rule.new:
        return "；".join(part for part in (rule.basis, rule.note) if part)
    chosen = [choice.reason for choice in rule.choices if choice.code == account]
    return f"由会计人员指定：{chosen[0]}" if chosen else "由会计人员指定"


def _check_nil(openings: tuple[Opening, ...], rules: tuple[Rule, ...], old: Chart) -> list[Problem]:
    problems = []
    for index, opening in enumerate(openings):
        rule = _rule(opening, rules, old)
        if opening.balance_fen and rule and rule.nil:
            name = f"{opening.account} {_name(opening.account, old)}"
            text = f"科目 {name} 还有余额 {format_fen(opening.balance_fen)}，{rule.nil}"
            problems.append(Problem("not-nil", text, index))
    return problems


def _check_answers(
    openings: tuple[Opening, ...],
    answers: Mapping[int, tuple[Share, ...]],
    rules: tuple[Rule, ...],
    old: Chart,
    new: Chart,
) -> list[Problem]:
    problems: list[Problem] = []
    for question in questions(openings, rules, old, new):
        index, fen = question.position, question.opening.balance_fen
        shares = answers.get(index, ())
        allowed = {choice.code for choice in question.choices} or {account.code for account in new}
        strange = [share.account for share in shares if not _may_take(share.account, allowed, new)]
        if not shares:
            problems.append(Problem("unanswered", f"科目 {question.name}：{question.text}", index))
        elif strange:
            text = f"科目 {question.name} 不能转入 {strange[0]}，可选：{'、'.join(sorted(allowed))}"
            problems.append(Problem("not-a-choice", text, index, "account"))
        elif sum(share.fen for share in shares) != fen:
            given = format_fen(sum(share.fen for share in shares))
            text = f"科目 {question.name} 拆分后合计 {given}，应等于余额 {format_fen(fen)}"
            problems.append(Problem("split-differs", text, index, "amount"))
    return problems


def _may_take(code: str, allowed: set[str], new: Chart) -> bool:
    """Whether a balance may go to the account: one of the choices, or a detail below one, and no total."""
    return code in new and new.is_leaf(code) and code.startswith(tuple(allowed))


class _Placing:
    """Finds the new account and items of a share; details keep their names, and a code where it is still free."""

    def __init__(self, old: Chart, new: Chart) -> None:
        self._old = old
        self._accounts = {account.code: account for account in new}
        self.added: list[Account] = []

    def name(self, code: str) -> str:
        return self._accounts[code].name

    def place(self, opening: Opening, share: Share, *, keep_details: bool) -> tuple[str, tuple[Item, ...]]:
        target = self._accounts[share.account]
        categories = [auxiliary.category for auxiliary in target.auxiliaries]
        items = share.items or tuple(item for item in opening.items if item.category in categories)
        details = [*self._old.ancestors(opening.account)[1:], opening.account] if len(opening.account) > 3 else []
        wanted = [
            a.category for a in target.auxiliaries if a.required and a.category not in {i.category for i in items}
        ]
        if wanted and details:
            # Old books often kept one detail account per household; here it becomes the household itself.
            name = _name(details.pop(), self._old)
            items = tuple(sorted((*items, Item(wanted[0], f"{wanted[0]}/{name}", name))))
        code = share.account
        if keep_details:
            for detail in details:
                code = self._child(code, detail[-2:], self._old[detail])
        return code, items

    def unusable(self, rows: Mapping[tuple[str, tuple[Item, ...]], Opening]) -> tuple[Problem, ...]:
        """Places no balance may stand on: an account with details, or without a dimension it requires."""
        problems = []
        parents = {code[:-2] for code in self._accounts}
        for code, items in rows:
            if code in parents:
                text = f"新账的 {code} {self.name(code)} 已设明细科目，原账的余额也要按明细列示才能转入"
                problems.append(Problem("not-a-leaf", text, field="account"))
            have = {item.category for item in items}
            for auxiliary in self._accounts[code].auxiliaries:
                if auxiliary.required and auxiliary.category not in have:
                    text = f"转入 {code} {self.name(code)} 的余额要指明{auxiliary.category}"
                    problems.append(Problem("dimension-missing", text, field="items"))
        return tuple(problems)

    def _child(self, parent: str, digits: str, like: Account) -> str:
        """The child of that name, added if there is none: under the old two digits, or the next that are free."""
        children = {a.code: a for a in self._accounts.values() if a.code[:-2] == parent}
        for child in children.values():
            if child.name == like.name:
                return child.code
        codes = [parent + digits, *(f"{parent}{number:02d}" for number in range(1, 100))]
        code = next(candidate for candidate in codes if candidate not in children)
        above = self._accounts[parent]
        account = above._replace(code=code, name=like.name, unit=like.unit, pinyin=like.pinyin, official=False)
        self._accounts[code] = account
        self.added.append(account)
        return code
