"""The import table of docs/ARCHITECTURE.md, proved from the source. Imports inside functions count too."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "village_ledger"
LEAVES = {"paths", "clock", "placing", ""}
"""Modules at the top that anybody may import; "" is the package itself, for its version."""

MAY_IMPORT: dict[str, tuple[set[str], set[str]]] = {
    # layer: (own packages, what is not in the standard library)
    "domain": (set(), set()),
    "reports": ({"domain"}, set()),
    "rules": ({"domain"}, set()),
    "package": ({"domain"}, set()),
    "storage": ({"domain", "placing"}, {"peewee"}),
    "exports": (
        {"domain", "reports.model", "reports.notices.model", "reports.township.charts", "paths", "placing"},
        {"openpyxl", "reportlab", "segno", "pypdfium2", "PIL"},
    ),
    "services": ({"domain", "reports", "rules", "package", "storage", "exports.atomic", *LEAVES}, set()),
    "cli": ({"domain", "reports", "rules", "package", "services", *LEAVES}, set()),
    "ui": ({"domain", "reports", "rules.model", "services", *LEAVES}, {"PySide6", "shiboken6"}),
    "app": ({"domain", "reports", "services", "ui", *LEAVES}, {"PySide6"}),
    "paths": (set(), set()),
    "clock": (set(), set()),
    "placing": (set(), set()),
    "__init__": (set(), set()),
    "__main__": ({"cli"}, set()),
}
HANDED_ON: dict[str, set[str]] = {
    # Loaded by name when needed, because they take longer than a report: (module that may) -> what
    "services/publishing.py": {"village_ledger.exports."},
    "services/notice_files.py": {"village_ledger.exports."},
    "services/decision_papers.py": {"village_ledger.exports."},
    "services/request_form.py": {"village_ledger.exports."},
    "services/reports.py": {"village_ledger.services."},
    "services/reading.py": {"village_ledger.services.book"},
    "services/book.py": {"village_ledger.services.upgrading"},
    "services/posting.py": {"village_ledger.services.admission"},
    "services/passwords.py": {"argon2"},
    "services/updates.py": {"cryptography."},
    "services/tabular.py": {"openpyxl"},
    "services/foreign_workbook.py": {"openpyxl"},
    "package/signing.py": {"cryptography."},
    "package/sm2.py": {"cryptography.", "gmssl_pyx"},
    "storage/desk/opening.py": {"playhouse.db_url"},
    "reports/registry.py": {"{__package__}."},
    "reports/township/registry.py": {"{__package__}."},
    "app.py": {"village_ledger.ui.township."},
    "ui/navigation.py": {"{__package__}."},
    "cli/main.py": {"village_ledger", "village_ledger.cli."},
    "cli/desk.py": {"village_ledger.services.log_in", "getpass"},
    "cli/import_file.py": {"village_ledger.services."},
    "cli/report.py": {"village_ledger.services.publishing", "village_ledger.exports."},
    "cli/township_report.py": {"village_ledger.exports."},
    "cli/demo.py": {"village_ledger.app"},
    "cli/township_demo.py": {"village_ledger.app"},
    "cli/window.py": {"village_ledger.app"},
}
GEOMETRY = {"domain/geodesy.py", "domain/geojson.py", "domain/land_register.py"}
"""Angles and square metres; the areas that are kept and compared are whole numbers again."""
FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """Absolute names of everything a file imports."""
    here = ("village_ledger", *path.relative_to(PACKAGE).parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else ()
            module = ".".join((*base, node.module) if node.module else base)
            for alias in node.names:
                yield (f"{module}.{alias.name}" if is_module(f"{module}.{alias.name}") else module), node


def is_module(dotted: str) -> bool:
    parts = dotted.split(".")
    place = PACKAGE.parent.joinpath(*parts)
    return parts[0] == "village_ledger" and (place.with_suffix(".py").is_file() or (place / "__init__.py").is_file())


def allowed(target: str, layer: str) -> bool:
    own, outside = MAY_IMPORT[layer]
    root = target.partition(".")[0]
    if root != "village_ledger":
        return root in sys.stdlib_module_names or root in outside
    inner = target.removeprefix("village_ledger").lstrip(".")
    if inner.partition(".")[0] == layer:
        return True
    return any(inner == name or (name and inner.startswith(name + ".")) for name in own)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_point_one_way(path):
    forbidden = [
        f"{target} (line {node.lineno})" for target, node in imports(path) if not allowed(target, layer_of(path))
    ]
    assert forbidden == []


PAGES = {path.name for path in (PACKAGE / "ui").iterdir() if path.is_dir()} - {"widgets", "tables", "__pycache__"}
BESIDE = {
    ("vouchers", "requests"),  # what a voucher rests on is a request
    ("vouchers", "log_in"),  # to change the operator is to log in
    ("vouchers", "documents"),  # papers are registered at the voucher they belong to
    ("settings", "log_in"),  # the sealed code is shown where it is issued
    ("wizard", "log_in"),
    ("township", "vouchers"),  # the foot of a voucher is the same whoever looks at it
    ("wizard", "openings"),  # a new book may begin from an old one
}


@pytest.mark.parametrize("path", [path for path in FILES if path.parent.name in PAGES], ids=name_of)
def test_pages_do_not_import_from_one_another(path):
    places = [target.split(".")[2] for target, _ in imports(path) if target.startswith("village_ledger.ui.")]
    strange = {place for place in places if place in PAGES and place != path.parent.name}
    assert not {place for place in strange if (path.parent.name, place) not in BESIDE}


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_is_imported_inside_a_function_or_by_name_without_a_reason(path):
    tree = ast.parse(path.read_text("utf-8"))
    hidden = [
        inner.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []
    by_name = [
        ast.unparse(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module"
    ]
    reasons = HANDED_ON.get(name_of(path), set())
    strange = [text for text in by_name if not any(text.lstrip("f'\"").startswith(reason) for reason in reasons)]
    assert strange == []


@pytest.mark.parametrize("path", [path for path in FILES if layer_of(path) != "storage"], ids=name_of)
def test_only_storage_speaks_sql(path):
    spoken = [
        f"{ast.unparse(node)} (line {node.lineno})"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute)
        and (ast.unparse(node) == "sqlite3.connect" or node.attr in {"execute", "executemany", "executescript"})
    ]
    assert spoken == []


MONEY = [path for path in FILES if layer_of(path) not in {"ui", "app", "exports"} and name_of(path) not in GEOMETRY]


@pytest.mark.parametrize("path", MONEY, ids=name_of)
def test_money_is_never_a_float(path):
    divides = {"domain", "reports", "storage"}  # elsewhere a slash joins paths
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        made = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float"
        written = isinstance(node, ast.Constant) and isinstance(node.value, float)
        divided = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and layer_of(path) in divides
        if made or written or divided:
            pytest.fail(f"line {node.lineno}: {ast.unparse(node)}")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_packages_and_modules_say_what_they_are(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree)
    assert path.name not in {"utils.py", "helpers.py", "manager.py", "common.py", "base.py"}
