"""Parcels from and to files: the township's register sheet, and outlines as GeoJSON. All of a file or nothing."""

import hashlib
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

from ..domain.area import AreaError, format_mu, parse_mu
from ..domain.errors import BadInput, Refusal, system_reason
from ..domain.geojson import Feature, GeoJsonError, read_features, write_features
from ..domain.land_register import check_area
from ..domain.parcels import COLLECTIVE, HOUSEHOLD, LAND_CLASSES, MANAGEMENTS, Parcel
from ..domain.problems import Problem
from ..exports.atomic import atomic_write
from ..storage.parcels import load_parcel
from .book import Book, Progress, no_progress
from .cells import CellError, read_day
from .file_import import FilePath, ImportResult, record_import, refuse_bad_rows, row_problem
from .journal import record_export
from .parcel_rules import parcel_rules
from .parcels import change_checked, insert_checked, register
from .tabular import TableRow, read_table

REQUIRED = ("地块编号", "地块名称", "地类", "面积")
_TEXTS = {
    "坐落": "location",
    "东至": "east",
    "南至": "south",
    "西至": "west",
    "北至": "north",
    "用途": "land_use",
    "权属单位": "owner",
    "权属证明": "proof",
    "经营者": "holder",
    "备注": "note",
}
_SIDES = {"东": "east", "南": "south", "西": "west", "北": "north"}
_MARK = "(?:至[：:]?|[：:])"
_SIDE = re.compile(rf"([东南西北]){_MARK}\s*((?:[^，,；;。、东南西北]|[东南西北](?!{_MARK}))*)")
OPTIONAL = (*_TEXTS, "四至", "经营方式", "承包到户面积", "登记日期")
CODE_PROPERTIES = ("code", "地块编号", "编号", "地块编码", "编码")
"""Property names under which a GeoJSON feature may bear the parcel's code, best first."""

MAX_BYTES = 100_000_000


