"""Every service function that writes, found in the source, with the act it asks the gate for."""

import ast
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, NamedTuple

import village_ledger.services
from village_ledger.domain.duties import DUTIES

SERVICES = Path(village_ledger.services.__file__).parent


class Writer(NamedTuple):
    """A function of the services and the act it writes under; empty where it says so at run time."""

    module: str
    name: str
    act: str

    @property
    def label(self) -> str:
        return f"{self.module}.{self.name}"

    def function(self) -> Callable[..., Any]:
        found: Callable[..., Any] = getattr(import_module(f"village_ledger.services.{self.module}"), self.name)
        return found


def writers() -> tuple[Writer, ...]:
    return tuple(
        Writer(path.stem, function.name, act)
        for path in sorted(SERVICES.glob("*.py"))
        for function in ast.parse(path.read_text("utf-8")).body
        if isinstance(function, ast.FunctionDef)
        for act in sorted(set(_acts(function)))
    )


def _acts(function: ast.FunctionDef) -> Iterator[str]:
    """The acts of `book.write(...)` in a function."""
    for node in ast.walk(function):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "write"
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "book"
        ):
            what = node.args[0]
            yield what.value if isinstance(what, ast.Constant) and what.value in DUTIES else ""


class Anything:
    """Stands for an argument that is not looked at before the gate has been asked."""

    def __getattr__(self, name: str) -> "Anything":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __call__(self, *_args: object, **_named: object) -> "Anything":
        return self

    def __lt__(self, _other: object) -> bool:
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __iter__(self) -> Iterator["Anything"]:
        return iter(())


def call_blindly(function: Callable[..., Any], book: object) -> None:
    """Call a function with a book and something for every argument it cannot do without."""
    plain, named = [], {}
    for one in list(signature(function).parameters.values())[1:]:
        if one.default is Parameter.empty:
            if one.kind is Parameter.KEYWORD_ONLY:
                named[one.name] = Anything()
            else:
                plain.append(Anything())
    function(book, *plain, **named)
