"""The rule of books: one ISBN and one title; a chapter bears the ISBN of its book, which says nothing of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from .doubts import Doubt, Proposals
from .groups import Groups
from .pairing import CROWDED_TITLE
from .traits import Traits, book_isbns, clash, same_year, two_dois
from .words import Crowd, Link, Reason, Rule


def compare_books(traits: Iterable[Traits], groups: Groups, found: Proposals) -> None:
    """Link the books of one ISBN and one title, of one year or two in a row."""
    for isbn, members in _sharing(traits):
        if len(members) > CROWDED_TITLE:
            found.crowded.append(Crowd(f"isbn:{isbn}", len(members)))
        else:
            _compare(isbn, members, groups, found)


def _sharing(traits: Iterable[Traits]) -> Iterator[tuple[str, list[Traits]]]:
    """The books that share an ISBN and a title with another, by that ISBN."""
    shared: defaultdict[tuple[str, str], list[Traits]] = defaultdict(list)
    for each in traits:
        for isbn in book_isbns(each.record) if each.key else ():
            shared[isbn, each.key].append(each)
    yield from ((isbn, members) for (isbn, _), members in sorted(shared.items()) if len(members) > 1)


def _compare(isbn: str, members: Sequence[Traits], groups: Groups, found: Proposals) -> None:
    doubts: list[Doubt] = []
    for one, other in combinations(members, 2):
        if clash(one, other) or groups.together(one.ref, other.ref) or groups.apart(one.ref, other.ref):
            continue
        reason = _objection(one, other)
        if reason is None:
            found.links.append(Link(one.ref, other.ref, Rule.ISBN, isbn))
        else:
            doubts.append((reason, one.ref, other.ref))
    found.doubt(f"isbn:{isbn}", len(members), doubts)


def _objection(one: Traits, other: Traits) -> Reason | None:
    """Why one ISBN and one title are not enough for these; nothing where they are."""
    if two_dois(one, other):
        return Reason.DIFFERENT_DOI
    return None if same_year(one, other) else Reason.SAME_TITLE
