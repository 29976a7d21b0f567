"""What a page of bibliometrics may show: its year, its extraction and its perimeter, each chosen without the others."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from services.gateway.schemas.bibliometrics import BibliometricsView, OfferedView
from shared.events.bibliometrics import CURRENT

from . import french
from .addresses import Addresses
from .way import Way

_PERIMETERS = {None: "Celui du contrat", "permanent": "Personnels permanents", "whole": "Établissement entier"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was asked for; what was not is left to the view."""

    year: int | None = None
    perimeter: str | None = None
    extraction: str | None = None

    def fields(self) -> dict[str, str]:
        """As an address asks for them."""
        return {name: str(value) for name, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Choice:
    place: str
    title: str
    ways: Sequence[Way]


def choices(view: BibliometricsView, chosen: Chosen, address: Addresses) -> list[Choice]:
    return [
        Choice("annee", "Année", _years(view, chosen, address)),
        Choice("extraction", "Extraction", _extractions(view, chosen, address)),
        Choice("perimetre", "Périmètre", _perimeters(chosen, address)),
    ]


def _years(view: BibliometricsView, chosen: Chosen, address: Addresses) -> list[Way]:
    """Those of every extraction, or of the one that was asked for; and the one that is shown."""
    offered = [view.extraction] if chosen.extraction else [view.extraction, *view.extractions]
    years = sorted({view.year, *(year for each in offered for year in each.years)})
    return [
        Way(str(each), address.bibliometrics(replace(chosen, year=each).fields()), each == view.year) for each in years
    ]


def _extractions(view: BibliometricsView, chosen: Chosen, address: Addresses) -> list[Way]:
    """Each of them, and where one was asked for the one that would be shown otherwise."""
    ways = [_extraction(each, view, chosen, address) for each in view.extractions]
    if chosen.extraction is None:
        return ways
    return [Way("Celle qui fait foi", address.bibliometrics(replace(chosen, extraction=None).fields())), *ways]


def _extraction(each: OfferedView, view: BibliometricsView, chosen: Chosen, address: Addresses) -> Way:
    """In the year that is shown, or in its own last one where it does not cover that year."""
    covers = each.code == CURRENT or view.year in each.years
    there = replace(chosen, extraction=each.code, year=view.year if covers else None)
    aside = f"{french.day(each.extracted_on)}, {french.STANDINGS[each.status]}" if each.extracted_on else None
    return Way(each.label, address.bibliometrics(there.fields()), each.code == view.extraction.code, aside)


def _perimeters(chosen: Chosen, address: Addresses) -> list[Way]:
    return [
        Way(label, address.bibliometrics(replace(chosen, perimeter=code).fields()), code == chosen.perimeter)
        for code, label in _PERIMETERS.items()
    ]
