"""Finding accounts and items by what is typed."""

from village_ledger.domain.account import Chart, Item
from village_ledger.domain.search import ItemRecord, find_accounts, find_items

from ..builders import a_chart

_PINYIN = {"101": "kcxj", "102": "yhck", "10201": "nsh", "10202": "ycyh", "513": "glfy", "51301": "bgf", "51302": "clf"}
CHART = Chart(
    account._replace(pinyin=_PINYIN.get(account.code, ""))
    for account in a_chart("10201农商行", "10202邮储银行", "51301办公费", "51302差旅费")
)


def found(text: str, usage: dict[str, int] | None = None) -> list[str]:
    return [account.code for account in find_accounts(CHART, text, usage)]


def test_an_exact_code_comes_first() -> None:
    assert found("101")[0] == "101"


def test_a_parent_code_leads_to_its_leaves() -> None:
    assert found("102")[:2] == ["10201", "10202"]


def test_pinyin_initials_find_the_account() -> None:
    assert found("kcxj") == ["101"]
    assert found("bgf") == ["51301"]


def test_part_of_a_name_finds_it_and_a_parents_name_its_leaves() -> None:
    assert found("差旅") == ["51302"]
    assert found("管理费用") == ["51301", "51302"]
    assert found("yhck") == ["10201", "10202"]


def test_the_most_used_comes_first_among_equals() -> None:
    assert found("513", {"51302": 5})[:2] == ["51302", "51301"]


def test_disabled_accounts_are_not_offered() -> None:
    chart = Chart(account._replace(disabled=account.code == "101") for account in CHART)
    assert not find_accounts(chart, "kcxj")


def test_items_are_found_by_name_pinyin_or_code() -> None:
    records = (
        ItemRecord(Item("往来户", "0001", "张三"), pinyin="zs"),
        ItemRecord(Item("往来户", "0002", "张大山"), pinyin="zds"),
        ItemRecord(Item("往来户", "0003", "李张三"), pinyin="lzs"),
        ItemRecord(Item("往来户", "0004", "张三丰"), disabled=True, pinyin="zsf"),
    )

    def names(text: str) -> list[str]:
        return [record.item.name for record in find_items(records, text)]

    assert names("张三") == ["张三", "李张三"]
    assert names("zs") == ["张三", "李张三"]
    assert names("0002") == ["张大山"]
    assert names("") == ["张三", "张大山", "李张三"]
