import pytest

from installer.binaries import is_elf, libraries_needed, pe_imports, read_elf, rename_version

from .made_files import dll, elf


def test_an_elf_file_tells_what_it_loads_and_which_versions_it_asks_for(tmp_path):
    path = tmp_path / "some.so"
    path.write_bytes(
        elf(["libz.so.1", "libc.so.6"], {"libc.so.6": ["GLIBC_2.2.5", "GLIBC_2.28"], "libz.so.1": ["Z_1"]})
    )
    read = read_elf(path)
    assert is_elf(path)
    assert read.needed == ("libz.so.1", "libc.so.6")
    assert read.versions == (("libc.so.6", "GLIBC_2.2.5"), ("libc.so.6", "GLIBC_2.28"), ("libz.so.1", "Z_1"))
    assert libraries_needed(path) == read.needed


def test_a_windows_library_tells_what_it_imports(tmp_path):
    path = tmp_path / "some.dll"
    path.write_bytes(dll(["KERNEL32.dll", "Qt6Core.dll"]))
    assert pe_imports(path) == ("KERNEL32.dll", "Qt6Core.dll")
    assert libraries_needed(path) == ("KERNEL32.dll", "Qt6Core.dll")


def test_other_files_load_nothing(tmp_path):
    path = tmp_path / "words.txt"
    path.write_bytes(b"words")
    assert libraries_needed(path) == ()
    assert not is_elf(path)
    with pytest.raises(ValueError, match="not a 64-bit"):
        read_elf(path)


def test_a_version_asked_for_can_be_renamed_to_another_one(tmp_path):
    path = tmp_path / "some.so"
    path.write_bytes(elf([], {"libstdc++.so.6": ["CXXABI_1.3", "GLIBCXX_3.4.29"], "libc.so.6": ["GLIBC_2.4"]}))
    assert rename_version(path, "GLIBCXX_3.4.29", "CXXABI_1.3")
    assert [version for _, version in read_elf(path).versions] == ["CXXABI_1.3", "CXXABI_1.3", "GLIBC_2.4"]
    assert not rename_version(path, "GLIBCXX_3.4.29", "CXXABI_1.3")
