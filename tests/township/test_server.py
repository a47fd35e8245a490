"""A desk on a PostgreSQL server: lost connections, officials at once, addresses that are wrong."""

import threading

import pytest

from village_ledger.domain.errors import BadInput, BookUnusable
from village_ledger.services.township.desk import Desk, DeskSettings
from village_ledger.services.township.importing import take
from village_ledger.services.township.proving import problems

from .conftest import STORES, on_server

STONE = "330106001201"
ON_A_SERVER = pytest.mark.parametrize("place", [one for one in STORES if one == "postgresql"], indirect=True)


def end_connection(url: str, desk: Desk) -> None:
    ((process,),) = desk.store.database.execute_sql("SELECT pg_backend_pid()").fetchall()
    on_server(url, f"SELECT pg_terminate_backend({process})")


def act_while_the_connection_ends(url: str, desk: Desk) -> None:
    with desk.write() as transaction:
        end_connection(url, desk)
        transaction.record("test")


@ON_A_SERVER
def test_a_lost_connection_is_told_and_made_anew(postgres, desk, stone):
    take(desk, stone.packages[1])
    end_connection(postgres, desk)
    with pytest.raises(BookUnusable, match="连接断了"):
        _ = desk.villages
    assert [one.name for one in desk.villages] == ["石桥村"]
    with pytest.raises(BookUnusable, match="连接断了"):
        act_while_the_connection_ends(postgres, desk)
    assert take(desk, stone.packages[2]).result == "收到"
    assert problems(desk) == ()


@ON_A_SERVER
def test_officials_at_different_villages_do_not_wait_for_each_other(place, desk, stone, willow):
    done = threading.Event()

    def other() -> None:
        with Desk.open(place, actor="李强") as second:
            take(second, willow.packages[1])
            done.set()

    with desk.write(STONE) as transaction:
        worker = threading.Thread(target=other)
        worker.start()
        assert done.wait(60)
        worker.join()
        assert not desk.store.database.execute_sql("SELECT 1 FROM received WHERE village = %s", (STONE,)).fetchall()
        transaction.record("test")
    assert [one.action for one in desk.log()][:2] == ["test", "package"]
    assert desk.verify() == ""


def test_a_server_that_is_not_there_is_named_without_its_password():
    with pytest.raises(BookUnusable, match="连不上数据库服务器") as caught:
        Desk.open("postgresql://zhang:geheim@127.0.0.1:1/desk")
    assert "geheim" not in str(caught.value)
    assert "127.0.0.1:1/desk" in str(caught.value)
    for wrong in ("postgresql://host", "postgresql://a:b@c:port/d"):
        with pytest.raises(BookUnusable, match="地址写得不对"):
            Desk.open(wrong)
    with pytest.raises(BadInput, match="指定存放报送文件的文件夹"):
        Desk.create("postgresql://zhang@host/desk", DeskSettings("河口镇"))
