"""Write the XML schemas under resources/gbt24589 from the element tables beside them: python docs/data/gbt24589_xsd.py

They are ours. The official schemas of GB/T 24589.1-2010 were not at hand; each file says so.
"""

import tomllib
from pathlib import Path

from village_ledger.package.gbt.form import Element, Form, Table, xml_form

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "gbt24589"
TABLES = ("shared", "ledger", "assets")
NOTICE = """<!--
  本文件不是 GB/T 24589.1-2010 附带的官方 Schema，是村级三资账本（Village Ledger）根据公开资料里的元素名称、次序和类型
  自己写的，只用来检查本程序导出的文件。以标准原文为准。由 docs/data/gbt24589_xsd.py 生成。
  This is NOT the official schema of GB/T 24589.1-2010. Village Ledger wrote it from published element lists.
-->"""


def schema(form: Form) -> str:
    """The schema of one file."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        NOTICE,
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"',
        f'    targetNamespace="{form.namespace}"',
        f'    xmlns="{form.namespace}" elementFormDefault="qualified">',
        f'  <xs:element name="{form.root}">',
        "    <xs:complexType>",
        "      <xs:sequence>",
    ]
    for table in form.tables:
        occurs = "" if table.once else ' minOccurs="0" maxOccurs="unbounded"'
        lines.append(f'        <xs:element name="{table.name}" type="{table.name}"{occurs}/>')
    lines += ["      </xs:sequence>", "    </xs:complexType>", "  </xs:element>"]
    for table in form.tables:
        lines += _table(table)
    for one in _types(form).values():
        lines += one
    return "\n".join([*lines, "</xs:schema>", ""])


def _table(table: Table) -> list[str]:
    lines = [f'  <xs:complexType name="{table.name}">', "    <xs:sequence>"]
    for one in table.elements:
        occurs = ' minOccurs="0"' if one.nothing is None else ""
        lines += [
            f'      <xs:element name="{one.name}"{occurs}>',
            "        <xs:complexType>",
            "          <xs:simpleContent>",
            f'            <xs:extension base="{_type_name(one)}">',
            f'              <xs:attribute name="locID" type="xs:string" fixed="{one.id}"/>',
            "            </xs:extension>",
            "          </xs:simpleContent>",
            "        </xs:complexType>",
            "      </xs:element>",
        ]
    return [
        *lines,
        "    </xs:sequence>",
        f'    <xs:attribute name="locID" type="xs:string" fixed="{table.id}"/>',
        "  </xs:complexType>",
    ]


def _type_name(one: Element) -> str:
    if one.kind == "D":
        return f"D{one.size}.{one.places}"
    dots = "" if one.fixed else ".."
    return f"{one.kind}{dots}{one.size}{'N' if one.digits else ''}"


def _types(form: Form) -> dict[str, list[str]]:
    """The simple types that are used, by name."""
    found = {_type_name(one): one for table in form.tables for one in table.elements}
    return {name: _simple(name, one) for name, one in sorted(found.items())}


def _simple(name: str, one: Element) -> list[str]:
    if one.kind == "D":
        base, facets = "xs:decimal", [("totalDigits", one.size), ("fractionDigits", one.places)]
    elif one.kind == "I":
        base, facets = "xs:nonNegativeInteger", [("totalDigits", one.size)]
    elif one.digits:
        base, facets = "xs:string", [("pattern", f"[0-9]{{{one.size}}}")]
    else:  # a fixed text counts bytes, two for a Chinese sign, which a schema cannot
        base, facets = "xs:string", [("maxLength", one.size)]
    return [
        f'  <xs:simpleType name="{name}">',
        f'    <xs:restriction base="{base}">',
        *(f'      <xs:{facet} value="{value}"/>' for facet, value in facets),
        "    </xs:restriction>",
        "  </xs:simpleType>",
    ]


def schemas() -> dict[str, str]:
    """The text of every schema by its file's name."""
    forms = {name: xml_form(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))) for name in TABLES}
    return {f"{name}.xsd": schema(form) for name, form in forms.items()}


if __name__ == "__main__":
    for name, text in schemas().items():
        (FOLDER / name).write_text(text, "utf-8")
