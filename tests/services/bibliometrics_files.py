"""Small files of each source, of invented content, and a small contract of three entities that sign some of them."""

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from tests.importing import openalex_files, scival_files, scopus_files

CODE = "boreal"
CONTRACT = f"/bibliometrics/v1/contracts/{CODE}"
Row = dict[str, Any]
Package = dict[str, list[Row]]
ALPHA, BETA, GAMMA = "Labo Un, École Alpha, Brest, France", "École Bêta, Lille, France", "École Gamma, Nice, France"
GROUP, FORMER = "Groupe Boréal, Paris, France", "Institut Ancien, Brest, France"
ELSEWHERE = "University of Nowhere, Oslo, Norway"
PERRIN, MOREL, NOEL, DOCTOR = 57001, 57002, 57003, 57004
_NAMES = {PERRIN: "Perrin, Anne", MOREL: "Morel, Basile", NOEL: "Noël, Claire", DOCTOR: "Ortiz, Diego"}
_TITLES = """
    Tidal kelp routing in sheltered bays|Bread ovens seen through radio telescopes|Grammar of whistled mountain tongues
    |Concrete that heals beneath frozen harbours|Parliament seating as a knapsack problem|Moss growth on bicycle saddles
    |Acoustic portraits of abandoned mines|Pricing umbrellas under uncertain weather|Ceramic lungs for deep divers
    |Origami shelters after volcanic ash|Lottery design for rural ferries|Chess endings played by octopuses
    |Lighthouse networks and medieval credit|Silk threads carrying quantum keys|Fog harvesting with opera curtains
    |Snowflake catalogues of polar stations|Vineyards mapped from passing trains|Clockwork gardens in flooded cities
"""
TITLES = [" ".join(each.split()) for each in _TITLES.split("|")]
"""No two of them are alike."""


def eid(number: int) -> str:
    return f"2-s2.0-{85000000000 + number}"


def ref(number: int) -> str:
    """The Scopus record of this number."""
    return f"scopus:{85000000000 + number}"


def paper(number: int, *signed: tuple[int, str], year: int | str = 2023, **others: str) -> Row:
    """A row of Scopus: `signed` are its authors, by number, each with an address; `others` are its other cells."""
    names = {author: _NAMES.get(author, f"Tiers, Xavier{author}") for author, _ in signed}
    short = {author: f"{name.split(',')[0]} {name.split(' ')[1][0]}." for author, name in names.items()}
    return {
        "Authors": "; ".join(short.values()),
        "Author full names": "; ".join(f"{name} ({author})" for author, name in names.items()),
        "Author(s) ID": "; ".join(map(str, names)),
        "Title": TITLES[number - 1],
        "Year": str(year),
        "Source title": "Journal of Invented Tides",
        "Cited by": "3",
        "DOI": f"10.9999/inv.{number}",
        "Link": f"https://www.scopus.com/inward/record.uri?eid={eid(number)}",
        "Affiliations": "; ".join(dict.fromkeys(address for _, address in signed)),
        "Authors with affiliations": "; ".join(f"{short[author]}, {address}" for author, address in signed),
        "Document Type": "Article",
        "Publication Stage": "Final",
        "Source": "Scopus",
        "EID": eid(number),
    } | others


def scopus(*rows: Row, without: Sequence[str] = ()) -> bytes:
    """An export of Scopus; `without` are the columns that were not ticked."""
    header = scopus_files.without(scopus_files.LATER, *without)
    return scopus_files.export(header, *rows, quoting=csv.QUOTE_ALL).encode()


def scival(*rows: Row, exported: str = "3 March 2026", dataset: str = "Publications at nobody") -> bytes:
    """An export of SciVal, of rows that have the same columns."""
    blocks: list[list[list[Any]]] = [
        scival_files.preamble(f"{len(rows)} publications", set=dataset, exported=exported),
        scival_files.table(*rows),
        [[], [scival_files.COPYRIGHT]],
    ]
    return scival_files.text(*blocks).encode()


def measured(number: int, **others: str) -> Row:
    """A row of SciVal, of the Scopus record of this number."""
    said = {"Title": TITLES[number - 1], "Year": "2023", "DOI": f"10.9999/inv.{number}", "EID": eid(number)}
    return {**scival_files.ROW, "Authors": "Tiers, X.", "Scopus Author Ids": "59000", **said, **others}


def hal(*docs: Row) -> bytes:
    return json.dumps({"response": {"numFound": len(docs), "start": 0, "docs": docs}}).encode()


def deposit(number: int, kind: str, **others: Any) -> Row:
    """A document of HAL."""
    said = {"halId_s": f"hal-0999{number:04}", "title_s": [TITLES[number - 1]], "docType_s": kind}
    return said | {"producedDateY_i": 2023, "authFullName_s": ["Xavier Tiers"]} | others


def openalex(*works: Row) -> bytes:
    return json.dumps(openalex_files.answer(*works)).encode()


def work(number: int, address: str, **others: Any) -> Row:
    """A work of OpenAlex, of one author."""
    author = {"author": {"display_name": "Xavier Tiers"}, "raw_affiliation_strings": [address], "institutions": []}
    said = {"id": f"https://openalex.org/W99{number:04}", "doi": f"https://doi.org/10.9999/inv.{number}"}
    title = {"title": TITLES[number - 1], "display_name": TITLES[number - 1], "publication_year": 2023}
    return openalex_files.BEFORE | said | title | {"ids": {}, "authorships": [author]} | others


def header(**others: Any) -> Row:
    said = {"code": CODE, "label": "Contrat boréal", "start_year": 2023, "end_year": 2027, "reference_year": 2022}
    return said | {"source": "Page 1"} | others


def signing(entity: str, kind: str, value: str, **others: str) -> Row:
    return {"entity": entity, "kind": kind, "value": value, **others}


def employed(person: str, entity: str, category: str, fte: str, author: int, **others: str) -> Row:
    return {"person": person, "entity": entity, "category": category, "fte": fte, "scopus_author_id": str(author)} | (
        {"start": "2020"} | others
    )


def package() -> Package:
    """The whole package, new at each call: a test changes the one that it holds."""
    return {
        "contract": [header()],
        "entities": [
            {"code": "groupe", "label": "Groupe Boréal", "kind": "group"},
            {"code": "alpha", "label": "École Alpha", "kind": "school"},
            {"code": "beta", "label": "École Bêta", "kind": "school"},
            {"code": "gamma", "label": "École Gamma", "kind": "subsidiary"},
            {"code": "ami", "label": "Un partenaire", "kind": "other"},
        ],
        "affiliations": [
            signing("groupe", "name_pattern", "Groupe Boréal"),
            signing("alpha", "name_pattern", "École Alpha"),
            signing("alpha", "name_pattern", "Institut Ancien", valid_to="2022"),
            signing("beta", "name_pattern", "École Bêta"),
            signing("beta", "hal_structure", "500002"),
            signing("gamma", "name_pattern", "École Gamma"),
            signing("ami", "name_pattern", "University of Nowhere"),
        ],
        "staff": [
            employed("p1", "alpha", "enseignant-chercheur", "1", PERRIN),
            employed("p2", "alpha", "researcher", "0.8", MOREL),
            employed("p3", "beta", "teacher-researcher", "1", NOEL, end="2022-12-31"),
            employed("p4", "alpha", "doctorant", "1", DOCTOR),
        ],
    }


def table(text: str) -> list[Row]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))
