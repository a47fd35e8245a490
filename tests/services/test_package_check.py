"""A forger with a key of their own: whatever they change and recompute, something does not agree."""

import io
import json
import random
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from village_ledger.domain.chain import canonical_text, record_hash, sha256
from village_ledger.domain.errors import BadInput, IntegrityFailure
from village_ledger.domain.period import Period
from village_ledger.domain.view import Opening
from village_ledger.package.container import write_container
from village_ledger.package.manifest import MANIFEST, SIGNATURE, read_manifest
from village_ledger.package.read import read_package
from village_ledger.package.signing import public_half
from village_ledger.services import accounts, creation, openings, package_check, packages, periods
from village_ledger.services.package_check import check_package

from .conftest import STAFF, a_draft, post_all
from .packing import FORGER, forged, lines, stored, unpacked

JANUARY, FEBRUARY = Period(2024, 1), Period(2024, 2)
STATEMENTS, BOOKS = "账表/2024-02 报表.xlsx", "账表/2024-02 账簿.xlsx"


@pytest.fixture(scope="module")
def genuine(tmp_path_factory) -> Path:
    """The package of February of a small book."""
    folder = tmp_path_factory.mktemp("package")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VILLAGE_LEDGER_HOME", str(folder / "home"))
        with creation.create_book(folder / "石桥村.vlb", creation.NewBook("石桥村", JANUARY, people=STAFF)) as book:
            accounts.add_item(book, "往来户", "张三")
            openings.save_openings(book, (Opening("101", (), 1_000_00), Opening("301", (), -1_000_00)))
            post_all(
                book,
                a_draft(date(2024, 1, 5), "102", "101", 300_00),
                a_draft(date(2024, 2, 8), "113", "102", 120_50, item="张三"),
                a_draft(date(2024, 2, 9), "513", "101", 50_00, summary="办公费"),
            )
            periods.close(book, JANUARY, backup=False)
            periods.close(book, FEBRUARY, backup=False)
            packages.hand_over(book, FEBRUARY, folder / "a.vlp")
    return folder / "a.vlp"


@pytest.fixture
def package(genuine, tmp_path) -> Path:
    return Path(shutil.copy(genuine, tmp_path / "a.vlp"))


def test_what_the_village_made_is_accepted(package):
    found = check_package(package)
    assert found.manifest.period == FEBRUARY
    assert [one.label for one in found.contents.of_month] == ["记-1", "记-2"]


def test_a_package_remade_by_the_forger_is_only_found_by_the_key(package):
    with pytest.raises(IntegrityFailure, match="密钥不是操作日志里登记的"):
        check_package(forged(package, lambda files: None))
    with pytest.raises(IntegrityFailure, match="不是用给定的公钥签名"):
        check_package(package, public_half(FORGER))


def refused(package: Path, change, **told: object) -> str:
    with pytest.raises(IntegrityFailure) as caught:
        check_package(forged(package, rekeyed(change), **told))
    return str(caught.value)


def rekeyed(change):
    """A change after which the chain names the forger's key: the last record is the forger's to write."""

    def act(files: dict[str, bytes]) -> None:
        after = lines(files["chain/after.jsonl"])
        after[-1][5]["public"] = public_half(FORGER)
        files["chain/after.jsonl"] = stored(rehashed(after))
        change(files)

    return act


def rehashed(records: list) -> list:
    previous = records[0][6] if records else ""
    for one in records:
        one[6] = previous
        previous = one[7] = record_hash(*one[:5], canonical_text(one[5]), one[6])
    return records


def test_the_forger_s_tools_work(package):
    check_package(forged(package, rekeyed(lambda files: None)))


def change_lines(name: str, change):
    def act(files: dict[str, bytes]) -> None:
        values = lines(files[name])
        change(values)
        files[name] = stored(values)

    return act


def double(vouchers: list) -> None:
    for line in vouchers[0]["lines"]:
        line[3], line[4] = line[3] * 2, line[4] * 2


def unbalance(vouchers: list) -> None:
    vouchers[0]["lines"][0][3] += 1


def rename(vouchers: list) -> None:
    vouchers[0]["lines"][0][0] = "别的摘要"


