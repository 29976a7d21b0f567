"""The authors of a work of OpenAlex, with their own affiliations."""

import re
from typing import Any

from services.bibliometrics.domain.publication import Author
from services.bibliometrics.importing.json_fields import Object, distinct, object_in, objects, orcid, text, texts

_ROR = re.compile(r"(?:^|ror\.org/)(0[a-z0-9]{6}\d\d)/?$")


def author_of(authorship: Object) -> Author:
    person = object_in(authorship.get("author"))
    full_name = text(person.get("display_name"))
    written = text(authorship.get("raw_author_name"))
    places = objects(authorship.get("institutions"))
    return Author(
        name=written or full_name,
        full_name=full_name or written,
        orcid=orcid(person.get("orcid")),
        affiliations=_addresses(authorship) or names(places),
        affiliation_ids=rors(places),
    )


def rors(institutions: list[Object]) -> tuple[str, ...]:
    """`ror:02jx3x895` for each institution that has one."""
    found = (_ROR.search(text(each.get("ror")).lower()) for each in institutions)
    return distinct(f"ror:{each[1]}" for each in found if each)


def names(institutions: list[Object]) -> tuple[str, ...]:
    return distinct(each for place in institutions for each in texts(place.get("display_name")))


def _addresses(authorship: Object) -> tuple[str, ...]:
    """As the document prints them; the place of these texts differs by schema."""
    parts: list[Any] = [each.get("raw_affiliation_string") for each in objects(authorship.get("affiliations"))]
    found = texts(authorship.get("raw_affiliation_strings")) or texts(parts)
    return distinct(found or texts(authorship.get("raw_affiliation_string")))
