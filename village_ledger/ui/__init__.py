"""The window (PySide6): pages that show values and ask for work. Holds no bookkeeping rules and no SQL.

The contract every page builds on
=================================

**Operations** (`operations.py`) — the only way to the book. One worker thread owns it; functions get the `Book` and
return plain values; answers arrive on the GUI thread.

    operations.read(lambda book: vouchers.find(book, wanted, 0, 200), self._show_rows, topic="rows")
    operations.write(lambda book: vouchers.review(book, ids), self._reviewed, touches=VOUCHERS, initiator=self,
                     busy_text="正在审核…", disable=(self.review_button,))
    operations.long(lambda book, progress: periods.close(book, month, progress), self._closed, title="正在结账",
                    touches=PERIODS | VOUCHERS, initiator=self)

- `facts` is a snapshot for the GUI thread (entity, chart, items, usage, people, settings, open_period, actor,
  read_only, path), fresh before `on_done` runs. Never touch `Book` outside a function handed to operations.
- `topic=` on `read`: an answer is dropped when a newer read with the same topic (and receiver) was asked meanwhile.
- A `Refusal` goes to `on_failed(refusal)` if given, else to the initiator's (or receiving page's) message bar.
  Anything else is our bug: `sys.excepthook` writes the log and shows a calm dialog.
- `changed(flags, initiator)` fires after every write. Flags are the frozensets below; combine with `|`:
  VOUCHERS ACCOUNTS ITEMS OPENINGS PERIODS SETTINGS PEOPLE TEMPLATES BACKUPS LOG (exports only). The initiator
  refreshes itself in `on_done`; every other page whose `touched_by` meets the flags is refreshed when it is (or
  becomes) visible.
- Answers to a page that has been destroyed are dropped. `Operations(book, synchronous=True)` runs everything at once
  (tests); bugs then raise right at the call.

**Page** (`page.py`) — base of every page: `Page(operations, parent=None)`.
Class attributes `title`, `subtitle`, `touched_by`. Build into `self.body` (QVBoxLayout, margins set); put buttons into
the heading with `self.add_action_button(button)`. Override `refresh()` (reload; keep what the user is typing),
`shown()` (became visible; call super), `may_leave() -> bool` (unsaved work: ask). `self.message(text, kind)` shows the
page's message bar (kind: info, success, warning, danger); `self.clear_message()`.
Wishes as signals: `open_voucher_requested(int id)`, `open_draft_requested(int id, 0 = new)`,
`copy_requested(object Draft)`, `open_report_requested(str key, object Query)`, `open_page_requested(str key)`,
`open_origin_requested(object Origin)` (the contract, card, goods or month a voucher comes from),
`export_requested(object Period)`, `open_book_requested(object Path)` (start page, made or chosen book: close it first),
`begin_requested(object Path, object Beginning)` (start page: open a book for a purpose, `beginnings.py`),
`restore_requested(object backup_path)` (the page has asked "really?"; the app closes the book, restores, reopens),
`message_requested(text, kind)` (main status line), `back_requested()` (Escape: back to the page this one was opened
from). Optional: `state() -> object` / `restore(state)` so that the way back finds the page as it was, `take_focus()`
(where the focus goes when the page is opened). Window-wide keys (voucher.new, window.*) belong to the main window:
do not bind them in a page.

**Navigation** (`navigation.py`) — one table of pages, created when first shown. Module and class names are fixed:
`ui.vouchers.entry_page.VoucherEntryPage` (open_draft(id), open_voucher(id), new_draft(draft or None)),
`ui.vouchers.list_page.VoucherListPage`, `ui.periods.month_end_page.MonthEndPage`,
`ui.openings.openings_page.OpeningsPage`, `ui.accounts.accounts_page.AccountsPage`, `ui.accounts.items_page.ItemsPage`,
`ui.settings.settings_page.SettingsPage`, `ui.settings.backups_page.BackupsPage`, `ui.settings.log_page.LogPage`,
`ui.wizard.start_page.StartPage` (shown in a window without a book: `operations.facts` is None, functions get None).

**Looks** (`theme.py`, resources/theme.toml, resources/style.qss) — never set colours or fonts in a page.
`theme.mark(widget, role="title|heading|muted|amount|danger|warning|success|accent")` for labels,
`make_button(text, kind="primary|secondary|quiet|danger", icon=…)`, `theme.current().colour("accent")` for painting,
`theme.current().px("gap")` for distances (gap_small gap gap_large row control), `theme.icon("search")`.
`theme.current().font("body|small|heading|title", bold=…)`.

**Widgets** (`widgets/`, know no bookkeeping): `make_button`, `MessageBar`, `Card`, `PeriodPicker`, `PeriodRange`,
`MoneyEdit`, `FinderEdit`/`FinderPopup`/`Choice` (type to search, arrows, Enter; used for accounts and items),
`dress_table(view)` for every QTableView/QTreeView, `FormGrid` (label left, field right, hint and error below),
`EmptyState`.

**Dialogs** (`dialogs.py`): `ask(parent, title, text, accept=…, danger=…) -> bool`, `ask_text(…) -> str | None`,
`tell(parent, title, text)`, `pick_file(…)`, `save_file(…)`, `pick_folder(…)`, and `Dialog` (heading, body, buttons,
message bar) as base for forms.

**Keys** (`shortcuts.py`): one table of bindings by action name for the 用友 and 金蝶 profiles:
`shortcuts.bind(widget, "voucher.save", slot)`; `shortcuts.label("voucher.save")` for tool tips. F1 shows the list.

Machine settings (zoom, key profile, recent books, folders): `machine.py`.
"""
