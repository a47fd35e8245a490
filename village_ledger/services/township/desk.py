"""An open desk: one store (a `.vld` file, or a PostgreSQL URL), one official working. What `Book` is to a village."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from uuid import uuid4

from ... import clock
from ...domain.desk import Village
from ...domain.errors import BadInput, BookUnusable
from ...storage.desk import villages
from ...storage.desk.database import DeskDatabase, DeskTransaction
from ...storage.desk.opening import is_url as is_url
from ...storage.desk.opening import open_store
from ...storage.desk.villages import chain_problem, read_log
from ...storage.log import LogEntry

Progress = Callable[[int, int, str], None]
SUFFIX = ".vld"
MEMORY = ":memory:"


class DeskSettings(NamedTuple):
    """How the desk works. `due_days`: a month is late that many days into the next one; `folder`: where the files taken
    in are kept, empty for beside the store's own file.
    """

    name: str = "乡镇三资代管中心"
    county: str = ""
    township: str = ""
    due_days: int = 15
    folder: str = ""
    uid: str = ""


class Desk:
    """One open desk. Not for two threads at once; the window gives it to a single worker."""

    def __init__(self, store: DeskDatabase, *, read_only: bool, actor: str) -> None:
        self.store = store
        self.read_only = read_only
        self.actor = actor
        self.originals: dict[str, Path] = {}
        """Where the files are that a desk in memory took in, by SHA-256: it keeps none of its own."""

    @classmethod
    def open(cls, place: str | Path, *, read_only: bool = False, actor: str = "") -> "Desk":
        """Open a desk. Raises BookUnusable with a Chinese reason."""
        return cls(open_store(str(place), read_only=read_only), read_only=read_only, actor=actor)

    @classmethod
    def create(cls, place: str | Path, settings: DeskSettings, *, actor: str = "") -> "Desk":
        """Make a new desk and open it. Raises NotAllowed where there is one already."""
        if not settings.name.strip():
            raise BadInput("请填写乡镇端的名称")
        if is_url(str(place)) and not settings.folder.strip():
            raise BadInput("数据放在数据库服务器上时，请指定存放报送文件的文件夹")
        desk = cls(open_store(str(place), create=True), read_only=False, actor=actor)
        with desk.write() as transaction:
            made = settings._replace(uid=uuid4().hex)
            villages.save_meta(desk.store, _meta(made))
            transaction.record("desk-create", made.name, _meta(made))
        return desk

    @classmethod
    def in_memory(cls, name: str) -> "Desk":
        """A desk that is gone when it is closed: how an auditor looks at a package without taking it in anywhere."""
        return cls.create(MEMORY, DeskSettings(name), actor="审计")

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def write(self, village: str = "") -> DeskTransaction:
        """Begin the one transaction of an act; it must record itself in the log to commit. An act on one village says
        its code, so that on a server officials at different villages need not wait for each other.
        """
        if self.read_only:
            raise BookUnusable("乡镇端以只读方式打开，不能修改")
        return DeskTransaction(self.store, self.actor or "未署名", clock.now(), village)

    @property
    def place(self) -> str:
        """The file or URL."""
        return self.store.place

    @property
    def settings(self) -> DeskSettings:
        """How the desk works."""
        told = villages.load_meta(self.store)
        return DeskSettings(
            told.get("name", ""),
            told.get("county", ""),
            told.get("township", ""),
            int(told.get("due_days", "15")),
            told.get("folder", ""),
            told.get("uid", ""),
        )

    def change_settings(self, settings: DeskSettings) -> None:
        """Work otherwise from now on."""
        if not 1 <= settings.due_days <= 31:
            raise BadInput("报送期限应是 1 到 31 日")
        with self.write() as transaction:
            before, after = _meta(self.settings), _meta(settings)
            villages.save_meta(self.store, after)
            transaction.record("desk-settings", settings.name, {"before": before, "after": after})

    @property
    def folder(self) -> Path | None:
        """Where the files taken in are kept; None for a desk in memory."""
        told = self.settings.folder
        return Path(told) if told else self.store.folder

    @property
    def villages(self) -> tuple[Village, ...]:
        """Every village, by code."""
        return villages.load_villages(self.store)

    def village(self, text: str) -> Village:
        """A village by its code or its name; refused when it is none, or not one alone."""
        found = [one for one in self.villages if text in {one.code, one.name, one.region_code, one.credit_code} - {""}]
        if not found:
            found = [one for one in self.villages if text and text in one.name]
        if len(found) != 1:
            known = "、".join(one.name for one in self.villages[:20]) or "还没有收过任何村的文件"
            raise BadInput(f"{'有几个村都叫' if found else '没有'}“{text}”。现有：{known}")
        return found[0]

    @property
    def log_head(self) -> str:
        """The hash of the newest record of the desk's log."""
        return villages.load_meta(self.store).get("head", "").partition(" ")[2]

    def log(self, limit: int = 500) -> tuple[LogEntry, ...]:
        """The newest records of the desk's log, newest first."""
        return read_log(self.store, limit)

    def verify(self) -> str:
        """What is wrong with the desk's log, in Chinese; empty when it holds."""
        return chain_problem(self.store)


def _meta(settings: DeskSettings) -> dict[str, str]:
    return {key: str(value) for key, value in settings._asdict().items()}
