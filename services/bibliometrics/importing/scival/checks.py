"""What is to be said of a SciVal export as a whole: is it complete, and what can't be counted from it."""

from collections import Counter
from collections.abc import Iterator

from services.bibliometrics.importing.reading import Finding, Reading, Severity

from .columns import Column, Columns
from .preamble import Preamble

_WANTED = {
    Column.YEAR: "l’année (« Year »)",
    Column.TYPE: "le type (« Publication type »)",
    Column.AUTHOR_IDS: "les identifiants d’auteurs (« Scopus Author Ids »)",
    Column.AFFILIATION_IDS: "les identifiants d’affiliations (« Scopus Affiliation IDs »)",
}
_NO_COUNT = (
    "le top 10 % ne peut pas être compté : la colonne "
    "« Field-Weighted Outputs in Top Citation Percentiles, per percentile » est absente"
)
_NO_EID = "colonne « EID » absente : seuls le DOI et le titre font reconnaître une publication ; cochez « EID »"


def of_preamble(preamble: Preamble) -> Iterator[Finding]:
    """What it doesn't say, and what it restricts."""
    missing = [
        name
        for name, value in (
            ("le jour de l’export (« Date exported »)", preamble.exported_on),
            ("le jour des citations (« Date last updated »)", preamble.updated_on),
            ("le nombre de publications", preamble.announced),
        )
        if value is None
    ]
    if missing:
        yield _warning("preamble", f"le préambule du fichier ne dit pas {_listed(missing)} : gardez-le dans l’export")
    for text in preamble.unread:
        yield _warning("preamble_date", f"« {text} » n’est pas une date lisible")
    if preamble.filters:
        message = f"l’export ne contient pas tout, ses filtres sont : {' ; '.join(preamble.filters)}"
        yield Finding(code="filters", severity=Severity.NOTICE, message=message)


def of_columns(columns: Columns) -> Iterator[Finding]:
    """What can't be known for lack of a column."""
    if Column.EID not in columns.places:
        yield _warning("no_eid", _NO_EID)
    if Column.FIELD_WEIGHTED not in columns.places:
        yield _warning("no_field_weighted", _NO_COUNT + _plain_too(columns) + " ; cochez-la")
    missing = [name for column, name in _WANTED.items() if column not in columns.places]
    if missing:
        yield _warning("columns", f"le fichier ne donne pas {_listed(missing)} : cochez ces colonnes à l’export")


def of_count(reading: Reading) -> Iterator[Finding]:
    """A file with fewer rows than it announces was truncated."""
    announced, received = reading.announced, reading.received
    if announced is None or announced == received:
        return
    if received < announced:
        message = (
            f"le fichier annonce {_publications(announced)} et n’en contient que {received} : il est tronqué ; "
            "exportez-le à nouveau"
        )
        yield Finding(code="truncated", severity=Severity.ERROR, message=message)
        return
    message = (
        f"le fichier annonce {_publications(announced)} et en contient {received} : a-t-il été complété à la main ?"
    )
    yield _warning("more_than_announced", message)


def of_years(years: Counter[int], announced: tuple[int, int] | None) -> Iterator[Finding]:
    """SciVal exports a few publications out of the years that it announces."""
    if announced is None:
        return
    first, last = announced
    outside = {year: count for year, count in sorted(years.items()) if not first <= year <= last}
    if outside:
        counts = ", ".join(f"{year} ({count})" for year, count in outside.items())
        message = f"{_publications(sum(outside.values()))} hors de la période annoncée : {counts}"
        yield Finding(code="years", severity=Severity.NOTICE, message=message)


def _publications(count: int) -> str:
    return f"{count} publication" if count <= 1 else f"{count} publications"


def _plain_too(columns: Columns) -> str:
    if Column.PLAIN not in columns.places:
        return ""
    return f" ; « {columns.heading(Column.PLAIN)} » n’est pas normalisée par discipline et ne la remplace pas"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} ni {names[-1]}"


def _warning(code: str, message: str) -> Finding:
    return Finding(code=code, severity=Severity.WARNING, message=message)
