"""One publication from the records that sources give of it: the best value of each field, and where they differ."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from .publication import DocumentType, Goals, Percentile, Record, Source

ORDER = (Source.SCOPUS, Source.SCIVAL, Source.HAL, Source.OPENALEX)
"""Which source is believed first."""
MANY, VERY_MANY = 100, 500
"""Numbers of authors from which lists are cut by sources, and a publication weighs on many institutions at once."""

_RANK = {source: place for place, source in enumerate(ORDER)}
_Value = TypeVar("_Value")


class Flag(StrEnum):
    """What a reader of counts is told of a publication."""

    MANY_AUTHORS = "authors_100"
    VERY_MANY_AUTHORS = "authors_500"
    AUTHORS_CUT = "authors_cut"
    TYPES_DIFFER = "types_differ"
    YEARS_DIFFER = "years_differ"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which sources say different things: what each says, in the order in which they are believed."""

    field: str
    values: tuple[tuple[Source, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is held of a publication. `refs` are its records (« source:key »), `id` is the preferred one unless given.

    `indexed_in` are the sources that describe it, `sources` those that know it, if only from references. `author_count`
    is the largest number announced or listed; authors are cut where no source lists them all. `citations` are those of
    `cited_in`. The percentiles are SciVal's alone; `goals` hold one entry a mapping, OpenAlex's apart from SciVal's.
    """

    id: str
    refs: tuple[str, ...]
    sources: tuple[Source, ...]
    indexed_in: tuple[Source, ...]
    title: str
    year: int | None
    type: DocumentType
    raw_type: str
    source_title: str
    doi: str
    eid: str
    hal_id: str
    openalex_id: str
    isbns: tuple[str, ...]
    issns: tuple[str, ...]
    published_on: date | None
    open_access: tuple[str, ...]
    author_count: int | None
    authors_cut: bool
    citations: int | None
    cited_in: Source | None
    field_weighted: Percentile | None
    plain: Percentile | None
    goals: tuple[Goals, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def flags(self) -> tuple[Flag, ...]:
        count, differing = self.author_count or 0, {conflict.field for conflict in self.conflicts}
        raised = {
            Flag.MANY_AUTHORS: count >= MANY,
            Flag.VERY_MANY_AUTHORS: count >= VERY_MANY,
            Flag.AUTHORS_CUT: self.authors_cut,
            Flag.TYPES_DIFFER: "type" in differing,
            Flag.YEARS_DIFFER: "year" in differing,
        }
        return tuple(flag for flag, is_raised in raised.items() if is_raised)


def consolidated(records: Sequence[Record], id: str | None = None) -> Publication:  # noqa: A002  (the field's own name)
    """The publication of its matched records, at least one, whatever their order."""
    best = _by_belief(records)
    typed, cited = _typed(best), next((record for record in best if record.citations is not None), None)
    refs = tuple(sorted({f"{record.source}:{record.key}" for record in best}))
    return Publication(
        id=id or _preferred(best),
        refs=refs,
        sources=_sources(best),
        indexed_in=_sources(record for record in best if not record.is_secondary),
        title=_first((record.title for record in best), ""),
        year=_first((record.year for record in best), None),
        type=DocumentType.RETRACTED if _is_retracted(typed) else typed.type,
        raw_type=typed.raw_type or _first((record.raw_type for record in best), ""),
        source_title=_first((record.source_title for record in best), ""),
        doi=_first((record.doi for record in best), ""),
        eid=_first((record.eid for record in best), ""),
        hal_id=_first((record.hal_id for record in best), ""),
        openalex_id=_first((record.openalex_id for record in best), ""),
        isbns=_first((record.isbns for record in best), ()),
        issns=_first((record.issns for record in best), ()),
        published_on=_first((record.published_on for record in best), None),
        open_access=_first((record.open_access for record in best), ()),
        author_count=max(max(record.author_count or 0, len(record.authors)) for record in best) or None,
        authors_cut=_are_cut(best),
        citations=cited.citations if cited else None,
        cited_in=cited.source if cited else None,
        field_weighted=_percentile(record.field_weighted for record in best if record.source is not Source.OPENALEX),
        plain=_percentile(record.plain for record in best if record.source is not Source.OPENALEX),
        goals=_goals(best),
        conflicts=tuple(_conflicts(best)),
    )


def _by_belief(records: Sequence[Record]) -> list[Record]:
    """Described before known from references, then by source; what is said twice under one key is told apart by all."""
    if not records:
        raise ValueError("Une publication a au moins une notice")
    if len({(record.source, record.key) for record in records}) < len(records):
        records = sorted(records, key=repr)
    return sorted(records, key=lambda record: (record.is_secondary, _RANK[record.source], record.key))


def _preferred(records: Iterable[Record]) -> str:
    first = min(records, key=lambda record: (_RANK[record.source], record.key))
    return f"{first.source}:{first.key}"


def _sources(records: Iterable[Record]) -> tuple[Source, ...]:
    return tuple(sorted({record.source for record in records}, key=_RANK.__getitem__))


def _first(values: Iterable[_Value], otherwise: _Value) -> _Value:
    return next(filter(None, values), otherwise)


def _is_retracted(record: Record) -> bool:
    return record.is_retracted or record.type is DocumentType.RETRACTED


def _typed(best: list[Record]) -> Record:
    """The record whose type is the publication's: one that says it is retracted, else one that knows its type."""
    known = (record for record in best if record.type is not DocumentType.UNKNOWN)
    return next(filter(_is_retracted, best), None) or next(known, best[0])


def _are_cut(best: list[Record]) -> bool:
    has_all = any(record.authors and not record.authors_cut for record in best)
    return not has_all and any(record.authors_cut for record in best)


def _percentile(given: Iterable[Percentile | None]) -> Percentile | None:
    """The first that has a value, else the first column that was there, empty."""
    columns = [each for each in given if each is not None]
    return next((each for each in columns if each.value is not None), columns[0] if columns else None)


def _goals(best: list[Record]) -> tuple[Goals, ...]:
    """One entry a mapping, in the mappings' order: the first that finds a goal, else an empty one."""
    found: dict[str, Goals] = {}
    for goals in (each for record in best for each in record.goals):
        if not (goals.mapping in found and found[goals.mapping].numbers):
            found[goals.mapping] = goals
    return tuple(found[mapping] for mapping in sorted(found))


def _conflicts(best: list[Record]) -> Iterable[Conflict]:
    if len(best) == 1:
        return
    types = [(record.source, record.type.value) for record in best if record.type is not DocumentType.UNKNOWN]
    years = [(record.source, str(record.year)) for record in best if record.year is not None]
    for field, said in (("type", types), ("year", years)):
        if len({value for _, value in said}) > 1:
            yield Conflict(field, tuple(sorted(set(said), key=lambda each: (_RANK[each[0]], each[1]))))