@pytest.mark.parametrize("name", ["month/vouchers.jsonl", "ledger/vouchers.jsonl"])
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (double, "内容和记账时登记的不一样"),
        (rename, "内容和记账时登记的不一样"),
        (unbalance, "借贷不平"),
        (lambda rows: rows.pop(), "不在报送包里"),
        (lambda rows: rows.append({**rows[0], "uid": "f" * 32, "number": 9}), "没有记账记录"),
        (lambda rows: rows[0].update(number=7), "没有记账记录|写法不规范"),
        (lambda rows: rows[0].update(number=10**400), "读不出来"),
        (lambda rows: rows[0].update(date="2024-13-01"), "读不出来"),
        (lambda rows: rows[0].update(date="2024-03-01"), "不在期间内|读不出来|写法不规范"),
        (lambda rows: rows[0].update(kind="other"), "读不出来"),
        (lambda rows: rows[0].update(maker=None), "读不出来"),
        (lambda rows: rows[0].update(more=1), "写法不规范"),
        (lambda rows: rows[0]["lines"][0].append(1), "读不出来"),
        (lambda rows: rows[0]["lines"][0].__setitem__(1, "999"), "不是末级科目"),
        (lambda rows: rows[0]["lines"][0].__setitem__(3, True), "不是金额"),
        (lambda rows: rows[0]["lines"][0].__setitem__(3, 10**18), "不是金额"),
        (lambda rows: rows[0]["lines"][0].__setitem__(3, 1.5), "不是金额"),
        (lambda rows: rows.__setitem__(0, [[[[]]]]), "读不出来"),
    ],
)
def test_a_changed_voucher_is_found(package, name, change, reason):
    assert re.search(reason, refused(package, change_lines(name, change)))


def change_log(change):
    return change_lines("month/log.jsonl", change)


def test_a_changed_log_is_found(package):
    def subject(log: list) -> None:
        log[0][4] = "2024-02 记-9"

    assert "内容被改过" in refused(package, change_log(subject))
    assert "接不上" in refused(package, change_log(lambda log: log.pop(1)))
    assert "接不上" in refused(package, change_log(lambda log: log.pop()))
    assert "读不出来" in refused(package, lambda files: files.update({"month/log.jsonl": b"[1]\n"}))
    assert "读不出来" in refused(package, lambda files: files.update({"month/log.jsonl": b"\xff\n"}))
    deep = b"[" * 100_000 + b"\n"
    assert "读不出来" in refused(package, lambda files: files.update({"month/log.jsonl": deep}))

    def spaced(files: dict[str, bytes]) -> None:
        files["month/log.jsonl"] = files["month/log.jsonl"].replace(b'","', b'", "', 1)

    assert "写法不规范" in refused(package, spaced)


def test_a_head_that_is_not_the_close_is_found(package):
    log = lines(unpacked(package)["month/log.jsonl"])
    assert "不是清单上的日志链头" in refused(package, lambda files: None, head=log[0][7])


def test_changed_balances_openings_and_names_are_found(package):
    def balances(files: dict[str, bytes]) -> None:
        rows = json.loads(files["month/balances.json"])
        rows[0][5] += 1
        files["month/balances.json"] = canonical_text(rows).encode()

    assert "余额表和凭证重算的不一样" in refused(package, balances)

    def openings_changed(files: dict[str, bytes]) -> None:
        told = json.loads(files["ledger/openings.json"])
        told["rows"][0][2] += 1
        files["ledger/openings.json"] = canonical_text(told).encode()

    assert "余额由凭证重算后" in refused(package, openings_changed)

    def gross(files: dict[str, bytes]) -> None:
        told = json.loads(files["ledger/openings.json"])
        told["rows"][0][3] += 1
        files["ledger/openings.json"] = canonical_text(told).encode()

    assert "期初余额和录入时登记的不一样" in refused(package, gross)

    def household(files: dict[str, bytes]) -> None:
        for name in ("month/items.json", "ledger/items.json"):
            files[name] = files[name].replace("张三".encode(), "李四".encode())

    assert "名称和结账时登记的不一样" in refused(package, household)

    def one_name(files: dict[str, bytes]) -> None:
        files["month/items.json"] = files["month/items.json"].replace("张三".encode(), "李四".encode())

    assert "和全年数据里的不一样" in refused(package, one_name)

    def account(files: dict[str, bytes]) -> None:
        for name in ("month/accounts.json", "ledger/chart.json"):
            files[name] = files[name].replace("库存现金".encode(), "小金库".encode())

    assert "名称和结账时登记的不一样" in refused(package, account)


