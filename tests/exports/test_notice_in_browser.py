"""The notice's web page in a real browser without a network: it fits a phone, runs nothing and fetches nothing."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.exports.test_notice_layout import a_notice, with_narrow
from village_ledger.exports.notice_html import write_notice_html

BROWSERS = ("chromium", "google-chrome", "chromium-browser")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--virtual-time-budget=4000",
    "--allow-file-access-from-files",
)
PROBE = """<!DOCTYPE html><meta charset="utf-8"><iframe id="f" src="notice.html" width="{width}" height="800"></iframe>
<pre id="said"></pre><script>
document.getElementById("f").onload = () => {{
  const page = document.getElementById("f").contentDocument, view = page.defaultView;
  const rows = [...page.querySelectorAll("tbody tr")];
  const right = Math.max(...[...page.querySelectorAll("td,h1,h2,p,svg")].map(one => one.getBoundingClientRect().right));
  document.getElementById("said").textContent = JSON.stringify({{
    right: Math.round(right), wide: page.documentElement.scrollWidth, heads: page.querySelectorAll("h2").length,
    rows: rows.length, row: view.getComputedStyle(rows[1]).display, letters: page.body.innerText,
    charts: page.querySelectorAll("svg").length, scripts: page.scripts.length,
    fetched: view.performance.getEntriesByType("resource").length,
  }});
}};
</script>"""


def seen(folder: Path, width: int) -> dict[str, Any]:
    """What a browser of that width makes of `notice.html`."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert browser, f"this test needs one of {', '.join(BROWSERS)} (Debian: apt install chromium)"
    (folder / "probe.html").write_text(PROBE.format(width=width), "utf-8")
    words = (browser, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", (folder / "probe.html").as_uri())
    out = subprocess.run(words, capture_output=True, timeout=120, check=True).stdout.decode()
    found = re.search(r'<pre id="said">(.+?)</pre>', out, re.S)
    assert found, out[:2000]
    told: dict[str, Any] = json.loads(html.unescape(found[1]))
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notice = with_narrow(a_notice(12, "付石𠅤𬭩𫟹㙍劳务费<script>alert(1)</script>", draft=True), [4])
    write_notice_html(notice, tmp_path / "notice.html")
    return tmp_path


@pytest.mark.parametrize(("width", "display"), [(360, "flex"), (1000, "table-row")])
def test_a_phone_and_a_computer_show_all_of_it(folder: Path, width: int, display: str) -> None:
    told = seen(folder, width)
    assert told["wide"] <= width
    assert told["right"] <= width
    assert (told["row"], told["rows"], told["heads"]) == (display, 20, 3)
    assert told["charts"] == 2
    assert (told["scripts"], told["fetched"]) == (0, 0)
    for words in ("草稿", "付石𠅤𬭩𫟹㙍劳务费", "<script>alert(1)</script>", "123.45", "支出合计", "公开说明"):
        assert words in told["letters"]
