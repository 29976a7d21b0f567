"""An indicator that is counted, as its page shows it: what each entity counts, what they share, and from where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from services.gateway.domain.bibliometrics.window import CITED
from services.gateway.domain.bibliometrics.wording import NOT_COUNTED, within
from services.gateway.domain.typography import typeset
from services.gateway.schemas.bibliometrics import (
    BibliometricsView,
    CountedIndicatorView,
    DeclaredView,
    EntityCountView,
    PairView,
)

from . import french
from .showing import Around

_PER_FTE = "publications-per-fte"
_NO_COUNT = "Aucun compte n’a été reçu pour cet indicateur dans cette année et ce périmètre."
_FEW = 50
"""Under so many publications of a known percentile, a share is too unsure to be compared."""


@dataclass(frozen=True, slots=True)
class Row:
    """An entity's count; of the most cited, their `share`, which may rest on too `few` to be compared."""

    view: EntityCountView
    share: Decimal | None
    is_few: bool


@dataclass(frozen=True, slots=True)
class Matrix:
    """What each has in common with each other one, by name; none with itself."""

    labels: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int | None]]]


@dataclass(frozen=True, slots=True)
class Section:
    """`kind` is `plain`, `cited` or `quotient`; `origin` says where each figure comes from, and of which day it is.

    `nothing` says why there is no count at all, where one reason holds for all.
    """

    view: CountedIndicatorView
    kind: str
    rows: Sequence[Row]
    group: Row
    matrix: Matrix | None
    excluded: Sequence[tuple[str, int]]
    declared: Sequence[tuple[str, DeclaredView]]
    origin: str
    nothing: str | None


def section(own: CountedIndicatorView, view: BibliometricsView, around: Around) -> Section:
    labels = {each.entity: each.label for each in (*own.entities, own.group)}
    return Section(
        view=own,
        kind=_kind(own.measure),
        rows=[_row(each) for each in own.entities],
        group=_row(own.group),
        matrix=_matrix(own.matrix or [], labels),
        excluded=[(code, number) for code, number in (own.excluded or {}).items() if number],
        declared=[(labels.get(each.entity, each.entity), each) for each in own.declared],
        origin=_origin(own, view, around),
        nothing=_nothing([*own.entities, own.group]),
    )


def contents(sections: Sequence[Section]) -> list[tuple[str, str]]:
    """What is where in the page."""
    own = [(each.view.indicator, typeset(each.view.label)) for each in sections]
    return [*own, ("lecture", "Comment lire ces comptes"), ("entites", "Le groupe et ses entités")]


def _nothing(counts: Sequence[EntityCountView]) -> str | None:
    """Where nobody has a count, nor what one would be made of."""
    missing = {each.missing.code: each.missing.sentence for each in counts if each.missing and each.numerator is None}
    if len(missing) > 1 or any(each.missing is None or each.numerator is not None for each in counts):
        return None
    return _NO_COUNT if NOT_COUNTED in missing else next(iter(missing.values()), None)


def _kind(measure: str) -> str:
    return "quotient" if measure == _PER_FTE else "cited" if measure in CITED else "plain"


def _row(view: EntityCountView) -> Row:
    is_known = bool(view.known) and view.count is not None
    share = Decimal(str(view.count)) / Decimal(view.known or 1) if is_known else None
    return Row(view, share, is_few=view.known is not None and view.known < _FEW)


def _matrix(pairs: Sequence[PairView], labels: Mapping[str, str]) -> Matrix | None:
    """Of those that have anything in common, in the contract's order."""
    common = {frozenset((each.first, each.second)): each.count for each in pairs if each.count}
    if not common:
        return None
    codes = [each for each in labels if any(each in pair for pair in common)]
    rows = [(labels[each], [_shared(common, each, other) for other in codes]) for each in codes]
    return Matrix([labels[each] for each in codes], rows)


def _shared(common: Mapping[frozenset[str], int], one: str, other: str) -> int | None:
    return None if one == other else common.get(frozenset((one, other)), 0)


def _origin(own: CountedIndicatorView, view: BibliometricsView, around: Around) -> str:
    """« Extraction « mars 2025 » du 14 mars 2025, définitive, périmètre de l’établissement entier »."""
    extraction, perimeter = view.extraction, within(own.perimeter)
    if extraction.extracted_on is None:
        return f"État courant, non gelé, lu le {french.day(around.on)}, {perimeter}"
    status = french.STANDINGS.get(extraction.status, extraction.status)
    named = f"Extraction «\u00a0{extraction.label}\u00a0» du {french.day(extraction.extracted_on)}"
    return f"{named}, {status}, {perimeter}"
