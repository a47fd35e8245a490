"""Cut the shipped fonts out of the full Noto fonts. See README.md beside this file for how to run it.

Sans Regular keeps every character the font has, because it is what the others fall back to; Sans Bold and
Serif keep 通用规范汉字表 (8105) and GB 2312, which is what titles, headings and totals are made of.
Hinting and glyph substitution go: PDF uses neither, and screens at today's sizes look the same.
"""

import bz2
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont

UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
TARGET = Path(__file__).resolve().parents[2] / "resources" / "fonts"
VERSION = "0.4.3"


class Source(NamedTuple):
    """One npm package and the SHA-256 of its tarball."""

    package: str
    sha256: str
    licence_of: str


class Cut(NamedTuple):
    """One font to ship: where it comes from and whether it keeps every character."""

    source: Source
    member: str
    name: str
    whole: bool


SANS = Source("noto-sans-sc", "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59", "Noto Sans SC")
SERIF = Source("noto-serif-sc", "ff6bcf5ba68d92dfecc05544bb150f9e724741a932354a0dd97e7289c40a3f5e", "Noto Serif SC")
CUTS = (
    Cut(SANS, "package/400Regular/NotoSansSC_400Regular.ttf", "NotoSansSC-Regular.ttf", whole=True),
    Cut(SANS, "package/700Bold/NotoSansSC_700Bold.ttf", "NotoSansSC-Bold.ttf", whole=False),
    Cut(SERIF, "package/600SemiBold/NotoSerifSC_600SemiBold.ttf", "NotoSerifSC-SemiBold.ttf", whole=False),
)


def standard_characters() -> set[int]:
    """The 8105 characters of 通用规范汉字表, from the Unihan property kTGH."""
    found = set()
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        for line in lines:
            code, _, rest = line.partition("\t")
            if rest.startswith("kTGH\t"):
                found.add(int(code[2:], 16))
    if len(found) != 8105:
        raise SystemExit(f"{UNIHAN}: expected 8105 kTGH characters, found {len(found)}")
    return found


def charset(name: str, lead: Iterable[int], trail: Iterable[int]) -> set[int]:
    """Every character of a double-byte character set."""
    found = set()
    trail = tuple(trail)
    for first in lead:
        for second in trail:
            try:
                found.add(ord(bytes((first, second)).decode(name)))
            except UnicodeDecodeError:
                continue
    return found


def gbk_ideographs() -> set[int]:
    """The 20,902 ideographs of GBK."""
    return {code for code in charset("gbk", range(0x81, 0xFF), range(0x40, 0xFF)) if 0x4E00 <= code <= 0x9FA5}


def symbols() -> set[int]:
    """Latin-1, punctuation, arrows, box drawing, circled digits, check boxes, units, full-width forms."""
    spans = (
        (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x203B), (0x20A0, 0x20BF), (0x2100, 0x214F), (0x2150, 0x218F),
        (0x2190, 0x21FF), (0x2200, 0x22FF), (0x2460, 0x24FF), (0x2500, 0x25FF), (0x2600, 0x2613), (0x2713, 0x2718),
        (0x3000, 0x303F), (0x3200, 0x33FF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF),
    )  # fmt: skip
    return {code for first, last in spans for code in range(first, last + 1)}


def fetch(source: Source, folder: Path) -> Path:
    """Download one package with `npm pack` and check its digest."""
    package = f"@expo-google-fonts/{source.package}@{VERSION}"
    subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    path = folder / f"expo-google-fonts-{source.package}-{VERSION}.tgz"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != source.sha256:
        raise SystemExit(f"{path.name}: SHA-256 is {digest}, expected {source.sha256}")
    return path


def cut(font: Path, target: Path, codes: set[int]) -> int:
    """Write the subset of a font and return how many characters it has."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "STAT", "vhea", "vmtx", "VORG"]
    options.notdef_outline = True
    options.glyph_names = False
    options.name_IDs = ["*"]
    options.recalc_timestamp = False
    loaded = TTFont(font, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(loaded)
    loaded.save(target)
    return len(TTFont(target).getBestCmap())


def main(arguments: list[str]) -> None:
    """Build all fonts, from tarballs in the folder given or freshly downloaded ones."""
    common = standard_characters() | charset("gb2312", range(0xA1, 0xFF), range(0xA1, 0xFF)) | symbols()
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(arguments[0]) if arguments else Path(scratch)
        archives = {}
        licences = []
        for source in (SANS, SERIF):
            ready = folder / f"expo-google-fonts-{source.package}-{VERSION}.tgz"
            archives[source] = ready if ready.exists() else fetch(source, folder)
            with tarfile.open(archives[source]) as tar:
                member = tar.extractfile("package/LICENSE_FONT")
                assert member is not None
                licences.append(f"===== {source.licence_of} =====\n\n{member.read().decode('utf-8').strip()}\n")
        for item in CUTS:
            with tarfile.open(archives[item.source]) as tar:
                member = tar.extractfile(item.member)
                assert member is not None
                full = Path(scratch) / item.name
                full.write_bytes(member.read())
            every = set(TTFont(full).getBestCmap())
            missing = (standard_characters() | gbk_ideographs()) - every
            if missing:
                raise SystemExit(f"{item.name}: the source lacks {sorted(map(hex, missing))[:10]}")
            count = cut(full, TARGET / item.name, every if item.whole else common & every)
            print(f"{item.name}: {count} characters, {(TARGET / item.name).stat().st_size / 1e6:.2f} MB")
        (TARGET / "OFL.txt").write_text("\n".join(licences), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
