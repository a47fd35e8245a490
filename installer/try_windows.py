"""Tries the Windows packages under wine: `python -m installer.try_windows dist` (needs Debian's wine64).

Silent installation, a year's work by the installed command compared byte by byte with the same work done here, a
second installation over the first, the portable folder, and the removal, which must leave every book where it is.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from village_ledger.paths import PORTABLE_MARKER

from .build_windows import PORTABLE, hashes, program_version
from .payload import ROOT
from .windows.toolchain import tool

YEAR = ROOT / "tests" / "data" / "acceptance_2024"
BOOK = "石桥 村.vlb"
MONTH = "2024-06"
SPAN = ("--from", "2024-01", "--to", "2024-12")
OWN = re.compile(rb"sha256:[0-9a-f]{64}|\b[0-9a-f]{32}\b")
"""What two books with the same vouchers do not share: the head of the log, and the vouchers' random marks."""
PLAIN, LAID_OUT = ("text", "json", "csv"), ("xlsx", "pdf")
REPORTS = (
    "trial-balance", "general-ledger", "subsidiary-ledger", "quantity-ledger", "cash-journal", "bank-journal",
    "counterparty-balances", "ageing", "balance-sheet", "income-distribution", "income-expense", "voucher-summary",
    "vouchers",
)  # fmt: skip
Run = Callable[..., bytes]
"""Runs `village-ledger` with these words in the folder given as `cwd`; returns what it printed."""


class Wine:
    """A Windows 10 of its own in a scratch folder, with a home of its own: nothing of this machine's is touched."""

    def __init__(self, scratch: Path, display: str = "") -> None:
        self.prefix, self.display = scratch / "prefix", display
        home = scratch / "home"
        for folder in (home, self.prefix):
            folder.mkdir()
        self._environment = {
            **{key: value for key, value in os.environ.items() if key not in {"DISPLAY", "VILLAGE_LEDGER_HOME"}},
            "HOME": str(home),
            "WINEPREFIX": str(self.prefix),
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml,winemenubuilder.exe=",
            "LC_ALL": "C.UTF-8",
            **({"DISPLAY": display} if display else {}),
        }
        self.show("wineboot", "-i")
        self.show("winecfg", "/v", "win10")
        self._holder: subprocess.Popen[bytes] | None = None
        self.begin()

    def begin(self) -> None:
        """Keep one program waiting: with none alive, wine ends its services and every start takes three seconds."""
        self._holder = subprocess.Popen(
            [tool("wine", "wine64"), "cmd"], env=self._environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )

    def leave_open(self, *words: str | Path) -> subprocess.Popen[bytes]:
        """Start a program with windows and go on."""
        silent = subprocess.DEVNULL
        command = [tool("wine", "wine64"), *map(str, words)]
        return subprocess.Popen(command, env=self._environment, stdin=silent, stdout=silent, stderr=silent)

    def stop(self) -> None:
        """End every Windows program of this prefix."""
        subprocess.run(["wineserver", "-k"], env=self._environment, check=False)

    def end(self) -> None:
        """Wait until every Windows program of this prefix has ended and the registry is written."""
        if self._holder is not None:
            self._holder.communicate()
            self._holder = None
        subprocess.run(["wineserver", "-w"], env=self._environment, check=False)

    def run(self, *words: str | Path, cwd: Path | None = None) -> bytes:
        """What a command prints. Pipes all around: under wine 8 Python cannot examine plain files."""
        return self._run(words, cwd=cwd, out=subprocess.PIPE)

    def show(self, *words: str | Path) -> None:
        """Run a program with windows. The desktop it starts would hold a pipe open after its end."""
        self._run(words, cwd=None, out=subprocess.DEVNULL)

    def _run(self, words: Sequence[str | Path], *, cwd: Path | None, out: int) -> bytes:
        command = [tool("wine", "wine64"), *map(str, words)]
        done = subprocess.run(
            command, cwd=cwd, env=self._environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False
        )
        if done.returncode:
            printed = ((done.stdout or b"") + (done.stderr or b"")).decode(errors="replace")
            raise SystemExit(f"{words} ended with {done.returncode}\n{printed}")
        return done.stdout or b""

    @property
    def user(self) -> Path:
        """The folder of the Windows user."""
        return next(path for path in (self.prefix / "drive_c" / "users").iterdir() if path.name != "Public")

    @property
    def installed(self) -> Path:
        """Where setup.exe installs to."""
        return self.user / "AppData" / "Local" / "Programs" / "VillageLedger"

    def shortcuts(self) -> list[Path]:
        """The entries of start menu and desktop."""
        return sorted(
            {path for name in ("AppData", "Desktop") for path in (self.user / name).rglob("村级三资账本.lnk")}
        )

    def registry(self) -> str:
        """What the registry holds of this user."""
        self.end()
        text = (self.prefix / "user.reg").read_text("utf-8", "replace")
        self.begin()
        return text


