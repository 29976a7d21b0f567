"""What is wrong with the list of staff: rows that cannot be, and persons who cannot be in two rows."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal

from services.bibliometrics.domain.attribution.identifiers import bare, is_number, is_orcid
from services.bibliometrics.domain.periods import Period
from services.bibliometrics.domain.registry import Employment
from services.bibliometrics.domain.staff import RESEARCH_SHARES, category_of
from shared.intake.mistakes import Mistake

from .places import Wrong, blank, period_mistakes, period_of, placed, repeats, unknown_entity

TABLE = "staff"
_IDENTIFIERS = {
    "scopus_author_id": "cet identifiant Scopus",
    "orcid": "cet ORCID",
    "idhal": "cet IdHAL",
}
_Post = tuple[int, Decimal, Period]
"""A row's place, its full-time equivalents and when."""


def staff_mistakes(rows: Sequence[Employment], entities: Collection[str]) -> Iterator[Mistake]:
    for place, row in enumerate(rows):
        yield from placed(TABLE, place, blank("person", row.person))
        yield from placed(TABLE, place, unknown_entity(row.entity, entities))
        yield from placed(TABLE, place, period_mistakes(("start", "end"), row.start, row.end))
        yield from placed(TABLE, place, _cell_mistakes(row))
    yield from repeats(TABLE, "person", map(_key, rows), "cet emploi est déjà donné")
    for column in _IDENTIFIERS:
        yield from _shared(column, rows)
    yield from _overloads(rows)


def _cell_mistakes(row: Employment) -> Iterator[Wrong]:
    if category_of(row.category) is None:
        known = ", ".join(RESEARCH_SHARES)
        yield "category", "unknown", f"« {row.category} » n’est pas une catégorie connue : écrivez l’une de {known}"
    if not _is_share(row.fte):
        yield "fte", "range", f"« {row.fte} » n’est pas une quotité : écrivez plus de 0 et au plus 1 (0,8 pour 80 %)"
    if row.scopus_author_id and not is_number(row.scopus_author_id):
        message = f"« {row.scopus_author_id} » n’est pas un identifiant d’auteur Scopus : des chiffres seuls"
        yield "scopus_author_id", "form", message
    if row.orcid and not is_orcid(row.orcid):
        message = f"« {row.orcid} » n’est pas un ORCID (0000-0000-0000-000X, dernier caractère de contrôle) : corrigez"
        yield "orcid", "form", message


def _is_share(fte: Decimal) -> bool:
    return fte.is_finite() and 0 < fte <= 1


def _key(row: Employment) -> tuple[str, str, str | None, Period] | None:
    """What two rows may not share: person, entity, category and period; none where these cannot be read."""
    period = period_of(row.start, row.end)
    if period is None or not row.person.strip():
        return None
    return row.person.strip(), row.entity, category_of(row.category), period


def _shared(column: str, rows: Sequence[Employment]) -> Iterator[Mistake]:
    """The rows whose identifier an earlier row gives to another person."""
    owners: dict[str, tuple[int, str]] = {}
    for place, row in enumerate(rows):
        written, person = bare(getattr(row, column) or ""), row.person.strip()
        if not written or not person:
            continue
        first, owner = owners.setdefault(written, (place, person))
        if owner != person:
            message = f"{_IDENTIFIERS[column]} est déjà celui de « {owner} » (rangée {first + 1}) : gardez-le à un seul"
            yield from placed(TABLE, place, [(column, "shared", message)])


def _overloads(rows: Sequence[Employment]) -> Iterator[Mistake]:
    """The persons employed for more than a full time on some day, each once, where they become so."""
    posts: dict[str, list[_Post]] = {}
    for place, row in enumerate(rows):
        period = period_of(row.start, row.end)
        if period and row.person.strip() and _is_share(row.fte):
            posts.setdefault(row.person.strip(), []).append((place, row.fte, period))
    for person, held in posts.items():
        yield from _overload(person, held)


def _overload(person: str, held: Sequence[_Post]) -> Iterator[Mistake]:
    """A sum is the highest on a day on which one of its rows begins."""
    for day in sorted({period.first or date.min for _, _, period in held}):
        present = [(place, fte) for place, fte, period in held if period.covers(day)]
        total = sum((fte for _, fte in present), Decimal(0))
        if total > 1:
            yield from placed(
                TABLE, max(place for place, _ in present), [("fte", "overload", _overloaded(person, day, total))]
            )
            return


def _overloaded(person: str, day: date, total: Decimal) -> str:
    when = "sur des périodes sans début" if day == date.min else f"le {day:%d/%m/%Y}"
    shown = f"{total.normalize():f}".replace(".", ",")
    return f"« {person} » serait à {shown} temps plein {when} : corrigez les quotités ou les périodes"
