import pytest
from PySide6.QtGui import QKeySequence

from village_ledger.ui import shortcuts

TYPED = {"..", "//", "或", "回车", "="}


@pytest.mark.parametrize("profile", list(shortcuts.PROFILES))
def test_every_key_is_one_qt_knows(profile):
    for key in shortcuts.KEYS:
        for text in shortcuts.written(key.action, profile):
            assert text in TYPED or QKeySequence(text).toString(), (key.action, text)


@pytest.mark.parametrize("profile", list(shortcuts.PROFILES))
@pytest.mark.parametrize("area", ["voucher", "report"])
def test_no_key_means_two_things_on_one_page(profile, area):
    seen = {}
    for key in shortcuts.KEYS:
        if key.action.partition(".")[0] in (area, "window") or (area == "voucher" and key.action.startswith("grid")):
            for text in shortcuts.written(key.action, profile):
                if text not in TYPED:
                    assert seen.setdefault(text, key.action) == key.action
    assert seen


def test_the_profile_is_remembered_and_a_damaged_one_ignored():
    shortcuts.set_profile("kingdee")
    assert shortcuts.profile() == "kingdee"
    assert shortcuts.label("voucher.review") == "F3"
    shortcuts.set_profile("nonsense")
    assert shortcuts.profile() == "yonyou"


def test_keys_are_written_as_on_a_chinese_keyboard():
    assert shortcuts.label("report.open") == "回车"
    assert shortcuts.readable("Alt+Left") == "Alt+←"
    assert shortcuts.matches(QKeySequence("F9"), "voucher.review")
    assert not shortcuts.matches(QKeySequence("F10"), "voucher.review")
