"""The bill of materials of a package, in CycloneDX: each library, font and runtime, its version, licence, digest."""

import email
import hashlib
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

_LICENCES = LicenseFactory()
FONTS = (("Noto Sans SC", "2.004-H2"), ("Noto Serif SC", "2.003-H1"))
DEBIAN_LICENCES = {
    "python3.11": "PSF-2.0",
    "openssl": "Apache-2.0",
    "sqlite3": "blessing",
    "libffi": "MIT",
    "zlib": "Zlib",
    "expat": "MIT",
    "fcitx5-frontend-qt6": "BSD-3-Clause",
    "libfcitx5-qt6-1": "LGPL-2.1-or-later",
}


def of_wheel(wheel: Path) -> Component:
    """A library from PyPI, as its own metadata describes it."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (one for one in archive.namelist() if one.count("/") == 1 and one.endswith(".dist-info/METADATA"))
        fields = email.message_from_bytes(archive.read(name))
    licence = fields["License-Expression"] or _classified(fields.get_all("Classifier") or []) or fields["License"]
    one_line = (licence or "").partition("\n")[0].strip()
    return _component(
        fields["Name"],
        fields["Version"],
        PackageURL("pypi", None, fields["Name"].lower().replace("_", "-"), fields["Version"]),
        one_line,
        digest=hashlib.sha256(wheel.read_bytes()).hexdigest(),
    )


def of_debian(versions: Mapping[str, str]) -> list[Component]:
    """Sources and libraries taken from Debian, by their package names."""
    return [
        _component(name, version, PackageURL("deb", "debian", name, version), DEBIAN_LICENCES.get(name, "MIT"))
        for name, version in sorted(versions.items())
    ]


def of_parts(parts: Iterable[tuple[str, str, str]]) -> list[Component]:
    """What came inside something else: name, version, licence."""
    return [
        _component(name, version, PackageURL("generic", None, name, version), licence)
        for name, version, licence in parts
    ]


def of_fonts() -> list[Component]:
    """The fonts in resources/fonts."""
    return [_component(name, version, None, "OFL-1.1", kind=ComponentType.FILE) for name, version in FONTS]


def write(path: Path, name: str, version: str, at: int, components: Iterable[Component]) -> None:
    """Write the bill of one program as JSON. The same components and second give the same bytes."""
    bom = Bom()
    bom.metadata.component = _component(name, version, None, "", kind=ComponentType.APPLICATION)
    bom.metadata.timestamp = datetime.fromtimestamp(at, UTC)
    parts = list(components)
    bom.components.update(parts)
    bom.register_dependency(bom.metadata.component, parts)
    content = "\n".join(sorted(str(one.bom_ref.value) for one in bom.components))
    bom.serial_number = uuid.uuid5(uuid.NAMESPACE_URL, f"{name} {version} {at}\n{content}")
    text = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    path.write_text(text + "\n", "utf-8")


def _component(
    name: str,
    version: str,
    purl: PackageURL | None,
    licence: str,
    *,
    digest: str = "",
    kind: ComponentType = ComponentType.LIBRARY,
) -> Component:
    return Component(
        type=kind,
        name=name,
        version=version,
        purl=purl,
        bom_ref=str(purl) if purl else f"{name}@{version}",
        licenses=[_LICENCES.make_from_string(licence)] if licence else [],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest)] if digest else [],
    )


def _classified(classifiers: Iterable[str]) -> str:
    """What the classifiers say where nothing better is given, e.g. "MIT License"."""
    return next((one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")), "")
