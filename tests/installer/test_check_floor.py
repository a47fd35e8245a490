import pytest

from installer.check_floor import highest, main, packages, problems

from .made_files import elf


def put(folder, name, *arguments):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(elf(*arguments))


def test_files_within_the_floor_pass(tmp_path, capsys):
    put(tmp_path, "bin/python", ["libc.so.6"], {"libc.so.6": ["GLIBC_2.2.5", "GLIBC_2.28"]})
    put(tmp_path, "lib/some.so", ["libm.so.6", "libstdc++.so.6"], {"libstdc++.so.6": ["GLIBCXX_3.4.25", "CXXABI_1.3"]})
    (tmp_path / "lib" / "words.py").write_text("words", "utf-8")
    assert problems(tmp_path) == []
    assert highest(tmp_path) == "2.28"
    assert main([str(tmp_path)]) == 0
    assert "2 ELF files" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("library", "version"),
    [
        ("libc.so.6", "GLIBC_2.29"),
        ("libc.so.6", "GLIBC_3.0"),
        ("libm.so.6", "GLIBC_2.100"),
        ("libc.so.6", "GLIBC_ABI_DT_RELR"),
        ("libc.so.6", "GLIBC_PRIVATE"),
        ("libstdc++.so.6", "GLIBCXX_3.4.26"),
        ("libstdc++.so.6", "CXXABI_1.3.12"),
        ("libgcc_s.so.1", "GCC_12.0.0"),
    ],
)
def test_one_symbol_too_new_anywhere_fails(tmp_path, capsys, library, version):
    put(tmp_path, "bin/python", ["libc.so.6"], {"libc.so.6": ["GLIBC_2.17"]})
    put(tmp_path, "lib/deep/some.so", [library], {library: ["GLIBC_2.2.5", version]})
    (problem,) = problems(tmp_path)
    assert problem.startswith(f"lib/deep/some.so: asks {library} for {version}")
    assert main([str(tmp_path)]) == 1
    assert version in capsys.readouterr().out


def test_a_lower_floor_can_be_asked_for(tmp_path):
    put(tmp_path, "some.so", ["libc.so.6"], {"libc.so.6": ["GLIBC_2.27"]})
    assert problems(tmp_path, "2.27") == []
    assert len(problems(tmp_path, "2.17")) == 1


def test_a_library_must_be_in_the_package_or_on_every_desktop(tmp_path):
    put(tmp_path, "some.so", ["libQt6Core.so.6", "libxcb-cursor.so.0", "libX11.so.6"])
    put(tmp_path, "lib/libQt6Core.so.6", ["libc.so.6"])
    (problem,) = problems(tmp_path)
    assert "loads libxcb-cursor.so.0" in problem
    put(tmp_path, "lib/libxcb-cursor.so.0", ["libxcb.so.1"])
    assert problems(tmp_path) == []


def test_the_packages_that_hold_what_is_loaded_from_outside_are_named(tmp_path):
    put(tmp_path, "some.so", ["libc.so.6", "libm.so.6", "libX11.so.6", "libwayland-client.so.0", "beside.so"])
    put(tmp_path, "beside.so")
    assert packages(tmp_path) == (["libc6 (>= 2.28)", "libx11-6"], ["libwayland-client0"])


def test_an_empty_folder_proves_nothing(tmp_path):
    assert problems(tmp_path) == [f"{tmp_path}: no program in it"]
