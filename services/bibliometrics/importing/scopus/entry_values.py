"""The values of an entry of the Scopus Search API: a text, an object around it, or a list of either."""

from collections.abc import Mapping
from typing import Any

from services.bibliometrics.importing import json_fields
from services.bibliometrics.importing.json_fields import Object


def scalars(value: Any) -> tuple[str, ...]:
    """The texts of `"a"`, `{"$": "a"}`, `["a", {"$": "b"}]`, without the empty ones."""
    found = (json_fields.text(each.get("$") if isinstance(each, Mapping) else each) for each in listed(value))
    return tuple(each for each in found if each)


def scalar(value: Any) -> str:
    """The first of these texts; empty without one."""
    return next(iter(scalars(value)), "")


def objects(value: Any) -> list[Object]:
    """The objects of a list, or the one that stands alone."""
    return [each for each in listed(value) if isinstance(each, Mapping)]


def listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
