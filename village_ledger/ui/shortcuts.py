"""The one table of keys, by what they do, for people who come from 用友 and for those who come from 金蝶."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from . import machine

PROFILES = {"yonyou": "用友习惯", "kingdee": "金蝶习惯"}
DEFAULT_PROFILE = "yonyou"


class Key(NamedTuple):
    """What a key does, under which heading it is listed, and the keys in either profile (several joined by a space)."""

    action: str
    group: str
    title: str
    yonyou: str
    kingdee: str = ""
    shown: str = ""


KEYS = (
    Key("voucher.new", "凭证", "新增凭证", "F5 Ctrl+N", "Ctrl+N"),
    Key("voucher.save", "凭证", "保存并新增下一张", "Ctrl+S F6 Ctrl+Return", "Ctrl+S F12 Ctrl+Return"),
    Key("voucher.park", "凭证", "暂存（没填完、不平也可）", "Ctrl+Shift+S", "Ctrl+Shift+S"),
    Key("voucher.find_account", "凭证", "查找科目（参照）", "F7 F2", "F7"),
    Key("voucher.balance", "凭证", "本行金额补平", "=", "= Ctrl+F7", "在金额格按"),
    Key("voucher.flip", "凭证", "借贷换边", "Space", "Space", "在金额格按"),
    Key("voucher.copy_summary", "凭证", "复制上一行摘要", ".. 或 回车", "..", "在空摘要格输入"),
    Key("voucher.first_summary", "凭证", "复制第一行摘要", "//", "//", "在空摘要格输入"),
    Key("voucher.insert_line", "凭证", "插入一行", "Ctrl+I", "F11 Ctrl+I"),
    Key("voucher.delete_line", "凭证", "删除本行", "Ctrl+D", "Ctrl+D"),
    Key("voucher.line_up", "凭证", "本行上移", "Alt+Up", "Alt+Up"),
    Key("voucher.line_down", "凭证", "本行下移", "Alt+Down", "Alt+Down"),
    Key("voucher.templates", "凭证", "常用凭证（模板）", "Ctrl+T F4", "Ctrl+T F4"),
    Key("voucher.previous", "凭证", "上一张", "Ctrl+PgUp", "Ctrl+PgUp"),
    Key("voucher.next", "凭证", "下一张", "Ctrl+PgDown", "Ctrl+PgDown"),
    Key("voucher.review", "凭证", "审核", "F9", "F3"),
    Key("voucher.unreview", "凭证", "取消审核", "Shift+F9", "Shift+F3"),
    Key("voucher.post", "凭证", "记账", "Ctrl+F9", "Ctrl+F9"),
    Key("voucher.reverse", "凭证", "红字冲销", "Ctrl+R", "Ctrl+R"),
    Key("voucher.print", "凭证", "打印凭证", "Ctrl+P", "Ctrl+P"),
    Key("voucher.trail", "凭证", "溯源（申请、决策、附件）", "Ctrl+H", "Ctrl+H"),
    Key("voucher.documents", "凭证", "登记票据（发票、收据、回单）", "Ctrl+B", "Ctrl+B"),
    Key("voucher.search", "凭证", "在凭证列表中查找", "Ctrl+F", "Ctrl+F"),
    Key("grid.undo", "凭证", "撤销输入", "Ctrl+Z", "Ctrl+Z"),
    Key("grid.redo", "凭证", "重做输入", "Ctrl+Y", "Ctrl+Y"),
    Key("report.find", "账簿报表", "在表中查找", "Ctrl+F", "Ctrl+F"),
    Key("report.find_next", "账簿报表", "查找下一处", "F3", "Ctrl+G"),
    Key("report.open", "账簿报表", "联查下一层", "Return", "Return", "在表中按"),
    Key("report.back", "账簿报表", "返回上一层", "Esc", "Esc"),
    Key("report.formula", "账簿报表", "查看本行公式", "F2", "F2"),
    Key("report.copy", "账簿报表", "复制所选（可粘贴到 Excel）", "Ctrl+C", "Ctrl+C"),
    Key("report.print", "账簿报表", "打印预览", "Ctrl+P", "Ctrl+P"),
    Key("report.query", "账簿报表", "查询 / 刷新", "F8", "F8"),
    Key("window.back", "窗口", "返回上一页", "Alt+Left", "Alt+Left"),
    Key("window.home", "窗口", "回到首页", "Alt+Home", "Alt+Home"),
    Key("window.zoom_in", "窗口", "放大文字", "Ctrl++ Ctrl+=", "Ctrl++ Ctrl+="),
    Key("window.zoom_out", "窗口", "缩小文字", "Ctrl+-", "Ctrl+-"),
    Key("window.zoom_reset", "窗口", "恢复文字大小", "Ctrl+0", "Ctrl+0"),
    Key("window.navigation", "窗口", "转到左侧目录", "F10", "F10"),
    Key("window.help", "窗口", "快捷键一览", "F1", "F1"),
    Key("window.lock", "窗口", "锁定、换人登录", "Ctrl+L", "Ctrl+L"),
    Key("window.export", "窗口", "导出本月账表", "Ctrl+E", "Ctrl+E"),
    Key("window.open", "窗口", "打开账套", "Ctrl+O", "Ctrl+O"),
    Key("window.close", "窗口", "退出", "Ctrl+Q", "Ctrl+Q"),
)
_BY_ACTION = {key.action: key for key in KEYS}
_NAMES = {"Return": "回车", "Space": "空格", "PgUp": "PageUp", "PgDown": "PageDown", "Left": "←", "Backspace": "退格"}


def profile() -> str:
    """The profile this machine uses."""
    chosen = machine.text("key_profile", DEFAULT_PROFILE)
    return chosen if chosen in PROFILES else DEFAULT_PROFILE


def set_profile(name: str) -> None:
    """Choose a profile; pages made afterwards use it."""
    machine.remember("key_profile", name)


def written(action: str, which: str = "") -> tuple[str, ...]:
    """The keys of an action as written in the table."""
    key = _BY_ACTION[action]
    return tuple((key.kingdee or key.yonyou if (which or profile()) == "kingdee" else key.yonyou).split(" "))


def sequences(action: str) -> tuple[QKeySequence, ...]:
    """The keys of an action for QShortcut or QAction."""
    return tuple(QKeySequence(text) for text in written(action))


def label(action: str) -> str:
    """The first key of an action as people read it: Ctrl+S, 回车."""
    return readable(written(action)[0])


def readable(text: str) -> str:
    """A key with the names printed on a Chinese keyboard."""
    head, plus, last = text.rpartition("+")
    return f"{head}{plus}{_NAMES.get(last, last)}" if last else text


def matches(event_key: QKeySequence, action: str) -> bool:
    """Whether a pressed key is one of an action's keys."""
    return any(event_key.matches(known) == QKeySequence.SequenceMatch.ExactMatch for known in sequences(action))


def bind(
    widget: QWidget,
    action: str,
    slot: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetWithChildrenShortcut,
) -> tuple[QShortcut, ...]:
    """Make an action's keys work within a widget."""
    made = []
    for sequence in sequences(action):
        shortcut = QShortcut(sequence, widget)
        shortcut.setContext(context)
        shortcut.activated.connect(slot)
        made.append(shortcut)
    return tuple(made)