def main() -> int:
    """Try everything and say what was seen; the first difference ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT / "dist", help="where the packages are")
    parser.add_argument("--window", type=Path, help="only open the window of the Qt 6.4.3 build; its picture goes here")
    given = parser.parse_args()
    name = f"village-ledger-{program_version()}"
    setup, listing = given.folder / f"{name}-setup.exe", given.folder / f"{name}-windows-files.txt"
    with tempfile.TemporaryDirectory(prefix="village-ledger-") as folder:
        scratch = Path(folder).resolve()
        if given.window:
            with screen() as display:
                try_window(Wine(scratch, display), given.folder / f"{name}-qt6.4.3-setup.exe", scratch, given.window)
            return 0
        wine = Wine(scratch)
        try_setup(wine, setup, listing)
        try_year(wine, scratch)
        try_setup(wine, setup, listing)  # over the one before
        try_portable(wine, given.folder / f"{name}-windows-portable.zip", scratch)
        try_removal(wine)
        wine.end()
    return 0


def expect(condition: object, failure: str) -> None:
    """End with a failure unless the condition holds."""
    if not condition:
        raise SystemExit(f"FAILED: {failure}")


def try_setup(wine: Wine, setup: Path, listing: Path) -> None:
    """Install silently and compare every file with the list; entries and file types must be there."""
    began = time.monotonic()
    wine.show(setup.resolve(), "/S")
    seconds = time.monotonic() - began
    (wine.installed / "uninstall.exe").rename(wine.installed.with_name("uninstall.exe"))
    found = list(hashes(wine.installed))
    wine.installed.with_name("uninstall.exe").rename(wine.installed / "uninstall.exe")
    expect(found == listing.read_text("utf-8").splitlines(), "the installed files are not those of the list")
    expect(len(wine.shortcuts()) == 2, "start menu and desktop do not have one entry each")
    registry = wine.registry()
    for one in (
        r"Classes\\.vlb]",
        r"Classes\\.vlp]",
        r"Classes\\.vlr]",
        r"Classes\\.vld]",
        r"Uninstall\\VillageLedger]",
    ):
        expect(one in registry, f"the registry lacks {one}")
    print(f"installed in {seconds:.1f} s: {len(found)} files as listed, entries and file types in place")


def try_year(wine: Wine, scratch: Path) -> None:
    """One year by the installed command and by the source: new, import, close, report, export, verify."""
    program = wine.installed / "village-ledger.exe"

    def windows(*words: str, cwd: Path) -> bytes:
        return wine.run(program, *words, cwd=cwd)

    there, here = scratch / "windows 账", scratch / "linux 账"
    for run, folder in ((windows, there), (source, here)):
        folder.mkdir()
        make_year(run, folder)
        write_plain(run, folder, folder / "报表")
    count = same_files(there / "报表", here / "报表", mask=OWN)
    print(f"year made on Windows and here: {count} reports equal to the byte (log head and voucher marks aside)")
    windows("verify", str(here / BOOK), cwd=there)
    for folder in (there / "同一本", here / "同一本"):
        folder.mkdir()
        shutil.copy(there / BOOK, folder)
    for run, folder in ((windows, there / "同一本"), (source, here / "同一本")):
        write_plain(run, folder, folder / "报表")
        write_laid_out(run, folder, folder / "报表")
        shutil.copy(there / BOOK, folder)
        run("export", BOOK, "--period", MONTH, "--out", "月报", cwd=folder)
        run("verify", BOOK, cwd=folder)
    for name in ("报表", "月报"):
        count = same_files(there / "同一本" / name, here / "同一本" / name)
        print(f"the Windows book, {name} made on Windows and here: {count} files equal to the byte")
    windows("backup", BOOK, cwd=there)
    backup = max((there / f"{Path(BOOK).stem}-备份").glob("*.vlb"), key=lambda path: path.stat().st_mtime)
    windows("restore", str(backup), "恢复 后.vlb", cwd=there)
    windows("verify", "恢复 后.vlb", cwd=there)
    print("a Linux book verified, a backup made, restored and verified on Windows")


def source(*words: str, cwd: Path) -> bytes:
    """The command run from this source."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "village_ledger", *words]
    return subprocess.run(command, cwd=cwd, env=environment, check=True, stdout=subprocess.PIPE).stdout


def make_year(run: Run, folder: Path) -> None:
    """A new book in the folder, a year of vouchers imported and closed."""
    run("new", BOOK, "--name", "石桥村", "--start", "2024-01", cwd=folder)
    for kind in ("accounts", "openings"):
        run("import", BOOK, kind, str(YEAR / f"{kind}.csv"), cwd=folder)
    run("import", BOOK, "vouchers", str(YEAR / "vouchers_before_closing.csv"), "--post", cwd=folder)
    run("close", BOOK, "2024-12", cwd=folder)
    run("verify", BOOK, cwd=folder)


def write_plain(run: Run, folder: Path, target: Path) -> None:
    """What every report prints as text, json and csv. Leaves no trace in the book."""
    target.mkdir()
    for report in REPORTS:
        for form in PLAIN:
            printed = run("report", BOOK, report, *SPAN, "--format", form, cwd=folder)
            (target / f"{report}.{form}").write_bytes(printed)