def test_a_changed_manifest_is_found(package):
    assert "期初余额摘要" in refused(package, lambda files: None, opening="0" * 64)
    assert "期末余额摘要" in refused(package, lambda files: None, closing="0" * 64)
    assert "接不上上月" in refused(package, lambda files: None, previous="0" * 64)
    assert "张数不对" in refused(package, lambda files: None, vouchers=1)
    assert "标记" in refused(package, lambda files: None, mark="一切正常")
    assert "信用代码" in refused(package, lambda files: None, credit_code="x")
    assert "村名" in refused(package, lambda files: None, village="别的村")
    assert refused(package, lambda files: None, period=JANUARY)


def test_a_changed_journal_is_found(package):
    def csv(files: dict[str, bytes]) -> None:
        files["journal/journal.csv"] = files["journal/journal.csv"].replace(b"120.50", b"120.51")

    assert "序时簿（journal/journal.csv）" in refused(package, csv)
    assert "序时簿（journal/journal.json）" in refused(
        package, lambda files: files.update({"journal/journal.json": b""})
    )


def rezipped(content: bytes, part: str, made: bytes) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for one in source.infolist():
            packed.writestr(one.filename, made if one.filename == part else source.read(one))
    return target.getvalue()


def change_sheet(name: str, sheet: str, change):
    """Change a sheet's XML, so that the values of its other formulas stay."""

    def act(files: dict[str, bytes]) -> None:
        names = openpyxl.load_workbook(io.BytesIO(files[name]), read_only=True).sheetnames
        part = f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"
        with zipfile.ZipFile(io.BytesIO(files[name])) as source:
            before = source.read(part).decode()
        after = change(before)
        assert after != before
        files[name] = rezipped(files[name], part, after.encode())

    return act


def raise_a_figure(title: str):
    """Raise the first amount in the first row that bears a title."""

    def change(text: str) -> str:
        for row in re.findall(r"<row .*?</row>", text):
            if f">{title}</t>" in row and (found := re.search(r"<v>(\d{2,}\.\d\d)</v>", row)):
                return text.replace(row, row.replace(found[0], f"<v>9{found[1]}</v>", 1), 1)
        return text

    return change


@pytest.mark.parametrize(
    ("name", "sheet", "title"),
    [
        (STATEMENTS, "科目余额表", "库存现金"),
        (STATEMENTS, "资产负债表", "货币资金"),
        (STATEMENTS, "往来余额表", "张三"),
        (STATEMENTS, "凭证汇总表", "银行存款"),
        (BOOKS, "总账", "本月合计"),
        (BOOKS, "明细账", "办公费"),
    ],
)
def test_a_changed_figure_in_a_workbook_is_found(package, name, sheet, title):
    text = refused(package, change_sheet(name, sheet, raise_a_figure(title)))
    assert name in text
    assert f"“{sheet}”" in text


def test_a_formula_put_into_a_workbook_is_found(package):
    formula = '<f>HYPERLINK("http://example.invalid")</f><v>资产负债表</v>'

    def inject(text: str) -> str:
        return text.replace('t="inlineStr"><is><t>资产负债表</t></is>', f't="str">{formula}', 1)

    assert "HYPERLINK" in refused(package, change_sheet(STATEMENTS, "资产负债表", inject))


def test_another_formula_under_the_right_value_is_found(package):
    def change(text: str) -> str:
        return re.sub(r"<f>SUM\(", "<f>2*SUM(", text, count=1)

    assert "应为" in refused(package, change_sheet(STATEMENTS, "科目余额表", change))


def test_an_added_sheet_is_found(package):
    def add(files: dict[str, bytes]) -> None:
        book = openpyxl.load_workbook(io.BytesIO(files[STATEMENTS]))
        book.create_sheet("密")
        made = io.BytesIO()
        book.save(made)
        files[STATEMENTS] = made.getvalue()

    assert "工作表和应有的" in refused(package, add)


