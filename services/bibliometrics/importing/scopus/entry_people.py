"""The authors and the affiliations of an entry of the Scopus Search API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.bibliometrics.domain.publication import Author
from services.bibliometrics.importing import json_fields
from services.bibliometrics.importing.json_fields import Object

from . import cells
from .entry_values import objects, scalar, scalars
from .people import People, scopus_ids

_PLACE = ("affilname", "affiliation-city", "affiliation-country")


@dataclass(frozen=True, slots=True)
class Place:
    """An affiliation: `identifier` is empty where Scopus gives none; what is written is then all there is."""

    identifier: str
    written: str


def places_of(entry: Object) -> list[Place]:
    """The affiliations of the document: « name, city, country »."""
    return [_place(each) for each in objects(entry.get("affiliation"))]


def _place(affiliation: Object) -> Place:
    written = ", ".join(each for name in _PLACE if (each := cells.text(scalar(affiliation.get(name)))))
    return Place(next(iter(scopus_ids(scalars(affiliation.get("afid")))), ""), written)


def signing(entry: Object) -> People:
    """The authors, or the first one alone where the view gives no other; and how many Scopus says there are."""
    texts = {each.identifier: each.written for each in places_of(entry) if each.identifier and each.written}
    authors = tuple(_author(each, texts) for each in _in_order(objects(entry.get("author"))))
    announced = _announced(entry)
    if authors:
        return People(authors=authors, announced=max(announced or 0, len(authors)))
    creator = cells.text(scalar(entry.get("dc:creator")))
    return People(authors=(Author(name=creator),) if creator else (), announced=announced)


def _in_order(authors: Sequence[Object]) -> list[Object]:
    """By their rank where every one has one."""
    ranks = [cells.count(scalar(each.get("@seq"))) for each in authors]
    if None in ranks:
        return list(authors)
    return [author for _, author in sorted(zip(ranks, authors, strict=True), key=lambda pair: pair[0] or 0)]


def _author(author: Object, texts: Mapping[str, str]) -> Author:
    family, given = cells.text(scalar(author.get("surname"))), cells.text(scalar(author.get("given-name")))
    initials, name = cells.text(scalar(author.get("initials"))), cells.text(scalar(author.get("authname")))
    ids = scopus_ids(scalars(author.get("afid")))
    return Author(
        name=name or " ".join(filter(None, (family, initials))),
        full_name=f"{family}, {given}" if family and given else "",
        scopus_id=cells.digits(scalar(author.get("authid"))),
        orcid=json_fields.orcid(author.get("orcid")),
        affiliations=json_fields.distinct(texts[each] for each in ids if each in texts),
        affiliation_ids=json_fields.distinct(ids),
    )


def _announced(entry: Object) -> int | None:
    """The total of `{"@limit": "100", "@total": "143", "$": "143"}`, or the number alone."""
    told = entry.get("author-count")
    total = json_fields.object_in(told).get("@total")
    return cells.count(scalar(total)) if total is not None else cells.count(scalar(told))
