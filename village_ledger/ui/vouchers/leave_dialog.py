"""The two questions about unsaved typing: leaving the page with it, and finding the draft changed elsewhere."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QWidget

from ..dialogs import Dialog


class UnsavedDialog(Dialog):
    """Save, discard or stay. `answer` is "save", "discard" or "stay"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("这张凭证还没有保存", parent, width=440)
        self.answer = "stay"
        self.body.addWidget(QLabel("离开前要把它暂存下来吗？暂存后可以在“凭证管理”里接着填。"))
        self.add_button("继续填写", self.reject)
        self.discard_button = self.add_button("不保存", lambda: self._give("discard"), kind="danger")
        self.save_button = self.add_button("暂存并离开", lambda: self._give("save"), kind="primary")
        self.save_button.setFocus()

    def _give(self, answer: str) -> None:
        self.answer = answer
        self.accept()


class StaleDialog(Dialog):
    """The draft was changed in another window: whose version counts? What was typed stays on the screen meanwhile."""

    mine_wanted = Signal()
    theirs_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__("这张凭证在另一个窗口里改过", parent, width=520)
        text = QLabel(f"{words}\n\n您录入的内容还在屏幕上，没有丢失。要怎样处理？")
        text.setWordWrap(True)
        self.body.addWidget(text)
        self.add_button("先看看", self.reject)
        self.add_button("改用对方的内容", lambda: self._tell(self.theirs_wanted))
        self.add_button("另存为新凭证", lambda: self._tell(self.copy_wanted))
        self.add_button("用我的内容覆盖", lambda: self._tell(self.mine_wanted), kind="primary")

    def _tell(self, signal: SignalInstance) -> None:
        self.accept()
        signal.emit()
