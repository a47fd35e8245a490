"""The buttons and keys of the voucher page: which ones there are for a new, a reviewed and a posted voucher."""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from .. import shortcuts, theme
from ..page import Page
from ..widgets.button import make_button

Stage = Literal["new", "draft", "reviewed", "posted", "viewed"]
"""viewed: the book is read-only."""


class Act(NamedTuple):
    """One thing to do: its name, its caption, its key and the stages it is offered in."""

    name: str
    caption: str
    key: str
    stages: frozenset[str]
    icon: str = ""
    kind: str = "secondary"


_TYPED = frozenset({"new", "draft"})
_ANY = frozenset({"new", "draft", "reviewed", "posted"})

BUTTONS = (
    Act("previous", "上一张", "voucher.previous", _ANY | {"viewed"}, "chevron-left", "quiet"),
    Act("following", "下一张", "voucher.next", _ANY | {"viewed"}, "chevron-right", "quiet"),
    Act("park", "暂存", "voucher.park", _TYPED),
    Act("review", "审核", "voucher.review", _TYPED, "stamp"),
    Act("unreview", "取消审核", "voucher.unreview", frozenset({"reviewed"})),
    Act("trail", "溯源", "voucher.trail", frozenset({"posted", "viewed"}), "flow"),
    Act("copy", "复制", "", frozenset({"posted"}), "copy"),
    Act("reverse", "红字冲销", "voucher.reverse", frozenset({"posted"}), "undo"),
    Act("print_voucher", "打印", "voucher.print", frozenset({"posted", "viewed"}), "printer"),
    Act("save", "保存并新增", "voucher.save", _TYPED, "save", "primary"),
    Act("post", "记账", "voucher.post", frozenset({"reviewed"}), "lock", "primary"),
    Act("new", "新增凭证", "voucher.new", frozenset({"posted"}), "plus", "primary"),
)
MENU = (
    Act("new", "新增凭证", "voucher.new", _ANY, "plus"),
    Act("pick_template", "从模板录入…", "voucher.templates", _TYPED, "star"),
    Act("keep_template", "存为模板…", "", _ANY),
    Act("documents", "票据…", "voucher.documents", _ANY | {"viewed"}, "inbox"),
    Act("copy", "复制成一张新凭证", "", frozenset({"draft", "reviewed"}), "copy"),
    Act("", "", "", _TYPED),
    Act("insert_line", "插入一行", "voucher.insert_line", _TYPED),
    Act("delete_line", "删除本行", "voucher.delete_line", _TYPED),
    Act("line_up", "本行上移", "voucher.line_up", _TYPED),
    Act("line_down", "本行下移", "voucher.line_down", _TYPED),
    Act("", "", "", frozenset({"draft"})),
    Act("delete_draft", "删除这张草稿…", "", frozenset({"draft"}), "trash"),
)
KEYS_ONLY = (
    Act("find", "", "voucher.find_account", _TYPED),
    Act("undo", "", "grid.undo", _TYPED),
    Act("redo", "", "grid.redo", _TYPED),
)


class EntryActions:
    """Makes the buttons once, then shows those of a stage. Keys do nothing in a stage they do not belong to.

    `slots` gives what runs for each name in BUTTONS, MENU and KEYS_ONLY.
    """

    def __init__(self, page: Page, slots: Mapping[str, Callable[[], object]]) -> None:
        self._stage: Stage = "new"
        self._slots = slots
        self.buttons: dict[str, QPushButton] = {}
        bound: set[str] = set()
        self.more = make_button("更多", kind="quiet", icon="chevron-down")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        for act in BUTTONS:
            if act.name == "park":
                page.add_action_button(self.more)
            self.buttons[act.name] = page.add_action_button(self._button(act))
        for act in (*BUTTONS, *MENU, *KEYS_ONLY):
            if act.key and act.key not in bound and act.name != "new":  # the window's menu has that key
                bound.add(act.key)
                shortcuts.bind(page, act.key, self._slot(act.name, self._stages(act.name)))
        self._items = [(act, self._item(act)) for act in MENU]

    def show_stage(self, stage: Stage) -> None:
        """Offer what can be done now."""
        self._stage = stage
        for act in BUTTONS:
            self.buttons[act.name].setVisible(stage in act.stages)
        for act, item in self._items:
            item.setVisible(stage in act.stages)
        self.more.setVisible(stage != "viewed")

    def _button(self, act: Act) -> QPushButton:
        tip = f"{act.caption}（{shortcuts.label(act.key)}）" if act.key else act.caption
        button = make_button(act.caption, kind=act.kind, icon=act.icon, tip=tip, on_click=self._slot(act.name))
        if act.name in ("previous", "following"):
            button.setText("")
            button.setFixedWidth(theme.current().px("control") + 4)
        return button

    def _item(self, act: Act) -> QAction:
        if not act.name:
            return self.menu.addSeparator()
        caption = f"{act.caption}\t{shortcuts.label(act.key)}" if act.key else act.caption
        item = self.menu.addAction(caption)
        if act.icon:
            item.setIcon(theme.icon(act.icon, "accent"))
        item.triggered.connect(self._slot(act.name))
        return item

    def _stages(self, name: str) -> frozenset[str]:
        return frozenset().union(*(act.stages for act in (*BUTTONS, *MENU, *KEYS_ONLY) if act.name == name))

    def _slot(self, name: str, stages: frozenset[str] | None = None) -> Callable[[], None]:
        def run() -> None:
            if stages is None or self._stage in stages:
                self._slots[name]()

        return run
