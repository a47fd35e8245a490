"""Builds the Python that the Linux packages carry: `python -m installer.linux_runtime FOLDER [x86_64|aarch64]`.

Debian 12's sources (its security fixes applied) of CPython, OpenSSL, SQLite, libffi, zlib and expat are compiled by
zig, whose C compiler links against any glibc of old: here 2.28. Everything is linked into one program, so nothing
of the building machine gets in. About five minutes on two cores; the result is kept and used again.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from .check_floor import FLOOR
from .debian import Apt

ZIG = "ziglang==0.17.1"
SOURCES = ("python3.11", "openssl", "sqlite3", "libffi", "zlib", "expat")
TOOLS = {
    "dpkg-source": "dpkg-dev",
    "make": "make",
    "perl": "perl",
    "tclsh": "tcl",
    "xz": "xz-utils",
    "patchelf": "patchelf",
}
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
FLAGS = "-O2 -fPIC -g0 -w -fvisibility=hidden -fno-sanitize=all"
EXPAT = "-DXML_DTD -DXML_NS -DXML_CONTEXT_BYTES=1024 -DHAVE_GETRANDOM -DBYTEORDER=1234 -DXML_STATIC"
SQLITE = (
    "-DSQLITE_THREADSAFE=1 -DSQLITE_SECURE_DELETE -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_FTS5"
    " -DSQLITE_ENABLE_RTREE -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_LIKE_DOESNT_MATCH_BLOBS"
    " -DSQLITE_MAX_VARIABLE_NUMBER=250000 -DHAVE_USLEEP -DHAVE_FDATASYNC"
)
OPENSSL = (
    "no-shared no-tests no-engine no-dso no-module no-legacy no-ssl3 no-comp no-cmp no-cms no-ct no-ts no-srp no-srtp"
    " no-aria no-bf no-camellia no-cast no-gost no-idea no-md4 no-mdc2 no-rc2 no-rc4 no-rc5 no-seed no-whirlpool"
    " no-ec2m"
)
COMPAT_NAME = "libledger-compat.so"
COMPAT = Path(__file__).resolve().parent / "linux" / "compat.c"
"""The two functions that Debian's Fcitx plug-in does not find on old systems."""
STDLIB_WITHOUT = (
    "test",
    "tests",
    "idlelib",
    "tkinter",
    "turtledemo",
    "turtle.py",
    "lib2to3",
    "ensurepip",
    "venv",
    "distutils",
    "pydoc_data",
    "__pycache__",
    "msilib",
)
"""Parts of the standard library nobody runs."""


