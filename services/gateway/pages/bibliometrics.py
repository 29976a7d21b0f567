"""The page of a contract's bibliometrics in a year: one view, shown, with the choices of what it shows."""

from fastapi import Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.api.answering import Time
from services.gateway.api.bibliometrics import Extracted
from services.gateway.bibliometric_facts import bibliometric_facts, counts
from services.gateway.facts import ContractFacts
from services.gateway.schemas.bibliometrics import BibliometricsView
from services.gateway.views.bibliometrics import Asked, Corpus, bibliometrics_view, extraction_of
from shared.events.bibliometrics import CURRENT

from . import showing, ways
from .addresses import Addresses
from .choices import Chosen, choices
from .counted import Section, contents, section
from .showing import Around, Values
from .visiting import Visited


async def answer(visit: Visited, contract: str, chosen: Chosen) -> Response:
    """The view's own year, extraction and perimeters where none is chosen. Raises NotFound."""

    async def build(session: AsyncSession, mark: str) -> Values:
        known = await facts.contract_facts(session, contract, visit.time.as_of)
        corpus = await _corpus(session, known, chosen, visit.time)
        view = bibliometrics_view(corpus, Asked(chosen.year, chosen.perimeter, visit.time.on, visit.time.as_of), mark)
        around = await showing.around(session, known, visit.time)
        return _values(view, chosen, around, _sections(view, corpus, around)) | {"is_empty": _is_empty(corpus)}

    place = Extracted(contract, extraction=chosen.extraction)
    return await showing.answer(visit, place, "bibliometrics.html", build)


async def _corpus(session: AsyncSession, known: ContractFacts, chosen: Chosen, time: Time) -> Corpus:
    contract = known.definition.header.code
    stated = await bibliometric_facts(session, contract, time.as_of)
    found = extraction_of(stated, chosen.extraction, chosen.year)
    told = await counts(session, contract, [found.id if found else CURRENT], time.as_of)
    return Corpus(known.definition, stated, found, told)


def _is_empty(corpus: Corpus) -> bool:
    """Nothing was ever counted: a corpus without publications is counted too, and frozen."""
    return not corpus.told and not corpus.known.extractions


def _sections(view: BibliometricsView, corpus: Corpus, around: Around) -> list[Section]:
    """Where nothing was ever counted, those of which something was declared."""
    found = [section(each, view, around) for each in view.indicators]
    return [each for each in found if each.declared] if _is_empty(corpus) else found


def _values(view: BibliometricsView, chosen: Chosen, around: Around, sections: list[Section]) -> Values:
    address = Addresses(view.contract, around.contract.entity, view.as_of)
    return {
        "view": view,
        "sections": sections,
        "places": contents(sections),
        "choices": choices(view, chosen, address),
        "around": around,
        "ways": ways.of_bibliometrics(around, address, chosen, view.year),
        "covers": view.year in view.extraction.years,
    }
