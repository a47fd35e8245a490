from installer.reproduce import differences, listing


def test_builds_are_compared_by_names_contents_and_modes(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.py").write_text("same", "utf-8")
        (tmp_path / name / "other.py").write_text(name, "utf-8")
    (tmp_path / "one" / "alone.py").touch()
    first, second = listing(tmp_path / "one"), listing(tmp_path / "two")
    assert differences(first, first) == []
    assert differences(first, second) == ["alone.py: is in one build only", "other.py: differs"]
    (tmp_path / "one" / "same.py").chmod(0o755)
    assert "same.py: differs" in differences(listing(tmp_path / "one"), second)
