"""Taking packages in: what is kept, what is refused and why, on both kinds of store."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.services.packing import forged
from tests.services.test_package_check import rekeyed
from village_ledger.domain.errors import BadInput, IntegrityFailure, NotAllowed
from village_ledger.domain.period import Period
from village_ledger.package.contents import ITEMS
from village_ledger.package.read import read_package
from village_ledger.package.signing import new_private_key
from village_ledger.rules.model import Rule
from village_ledger.services.township.cases import MARKET, market, rent_figures, rents
from village_ledger.services.township.desk import Desk
from village_ledger.services.township.flags import doubts_of
from village_ledger.services.township.importing import MonthChanged, kept_file, month_of, take, take_all
from village_ledger.services.township.joining import KeyChanged
from village_ledger.services.township.keeping import check_keepable
from village_ledger.services.township.ledgers import village_ledger, village_voucher
from village_ledger.services.township.proving import problems
from village_ledger.storage.desk import ledgers, received, registers

from . import villages
from .villages import Made

STONE, WILLOW = "330106001201", "330106001202"


def month(number: int) -> Period:
    return Period(2024, number)


def state_of(desk: Desk) -> tuple[object, ...]:
    """All that must not change when nothing is taken in."""
    return (
        desk.log_head,
        received.all_current(desk.store),
        desk.villages,
        [ledgers.load_vouchers(desk.store, one.code) for one in desk.villages],
    )


def test_the_first_month_makes_the_village_known(desk, stone):
    taken = take(desk, stone.packages[1])
    assert (taken.result, taken.new_village, taken.received.revision) == ("收到", True, 1)
    (village,) = desk.villages
    assert (village.code, village.name, village.since) == (STONE, "石桥村", month(1))
    assert village.key == taken.received.key
    assert len(village.key) == 64
    assert taken.received.state == "收到"
    kept = kept_file(desk, taken.received)
    assert kept
    assert kept.read_bytes() == stone.packages[1].read_bytes()
    # Cash: 1,000.00 - 100.01 to the bank - 5.01 office; bank 100.01 - 20.51 to 张三.
    lines = {one.account: one for one in ledgers.balance_lines(desk.store, month(1), village=STONE)}
    assert {code: one.closing_fen for code, one in lines.items()} == {
        "101": 894_98,
        "102": 79_50,
        "113": 20_51,
        "301": -1000_00,
        "513": 5_01,
    }
    assert lines["101"].opening_fen == 1000_00
    assert lines["113"].items[0].startswith("往来户:")
    newest = desk.log(1)[0]
    assert (newest.action, newest.actor, newest.subject) == ("package", "张敏", "石桥村 2024-01")
    assert newest.detail["sha256"] == taken.received.sha256
    assert problems(desk) == ()


def test_the_following_months_join(desk, stone):
    outcomes = take_all(desk, reversed(stone.packages.values()))
    assert [one.taken and one.taken.received.period for one in outcomes] == [month(n) for n in (1, 2, 3, 4)]
    (village,) = desk.villages
    topics = registers.load_topics(desk.store, ["balance-sheet"], month(1), month(4), village=STONE)
    # 货币资金: cash and bank lose each month the advance and the office's expense.
    assert [row.figures["1"] for row in topics] == [97_448, 94_894, 92_338, 89_780]
    assert [row.figures["1@opening"] for row in topics] == [1000_00] * 4
    expenses = registers.load_topics(desk.store, ["income-expense"], month(4), month(4))[0].figures
    assert (expenses["8@month"], expenses["8"]) == (5_04, 5_01 + 5_02 + 5_03 + 5_04)
    assert village_voucher(desk, village, label="2024-03 记-3").lines[0].summary == "办公费"
    assert len(village_ledger(desk, village).vouchers(month(1), month(4))) == 12
    assert problems(desk) == ()


def test_the_same_package_again_changes_nothing(desk, stone, tmp_path):
    take(desk, stone.packages[1])
    before = state_of(desk)
    again = take(desk, Path(shutil.copy(stone.packages[1], tmp_path / "又一份.vlp")))
    assert (again.result, again.received.revision, again.new_village) == ("已有", 1, False)
    assert state_of(desk) == before


def test_a_month_signed_again_without_a_change_is_known(desk, stone, tmp_path):
    take(desk, stone.packages[1])
    moved = stone.copied(tmp_path / "later")
    other = moved.hand_over(1)  # the key is recorded by now, so the slice of the log is longer
    before = state_of(desk)[1:]
    assert take(desk, other).result == "已有"
    assert state_of(desk)[1:] == before


@pytest.fixture(scope="session")
def amended(stone: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """石桥村 after March and April were reopened: a voucher more in March, both closed and handed over anew."""
    moved = stone.copied(tmp_path_factory.mktemp("amended") / "village")

    def mend(book) -> None:
        villages.reopen(book, 4)
        villages.reopen(book, 3)
        villages.one_more(book, 3)
        villages.close(book, 3)
        villages.close(book, 4)

    moved.act(mend)
    return moved._replace(packages={number: moved.hand_over(number) for number in (3, 4)})


def test_a_changed_month_is_shown_before_it_is_taken(desk, stone, amended):
    take_all(desk, stone.packages.values())
    before = state_of(desk)
    with pytest.raises(MonthChanged, match="石桥村2024年3月已经收过") as caught:
        take(desk, amended.packages[3])
    assert state_of(desk) == before
    told = {one.what: (one.before, one.after) for one in caught.value.differences}
    assert told["凭证 2024-03 记-4"] == ("没有", "2024-03-20 补记电费 3.33 元")
    assert told["期末余额 101 库存现金"] == ("684.88", "681.55")
    assert told["期末余额 513 管理费用"] == ("15.06", "18.39")
    assert told["标记"] == ("无", "已报送后反结账")
    assert set(told) - {"登记簿 付款溯源表", "登记簿 支付溯源表"} >= {"日志链头"}
    assert not any(what.startswith("凭证 2024-03 记-1") for what in told)


def test_a_changed_month_replaces_and_sets_later_ones_aside(desk, stone, amended):
    take_all(desk, stone.packages.values())
    taken = take(desk, amended.packages[3], replace=True)
    assert (taken.result, taken.set_aside, taken.received.revision) == ("更换", (month(4),), 2)
    assert [one.period for one in received.all_current(desk.store)] == [month(1), month(2), month(3)]
    (village,) = desk.villages
    ledger = village_ledger(desk, village)
    assert [len(ledger.vouchers(month(n), month(n))) for n in (1, 2, 3, 4)] == [3, 3, 4, 0]
    assert not registers.load_topics(desk.store, ["balance-sheet"], month(4), month(4))
    assert [one.revision for one in received.revisions(desk.store, STONE, month(3))] == [1, 2]
    with pytest.raises(IntegrityFailure, match="接不上"):
        take(desk, stone.packages[4])
    assert take(desk, amended.packages[4]).result == "收到"
    assert problems(desk) == ()


def test_the_first_month_of_all_can_be_replaced_alone(desk, stone, amended):
    take(desk, stone.packages[3])  # carries January and February along
    assert take(desk, amended.packages[3], replace=True).received.revision == 2
    (village,) = desk.villages
    assert [len(village_ledger(desk, village).vouchers(month(n), month(n))) for n in (1, 2, 3)] == [3, 3, 4]
    before = state_of(desk)
    with pytest.raises(NotAllowed, match=r"旧报送包（第 1 份）.*现在有效的是第 2 份"):  # it lies on the stick still
        take(desk, stone.packages[3], replace=True)
    assert state_of(desk) == before


def test_earlier_months_come_along_anew_with_the_month_that_replaces(desk, stone, tmp_path):
    """January is not handed over by itself: what March said of it must not outlive March."""
    take(desk, stone.packages[4])
    moved = stone.copied(tmp_path / "all")

    def mend(book) -> None:
        for number in (4, 3, 2, 1):
            villages.reopen(book, number)
        villages.one_more(book, 1)
        for number in (1, 2, 3, 4):
            villages.close(book, number)

    moved.act(mend)
    take(desk, moved.hand_over(4), replace=True)
    (village,) = desk.villages
    ledger = village_ledger(desk, village)
    assert [len(ledger.vouchers(month(n), month(n))) for n in (1, 2, 3, 4)] == [4, 3, 3, 3]
    assert problems(desk) == ()


def test_a_fork_of_the_log_is_refused(desk, tmp_path, a_village):
    made = a_village("东岭村", "330106001203", months=2).copied(tmp_path / "books")
    backup = made.copied(tmp_path / "backup")

    def differently(book) -> None:
        villages.post_month(book, 3, extra=1)
        villages.close(book, 3)

    def plainly(book) -> None:
        villages.post_month(book, 3)
        villages.close(book, 3)

    made.act(plainly)
    backup.act(differently)
    take(desk, made.packages[1])
    take(desk, made.packages[2])
    take(desk, made.hand_over(3, "true.vlp"))
    before = state_of(desk)
    for replace in (False, True):
        with pytest.raises(IntegrityFailure, match=r"日志链分叉.*2024年3月"):
            take(desk, backup.hand_over(3, "fork.vlp"), replace=replace)
    assert state_of(desk) == before


def test_a_fork_behind_a_replaced_month_is_refused(desk, tmp_path, a_village):
    """The old backup lacks what was handed over after it, though it contains the month it replaces."""
    made = a_village("东岭村", "330106001203", months=2).copied(tmp_path / "books")
    backup = made.copied(tmp_path / "backup")

    def third(book) -> None:
        villages.post_month(book, 3)
        villages.close(book, 3)

    def mend(book) -> None:
        villages.reopen(book, 2)
        villages.one_more(book, 2)
        villages.close(book, 2)

    made.act(third)
    backup.act(mend)
    take_all(desk, made.packages.values())
    take(desk, made.hand_over(3))
    with pytest.raises(IntegrityFailure, match=r"日志链分叉.*2024年3月"):
        take(desk, backup.hand_over(2), replace=True)


def test_a_gap_of_months_is_refused_by_name(desk, stone):
    take(desk, stone.packages[1])
    with pytest.raises(NotAllowed, match="还缺2024年2月、2024年3月的报送包"):
        take(desk, stone.packages[4])


def test_an_opening_that_is_not_the_last_closing_is_refused(desk, stone):
    """The chain of an honest village cannot say so; a desk whose own record is wrong must not go on, either."""
    take(desk, stone.packages[1])
    desk.store.database.execute_sql(f"UPDATE received SET closing = '{'0' * 64}'")
    with pytest.raises(IntegrityFailure, match="2024年2月的期初余额和2024年1月的期末余额不一样"):
        take(desk, stone.packages[2])


def test_an_earlier_month_can_follow_if_it_joins(desk, stone):
    take(desk, stone.packages[4])
    with pytest.raises(NotAllowed, match="2024年2月和它之间有空缺"):
        take(desk, stone.packages[2])
    assert take(desk, stone.packages[3]).result == "收到"
    assert desk.villages[0].since == month(3)
    take(desk, stone.packages[2])
    take(desk, stone.packages[1])
    assert desk.villages[0].since == month(1)
    assert [one.period for one in received.all_current(desk.store)] == [month(n) for n in (1, 2, 3, 4)]
    assert problems(desk) == ()


def test_an_earlier_month_that_does_not_lead_here_is_refused(desk, amended, stone):
    take(desk, amended.packages[4])
    with pytest.raises(IntegrityFailure, match="2024年3月的结账记录，和已收到的2024年4月报送包里记的不一样"):
        take(desk, stone.packages[3])


def test_another_key_must_be_accepted_by_name(desk, stone, tmp_path):
    take(desk, stone.packages[1])
    old = desk.villages[0].key
    moved = stone.copied(tmp_path / "machine")
    fresh = moved.hand_over(2, home="other home")
    before = state_of(desk)
    with pytest.raises(KeyChanged, match="村里的操作日志记有这次更换") as caught:
        take(desk, fresh)
    assert old in str(caught.value)
    assert state_of(desk) == before
    taken = take(desk, fresh, accept_key=True)
    assert taken.received.key != old
    assert desk.villages[0].key == taken.received.key
    with pytest.raises(KeyChanged):
        take(desk, stone.packages[3])


def test_another_key_the_log_does_not_tell_of_is_pointed_out(desk, stone, tmp_path):
    take(desk, stone.packages[1])
    copy = Path(shutil.copy(stone.packages[2], tmp_path / "2.vlp"))
    with pytest.raises(KeyChanged, match="操作日志里没有这次更换的记录，要特别小心"):
        take(desk, forged(copy, rekeyed(lambda files: None)))


def test_two_villages_under_one_code_are_told_apart(desk, a_village):
    take(desk, a_village("石桥村", STONE, months=1, credit="N2330106MF00000010").packages[1])
    with pytest.raises(NotAllowed, match=r"已经是石桥村（信用代码 N2330106MF00000010）.*柳溪村"):
        take(desk, a_village("柳溪村", STONE, months=1, credit="N2330106MF00000023").packages[1])
    with pytest.raises(KeyChanged):
        take(desk, a_village("枫林村", STONE, months=1).packages[1])


def test_a_village_that_gets_a_code_later_stays_the_same(desk, tmp_path, a_village):
    made = a_village("无码村", months=2)
    take(desk, made.packages[1])
    assert desk.villages[0].code == "无码村"
    files = forged(Path(shutil.copy(made.packages[2], tmp_path / "2.vlp")), lambda files: None, key=key_of(made))
    assert take(desk, files).village.code == "无码村"


def key_of(made: Made) -> bytes:
    (place,) = (made.folder / "home").rglob("*.pem")
    return place.read_bytes()


def test_a_passed_month_stays_as_it_is(desk, stone, amended):
    take_all(desk, stone.packages.values())
    with desk.write(STONE) as transaction:
        received.set_state(desk.store, STONE, month(4), "通过")
        transaction.record("test")
    with pytest.raises(NotAllowed, match="后面的2024年4月已经审核通过，2024年3月不能再换"):
        take(desk, amended.packages[3], replace=True)
    with pytest.raises(NotAllowed, match=r"石桥村2024年4月已经审核通过，不能再换。.*红字冲销"):
        take(desk, amended.packages[4], replace=True)
    assert take(desk, stone.packages[4]).result == "已有"


def sign_again(made: Made, number: int, folder: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A package the village itself has falsified: its own key, everything recomputed."""
    return forged(Path(shutil.copy(made.packages[number], folder / "own.vlp")), change, key=key_of(made))


