"""Works of OpenAlex in its two schemas, of invented content, and the files that hold them."""

import json
from pathlib import Path
from typing import Any

from services.bibliometrics.importing import openalex
from services.bibliometrics.importing.reading import Reading, Severity

BEFORE: dict[str, Any] = {  # the schema of 2024
    "id": "https://openalex.org/W900001",
    "doi": "https://doi.org/10.5555/DUNE.1",
    "title": "Dunes &amp; <i>tides</i>",
    "display_name": "Dunes",
    "publication_year": 2024,
    "publication_date": "2024-03-05",
    "ids": {"openalex": "https://openalex.org/W900001", "pmid": "https://pubmed.ncbi.nlm.nih.gov/31415926"},
    "language": "en",
    "type": "article",
    "type_crossref": "journal-article",
    "primary_location": {"source": {"display_name": "Sand", "issn_l": "1234-567X", "issn": ["1234-567X", "7654-3210"]}},
    "open_access": {"is_oa": True, "oa_status": "gold"},
    "authorships": [
        {
            "author": {"display_name": "Anne Brizard", "orcid": "https://orcid.org/0000-0002-1825-0097"},
            "raw_author_name": "Brizard, A.",
            "institutions": [{"display_name": "École des dunes", "ror": "https://ror.org/02JX3X895"}],
            "raw_affiliation_string": "Labo; École des dunes",
            "raw_affiliation_strings": ["Labo, École des dunes", "Institut du vent"],
        },
        {
            "author": {"display_name": "Éloi Coudrier", "orcid": None},
            "institutions": [{"display_name": "Université du sable", "ror": None}],
            "raw_affiliation_strings": [],
        },
    ],
    "cited_by_count": 7,
    "cited_by_percentile_year": {"min": 89, "max": 90},
    "biblio": {"volume": "12", "issue": "3", "first_page": "1", "last_page": "9"},
    "is_retracted": False,
    "is_paratext": False,
    "sustainable_development_goals": [{"id": "https://metadata.un.org/sdg/13", "score": 0.6}],
    "grants": [],
}
AFTER: dict[str, Any] = {  # the schema of 2026
    "id": "https://openalex.org/W900002",
    "doi": None,
    "title": None,
    "display_name": "Barkhanes",
    "publication_year": 2025,
    "ids": {"openalex": "https://openalex.org/W900002", "pmid": "https://pubmed.ncbi.nlm.nih.gov/PMC314"},
    "type": "article",
    "primary_location": {"raw_type": "proceedings-article", "raw_source_name": "Proc. of Sand", "source": None},
    "authorships": [
        {
            "author": {"display_name": "Flore Évrard"},
            "affiliations": [{"raw_affiliation_string": "Institut du vent", "institution_ids": []}],
            "institutions": [],
        }
    ],
    "institutions": [{"display_name": "Institut du vent", "ror": "https://ror.org/05f0yaq80"}],
    "cited_by_count": 0,
    "fwci": 2.405,
    "citation_normalized_percentile": {"value": 0.97, "is_in_top_1_percent": False, "is_in_top_10_percent": True},
    "sustainable_development_goals": [],
    "awards": [],
    "funders": [],
    "is_xpac": True,
    "is_retracted": True,
}


def read(path: Path) -> Reading:
    return openalex.read(path, path.name, lambda _: None)


def read_text(folder: Path, text: str, name: str = "works.json") -> Reading:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read(path)


def read_json(folder: Path, value: Any) -> Reading:
    return read_text(folder, json.dumps(value, ensure_ascii=False))


def answer(*works: Any, count: int | None = None) -> dict[str, Any]:
    return {"meta": {"count": len(works) if count is None else count, "page": 1}, "results": list(works)}


def errors(reading: Reading) -> list[str]:
    return [each.message for each in reading.findings if each.severity is Severity.ERROR]


def codes(reading: Reading) -> list[str]:
    return [each.code for each in reading.findings]
