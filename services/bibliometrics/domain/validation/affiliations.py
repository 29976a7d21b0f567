"""What is wrong with the identifiers and names under which entities are said to sign."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from services.bibliometrics.domain.attribution.identifiers import affiliation_key, is_affiliation
from services.bibliometrics.domain.names import Pattern
from services.bibliometrics.domain.registry import Affiliation, AffiliationKind
from shared.intake.mistakes import Mistake

from .places import Wrong, blank, period_mistakes, period_of, placed, repeats, unknown_entity

TABLE = "affiliations"
_SHORTEST = 4
_FORMS = {
    AffiliationKind.SCOPUS: "un identifiant d’affiliation Scopus (AF-ID) : des chiffres seuls, comme 60000000",
    AffiliationKind.ROR: "un identifiant ROR : neuf caractères, comme 02abcde34, ou son adresse https://ror.org/…",
    AffiliationKind.HAL_STRUCTURE: "un numéro de structure HAL : des chiffres seuls, comme 300000",
}
_Key = tuple[str, AffiliationKind, object, date | None]


def affiliation_mistakes(rows: Sequence[Affiliation], entities: Collection[str]) -> Iterator[Mistake]:
    """An identifier may be several entities': joint laboratories are."""
    for place, row in enumerate(rows):
        yield from placed(TABLE, place, unknown_entity(row.entity, entities))
        yield from placed(TABLE, place, period_mistakes(("valid_from", "valid_to"), row.valid_from, row.valid_to))
        yield from placed(TABLE, place, _value_mistakes(row))
    yield from repeats(TABLE, "value", map(_key, rows), "cette affiliation est déjà donnée à la même entité")


def _value_mistakes(row: Affiliation) -> Iterator[Wrong]:
    if not row.value.strip():
        yield from blank("value", row.value)
    elif row.kind is AffiliationKind.NAME:
        yield from _pattern_mistakes(row.value)
    elif not is_affiliation(row.kind, row.value):
        yield "value", "form", f"« {row.value} » n’est pas {_FORMS[row.kind]}"


def _pattern_mistakes(value: str) -> Iterator[Wrong]:
    pattern = Pattern.of(value)
    if not pattern.runs:
        yield "value", "general", f"« {value} » désignerait toute affiliation : écrivez les mots du nom de l’entité"
    elif pattern.length == 1 and pattern.letters < _SHORTEST:
        message = f"« {value} » se trouve partout : donnez un mot d’au moins quatre lettres, ou plusieurs mots"
        yield "value", "general", message


def _key(row: Affiliation) -> _Key | None:
    """What two rows may not share: entity, value as it is compared, and first day; none where that cannot be read."""
    period = period_of(row.valid_from, row.valid_to)
    if period is None or not row.value.strip():
        return None
    value = Pattern.of(row.value) if row.kind is AffiliationKind.NAME else affiliation_key(row.kind, row.value)
    return row.entity, row.kind, value, period.first
