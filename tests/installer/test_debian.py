import pytest

from installer.debian import Apt, archives


def test_both_notations_of_apt_are_understood(tmp_path):
    (tmp_path / "sources.list.d").mkdir()
    (tmp_path / "sources.list").write_text(
        "# old\ndeb [arch=amd64 signed-by=/keys/a.gpg] http://first.example/debian/ bookworm main contrib\n"
        "deb http://other.example/debian trixie main\ndeb http://third.example/debian bookworm contrib\n",
        "utf-8",
    )
    (tmp_path / "sources.list.d" / "debian.sources").write_text(
        "Types: deb\nURIs: http://second.example/debian\nSuites: bookworm bookworm-updates\nComponents: main\n"
        "Signed-By: /keys/b.gpg\n\nTypes: deb\nURIs: http://security.example/\nSuites: bookworm-security\n"
        "Components: main\n",
        "utf-8",
    )
    found = archives(tmp_path)
    assert [archive.line("deb-src") for archive in found] == [
        "deb-src [signed-by=/keys/a.gpg] http://first.example/debian bookworm main",
        "deb-src [signed-by=/keys/b.gpg] http://second.example/debian bookworm main",
    ]


def test_a_machine_without_that_debian_is_told_so(tmp_path, monkeypatch):
    monkeypatch.setattr("installer.debian.archives", list)
    with pytest.raises(FileNotFoundError, match="build on Debian 12"):
        Apt(tmp_path)
