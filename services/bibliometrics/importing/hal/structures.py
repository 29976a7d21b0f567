"""The structures and the collections that a deposit of HAL belongs to."""

from services.bibliometrics.importing.json_fields import Object, distinct, texts

from .people import links_of

_LEVELS = ("struct", "labStruct", "rteamStruct", "instStruct", "deptStruct", "rgrpLabStruct", "rgrpInstStruct")


def names(doc: Object) -> tuple[str, ...]:
    listed = [name for level in _LEVELS for name in texts(doc.get(f"{level}Name_s"))]
    return distinct([*listed, *(each.structure for each in links_of(doc) if each.structure)])


def identifiers(doc: Object) -> tuple[str, ...]:
    """`hal_structure:1043224`, then `hal_collection:IMT`: a school is found by either."""
    listed = [each for level in _LEVELS for each in texts(doc.get(f"{level}Id_i")) if each.isascii() and each.isdigit()]
    structures = [*listed, *(each.structure_id for each in links_of(doc))]
    collections = [each.upper() for each in texts(doc.get("collCode_s"))]
    return distinct(
        [*(f"hal_structure:{each}" for each in structures), *(f"hal_collection:{each}" for each in collections)]
    )
