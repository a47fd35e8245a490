"""填制凭证: one voucher on the screen, from the first key to the posted sheet."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from village_ledger.domain.errors import Refusal
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import Draft, Voucher
from village_ledger.services import vouchers
from village_ledger.services.book import Book
from village_ledger.services.origins import Origin
from village_ledger.services.vouchers import Template, VoucherSummary

from ..operations import ACCOUNTS, ITEMS, PERIODS, REQUESTS, REVIEWS, SETTINGS, VOUCHERS, Operations
from ..page import Page
from ..tables.draft_rows import rows_of
from . import reads
from .acts import VoucherActs
from .basis_bar import BasisBar
from .entry_actions import EntryActions, Stage
from .links import LinkBar
from .paper import VoucherPaper
from .papers import Papers
from .review_strip import ReviewStrip
from .saving import Saving

_NUMBER_NOTES = {"new": "预计", "draft": "预计", "reviewed": "已审核", "posted": "已记账", "viewed": ""}


class VoucherEntryPage(Page):
    """Typing, reviewing, posting and viewing one voucher."""

    title = "填制凭证"
    touched_by = VOUCHERS | ACCOUNTS | ITEMS | PERIODS | SETTINGS | REQUESTS | REVIEWS

    def __init__(self, operations: Operations, parent: QWidget | None = None) -> None:
        super().__init__(operations, parent)
        context = reads.first_context(self.facts)
        self._day = context.check.open_period.first_day
        self._loading = False
        self._voucher: Voucher | None = None
        self.links = LinkBar(self)
        self.paper = VoucherPaper(context, Draft(self._day, context.check.words[0]), self)
        self.saving = Saving(self, self.paper, self._load_draft)
        self.acts = VoucherActs(self)
        self.papers = Papers(self, self.paper.heading)
        self.actions_bar = EntryActions(self, self._slots())
        self.reviews = ReviewStrip(self, self.reverse)
        self.body.addWidget(self.links)
        self.body.addWidget(self.reviews)
        self.body.addWidget(self.paper, 1)
        self.basis = BasisBar(self, self._stored, self._reload)
        self.body.addWidget(self.basis)
        self.paper.checked.connect(self._look_at_basis)
        self.links.voucher_requested.connect(self.open_voucher)
        self.links.origin_requested.connect(self.open_origin_requested)
        self.paper.heading.documents_wanted.connect(self.show_documents)
        self.paper.numbering_changed.connect(self._ask_number)
        self.paper.item_added.connect(self._add_item)
        self.paper.line_activated.connect(self._open_ledger)
        self.paper.signatures.cashier_chosen.connect(self.paper.model.set_cashier)
        operations.facts_changed.connect(self._show_signatures)
        self._begin(Draft(self._day, context.check.words[0]))

    def _slots(self) -> dict[str, Callable[[], object]]:
        table = self.paper.table
        return {
            "previous": lambda: self._step(-1),
            "following": lambda: self._step(1),
            "new": self.new_draft,
            "save": lambda: self.saving.save(self._saved_then_next),
            "park": lambda: self.saving.save(self._parked, complete=False),
            "review": self.review,
            "unreview": lambda: self.acts.unreview((self.paper.draft.id,), self._unreviewed),
            "post": lambda: self.acts.post((self.paper.draft.id,), self._posted),
            "copy": lambda: self.new_draft(reads.fresh(self.paper.draft)),
            "reverse": self.reverse,
            "print_voucher": self.print_voucher,
            "trail": self.show_trail,
            "documents": self.show_documents,
            "pick_template": lambda: self.acts.pick_template(self._use_template),
            "keep_template": lambda: self.acts.keep_template(self.paper.typed_draft().lines),
            "delete_draft": lambda: self.acts.delete((self.paper.draft.id,), self._deleted),
            "insert_line": table.insert_line,
            "delete_line": table.delete_line,
            "line_up": lambda: table.move_line(-1),
            "line_down": lambda: table.move_line(1),
            "find": table.look_up,
            "undo": table.undo,
            "redo": table.redo,
        }

    @property
    def stage(self) -> Stage:
        """What may be done with the voucher shown."""
        if self.facts.read_only:
            return "viewed"
        if self._voucher is not None:
            return "posted"
        draft = self.paper.draft
        return "reviewed" if draft.state == "reviewed" else "draft" if draft.id else "new"

    @property
    def escape_leads_back(self) -> bool:
        """Not from a voucher that is being typed, where Escape takes back a cell; Alt+Left leaves that."""
        return self.stage not in ("new", "draft")

    def take_focus(self) -> None:
        """The cursor goes to the first empty line, or to the posted lines."""
        self.paper.table.start_typing()

    def refresh(self) -> None:
        """Read the book's accounts, items and balances anew; what is being typed stays."""
        self.operations.read(reads.read_start, self._refreshed, topic="start")

    def state(self) -> object:
        """The voucher shown: posted?, id and line."""
        shown = self._shown()
        return (*shown, self.paper.table.currentIndex().row()) if shown else None

    def restore(self, state: object) -> None:
        """Back to the voucher this page was left at."""
        if isinstance(state, tuple) and state[:2] != self._shown():
            posted, voucher_id, _row = state
            self.open_voucher(voucher_id) if posted else self.open_draft(voucher_id)

    def may_leave(self) -> bool:
        """Ask about unsaved typing."""
        return self.saving.may_replace()

    def new_draft(self, draft: Draft | None = None) -> None:
        """Begin a new voucher, empty or with the content of another (dated into the open month)."""
        if not self.saving.may_replace():
            return
        self.clear_message()
        words = self.paper.model.context.check.words
        word = self.paper.draft.word if self.paper.draft.word in words else words[0]
        begun = draft._replace(day=self._usual_day()) if draft else Draft(self._usual_day(), word)
        self._begin(begun, changed=draft is not None)
        self._recall()

    def open_draft(self, draft_id: int) -> None:
        """Show a stored draft."""
        if self.saving.may_replace():
            self.clear_message()
            self._load_draft(draft_id)

    def open_voucher(self, voucher_id: int) -> None:
        """Show a posted voucher."""
        if self.saving.may_replace():
            self.clear_message()
            self._load(lambda book: reads.open_posted(book, voucher_id))

    def review(self) -> None:
        """Review the voucher, saving it first if need be."""
        if self.saving.has_unsaved or not self.paper.draft.id:
            self.saving.save(self._saved_then_review)
        else:
            self._review(self.paper.draft.id)

    def reverse(self) -> None:
        """Make the red voucher of a posted one."""
        if self._voucher is not None:
            self.acts.reverse(self._voucher, self._usual_day(), self._reversed)

    def print_voucher(self) -> None:
        """Write the posted voucher as PDF."""
        if self._voucher is not None:
            self.acts.print((self._voucher.id,), f"{self._voucher.period} {self._voucher.label}")

    def show_trail(self) -> None:
        """Follow the posted voucher to its request, decision and papers."""
        if self._voucher is not None:
            self.open_origin_requested.emit(Origin("trail", self._voucher.id, reads.label(self._voucher)))

    def show_documents(self) -> None:
        """Register the papers of the voucher; a draft is saved first."""
        if self._voucher is not None:
            self.papers.open(self.paper.draft, self._voucher)
        else:
            self._stored(self._open_papers)

    def _open_papers(self, draft: Draft) -> None:
        self.papers.open(draft, None)

    def _begin(self, draft: Draft, *, changed: bool = False) -> None:
        self._voucher = None
        cashiers = self._cashiers()
        if not draft.id and not draft.cashier and len(cashiers) == 1:
            draft = draft._replace(cashier=cashiers[0])
        self._show(draft, 0, changed=changed)
        self._ask_number()

    def _show(self, draft: Draft, number: int, *, changed: bool = False) -> None:
        read_only = self.facts.read_only or self._voucher is not None or draft.state == "reviewed"
        self.paper.show_voucher(draft, read_only=read_only, changed=changed)
        stage = self.stage
        self.paper.heading.show_number(number, _NUMBER_NOTES[stage] if number else "")
        self.actions_bar.show_stage(stage)
        self.set_title("查看凭证" if read_only else "填制凭证")
        self._show_signatures()
        self.links.show_stage(stage)
        self.papers.look_at(draft, self._voucher)
        self.reviews.show_standings((), reversed_already=False)
        if self.isVisible():
            self.take_focus()

    def _load(self, function: Callable[[Book], reads.Opened]) -> None:
        self._loading = True
        self.operations.read(function, self._loaded, topic="open", on_failed=self._not_loaded)

    def _not_loaded(self, refusal: Refusal) -> None:
        self._loading = False
        self.message(str(refusal), "danger")

    def _load_draft(self, draft_id: int) -> None:
        self._load(lambda book: reads.open_draft(book, draft_id))

    def _loaded(self, opened: reads.Opened) -> None:
        self._loading = False
        self._voucher = opened.voucher
        self.paper.set_context(opened.context)
        self._show(opened.draft, opened.number)
        shown = opened.voucher or opened.draft
        reversed_by = opened.voucher.reversed_by if opened.voucher else 0
        self.links.show_links((shown.reverses, opened.reverses), (reversed_by, opened.reversed_by), opened.origins)
        self.reviews.show_standings(opened.comments, reversed_already=bool(reversed_by))
        self._recall()

    def _refreshed(self, start: reads.Start) -> None:
        self.paper.set_context(start.context)
        if not self.saving.recalled or self._day < start.context.check.open_period.first_day:
            self._day = start.day
        if self._untouched:
            self._begin(self.paper.draft._replace(day=self._usual_day()))
        else:
            self._look_again()
        self._recall()

    @property
    def _untouched(self) -> bool:
        return self.stage == "new" and not self.saving.has_unsaved and not self.paper.table.is_typing

    def _recall(self) -> None:
        """Bring back what an earlier session left unsaved, once; a voucher merely looked at is not written over."""
        if not self.saving.recalled and not self._loading and self.stage in ("new", "draft"):
            self._offer_copy(self.saving.recall(), untouched=self._untouched)

    def _look_again(self) -> None:
        draft_id = self.paper.draft.id
        if self._voucher is not None:
            voucher_id = self._voucher.id
            self._load(lambda book: reads.open_posted(book, voucher_id))
        elif draft_id and not self.saving.has_unsaved:
            self.operations.read(
                lambda book: reads.open_draft(book, draft_id), self._loaded, topic="open", on_failed=self._gone
            )
        else:
            self._ask_number()

    def _gone(self, refusal: Refusal) -> None:
        self._loading = False
        self._begin(Draft(self._usual_day(), self.paper.draft.word))
        self.message(refusal.message, "info")

    def _offer_copy(self, draft: Draft | None, *, untouched: bool) -> None:
        if draft is None or self.facts.read_only:
            return
        if untouched:
            self._begin(draft, changed=True)
            text = "上次没有来得及保存的凭证已经找回，请核对后保存"
            self.message_bar.show_message(text, "info", "不要了", self._drop_typing)
        else:
            text = f"上次有一张没有保存的凭证（{draft.day}，{format_fen(draft.debit_total_fen)}）"
            found = partial(self.new_draft, reads.fresh(draft))
            self.message_bar.show_message(text, "info", "找回来", found)

    def _drop_typing(self) -> None:
        self.saving.forget_copy()
        self.clear_message()
        self._begin(Draft(self._usual_day(), self.paper.draft.word))

    def _usual_day(self) -> date:
        return max(self._day, self.paper.model.context.check.open_period.first_day)

    def _ask_number(self) -> None:
        if self._voucher is None:
            draft = self.paper.draft
            self.operations.read(
                lambda book: (draft.id, vouchers.expected_number(book, draft)), self._number_told, topic="number"
            )

    def _number_told(self, told: tuple[int, int]) -> None:
        draft_id, number = told
        if self._voucher is None and self.paper.draft.id == draft_id:  # another one may have been opened meanwhile
            self.paper.heading.show_number(number, _NUMBER_NOTES[self.stage])

    def _cashiers(self) -> tuple[str, ...]:
        return tuple(person.name for person in self.facts.people if person.active and person.role == "出纳")

    def _show_signatures(self, _facts: object = None) -> None:
        draft, posted = self.paper.draft, self._voucher
        self.paper.signatures.offer_cashiers(self._cashiers(), choice=self.stage in ("new", "draft"))
        maker = posted.maker if posted else draft.maker or self.facts.actor
        cashier = posted.cashier if posted else draft.cashier
        reviewer = posted.reviewer if posted else draft.reviewer
        self.paper.signatures.show_names(maker, reviewer, posted.poster if posted else "", cashier)

    def _look_at_basis(self, _problems: int) -> None:
        self.basis.look_at(self.paper.draft, shown=self._voucher is None and not self.paper.model.is_blank)

    def _stored(self, then: Callable[[Draft], None]) -> None:
        """Save what is typed, complete or not, before something is tied to the stored draft."""
        if self.saving.has_unsaved or not self.paper.draft.id:
            self.saving.save(partial(self._begun_and, then), complete=False)
        else:
            then(self.paper.draft)

    def _begun_and(self, then: Callable[[Draft], None], saved: Draft) -> None:
        self._begin(saved)
        then(saved)

    def _saved_then_next(self, saved: Draft) -> None:
        number = self.paper.heading.number.text()
        self._day = saved.day
        self.clear_message()
        self._begin(Draft(saved.day, saved.word))
        self.paper.strip.show_notice(
            f"已保存 {saved.word}字第 {number}（{format_fen(saved.debit_total_fen)}），请接着录下一张"
        )

    def _parked(self, saved: Draft) -> None:
        self._day = saved.day
        self._begin(saved)
        self.message("已暂存，可以接着填，也可以以后在“凭证管理”里打开", "success")

    def _saved_then_review(self, saved: Draft) -> None:
        self._begin(saved)
        self._review(saved.id)

    def _review(self, draft_id: int) -> None:
        self.acts.review((draft_id,), lambda: self._reload(draft_id, "已审核，可以记账了"))

    def _unreviewed(self) -> None:
        self._reload(self.paper.draft.id, "已取消审核，可以修改了")

    def _reload(self, draft_id: int, text: str) -> None:
        self._load_draft(draft_id)
        self.message(text, "success")

    def _posted(self, posted: tuple[Voucher, ...]) -> None:
        voucher_id = posted[0].id
        self._load(lambda book: reads.open_posted(book, voucher_id))
        self.message(f"已记账：{reads.label(posted[0])}", "success")

    def _reversed(self, draft_id: int) -> None:
        self._reload(draft_id, "红字凭证已生成，请核对后由另一人审核、记账")

    def _deleted(self) -> None:
        self._begin(Draft(self._usual_day(), self.paper.draft.word))
        self.message("草稿已删除", "success")

    def _use_template(self, template: Template) -> None:
        model = self.paper.model
        if model.is_blank:
            model.replace_lines(template.lines, f"模板“{template.name}”")
        else:
            end = sum(1 for row in model.state.rows if row.counts)
            model.insert_rows(end, rows_of(template.lines)[: len(template.lines)], f"模板“{template.name}”")
        self.take_focus()

    def _add_item(self, category: str, name: str) -> None:
        self.paper.set_context(self.paper.model.context.with_item(category, name))
        self.acts.add_item(category, name)

    def _open_ledger(self, row: int) -> None:
        self.acts.open_ledger(self.paper.model.state.rows[row].line.account, self.paper.draft.period)

    def _step(self, step: int) -> None:
        if self.saving.may_replace():
            self.acts.step(self.paper.draft.period, self._shown(), step, self._open_row)

    def _shown(self) -> tuple[bool, int] | None:
        if self._voucher is not None:
            return True, self._voucher.id
        return (False, self.paper.draft.id) if self.paper.draft.id else None

    def _open_row(self, row: VoucherSummary) -> None:
        if row.posted:
            self.open_voucher(row.id)
        else:
            self.open_draft(row.id)
