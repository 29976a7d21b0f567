"""What in a file says that it comes from Scopus, and what says that it doesn't."""

from collections.abc import Callable, Sequence

from services.bibliometrics.domain import normalising
from services.bibliometrics.importing.delimited import UnreadableError

from .columns import Column, Places, loose
from .content import Sample
from .refusals import ANOTHER_LIST

_OWN = frozenset(  # by their words; a generic list has none of them
    {
        "source title",
        "abbreviated source title",
        "author s id",
        "author full names",
        "authors with affiliations",
        "index keywords",
        "language of original document",
        "chemicals cas",
        "來源出版物名稱",
        "来源出版物名称",
        "作者身分",
        "citedby count",
        "author afids",
        "subtypedescription",
        "coverdate",
    }
)
_PAIR = frozenset({"cited by", "document type"})  # each is met elsewhere; both, in Scopus alone
_FOREIGN = frozenset(
    {
        "publication",
        "publication title",
        "publication type",
        "journal",
        "journal title",
        "journal name",
        "journal book",
        "container title",
        "article title",
        "document title",
        "author affiliations",
        "author s",
        "item type",
        "pdf link",
        "times cited",
        "venue",
    }
)


def is_proven(header: Sequence[str], places: Places, sample: Sample) -> bool:
    """Whether a file is surely of Scopus, or has a heading that no other tool writes."""
    headings = {loose(each) for each in header}
    return is_certain(places, sample) or bool(headings & _OWN) or headings >= _PAIR


def is_certain(places: Places, sample: Sample) -> bool:
    """Whether there are EIDs, in their own column or within links, or « Scopus » as the source."""
    return (
        Column.EID in places
        or _holds(sample, places.get(Column.LINK), normalising.eid)
        or _holds(sample, places.get(Column.SOURCE), lambda cell: cell.casefold() == "scopus")
    )


def refuse_foreign(header: Sequence[str], places: Places, sample: Sample) -> None:
    """Raises UnreadableError on the headings of a list made elsewhere, unless the file is surely of Scopus."""
    foreign = [each.strip() for each in header if loose(each) in _FOREIGN]
    if foreign and not is_certain(places, sample):
        shown = ", ".join(f"« {each} »" for each in foreign)
        raise UnreadableError("not_scopus", ANOTHER_LIST.format(headings=shown), 1)


def _holds(sample: Sample, place: int | None, test: Callable[[str], object]) -> bool:
    return place is not None and any(test(row[place].strip()) for row in sample if place < len(row))
