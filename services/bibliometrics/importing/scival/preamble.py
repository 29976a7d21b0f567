"""What a SciVal export says of itself before its header: which set, when, filtered how, and how many it holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.bibliometrics.domain.normalising import folded

from .cells import day, said

AUTHOR_LIMIT = 500
_COUNT = re.compile(r"([0-9][0-9.,’'\s\u00a0\u202f]{0,20})\s*publications?\b", re.IGNORECASE)
_LIMIT = re.compile(r"first ([0-9]{2,6}) authors", re.IGNORECASE)
_YEAR = re.compile(r"(>?)\s*\b((?:19|20)[0-9]{2})\b")
_LABELS = frozenset({"data set", "year range", "date last updated", "date exported", "data source"})
_DAYS = ("date last updated", "date exported")
_NOTES = ("truncated fields", "dates")
_UNFILTERED = ("", "not filtered")
_EVERY_TYPE = "all publication types"
_END_OF_TIME = 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Preamble:
    """What was said; `filters` are the restrictions in its own words, `unread` the days that could not be read."""

    is_known: bool = False
    dataset: str = ""
    years: tuple[int, int] | None = None
    filters: tuple[str, ...] = ()
    updated_on: date | None = None
    exported_on: date | None = None
    announced: int | None = None
    author_limit: int = AUTHOR_LIMIT
    unread: tuple[str, ...] = ()


def preamble_of(rows: Iterable[Sequence[str]]) -> Preamble:
    """What the rows before the header say."""
    lines = [[cell for cell in row if cell.strip()] for row in rows]
    said_by = {folded(row[0]): ", ".join(map(str.strip, row[1:])) for row in reversed(lines) if row}
    count = next((place for place, row in enumerate(lines) if _announced(row) is not None), None)
    return Preamble(
        is_known=count is not None or not _LABELS.isdisjoint(said_by),
        dataset=said(said_by.get("data set", "")),
        years=_years(said_by.get("year range", "")),
        filters=(*_general_filters(said_by), *_filters_after(lines[count + 1 :] if count is not None else [])),
        updated_on=day(said_by.get("date last updated", "")),
        exported_on=day(said_by.get("date exported", "")),
        announced=_announced(lines[count]) if count is not None else None,
        author_limit=_author_limit(said_by.get("truncated fields", "")),
        unread=tuple(said_by[each] for each in _DAYS if said(said_by.get(each, "")) and not day(said_by[each])),
    )


def _announced(row: Sequence[str]) -> int | None:
    """« 7660 publications match… », or « 7,660 publications » whose comma parted two cells."""
    found = _COUNT.match(",".join(row).strip())
    return int(re.sub(r"[^0-9]", "", found[1])) if found else None


def _years(text: str) -> tuple[int, int] | None:
    """« 2020 to 2023 », « 2020 »; « 2013 to >2018 » has no end."""
    found = _YEAR.findall(text)
    if not found:
        return None
    years = [int(year) for _, year in found]
    return min(years), _END_OF_TIME if found[-1][0] else max(years)


def _general_filters(said_by: dict[str, str]) -> list[str]:
    kept = said(said_by.get("filtered by", ""))
    types = said(said_by.get("types of publications included", ""))
    citations = said_by.get("self citations", "")
    return [
        *([f"Filtered by {kept}"] if folded(kept) not in _UNFILTERED else []),
        *([f"Types of publications included {types}"] if types and folded(types) != _EVERY_TYPE else []),
        *([f"Self-citations {citations}"] if "exclu" in folded(citations) else []),
    ]


def _filters_after(lines: Iterable[Sequence[str]]) -> list[str]:
    """Below the count come the options that were selected, then notes."""
    return [" ".join(map(str.strip, row)) for row in lines if len(row) > 1 and folded(row[0]) not in _NOTES]


def _author_limit(note: str) -> int:
    found = _LIMIT.search(note)
    return int(found[1]) if found else AUTHOR_LIMIT
