"""The list of keys, and the choice of the profile."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from . import shortcuts, theme
from .dialogs import Dialog


def keys_dialog(parent: QWidget) -> Dialog:
    """Every key by what it does, and the choice of the profile."""
    dialog = Dialog("快捷键一览", parent, width=980)
    chooser = QComboBox()
    for name, title in shortcuts.PROFILES.items():
        chooser.addItem(title, name)
    chooser.setCurrentIndex(chooser.findData(shortcuts.profile()))
    row = QHBoxLayout()
    row.addWidget(QLabel("按键习惯"))
    row.addWidget(chooser)
    row.addStretch(1)
    dialog.body.addLayout(row)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setMinimumHeight(theme.current().scaled(420))
    dialog.body.addWidget(area, 1)

    def fill() -> None:
        area.setWidget(_key_table(str(chooser.currentData())))

    def choose() -> None:
        shortcuts.set_profile(str(chooser.currentData()))
        fill()
        dialog.message("下次打开程序时按新的习惯工作。")

    chooser.activated.connect(lambda _index: choose())
    fill()
    dialog.add_button("关闭", dialog.accept, kind="primary")
    return dialog


def _key_table(profile: str) -> QWidget:
    body = QWidget()
    body.setObjectName("ScrollBody")
    columns = QHBoxLayout(body)
    columns.setSpacing(theme.current().scaled(28))
    groups: dict[str, list[shortcuts.Key]] = {}
    for key in shortcuts.KEYS:
        groups.setdefault(key.group, []).append(key)
    first, *rest = groups
    for names in ((first,), tuple(rest)):
        column = QVBoxLayout()
        for name in names:
            column.addWidget(theme.mark(QLabel(name), "accent"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(theme.current().px("gap_large"))
            grid.setVerticalSpacing(theme.current().px("gap_small"))
            for number, key in enumerate(groups[name]):
                grid.addWidget(QLabel(key.title), number, 0)
                written = [shortcuts.readable(text) for text in shortcuts.written(key.action, profile)]
                words = f"{key.shown} {' 或 '.join(w for w in written if w != '或')}".strip()
                grid.addWidget(theme.mark(QLabel(words), "key"), number, 1, Qt.AlignmentFlag.AlignLeft)
            grid.setColumnStretch(1, 1)
            column.addLayout(grid)
            column.addSpacing(theme.current().px("gap"))
        column.addStretch(1)
        columns.addLayout(column, 1)
    return body
