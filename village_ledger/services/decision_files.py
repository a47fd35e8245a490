"""Importing a register of decisions: one row a meeting, as the 四议两公开 forms have it. All of a file or nothing."""

from collections.abc import Iterable, Mapping
from datetime import date

from ..domain.decision import DRAFT, FINAL, Decision, Notice, Step
from ..domain.errors import Refusal
from ..domain.governance import COMMITTEE, SIDES, Procedure, RuleSet
from ..domain.problems import Problem
from ..storage.transaction import Transaction
from .book import Book, Progress, no_progress
from .cells import CellError, read_day, read_fen
from .decision_cells import NOTICE_COLUMNS, STEP_COLUMNS, read_body, read_notices, read_step
from .decisions import add_notice_within, finalise_within, save_within
from .file_import import FilePath, ImportResult, record_import, refuse_bad_rows, row_problem
from .governance import Rulebook
from .tabular import TableRow, read_table

REQUIRED = ("决议文号", "会议形式", "时间", "应到", "实到")
_HEADS = {
    "事项": "title",
    "事项类别": "matter",
    "决策程序": "procedure",
    "决策主体": "side",
    "动议事由": "motion",
    "监督意见": "opinion",
    "代替文号": "replaces",
    "备注": "note",
}
OPTIONAL = tuple(
    title
    for title in (*_HEADS, "金额上限", "决议内容", "状态", *STEP_COLUMNS, *NOTICE_COLUMNS)
    if title not in REQUIRED
)
_SHARED = (*_HEADS, "金额上限", "决议内容", "状态")
"""Columns of the decision as a whole: told on one of its rows, or alike on all."""
_STEP = 50