def change_register(name: str, change: Callable[[dict], None]) -> Callable[[dict[str, bytes]], None]:
    def act(files: dict[str, bytes]) -> None:
        told = json.loads(files[f"registers/{name}.json"])
        change(told)
        files[f"registers/{name}.json"] = json.dumps(told).encode()

    return act


def test_registers_that_are_none_are_refused(desk, stone, tmp_path):
    cases: tuple[tuple[Callable[[dict], None], str], ...] = (
        (lambda told: told.pop("rows"), "内容不对"),
        (lambda told: told.pop("columns"), "旧版程序"),
        (lambda told: told.update(report="contract-register"), "不是2024年1月的"),
        (lambda told: told.update(to="2024-02"), "不是2024年1月的"),
        (lambda told: told.update(rows=[{"code": "\ud800"}]), "读不出来"),
        (lambda told: told.update(columns=[["name", "x", "blob"]]), "读不出来"),
        (lambda told: told.update(rows=[[]]), "读不出来"),
    )
    for change, reason in cases:
        with pytest.raises(IntegrityFailure, match=reason):
            take(desk, sign_again(stone, 1, tmp_path, change_register("resource-register", change)))

    bare = {"columns": [["account", "科目", "code"]], "rows": [{"account": "151"}]}
    with pytest.raises(IntegrityFailure, match="账卡核对表或合同与往来核对表的内容不全"):
        take(
            desk, sign_again(stone, 1, tmp_path, change_register("asset-ledger-check", lambda told: told.update(bare)))
        )

    def garbage(files: dict[str, bytes]) -> None:
        files["registers/resource-register.json"] = b"["

    def deep(files: dict[str, bytes]) -> None:
        files["registers/resource-register.json"] = b"[" * 200_000

    def huge(files: dict[str, bytes]) -> None:
        files["registers/resource-register.json"] = b'{"columns":' + b"9" * 200_000 + b"}"

    for act in (garbage, deep, huge):
        with pytest.raises(IntegrityFailure, match="读不出来"):
            take(desk, sign_again(stone, 1, tmp_path, act))
    assert desk.villages == ()


