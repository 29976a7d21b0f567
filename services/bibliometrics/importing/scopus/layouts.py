"""Which generation of exports a file belongs to, where its columns stand, and what it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.reading import Finding, Severity

from . import cells, content, origin
from .columns import Column, Places, is_foreign, loose, named
from .refusals import HEADERLESS, UNPROVEN

_IDENTIFIERS = (Column.EID, Column.LINK, Column.DOI)
_ADDRESSES = frozenset({Column.AFFILIATIONS, Column.BLOCKS, Column.AFFILIATION_NAMES, Column.AFFILIATION_IDS})
_WITHOUT_TYPES = (
    "les documents seront comptés sans que leur type soit connu, "
    "sauf ceux dont le titre dit un erratum ou une rétractation"
)
_PEOPLE = frozenset({Column.AUTHORS, Column.FULL_NAMES, Column.AUTHOR_IDS, Column.CREATOR})

_FLATTENED = frozenset({"coverdate", "citedby count", "author afids", "publicationname"})


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised file: `guessed` are the columns found by their content."""

    name: str
    places: Places
    width: int
    guessed: tuple[Column, ...] = ()

    @property
    def has_identifier(self) -> bool:
        return any(each in self.places for each in _IDENTIFIERS)


def layout_of(header: Sequence[str], sample: content.Sample, first_line: str) -> Layout:
    """The layout of a file by its headings, or by its first rows. Raises UnreadableError where it can't be imported."""
    if any(cells.is_eid(cell.strip()) or cell.startswith("10.") for cell in header):
        raise UnreadableError("headerless", HEADERLESS, 1)
    by_name = named(header)
    whole = [row for row in sample if len(row) == len(header)]
    is_unknown = Column.TITLE not in by_name or is_foreign(header)
    places = content.completed(by_name, whole, len(header)) if is_unknown else by_name
    origin.refuse_foreign(header, places, sample)
    is_proven = origin.is_proven(header, places, sample)
    _refuse_what_is_missing(places, proven=is_proven)
    if not is_proven:
        raise UnreadableError("not_scopus", UNPROVEN, 1)
    guessed = tuple(column for column in places if column not in by_name)
    is_translated = any(is_foreign([header[place]]) for place in by_name.values())
    name = "scopus-localised" if guessed or is_translated else _generation(header, by_name, first_line)
    return Layout(name, places, len(header), guessed)


def _refuse_what_is_missing(places: Places, *, proven: bool) -> None:
    missing = [] if Column.TITLE in places else ["« Title »"]
    is_dated = Column.YEAR in places or Column.COVER_DATE in places
    is_identified = any(each in places for each in _IDENTIFIERS)
    if not is_identified and not is_dated:
        missing.append("« Year »")
    if not is_identified and not (is_dated and proven):
        missing.append("« EID » (ou « Link », ou « DOI »)")
    if missing:
        message = (
            f"ce fichier n’est pas reconnu comme un export de Scopus : il manque {' et '.join(missing)} ; "
            "réexportez-le en CSV, en cochant ces colonnes"
        )
        raise UnreadableError("missing_columns", message, 1)


def _generation(header: Sequence[str], places: Places, first_line: str) -> str:
    """By the headings that came and went from one year to the next; all of them are quoted since 2023."""
    headings = {loose(each) for each in header}
    if headings & _FLATTENED:
        return "scopus-pybliometrics"
    if "access type" in headings:
        return "scopus-b-2019"
    is_later = Column.FULL_NAMES in places or "funding texts" in headings or first_line.startswith('"')
    if is_later and "funding text 1" not in headings:
        is_latest = Column.PAGE_END in places and "page count" not in headings
        return "scopus-e-2025" if is_latest else "scopus-d-2023"
    if headings & {"open access", "funding text 1"}:
        return "scopus-c-2020"
    return "scopus-b-2019" if headings & {"author s id", "publication stage"} else "scopus-a-2018"


def remarks(layout: Layout) -> list[Finding]:
    """What is to be known of the columns before anything is counted."""
    return [*_guesses(layout), *_absences(layout)]


def _guesses(layout: Layout) -> list[Finding]:
    if not layout.guessed:
        return []
    named_columns = ", ".join(f"« {each} »" for each in layout.guessed)
    message = (
        f"colonnes reconnues par leur contenu, et non par leur titre : {named_columns} ; "
        "vérifiez quelques publications, ou réexportez le fichier avec Scopus en anglais"
    )
    return [Finding(code="recognised_by_content", severity=Severity.WARNING, message=message, row=1)]


def _absences(layout: Layout) -> list[Finding]:
    present = layout.places.keys()
    told = []
    if not present & {Column.YEAR, Column.COVER_DATE}:
        told.append(("Year", "ces publications ne pourront pas être comptées, faute d’année"))
    if not layout.has_identifier:
        told.append(("EID", "les publications sont distinguées par leur titre, leur année et leur source"))
    elif not present & {Column.EID, Column.LINK}:
        told.append(("EID", "les publications sont distinguées par leur DOI et leur titre"))
    if not present & {Column.TYPE, Column.SUBTYPE}:
        told.append(("Document Type", _WITHOUT_TYPES))
    if not present & _ADDRESSES:
        told.append(("Affiliations", _without_addresses(layout)))
    if Column.AUTHOR_IDS not in present and Column.FULL_NAMES not in present:
        told.append(("Author(s) ID", "les auteurs ne sont reconnus que par leur nom"))
    if Column.CITED_BY not in present:
        told.append(("Cited by", "les citations ne sont pas connues"))
    return [_absence(column, consequence) for column, consequence in told]


def _without_addresses(layout: Layout) -> str:
    if layout.places.keys() & _PEOPLE:
        return "les publications ne sont attribuées aux écoles que par leurs auteurs"
    return "sans auteurs non plus, les publications ne peuvent pas être attribuées aux écoles"


def _absence(column: str, consequence: str) -> Finding:
    message = f"pas de colonne « {column} » : {consequence} ; cochez-la et réexportez si vous en avez besoin"
    severity = Severity.NOTICE if column == Column.CITED_BY else Severity.WARNING
    return Finding(code="missing_column", severity=severity, message=message, column=column)
