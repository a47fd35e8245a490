import json
import zipfile
from pathlib import Path

from installer import sbom


def wheel(folder: Path, name: str, metadata: str) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            f"{name}-1.0.dist-info/METADATA", f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n{metadata}"
        )
    return path


def test_the_bill_names_every_part_with_version_licence_and_digest(tmp_path):
    parts = [
        sbom.of_wheel(wheel(tmp_path, "New_style", "License-Expression: MIT\n")),
        sbom.of_wheel(wheel(tmp_path, "old", "Classifier: License :: OSI Approved :: BSD License\n")),
        *sbom.of_debian({"openssl": "3.0.20-1"}),
        *sbom.of_fonts(),
    ]
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    for path in (first, second):
        sbom.write(path, "village-ledger", "0.1.0", 1_700_000_000, parts)
    assert first.read_bytes() == second.read_bytes()
    bill = json.loads(first.read_text("utf-8"))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "village-ledger")
    by_name = {part["name"]: part for part in bill["components"]}
    assert set(by_name) == {"New_style", "old", "openssl", "Noto Sans SC", "Noto Serif SC"}
    assert by_name["New_style"]["purl"] == "pkg:pypi/new-style@1.0"
    assert by_name["New_style"]["licenses"] == [{"license": {"id": "MIT"}}]
    assert by_name["old"]["licenses"] == [{"license": {"name": "BSD License"}}]
    assert len(by_name["old"]["hashes"][0]["content"]) == 64
    assert by_name["openssl"]["purl"] == "pkg:deb/debian/openssl@3.0.20-1"