def import_resources(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Register the parcels of a sheet: 地块编号, 地块名称, 地类, 面积(亩), and the columns of `OPTIONAL`.

    Finer classes (水田, 坑塘水面…) and usual wordings of 经营方式 are understood. Without 登记日期 a parcel is there
    from the book's first day.
    """
    book.authorise("import")
    report = progress or no_progress
    table = read_table(path, REQUIRED, OPTIONAL)
    problems = [Problem("row", text) for text in table.problems]
    began = book.entity.first_period.first_day
    seen: dict[str, int] = {}
    with book.write("import") as transaction:
        record_import(transaction, "资源", table)
        for done, row in enumerate(table.rows):
            report(done, len(table.rows), "导入地块")
            faults: list[str] = []
            parcel = _parcel(row, began, faults)
            if parcel.code and parcel.code in seen:
                faults.append(f"地块编号 {parcel.code} 在第 {seen[parcel.code]} 行已经有了")
            seen.setdefault(parcel.code, row.number)
            if not faults:
                try:
                    insert_checked(transaction, parcel)
                except Refusal as refusal:
                    faults += [problem.message for problem in refusal.problems]
            problems += [row_problem(row.number, fault) for fault in faults]
        refuse_bad_rows(table, problems)
    return ImportResult(len(table.rows), len(table.rows), notes=table.notes)


def _parcel(row: TableRow, began: date, faults: list[str]) -> Parcel:
    """The card a row describes; what cannot be read is told in `faults`."""
    cells, rules = row.cells, parcel_rules()
    named = cells["地类"]
    land_class = rules.classes.get(named, "")
    if not land_class:
        faults.append(f"地类“{named}”不对，可以填：{'、'.join(LAND_CLASSES)}" if named else "没有地类")
    texts = {field: cells.get(title, "") for title, field in _TEXTS.items()}
    texts |= _four_boundaries(cells.get("四至", ""), faults)
    if land_class and named != land_class:
        texts["land_use"] = texts["land_use"] or named
    area = _area(cells["面积"], faults)
    household = _area(cells.get("承包到户面积", "") or "0", faults)
    management = _management(cells.get("经营方式", ""), household, faults)
    if management == HOUSEHOLD and not cells.get("承包到户面积", ""):
        household = area
    try:
        began = read_day(cells["登记日期"]) if cells.get("登记日期") else began
    except CellError as error:
        faults.append(f"登记{error}")
    return Parcel(
        cells["地块编号"],
        cells["地块名称"],
        land_class,
        area,
        began,
        management=management,
        household_x100=household,
        **texts,  # type: ignore[arg-type]  # fields of text by their names in _TEXTS
    )


def _four_boundaries(text: str, faults: list[str]) -> dict[str, str]:
    """四至 written in one cell, as 东至水渠，南至村道，西至…，北至…."""
    found = {_SIDES[side]: words.strip() for side, words in _SIDE.findall(text)}
    if text and not found:
        faults.append(f"四至“{text}”看不懂，请写成“东至…，南至…，西至…，北至…”")
    return found


def _management(text: str, household_x100: int, faults: list[str]) -> str:
    if not text:
        return HOUSEHOLD if household_x100 else COLLECTIVE
    found = parcel_rules().managements.get(text, "")
    if not found:
        faults.append(f"经营方式“{text}”不对，可以填：{'、'.join(MANAGEMENTS)}")
    return found


def _area(text: str, faults: list[str]) -> int:
    try:
        return parse_mu(text)
    except AreaError as error:
        faults.append(str(error))
        return 0


def import_boundaries(book: Book, path: FilePath, progress: Progress | None = None) -> ImportResult:
    """Give parcels the outlines of a GeoJSON file; features find their parcel by the code among their properties.

    Outlines already there are replaced. Notes tell parcels whose outline does not fit their stated area.
    """
    book.authorise("import")
    report = progress or no_progress
    name, content = Path(path).name, _read(path)
    try:
        features = read_features(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, GeoJsonError) as error:
        reason = str(error) if isinstance(error, GeoJsonError) else "文字编码不是 UTF-8"
        raise BadInput(f"文件“{name}”不能导入：{reason}") from None
    if not features:
        raise BadInput(f"文件“{name}”里没有地块图形")
    problems: list[Problem] = []
    notes: list[str] = []
    seen: set[str] = set()
    added = 0
    with book.write("import") as transaction:
        detail = {"what": "边界", "file": name, "sha256": hashlib.sha256(content).hexdigest(), "rows": len(features)}
        transaction.record("import", f"边界 {name}", detail)
        for number, feature in enumerate(features, 1):
            report(number - 1, len(features), "导入地块边界")
            code = _code(feature)
            before = load_parcel(transaction.connection, code) if code else None
            fault = _feature_fault(feature, code, before, seen)
            seen.add(code)
            if fault or before is None:
                problems.append(Problem("feature", f"第 {number} 个图形：{fault}", number))
            elif not feature.outline:
                notes.append(f"地块 {before} 没有图形，跳过")
            else:
                after = before._replace(boundary=feature.outline)
                try:
                    change_checked(transaction, after)
                except Refusal as refusal:
                    problems += [
                        Problem("feature", f"第 {number} 个图形（{code}）：{problem.message}", number)
                        for problem in refusal.problems or (Problem("feature", refusal.message),)
                    ]
                added += 1
                notes += _area_note(after)
        if problems:
            raise BadInput(f"文件“{name}”有 {len(problems)} 处错误，没有导入任何内容：", tuple(problems))
    return ImportResult(len(features), added, notes=tuple(notes))


def _read(path: FilePath) -> bytes:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"读不出文件：{os.fspath(path)}（{system_reason(error)}）") from error
    if len(content) > MAX_BYTES:
        raise BadInput(f"文件太大（超过 {MAX_BYTES // 1_000_000} MB）：{os.fspath(path)}")
    return content


def _code(feature: Feature) -> str:
    return next((str(feature.properties[name]).strip() for name in CODE_PROPERTIES if feature.properties.get(name)), "")


def _feature_fault(feature: Feature, code: str, parcel: Parcel | None, seen: set[str]) -> str:
    if not code:
        return f"没有地块编号，应写在属性 {'、'.join(CODE_PROPERTIES[:2])} 里"
    if parcel is None:
        return f"没有编号为“{code}”的地块，请先登记地块"
    if code in seen:
        return f"地块 {code} 的图形在文件里出现了两次；一块地分几片的，请用 MultiPolygon"
    return f"（{code}）{feature.problem}" if feature.problem else ""


def _area_note(parcel: Parcel) -> tuple[str, ...]:
    found = check_area(parcel, parcel_rules().area)
    if found is None or found.within:
        return ()
    return (
        f"地块 {parcel} 的图形量得 {format_mu(found.measured_x100)} 亩，登记面积 {format_mu(found.stated_x100)} 亩，"
        f"相差 {format_mu(abs(found.difference_x100))} 亩，请核对",
    )


def export_boundaries(book: Book, path: FilePath, day: date) -> int:
    """Write the parcels of a day as a GeoJSON FeatureCollection (RFC 7946); returns how many have an outline."""
    land = register(book)
    parcels = land.existing(day)
    features = [
        (_properties(parcel, land.area(parcel, day), land.contracted(parcel, day)), parcel.boundary)
        for parcel in parcels
    ]
    with atomic_write(Path(path)) as file:
        file.write(write_features(features).encode())
    record_export(book, "地块边界", {"file": Path(path).name, "parcels": len(parcels), "day": day.isoformat()})
    return sum(bool(parcel.boundary) for parcel in parcels)


def _properties(parcel: Parcel, area_x100: int, contracted_x100: int) -> dict[str, Any]:
    return {
        "code": parcel.code,
        "name": parcel.name,
        "class": parcel.land_class,
        "area_mu_x100": area_x100,
        "contracted_x100": contracted_x100,
        "management": parcel.management,
        "holder": parcel.holder,
        "location": parcel.location,
    }