def write_laid_out(run: Run, folder: Path, target: Path) -> None:
    """Every report as xlsx and pdf, each from the same state of the book: the log notes what was written."""
    book = (folder / BOOK).read_bytes()
    for report in REPORTS:
        for form in LAID_OUT:
            out = f"{target.name}/{report}.{form}"
            run("report", BOOK, report, *SPAN, "--format", form, "--out", out, cwd=folder)
            (folder / BOOK).write_bytes(book)


def same_files(one: Path, other: Path, mask: re.Pattern[bytes] | None = None) -> int:
    """How many files two folders have in common, all of them equal but for what the mask matches; else the end."""
    names = [sorted(str(path.relative_to(base)) for path in base.rglob("*") if path.is_file()) for base in (one, other)]
    expect(names[0] == names[1], f"{one.name} and {other.name} do not hold the same files: {names}")
    for name in names[0]:
        contents = [(base / name).read_bytes() for base in (one, other)]
        if mask:
            contents = [mask.sub(b"", content) for content in contents]
        expect(contents[0] == contents[1], f"{name} differs between {one} and {other}")
    return len(names[0])


def try_portable(wine: Wine, package: Path, scratch: Path) -> None:
    """Unpack the portable folder, make the sample with it, and look where it was put."""
    stick = scratch / "U 盘"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(stick)
    top = stick / PORTABLE
    expect(
        (top / PORTABLE_MARKER).is_file() and (top / f"{PORTABLE}.exe").is_file(), "the portable folder is not whole"
    )
    wine.run(top / "program" / "village-ledger.exe", "demo", "--headless", cwd=stick)
    (book,) = (top / "账簿").glob("*.vlb")
    wine.run(top / "program" / "village-ledger.exe", "verify", book, cwd=stick)
    shutil.copytree(top, stick / "换了 地方", symlinks=True)
    wine.run(
        stick / "换了 地方" / "program" / "village-ledger.exe", "verify", f"账簿/{book.name}", cwd=stick / "换了 地方"
    )
    print(f"portable: the sample was made in {book.parent.name}/{book.name} and verified, also after moving the folder")


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of 1366 × 768; gives the name of its display."""
    reading, writing = os.pipe()
    command = [tool("Xvfb", "xvfb"), "-displayfd", str(writing), "-screen", "0", "1366x768x24"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        try:
            yield f":{os.read(reading, 16).decode().strip()}"
        finally:
            server.terminate()
            os.close(reading)
            os.close(writing)


def try_window(wine: Wine, setup: Path, scratch: Path, picture: Path) -> None:
    """Open the sample in the window and take a picture of the screen when its title is there."""
    wine.show(setup.resolve(), "/S")
    book = scratch / "示例 村.vlb"
    wine.run(wine.installed / "village-ledger.exe", "demo", "--headless", "--book", book)
    began = time.monotonic()
    program = wine.leave_open(wine.installed / "VillageLedger.exe", book)
    environment = {**os.environ, "DISPLAY": wine.display}
    seek = [tool("xdotool", "xdotool"), "search", "--sync", "--onlyvisible", "--name", " — 村级三资账本"]
    try:
        subprocess.run(seek, env=environment, check=True, stdout=subprocess.DEVNULL, timeout=180)
        print(f"the window was there after {time.monotonic() - began:.1f} s")
        time.sleep(10)  # wine draws on; nothing tells when it is done
        subprocess.run([tool("import", "imagemagick"), "-window", "root", str(picture)], env=environment, check=True)
    finally:
        wine.stop()
        program.wait()
    print(f"picture: {picture}")


def try_removal(wine: Wine) -> None:
    """Remove silently. Books stay, even those inside the program's folder; everything else goes."""
    data = wine.user / "AppData" / "Roaming" / "VillageLedger"
    settings = (data / "settings.ini", data / "logs" / "village-ledger.log")
    books = (
        wine.installed / "放错地方.vlb",
        wine.installed / "app" / "深处.vlb",
        data / "样板村.vlb",
        wine.user / "村.vlb",
    )
    for path in (*settings, *books):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(path.name.encode())
    digests = [hashlib.sha256(path.read_bytes()).digest() for path in books]
    wine.show(wine.installed / "uninstall.exe", "/S")
    wine.end()  # the remover goes on from a copy of itself
    wine.begin()
    expect([hashlib.sha256(path.read_bytes()).digest() for path in books] == digests, "a book was touched")
    left = sorted(path.relative_to(wine.installed).as_posix() for path in wine.installed.rglob("*") if path.is_file())
    expect(left == ["app/深处.vlb", "放错地方.vlb"], f"left in the program's folder: {left}")
    expect(not any(path.exists() for path in settings), "settings or logs were left")
    expect(not wine.shortcuts(), "an entry was left")
    expect("VillageLedger" not in wine.registry(), "something was left in the registry")
    print("removed: program, entries, file types and settings are gone, the books are as they were")


if __name__ == "__main__":
    sys.exit(main())
