"""What is still missing or wrong with the voucher, in one or two quiet lines under it; a click goes to the cell."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from village_ledger.domain.problems import Problem

from .. import theme

INCOMPLETE = frozenset({"summary", "account-missing", "item-missing", "zero", "too-few-lines", "unbalanced"})
"""Problems of a voucher that is simply not finished."""
SHOWN = 3


class ProblemStrip(QLabel):
    """Lists problems; `problem_activated` tells which one was clicked."""

    problem_activated = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems: tuple[Problem, ...] = ()
        self._remarks: tuple[str, ...] = ()
        self._complaint = ""
        self._notice = ""
        self._hint = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setMinimumHeight(theme.current().scaled(44))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.linkActivated.connect(lambda number: self.problem_activated.emit(self._problems[int(number)]))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show them: real mistakes first, then what has still to be filled in."""
        self._problems = tuple(sorted(problems, key=lambda problem: problem.code in INCOMPLETE))
        self._notice = "" if problems else self._notice
        self._show()

    def show_remarks(self, texts: tuple[str, ...]) -> None:
        """What is worth knowing but stops nothing, as spending above the budget."""
        if texts != self._remarks:
            self._remarks = texts
            self._show()

    def show_complaint(self, text: str) -> None:
        """A word about what is being typed right now; empty takes it back."""
        if text != self._complaint:
            self._complaint = text
            self._show()

    def show_notice(self, text: str) -> None:
        """A word of success, shown until there is something else to say."""
        self._notice = text
        self._show()

    def show_hint(self, html: str) -> None:
        """What to show when there is nothing to say: the keys."""
        self._hint = html
        self._show()

    @property
    def notice(self) -> str:
        """The word of success being shown."""
        return self._notice

    @property
    def messages(self) -> tuple[str, ...]:
        """What is shown, for the status line and tests."""
        own = (self._complaint,) if self._complaint else ()
        return own + tuple(problem.message for problem in self._problems) + self._remarks

    def _show(self) -> None:
        look = theme.current()
        danger, muted = look.colours["danger"], look.colours["muted"]
        parts = [f'<span style="color:{danger}">{escape(self._complaint)}</span>'] if self._complaint else []
        if self._notice:
            parts.append(f'<span style="color:{look.colours["success"]}">✓ {escape(self._notice)}</span>')
        for number, problem in enumerate(self._problems[:SHOWN]):
            colour = muted if problem.code in INCOMPLETE else danger
            parts.append(
                f'<a href="{number}" style="color:{colour};text-decoration:none">{escape(problem.message)}</a>'
            )
        parts += [
            f'<span style="color:{look.colours["warning"]}">{escape(text)}</span>' for text in self._remarks[:SHOWN]
        ]
        if not parts and self._hint:
            parts.append(f'<span style="color:{muted}">{self._hint}</span>')
        if len(self._problems) > SHOWN:
            parts.append(f'<span style="color:{muted}">还有 {len(self._problems) - SHOWN} 处</span>')
        self.setText("　·　".join(parts))