def test_a_register_that_claims_another_ledger_amount_is_refused(desk, stone, tmp_path):
    row = {"account": "151", "name": "固定资产", "cards": 0, "ledger": 1, "difference": -1}

    def claim(told: dict) -> None:
        keys = [key for key, _title, _kind in told["columns"]]
        kinds = {key: kind for key, _title, kind in told["columns"]}
        empty = {key: "" if kinds[key] in {"text", "code"} else None for key in keys}
        told["rows"] = [{key: row.get(key, empty[key]) for key in keys}]

    with pytest.raises(IntegrityFailure, match=r"账卡核对表里科目 151 的账面数是 0.01 元，凭证重算是 0.00 元"):
        take(desk, sign_again(stone, 1, tmp_path, change_register("asset-ledger-check", claim)))
    assert desk.villages == ()


def test_a_rule_that_cannot_read_the_registers_is_a_doubt_of_its_own(desk, stone, monkeypatch):
    """Rules take the columns of a register for granted; a village's key may have signed others."""

    def look(_case, _values):
        raise KeyError("amount")

    rule = Rule("some-rule", 1, "规则", "条文", "来源", "低", look)
    monkeypatch.setattr("village_ledger.services.township.flags.ALL_RULES", (rule,))
    monkeypatch.setattr("village_ledger.services.township.flags.parameters", lambda _desk: ())
    assert take(desk, stone.packages[1]).result == "收到"
    assert [(one.rule, one.text) for one in doubts_of(desk)] == [
        ("some-rule", "报送的登记簿内容不全，规则“规则”没能检查，要人工核对")
    ]
    assert rents([{"category": "旱地", "unit_rent": "x"}, {"category": "旱地", "unit_rent": 5}]) == {"旱地": (5,)}