def test_traps_in_a_workbook_are_harmless(package):
    original = unpacked(package)[STATEMENTS]
    sheet = "xl/worksheets/sheet1.xml"
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
    traps = {
        "压缩炸弹": rezipped(original, sheet, b" " * 60_000_000),
        "实体声明": rezipped(original, sheet, entity),
        "读不出来": b"PK" + bytes(100),
        "已损坏": original[:-1000],
    }
    for reason, content in traps.items():
        assert reason in refused(package, lambda files, content=content: files.update({STATEMENTS: content}))
    huge = rezipped(original, sheet, b"<worksheet>" + b"<c>" * 1000)
    assert "读不出来" in refused(package, lambda files: files.update({STATEMENTS: huge}))


def test_missing_and_added_files_are_found(package):
    assert "缺少文件" in refused(package, lambda files: files.pop(STATEMENTS))
    for name in ("ledger/chart.json", "journal/journal.csv"):
        with pytest.raises(IntegrityFailure, match="缺少文件"):
            check_package(forged(package, lambda files, name=name: files.pop(name)))


def rebuilt(package: Path, files: dict[str, bytes]) -> Path:
    """The same manifest and signature around other files."""
    target = package.with_name("rebuilt.vlp")
    with target.open("wb") as file:
        write_container(file, sorted(files.items(), key=lambda one: one[0].encode()))
    return target


def test_files_that_are_not_those_of_the_manifest_are_found(package):
    files = unpacked(package)
    cases = {
        "多出清单没有列出": {**files, "registers/more.csv": b""},
        "不在报送包里": {name: content for name, content in files.items() if not name.startswith("registers/")},
        "和清单不符": {**files, "说明.txt": b""},
        "签名不对": {**files, SIGNATURE: bytes(64)},
        "公钥文件": {**files, "public_key.pem": b""},
        "缺少文件": {name: content for name, content in files.items() if name != SIGNATURE},
        "读不出来": {**files, MANIFEST: b"{"},
        "不是村级三资账本": {**files, MANIFEST: b'{"format":"other"}'},
        "不完整": {**files, MANIFEST: b'{"format":"village-ledger package 1"}'},
    }
    for reason, changed in cases.items():
        with pytest.raises(IntegrityFailure, match=reason):
            check_package(rebuilt(package, changed))
    with pytest.raises(BadInput, match="新版本"):
        check_package(rebuilt(package, {**files, MANIFEST: b'{"format":"village-ledger package 2"}'}))
    manifest = read_manifest(files[MANIFEST])
    for wrong in (manifest._replace(vouchers="2"), manifest._replace(key="00"), manifest._replace(village=None)):
        with pytest.raises(IntegrityFailure):
            read_manifest(wrong.to_bytes())


def test_what_is_no_package_is_bad_input(tmp_path):
    with pytest.raises(BadInput, match="找不到"):
        read_package(tmp_path / "nothing.vlp")
    (tmp_path / "text.vlp").write_text("hello")
    with pytest.raises(BadInput, match="不是报送包"):
        read_package(tmp_path / "text.vlp")
    with pytest.raises(BadInput, match="读不出"):
        read_package(tmp_path)


def test_single_changed_bytes_anywhere_are_refused_and_never_crash(package):
    """A few hundred here; tests/package/test_fuzz.py does ten thousand."""
    content = package.read_bytes()
    chance = random.Random(20240229)
    target = package.with_name("mutated.vlp")
    for _ in range(300):
        place = chance.randrange(len(content))
        changed = bytearray(content)
        changed[place] ^= chance.randrange(1, 256)
        target.write_bytes(changed)
        with pytest.raises((IntegrityFailure, BadInput)):
            check_package(target)


def test_a_package_of_another_program_version_is_compared_by_its_figures(package, monkeypatch):
    monkeypatch.setattr(package_check, "__version__", "99.0")

    def retitled(text: str) -> str:
        return text.replace("<t>资产负债表</t>", "<t>资产负债表（旧式样）</t>", 1)

    check_package(forged(package, rekeyed(change_sheet(STATEMENTS, "资产负债表", retitled))))
    assert "重算的不一样" in refused(package, change_sheet(STATEMENTS, "资产负债表", raise_a_figure("货币资金")))


def test_the_digests_of_the_close_record_are_those_of_the_format(package):
    files = unpacked(package)
    close = lines(files["month/log.jsonl"])[-1]
    assert close[5]["balances_sha256"] == sha256(json.loads(files["month/balances.json"]))
