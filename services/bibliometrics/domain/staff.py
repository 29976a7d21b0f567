"""Which staff is permanent and does research, for what share of its time, and how much of it there is on a day."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .normalising import folded
from .periods import Period
from .registry import Employment

RESEARCH_SHARES: Mapping[str, Decimal] = {
    "teacher-researcher": Decimal("0.5"),
    "researcher": Decimal(1),
    "doctoral-student": Decimal(0),
    "postdoc": Decimal(0),
    "engineer": Decimal(0),
    "technician": Decimal(0),
    "administrative": Decimal(0),
    "teacher": Decimal(0),
    "emeritus": Decimal(0),
    "visitor": Decimal(0),
    "intern": Decimal(0),
}
"""The share of its time that each category gives to research; nothing where it is not permanent, or does none."""

_ALIASES: Mapping[str, str] = {
    "teacher-researcher": """
        enseignant-chercheur, enseignante-chercheuse, enseignante-chercheure, enseignant(e)-chercheur(e), EC, PR, MCF,
        professeur, professeure, maître de conférences, maîtresse de conférences, maître assistant, maître-assistante,
        directeur d'études, directrice d'études, professor, associate professor, assistant professor, lecturer, faculty
    """,
    "researcher": """
        chercheur, chercheuse, chercheure, directeur de recherche, directrice de recherche, chargé de recherche,
        chargée de recherche, research director, research scientist
    """,
    "doctoral-student": "doctorant, doctorante, doctorant contractuel, doctorante contractuelle, PhD student, PhD",
    "postdoc": """
        post-doc, post-doctorant, post-doctorante, postdoctorant, postdoctorante, chercheur postdoctoral,
        chercheuse postdoctorale, postdoctoral researcher, post-doctoral researcher, postdoctoral fellow
    """,
    "engineer": """
        ingénieur, ingénieure, ingénieur de recherche, ingénieure de recherche, ingénieur d'études, ingénieure d'études,
        research engineer
    """,
    "technician": "technicien, technicienne",
    "administrative": "administratif, administrative staff, personnel administratif, support",
    "teacher": "enseignant, enseignante, vacataire, ATER",
    "emeritus": "émérite, professeur émérite, professeure émérite, professor emeritus",
    "visitor": "invité, invitée, visiting researcher, visiting professor",
    "intern": "stagiaire, trainee",
}
_CODES: Mapping[str, str] = {folded(code): code for code in RESEARCH_SHARES} | {
    folded(alias): code for code, aliases in _ALIASES.items() for alias in aliases.split(",")
}


@lru_cache(maxsize=1024)
def category_of(written: str) -> str | None:
    """The category that a cell names, in French or English, whatever its case, accents and hyphens; none if unknown."""
    return _CODES.get(folded(written))


def research_share(category: str) -> Decimal:
    """The share of research of a category as written; nothing of an unknown one."""
    code = category_of(category)
    return RESEARCH_SHARES[code] if code else Decimal(0)


def is_permanent(category: str) -> bool:
    """Whether staff of the category signs for the permanent perimeter: whether it has a share of research."""
    return research_share(category) > 0


def reference_day(year: int) -> date:
    """The day on which a year's staff is counted: those present on 31 December."""
    return date(year, 12, 31)


def research_fte(staff: Sequence[Employment], entity: str | None, on: date) -> Decimal | None:
    """Full-time equivalents of research: the sum of fte × share of those employed on that day, by `entity` or by any.

    A year is counted on its 31 December (see `reference_day`). None when the list has nobody of the entity, at any
    time: its staff is not known, which is not the same as nobody on that day, 0.
    """
    rows = [row for row in staff if entity is None or row.entity == entity]
    if not rows:
        return None
    present = (row for row in rows if Period.of(row.start, row.end).covers(on))
    return sum((row.fte * research_share(row.category) for row in present), Decimal(0))