def import_decisions(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the decisions of a sheet; they are final unless 状态 says 起草."""
    book.authorise("import")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    groups: dict[str, list[TableRow]] = {}
    for row in table.rows:
        if row.cells["决议文号"]:
            groups.setdefault(row.cells["决议文号"], []).append(row)
        else:
            problems.append(row_problem(row.number, "没有决议文号"))
    with book.write("import") as transaction:
        record_import(transaction, "决策", table, decisions=len(groups))
        rulebook = Rulebook(book.connection)
        for done, (number, rows) in enumerate(groups.items()):
            if done % _STEP == 0:
                report(done, len(groups), "导入决策")
            problems += _Import(book, transaction, rulebook).take(number, rows)
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(groups), notes=table.notes)


class _Import:
    """Takes one decision from its rows."""

    def __init__(self, book: Book, transaction: Transaction, rulebook: Rulebook) -> None:
        self._book = book
        self._transaction = transaction
        self._rulebook = rulebook

    def take(self, number: str, rows: list[TableRow]) -> list[Problem]:
        """Save the decision; returns what is wrong with its rows."""
        first = rows[0].number
        try:
            head = _head(rows)
        except CellError as error:
            return [row_problem(first, str(error))]
        problems: list[Problem] = []
        day = _last_day(rows)
        rules = self._rulebook.on(day)
        if rules.matter(head["事项类别"]) is None:
            text = f"事项类别“{head['事项类别']}”不对，可以填：{_names(rules.matters)}"
            return [row_problem(first, text)]
        procedure = _procedure(rules, head, [read_body(row.cells["会议形式"]) for row in rows])
        if procedure is None:
            return _without_procedure(rules, head["决策程序"], rows)
        held: list[tuple[int, Step]] = []
        notices: list[Notice] = []
        for row in rows:
            try:
                held.append((row.number, read_step(row.cells, _key(row, procedure))))
                notices += [one for one in read_notices(row.cells) if one not in notices]
            except CellError as error:
                problems.append(row_problem(row.number, str(error)))
        if problems:
            return problems
        order = [rule.name for rule in procedure.steps]
        held.sort(key=lambda pair: order.index(pair[1].key))
        steps = tuple(step for _, step in held)
        try:
            self._keep(_decision(number, head, procedure, steps, rules), notices, final=head["状态"] != DRAFT)
        except (CellError, Refusal) as error:
            found = getattr(error, "problems", ()) or (Problem("row", str(error)),)
            return [row_problem(first if one.line is None else held[one.line][0], one.message) for one in found]
        return []

    def _keep(self, decision: Decision, notices: Iterable[Notice], *, final: bool) -> None:
        saved = save_within(self._transaction, decision)
        if final:
            saved = finalise_within(self._book, self._transaction, saved.id, saved.version)
        for notice in notices:
            add_notice_within(self._transaction, saved.id, notice)


def _head(rows: list[TableRow]) -> dict[str, str]:
    """The columns of the decision as a whole."""
    found = {}
    for title in _SHARED:
        values = list(dict.fromkeys(text for row in rows if (text := row.cells.get(title, ""))))
        if len(values) > 1:
            raise CellError(f"同一文号的各行“{title}”不一致：{'、'.join(values)}")
        found[title] = values[0] if values else ""
    if not found["事项"]:
        raise CellError("没有填“事项”")
    found["事项类别"] = found["事项类别"] or "其他"
    if found["状态"] not in ("", DRAFT, FINAL):
        raise CellError(f"状态“{found['状态']}”不对，只能填“{DRAFT}”或“{FINAL}”")
    if found["决策主体"] not in ("", *SIDES):
        raise CellError(f"决策主体“{found['决策主体']}”不对，只能填“{'”或“'.join(SIDES)}”")
    return found


def _last_day(rows: list[TableRow]) -> date:
    """The newest day that can be read; cells that cannot are named later."""
    days = []
    for row in rows:
        try:
            days.append(read_day(row.cells["时间"]))
        except CellError:
            continue
    return max(days, default=date.max)


def _names(rows: Iterable[object]) -> str:
    return "、".join(str(getattr(row, "name", "")) for row in rows)


def _procedure(rules: RuleSet, head: Mapping[str, str], bodies: list[str]) -> Procedure | None:
    """The procedure named, or the first one that has a step for each meeting, the last meeting deciding."""
    if head["决策程序"]:
        return rules.procedure(head["决策程序"])
    fitting = [
        one
        for one in rules.procedures_for(head["事项类别"])
        if bodies[-1] in one.deciding.bodies and all(any(body in step.bodies for step in one.steps) for body in bodies)
    ]
    fitting.sort(key=lambda one: abs(len(one.steps) - len(bodies)))
    return fitting[0] if fitting else None


def _without_procedure(rules: RuleSet, named: str, rows: list[TableRow]) -> list[Problem]:
    """Why no procedure was found: its name, a meeting nobody knows, or meetings no procedure has."""
    known = _names(rules.procedures)
    if named:
        return [row_problem(rows[0].number, f"决策程序“{named}”不对，可以填：{known}")]
    for row in rows:
        body = row.cells["会议形式"]
        if rules.body(read_body(body)) is None:
            what = f"会议形式“{body}”不对" if body else "没有填会议形式"
            return [row_problem(row.number, f"{what}，可以填：{_names(rules.bodies)}")]
    return [row_problem(rows[0].number, f"按会议形式找不到合适的决策程序，请填“决策程序”，可以填：{known}")]


def _key(row: TableRow, procedure: Procedure) -> str:
    """The step a row is about: named, or found by its meeting."""
    named, body = row.cells.get("环节", ""), read_body(row.cells["会议形式"])
    if not body:
        raise CellError("没有填会议形式")
    if named:
        if procedure.step(named) is None:
            raise CellError(f"“{procedure.name}”没有环节“{named}”，可以填：{_names(procedure.steps)}")
        return named
    found = next((step.name for step in procedure.steps if body in step.bodies), "")
    if not found:
        raise CellError(f"“{procedure.name}”没有由{body}办理的环节，请填写“环节”或核对会议形式")
    return found


def _decision(
    number: str, head: Mapping[str, str], procedure: Procedure, steps: tuple[Step, ...], rules: RuleSet
) -> Decision:
    body = rules.body(steps[-1].body)
    return Decision(
        number,
        head["事项"],
        head["事项类别"],
        procedure.name,
        head["决策主体"] or (body.side if body and body.side in SIDES else COMMITTEE),
        steps[-1].day,
        read_fen(head["金额上限"]),
        head["决议内容"] or steps[-1].text or head["事项"],
        steps,
        replaces=head["代替文号"],
        motion=head["动议事由"],
        opinion=head["监督意见"],
        note=head["备注"],
    )
