"""A township's window over a real desk: two small villages handed over, one package changed, one signed anew."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from pytestqt.qtbot import QtBot

from tests.township import villages
from tests.township.villages import Made
from village_ledger import clock
from village_ledger.services.township import importing
from village_ledger.services.township.desk import Desk, DeskSettings
from village_ledger.storage.desk import doubts
from village_ledger.ui.township.operations import DeskOperations
from village_ledger.ui.township.window import TownshipWindow

STONE, WILLOW = "石桥村股份经济合作社", "柳树湾村股份经济合作社"
STONE_CODE, WILLOW_CODE = "370000000001", "370000000002"


class Parcels(NamedTuple):
    """Packages by what they are good for. `changed` is February of 石桥村 once more with one voucher more; `rekeyed`
    March of it from a machine with another key; `bad` January of 柳树湾村 with one byte changed.
    """

    stone: dict[int, Path]
    willow: dict[int, Path]
    changed: Path
    rekeyed: Path
    bad: Path


@pytest.fixture(scope="session")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Parcels:
    """Made once; tests only read them."""
    stone = villages.make_village(tmp_path_factory.mktemp("stone"), STONE, STONE_CODE, months=2)
    willow = villages.make_village(tmp_path_factory.mktemp("willow"), WILLOW, WILLOW_CODE, months=1)
    other = stone.copied(tmp_path_factory.mktemp("other") / "a")
    other.act(lambda book: (villages.reopen(book, 2), villages.one_more(book, 2), villages.close(book, 2)))
    moved = stone.copied(tmp_path_factory.mktemp("moved") / "a")
    moved.act(lambda book: (villages.post_month(book, 3), villages.close(book, 3)))
    bad = tmp_path_factory.mktemp("bad") / "坏的.vlp"
    content = bytearray(willow.packages[1].read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(content)
    return Parcels(
        stone.packages,
        willow.packages,
        other.hand_over(2, "2月改过.vlp"),
        moved.hand_over(3, "3月.vlp", home="elsewhere"),
        bad,
    )


@pytest.fixture(autouse=True)
def in_march(monkeypatch: pytest.MonkeyPatch) -> None:
    """The 20th of March 2024: January and February were due."""
    monkeypatch.setattr(clock, "today", lambda: date(2024, 3, 20))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An empty desk."""
    made = Desk.create(tmp_path / "河口镇.vld", DeskSettings("河口镇三资代管中心", "青山县", "河口镇"), actor="张敏")
    yield made
    made.close()


Open = Callable[..., TownshipWindow]


@pytest.fixture
def opened(desk: Desk, qtbot: QtBot) -> Open:
    """Open the window, after taking in the packages given, without any doubts; everything at once."""

    def show(*paths: Path) -> TownshipWindow:
        for path in paths:
            taken = importing.take(desk, path)
            doubts.store_doubts(desk.store, taken.village.code, 2024, ())
        window = TownshipWindow(DeskOperations(desk, synchronous=True))
        qtbot.addWidget(window)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        return window

    return show


@pytest.fixture
def full(opened: Open, parcels: Parcels) -> TownshipWindow:
    """The window with January and February of 石桥村 and January of 柳树湾村."""
    return opened(parcels.stone[1], parcels.stone[2], parcels.willow[1])


def copied(path: Path, folder: Path) -> Path:
    """A package on a stick."""
    folder.mkdir(exist_ok=True)
    return Path(shutil.copy(path, folder / path.name))


__all__ = ["STONE", "STONE_CODE", "WILLOW", "WILLOW_CODE", "Made", "Open", "Parcels", "copied"]