def test_rents_of_all_villages_are_the_market(desk):
    rows = [{"category": "水田", "unit_rent": fen} for fen in (600_00, 500_00)] + [{"category": "", "unit_rent": 1}]
    with desk.write() as transaction:
        registers.store_topics(desk.store, STONE, month(1), {MARKET: rent_figures(rows)})
        more = [{"category": "水田", "unit_rent": 500_00}, {"category": "#林地", "unit_rent": 90_00}]
        registers.store_topics(desk.store, WILLOW, month(1), {MARKET: rent_figures(more)})
        registers.store_topics(desk.store, WILLOW, month(2), {MARKET: {"水田#1": 1}})
        transaction.record("test")
    assert market(desk, month(1)) == {"水田": (500_00, 500_00, 600_00), "#林地": (90_00,)}


def test_signs_no_store_takes_are_refused(stone):
    package = read_package(stone.packages[1])
    for text, wrong in (('"a\\u0000"', True), ('"a\\\\u0000"', False), ('"\\\\\\u0000"', True)):
        files = {**package.files, ITEMS: text.encode()}
        if wrong:
            with pytest.raises(IntegrityFailure, match="空字符"):
                check_keepable(package._replace(files=files))
        else:
            check_keepable(package._replace(files=files))


def test_a_month_beyond_reason_is_refused(desk, stone, monkeypatch):
    monkeypatch.setattr("village_ledger.services.township.keeping.YEARS", range(2025, 2030))
    with pytest.raises(IntegrityFailure, match="月份不合情理：2024年1月"):
        take(desk, stone.packages[1])


