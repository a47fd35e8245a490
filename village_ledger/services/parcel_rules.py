"""The rules for parcels from resources/parcels.toml: area tolerance, and the names townships use in their sheets."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from ..domain.errors import BadInput
from ..domain.land_register import AreaRules
from ..domain.parcels import LAND_CLASSES, MANAGEMENTS
from .catalog import read_resource

_SOURCE = "parcels.toml"


class ParcelRules(NamedTuple):
    """What the file says: names found in sheets, each with ours."""

    area: AreaRules
    classes: Mapping[str, str]
    managements: Mapping[str, str]


@cache
def parcel_rules() -> ParcelRules:
    """The rules. Refuses a damaged file with the place that is wrong."""
    data = read_resource(_SOURCE)
    area = data.get("area", {})
    numbers = [area.get(name) for name in AreaRules._fields]
    if not all(isinstance(number, int) and number >= 0 for number in numbers) or not numbers[0]:
        raise BadInput(f"程序文件 resources/{_SOURCE} 有误：area 不完整")
    return ParcelRules(
        AreaRules._make(numbers),
        _names(data.get("class_names", {}), LAND_CLASSES),
        _names(data.get("management_names", {}), MANAGEMENTS),
    )


def _names(data: dict[str, Any], ours: tuple[str, ...]) -> dict[str, str]:
    found = {name: name for name in ours}
    for name, others in data.items():
        for other in others:
            if name not in ours or found.get(other, name) != name:
                raise BadInput(f"程序文件 resources/{_SOURCE} 有误：“{name}”或“{other}”不对")
            found[other] = name
    return found
