"""The authors of a deposit, with their structures, by the fields of HAL that are aligned with them.

`authORCIDIdExt_s` and `authIdHal_s` hold the values of those authors who have one, and can't be aligned: they are left.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import Author
from services.bibliometrics.importing.json_fields import Object, distinct, texts

folded = lru_cache(maxsize=65_536)(normalising.folded)  # the same people sign again and again
_FACET, _JOIN = "_FacetSep_", "_JoinSep_"
_NAMED = 2  # a person's identifier and name


@dataclass(frozen=True, slots=True)
class Signature:
    """An author as HAL's composite field writes one: `form` is `form-person`, the identifier within the deposit."""

    name: str
    form: str
    idhal: str


@dataclass(frozen=True, slots=True)
class Link:
    """That an author is of a structure."""

    form: str
    name: str
    structure_id: str
    structure: str


def authors_of(doc: Object) -> tuple[Author, ...]:
    signatures = list(_signatures(doc))
    names = texts(doc.get("authFullName_s")) or tuple(each.name for each in signatures) or _joined(doc)
    links = _by_author(links_of(doc))
    reversed_names = _reversed(doc, len(names))
    return tuple(
        _author(name, reversed_name, signature, links)
        for name, reversed_name, signature in zip(names, reversed_names, _aligned(names, signatures), strict=True)
    )


def _author(name: str, full_name: str, signature: Signature, links: dict[str, list[Link]]) -> Author:
    own = links.get(signature.form) or links.get(folded(name), [])
    return Author(
        name=name,
        full_name=full_name or name,
        idhal=signature.idhal,
        affiliations=distinct(each.structure for each in own if each.structure),
        affiliation_ids=distinct(f"hal_structure:{each.structure_id}" for each in own),
    )


def links_of(doc: Object) -> Iterator[Link]:
    """`form-person_FacetSep_Name_JoinSep_structId_FacetSep_Structure`; what is written otherwise is left."""
    for entry in texts(doc.get("authIdHasStructure_fs")):
        person, _, place = entry.partition(_JOIN)
        form, _, name = person.partition(_FACET)
        structure_id, _, structure = place.partition(_FACET)
        if structure_id.isascii() and structure_id.isdigit():
            yield Link(form, name, structure_id, structure)


def _by_author(links: Iterable[Link]) -> dict[str, list[Link]]:
    """The links of an author by the identifier, and by the name where one author alone bears it."""
    found: dict[str, list[Link]] = defaultdict(list)
    forms: dict[str, set[str]] = defaultdict(set)
    for link in links:
        found[link.form].append(link)
        found[folded(link.name)].append(link)
        forms[folded(link.name)].add(link.form)
    return {key: own for key, own in found.items() if len(forms.get(key, ())) <= 1}


def _signatures(doc: Object) -> Iterator[Signature]:
    for entry in texts(doc.get("authFullNameFormIDPersonIDIDHal_fs")):
        parts = entry.split(_FACET)
        if len(parts) >= _NAMED:
            yield Signature(parts[0].strip(), parts[1].strip(), _idhal(parts[2:]))


def _idhal(rest: Sequence[str]) -> str:
    """An idHAL is a word: where an author has none, HAL repeats the number of the person."""
    written = rest[0].strip() if rest else ""
    return "" if written.isdigit() else written


def _aligned(names: Sequence[str], signatures: list[Signature]) -> list[Signature]:
    """A signature for each name: by place where there are as many, else by a name that one alone bears."""
    nobody = Signature("", "", "")
    if len(names) == len(signatures):
        return signatures
    counted: dict[str, list[Signature]] = defaultdict(list)
    for each in signatures:
        counted[folded(each.name)].append(each)
    alone = {name: borne[0] for name, borne in counted.items() if len(borne) == 1}
    return [alone.get(folded(name), nobody) for name in names]


def _reversed(doc: Object, expected: int) -> list[str]:
    """« Abramian, Anaïs » for each, where family and first names are given for all."""
    last, first = texts(doc.get("authLastName_s")), texts(doc.get("authFirstName_s"))
    if not len(last) == len(first) == expected:
        return [""] * expected
    return [f"{family}, {given}" for family, given in zip(last, first, strict=True)]


def _joined(doc: Object) -> tuple[str, ...]:
    last, first = texts(doc.get("authLastName_s")), texts(doc.get("authFirstName_s"))
    return (
        tuple(f"{given} {family}" for family, given in zip(last, first, strict=True))
        if len(last) == len(first)
        else last
    )