def test_what_is_no_package_is_refused(desk, stone, tmp_path):
    with pytest.raises(BadInput, match="找不到文件"):
        take(desk, tmp_path / "nothing.vlp")
    with pytest.raises(BadInput, match="读不出文件"):
        take(desk, tmp_path)
    (tmp_path / "text.vlp").write_text("hello")
    with pytest.raises(BadInput, match="不是报送包"):
        take(desk, tmp_path / "text.vlp")
    (tmp_path / "empty.vlp").write_bytes(b"")
    with pytest.raises(BadInput, match="不是报送包"):
        take(desk, tmp_path / "empty.vlp")
    whole = stone.packages[1].read_bytes()
    for cut in (10, 1000, len(whole) // 2, len(whole) - 1):
        (tmp_path / "cut.vlp").write_bytes(whole[:cut])
        with pytest.raises(IntegrityFailure):
            take(desk, tmp_path / "cut.vlp")
        assert month_of(tmp_path / "cut.vlp") == ""
    assert desk.villages == ()
    assert len(desk.log()) == 1


def test_one_bad_file_among_many_stops_no_other(desk, stone, willow, tmp_path):
    (tmp_path / "bad.vlp").write_bytes(b"PK\x03\x04" + bytes(100))
    told: list[tuple[int, int, str]] = []
    outcomes = take_all(
        desk,
        [tmp_path / "bad.vlp", stone.packages[2], willow.packages[1], stone.packages[1]],
        lambda done, total, what: told.append((done, total, what)),
    )
    assert [(one.path.name, one.taken is not None) for one in outcomes] == [
        ("1.vlp", True),
        ("1.vlp", True),
        ("2.vlp", True),
        ("bad.vlp", False),
    ]
    assert outcomes[-1].refusal
    assert told[-1] == (4, 4, "完成")
    assert {one.code for one in desk.villages} == {STONE, WILLOW}


def test_an_unknown_village_and_voucher_are_named(desk, stone):
    with pytest.raises(BadInput, match="还没有收过任何村"):
        desk.village("石桥")
    take(desk, stone.packages[1])
    assert desk.village("石桥").code == desk.village(STONE).code == STONE
    with pytest.raises(BadInput, match="没有报送过这张凭证：2024-01 记-99"):
        village_voucher(desk, desk.villages[0], label="2024-01 记-99")
    for label in ("", "x", "2024-01 记", "2024-01 记-²"):
        with pytest.raises(BadInput):
            village_voucher(desk, desk.villages[0], label=label)


def test_a_key_of_no_village_is_none(desk, stone, tmp_path):
    """Signing with a fresh key without telling the chain is refused before the desk's store is asked."""
    with pytest.raises(IntegrityFailure, match="密钥不是操作日志里登记的"):
        take(
            desk,
            forged(Path(shutil.copy(stone.packages[1], tmp_path / "x.vlp")), lambda f: None, key=new_private_key()),
        )
