"""Accounts and the chart they form. Codes are 3-2-2-2-2-2 digits; a parent's code is the child's prefix."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

Side = Literal["debit", "credit", "both"]
CODE_LENGTHS = (3, 5, 7, 9, 11, 13)
SIDE_LABELS: dict[Side, str] = {"debit": "借", "credit": "贷", "both": "双向"}
CATEGORIES = ("资产", "负债", "所有者权益", "成本", "损益")
COUNTERPARTY = "往来户"
DIMENSION_CATEGORIES = (COUNTERPARTY, "项目", "部门", "人员", "银行账户")


class Auxiliary(NamedTuple):
    """One dimension (辅助核算) an account is kept by."""

    category: str
    required: bool = True


class Item(NamedTuple):
    """One member of a dimension: a household, a project… `code` never changes, the name may."""

    category: str
    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.category}:{self.name}"


class Account(NamedTuple):
    """One account (会计科目)."""

    code: str
    name: str
    category: str
    side: Side
    auxiliaries: tuple[Auxiliary, ...] = ()
    unit: str = ""
    disabled: bool = False
    pinyin: str = ""
    official: bool = False

    @property
    def level(self) -> int:
        """1 for an account of the regulation, up to 6."""
        return CODE_LENGTHS.index(len(self.code)) + 1

    @property
    def is_profit_and_loss(self) -> bool:
        """Whether the account is carried forward to 321 本年收益."""
        return self.category == "损益"


def is_code(text: str) -> bool:
    """Whether the text has the form of an account code."""
    return text.isascii() and text.isdigit() and len(text) in CODE_LENGTHS


def parent_code(code: str) -> str:
    """The code one level up; empty for a first-level account."""
    level = CODE_LENGTHS.index(len(code))
    return code[: CODE_LENGTHS[level - 1]] if level else ""


class Chart:
    """The book's accounts by code, with the tree between them. Immutable."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_code = {account.code: account for account in sorted(accounts)}
        self._parents = {parent_code(code) for code in self._by_code}

    def __iter__(self) -> Iterator[Account]:
        """Accounts in code order, parents before their children."""
        return iter(self._by_code.values())

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __getitem__(self, code: str) -> Account:
        return self._by_code[code]

    def __len__(self) -> int:
        return len(self._by_code)

    def get(self, code: str) -> Account | None:
        """The account, or None."""
        return self._by_code.get(code)

    def is_leaf(self, code: str) -> bool:
        """Whether vouchers may be entered on it."""
        return code not in self._parents

    def subtree(self, code: str) -> tuple[Account, ...]:
        """The account and everything below it, in code order."""
        return tuple(account for account in self if account.code.startswith(code))

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The codes above, first level first."""
        return tuple(code[:length] for length in CODE_LENGTHS if length < len(code))

    def full_name(self, code: str) -> str:
        """The path of names, e.g. 银行存款-农商行基本户."""
        return "-".join(self._by_code[part].name for part in (*self.ancestors(code), code))

    def by_role(self, parent: str, name: str) -> str:
        """The code below `parent` that bears a name the regulation fixes; `parent` itself if there is none."""
        for account in self.subtree(parent):
            if account.name == name:
                return account.code
        return parent
