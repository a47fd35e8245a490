"""`notice` and `verify-notice` on the sample village: files out, and what a copy is worth."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from village_ledger import clock
from village_ledger.cli.main import main
from village_ledger.domain.disclosure import Answer
from village_ledger.domain.period import Period
from village_ledger.services import disclosures
from village_ledger.services.book import Book
from village_ledger.services.creation import NewBook, create_book
from village_ledger.services.disclosures import current, notice_of
from village_ledger.services.people import Person

DECEMBER = Period(2025, 12)


@pytest.fixture
def village(sample_village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 1, 20))
    path = tmp_path / "示例村.vlb"
    shutil.copy(sample_village, path)
    return path


def written(village: Path, capsys: pytest.CaptureFixture[str], *words: str, month: str = "2025-12") -> list[Path]:
    folder = village.parent / "榜"
    assert main(["notice", str(village), "--period", month, "--out", str(folder), *words]) == 0
    return [Path(line) for line in capsys.readouterr().out.splitlines()]


FORMATS = [("pdf", "A4"), ("pdf", "A3"), ("pdf", "A2"), ("xlsx", "A3"), ("png", "A3"), ("html", "A3")]


@pytest.mark.parametrize(("kind", "size"), FORMATS)
def test_what_is_written_is_true(village: Path, capsys: pytest.CaptureFixture[str], kind: str, size: str) -> None:
    files = written(village, capsys, "--format", kind, "--size", size)
    assert main(["verify-notice", str(files[-1]), str(village)]) == 0
    assert "核对通过" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("edition", "names"),
    [("quarter", "2025-10至2025-12"), ("year", "2025-01至2025-12"), ("special", "通道绿化征地补偿专项公开榜")],
)
def test_other_editions(village: Path, capsys: pytest.CaptureFixture[str], edition: str, names: str) -> None:
    (file,) = written(village, capsys, "--edition", edition, "--format", "html", month="2025-11")
    assert names in file.name
    assert main(["verify-notice", str(file), str(village)]) == 0


def test_an_open_month_is_written_as_a_draft(village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = village.parent / "榜"
    assert main(["notice", str(village), "--period", "2026-01", "--out", str(folder), "--format", "html"]) == 0
    out = capsys.readouterr()
    assert "草稿" in out.err
    assert "草稿" in out.out
    assert main(["verify-notice", out.out.strip(), str(village)]) == 0
    assert "不能张榜" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [("--edition", "week"), ("--format", "doc"), ("--size", "A5"), ("--edition", "special")]
)
def test_what_cannot_be_written_is_refused(
    village: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, str]
) -> None:
    folder = village.parent / "榜"
    assert main(["notice", str(village), "--period", "2025-12", "--out", str(folder), *words]) == 2
    assert capsys.readouterr().err


def test_the_text_of_the_code_may_be_broken_and_small(village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = code_of(village)
    typed = f"  {code[:30]} \n{code[30:70].lower()}\t{code[70:]} "
    assert main(["verify-notice", typed, str(village)]) == 0


def code_of(village: Path) -> str:
    with Book.open(village, read_only=True) as book:
        return current(book, "month", DECEMBER, DECEMBER).code


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("2532169", "2532160"), "收入不一致：公开榜上是 25,321.60 元，账簿里是 25,321.69 元"),
        (("990123104205", "990123104206"), "另一个村"),
        (("2025-12", "2024-12"), "没有可以公开的账"),
        (("*F*", "*D*"), "草稿"),
        (("*M*", "*S*"), "没有制作过这份专项公开榜"),
    ],
)
def test_a_false_code_is_found(
    village: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], said: str
) -> None:
    assert main(["verify-notice", code_of(village).replace(*change), str(village)]) == 3
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["没有.pdf", "断掉.pdf", "别的.html"])
def test_what_is_no_notice_is_refused(village: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    path = village.parent / name
    if name == "断掉.pdf":
        (file,) = written(village, capsys)
        path.write_bytes(file.read_bytes()[:900])
    elif name == "别的.html":
        path.write_text("<!DOCTYPE html><title>石桥村</title>", "utf-8")
    assert main(["verify-notice", str(path), str(village)]) == 2
    assert capsys.readouterr().err


def test_a_file_is_of_the_village_it_was_made_in(village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = written(village, capsys, "--format", "html")
    other = village.parent / "柳树村.vlb"
    people = (Person("王会计", "会计"),)
    new = NewBook("柳树村", Period(2025, 1), "示范县", "清河镇", "990123104207", "", "rural-2023", "记", "year", people)
    create_book(other, new).close()
    assert main(["verify-notice", str(file), str(other)]) == 3
    assert "另一个村" in capsys.readouterr().err


def test_a_doctored_page_with_a_true_code_is_found(village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file,) = written(village, capsys, "--format", "html")
    page = file.read_text("utf-8")
    assert "2,398.70" in page
    file.write_text(page.replace("2,398.70", "1,398.70"), "utf-8")
    assert main(["verify-notice", str(file), str(village)]) == 3
    assert "文件被改动过" in capsys.readouterr().err


def test_a_copy_stays_true_when_the_village_has_moved_on(village: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Book.open(village, actor="周敏") as book:
        made = disclosures.prepare(book, "month", DECEMBER, DECEMBER)
    unsigned = written(village, capsys)[0].rename(village.parent / "未签字.pdf")
    with Book.open(village, actor="周敏") as book:
        disclosures.sign(book, made.uid, date(2026, 1, 21), "许长根", "村监会")
        disclosures.post(book, made.uid, date(2026, 1, 22), "村委会公告栏")
        posted = notice_of(book, disclosures.disclosure(book, made.uid))
    (printed,) = written(village, capsys)
    assert unsigned.read_bytes() != printed.read_bytes()
    with Book.open(village, actor="周敏") as book:
        waiting = next(one for one in disclosures.objections(book) if not one.closed)
        late = Answer(date(2025, 12, 20), "石建国", "当晚抢修，事后补了手续", closes=True)
        disclosures.answer(book, waiting.uid, late)
        now = disclosures.built_again(book, made)
    assert now.digest != posted.digest
    for copy in (str(unsigned), str(printed), posted.code):
        assert main(["verify-notice", copy, str(village)]) == 0
        assert "与 2026-01-20 制作的公开榜一致；此后资料有变动" in capsys.readouterr().out
    assert main(["verify-notice", now.code, str(village)]) == 0
    with Book.open(village, actor="周敏") as book:
        disclosures.void(book, made.uid, date(2026, 1, 23), "漏了答复")
    assert main(["verify-notice", str(printed), str(village)]) == 3
    assert "已在 2026-01-23 作废：漏了答复" in capsys.readouterr().err