class Build(NamedTuple):
    """Where one build happens."""

    machine: str
    work: Path
    sources: Path
    made: Path
    """Libraries and headers made so far."""
    environment: dict[str, str]

    def run(self, *command: str | Path, folder: Path, more: Mapping[str, str] | None = None) -> None:
        """Run a step quietly; its words are told when it fails."""
        done = subprocess.run(
            [str(word) for word in command],
            cwd=folder,
            env={**self.environment, **(more or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        if done.returncode:
            sys.stderr.buffer.write(done.stdout[-6000:])
            raise subprocess.CalledProcessError(done.returncode, [str(word) for word in command])

    def copy(self, name: str) -> Path:
        """A fresh copy of one source to build in."""
        return Path(shutil.copytree(self.sources / name, self.work / name, symlinks=True))

    def keep(self, folder: Path, libraries: tuple[str, ...], headers: tuple[str, ...]) -> None:
        """Put what was built where the next step finds it."""
        for name in libraries:
            shutil.copy2(folder / name, self.made / "lib")
        for name in headers:
            shutil.copy2(folder / name, self.made / "include")


def runtime(folder: Path, cache: Path, machine: str = "x86_64") -> Path:
    """The runtime in `folder` (bin/python3.11, lib/python3.11, versions.json); built unless it is of this recipe."""
    recipe = hashlib.sha256(Path(__file__).read_bytes() + COMPAT.read_bytes() + machine.encode()).hexdigest()
    stamp = folder / "recipe"
    if stamp.is_file() and stamp.read_text("utf-8") == recipe:
        return folder
    if missing := sorted({package for tool, package in TOOLS.items() if not shutil.which(tool)}):
        raise FileNotFoundError(f"first: apt-get install {' '.join(missing)}")
    versions = Apt(cache / "apt", ARCHITECTURES[machine]).sources(SOURCES, cache / "sources")
    native = None if machine == os.uname().machine else runtime(folder.parent / "native", cache, os.uname().machine)
    shutil.rmtree(folder, ignore_errors=True)
    work = cache / f"work-{machine}"
    shutil.rmtree(work, ignore_errors=True)
    options = json.dumps([FLAGS, EXPAT, SQLITE, OPENSSL, ZIG, versions], sort_keys=True)
    made = cache / f"made-{machine}-{hashlib.sha256(options.encode()).hexdigest()[:12]}"
    build = Build(machine, work, cache / "sources", made, _compilers(work, cache / "zig", machine))
    _libraries(build)
    _python(build, folder, native)
    (folder / "versions.json").write_text(
        json.dumps({**versions, "ziglang": ZIG.partition("==")[2]}, indent=1), "utf-8"
    )
    shutil.rmtree(work)
    stamp.write_text(recipe, "utf-8")
    return folder


def _compilers(work: Path, zig: Path, machine: str) -> dict[str, str]:
    if not (zig / "ziglang" / "zig").is_file():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"]
        subprocess.run([*pip, f"--target={zig}", ZIG], check=True)
    (work / "bin").mkdir(parents=True)
    target = f"cc -target {machine}-linux-gnu.{FLOOR}"
    for name, words in {"cc": target, "native-cc": "cc", "ar": "ar", "ranlib": "ranlib"}.items():
        script = work / "bin" / name
        script.write_text(f'#!/bin/sh\nexec "{zig / "ziglang" / "zig"}" {words} "$@"\n', "utf-8")
        script.chmod(0o755)
    places = {"CC": "cc", "AR": "ar", "RANLIB": "ranlib"}
    return {
        "PATH": f"{work / 'bin'}:{os.environ['PATH']}",
        "HOME": str(work),
        "LC_ALL": "C",
        "ZIG_GLOBAL_CACHE_DIR": str(zig / "cache"),
        "ZIG_LOCAL_CACHE_DIR": str(zig / "cache"),
        "SOURCE_DATE_EPOCH": "1700000000",
        "MAKEFLAGS": f"-j{os.cpu_count() or 1}",
        **{variable: str(work / "bin" / name) for variable, name in places.items()},
    }


def _libraries(build: Build) -> None:
    """What Python is linked with, unless an earlier build with the same options made it."""
    done = build.made / "done"
    if done.is_file():
        return
    shutil.rmtree(build.made, ignore_errors=True)
    for name in ("lib", "include"):
        (build.made / name).mkdir(parents=True)
    with ThreadPoolExecutor(2) as pool:
        for step in [pool.submit(_openssl, build), pool.submit(_small_libraries, build)]:
            step.result()
    done.touch()


def _openssl(build: Build) -> None:
    folder = build.copy("openssl")
    place = f"linux-{build.machine}"
    build.run("perl", "Configure", place, *OPENSSL.split(), "--openssldir=/etc/ssl", *FLAGS.split(), folder=folder)
    build.run("make", "build_generated", folder=folder)
    build.run("make", "libcrypto.a", "libssl.a", folder=folder)
    build.keep(folder, ("libcrypto.a", "libssl.a"), ())
    shutil.copytree(folder / "include" / "openssl", build.made / "include" / "openssl")


def _small_libraries(build: Build) -> None:
    flags = {"CFLAGS": f"{FLAGS} -Wno-implicit-function-declaration"}
    folder = build.copy("zlib")
    build.run("./configure", "--static", folder=folder, more=flags)
    build.run("make", "libz.a", folder=folder)
    build.keep(folder, ("libz.a",), ("zlib.h", "zconf.h"))

    folder = build.copy("expat") / "expat" / "lib"
    (folder / "expat_config.h").touch()
    for name in ("xmlparse", "xmlrole", "xmltok"):
        build.run("cc", *FLAGS.split(), *EXPAT.split(), "-I.", "-c", f"{name}.c", folder=folder)
    build.run("ar", "rcs", "libexpat.a", "xmlparse.o", "xmlrole.o", "xmltok.o", folder=folder)
    build.keep(folder, ("libexpat.a",), ("expat.h", "expat_external.h"))

    folder, host = build.copy("libffi"), f"--host={build.machine}-linux-gnu"
    options = ("--disable-shared", "--enable-static", "--disable-docs", f"--prefix={build.made}")
    build.run("./configure", host, *options, "--disable-multi-os-directory", folder=folder, more=flags)
    build.run("make", "install", folder=folder, more=flags)

    folder = build.copy("sqlite3")
    native = {"CC": str(build.work / "bin" / "native-cc")}
    build.run("./configure", "--disable-shared", "--disable-tcl", "--disable-readline", folder=folder, more=native)
    build.run("make", "sqlite3.c", folder=folder, more=native)
    build.run("cc", *FLAGS.split(), *SQLITE.split(), "-c", "sqlite3.c", folder=folder)
    build.run("ar", "rcs", "libsqlite3.a", "sqlite3.o", folder=folder)
    build.keep(folder, ("libsqlite3.a",), ("sqlite3.h", "sqlite3ext.h"))


def _python(build: Build, target: Path, native: Path | None) -> None:
    folder, made = build.copy("python3.11"), build.made
    more = {
        "CPPFLAGS": f"-I{made}/include",
        "LDFLAGS": f"-L{made}/lib -s",
        "PKG_CONFIG": "/bin/false",
        "MODULE_BUILDTYPE": "static",
        "ZLIB_LIBS": f"-L{made}/lib -lz",
        "LIBSQLITE3_LIBS": f"-L{made}/lib -lsqlite3 -lm",
    }
    options = [f"--with-openssl={made}", "--with-system-expat", "--without-ensurepip", "--disable-test-modules"]
    options += ["--prefix=/usr", "--with-pkg-config=no", "OPT=-DNDEBUG -O3 -w -g0 -fno-sanitize=all"]
    if native is not None:
        options += [f"--host={build.machine}-linux-gnu", "--build=x86_64-linux-gnu", "ac_cv_file__dev_ptmx=yes"]
        options += ["ac_cv_file__dev_ptc=no", f"--with-build-python={native / 'bin' / 'python3.11'}"]
    build.run("./configure", *options, folder=folder, more=more)
    modules = folder / "Modules"
    lines = (modules / "Setup.stdlib").read_text("utf-8").splitlines()
    left_out = ("xx", "_test", "_crypt", "nis", "ossaudiodev", "spwd", "readline", "_curses", "_dbm", "_gdbm")
    lines = [line for line in lines if not line.startswith(left_out)]
    sources = ["_ctypes.c", "callbacks.c", "callproc.c", "stgdict.c", "cfield.c"]
    lines.insert(0, f"_ctypes {' '.join(f'_ctypes/{name}' for name in sources)} -DPy_BUILD_CORE_MODULE -lffi -ldl")
    (modules / "Setup.local").write_text("\n".join(["*static*", *lines]) + "\n", "utf-8")
    build.run("make", "python", folder=folder, more=more)
    (target / "bin").mkdir(parents=True)
    shutil.copy2(folder / "python", target / "bin" / "python3.11")
    library = target / "lib" / "python3.11"
    shutil.copytree(folder / "Lib", library, ignore=shutil.ignore_patterns(*STDLIB_WITHOUT, "config-*"))
    (library / "lib-dynload").mkdir()
    (library / "lib-dynload" / "README").write_text("All compiled modules are inside the program itself.\n", "utf-8")
    (library / "dist-packages").mkdir(exist_ok=True)
    shutil.copy2(folder / "LICENSE", library / "LICENSE.txt")
    options = ("-O2", "-g0", "-s", "-shared", "-fPIC", "-fno-sanitize=all", "-Wl,--allow-shlib-undefined")
    build.run("cc", *options, "-o", target / "lib" / COMPAT_NAME, COMPAT, folder=build.work)


if __name__ == "__main__":
    print(runtime(Path(sys.argv[1]).resolve(), Path("build/cache").resolve(), *sys.argv[2:3]))
