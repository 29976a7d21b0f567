"""The staff of entities, by their identifiers and names, and which of them an author is."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.bibliometrics.domain.periods import Period
from services.bibliometrics.domain.publication import Author
from services.bibliometrics.domain.registry import Employment
from services.bibliometrics.domain.staff import is_permanent

from .evidence import Clue
from .identifiers import bare
from .person_names import Key, initialled, is_initialled, key

Tag = tuple[Clue, str]
_K = TypeVar("_K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff: `posts` are those with a share of research, as (entity, period)."""

    code: str
    posts: tuple[tuple[str, Period], ...]

    def entities(self, year: int | None) -> set[str]:
        """The entities of whose permanent staff the person is in the year."""
        return {entity for entity, period in self.posts if period.applies_in(year)}


@dataclass(frozen=True, slots=True)
class People:
    """Everybody: `written` under every way of writing a name, `shortened` those that the list itself gives initials."""

    tagged: Mapping[Tag, Sequence[Person]]
    written: Mapping[Key, Sequence[Person]]
    shortened: Mapping[Key, Sequence[Person]]

    @classmethod
    def of(cls, staff: Iterable[Employment]) -> "People":
        """Identifiers and names are the person's: one that a row gives holds for all the rows of that person."""
        people = [(_person(code, rows), rows) for code, rows in by_person(staff).items()]
        return cls(
            tagged=_index((tag, person) for person, rows in people for tag in _tags(rows)),
            written=_index((each, person) for person, rows in people for each in _written(rows)),
            shortened=_index((each, person) for person, rows in people for each in _shortened(rows)),
        )

    def identified(self, author: Author) -> list[tuple[Clue, Person]]:
        """Who the author is by an identifier, which is enough alone."""
        given = (
            (Clue.STAFF_SCOPUS, author.scopus_id),
            (Clue.STAFF_ORCID, author.orcid),
            (Clue.STAFF_IDHAL, author.idhal),
        )
        return [(clue, person) for clue, text in given if text for person in self.tagged.get((clue, bare(text)), ())]

    def named(self, author: Author) -> Person | None:
        """Who the author is by name, if the list knows one such person and no other."""
        found = {person.code: person for person in self._possible(author)}
        return next(iter(found.values())) if len(found) == 1 else None

    def _possible(self, author: Author) -> Sequence[Person]:
        """A name in full meets the same in full, or else initials of the list; initials meet whoever may bear them."""
        full = author.full_name or author.name
        if same := self.written.get(key(full)):
            return same
        if is_initialled(full):
            return self.written.get(key(author.name), ())
        return [person for short in initialled(full) for person in self.shortened.get(short, ())]


def by_person(staff: Iterable[Employment]) -> dict[str, list[Employment]]:
    people: dict[str, list[Employment]] = {}
    for row in staff:
        people.setdefault(row.person.strip(), []).append(row)
    return people


def _person(code: str, rows: Iterable[Employment]) -> Person:
    posts = ((row.entity, Period.of(row.start, row.end)) for row in rows if is_permanent(row.category))
    return Person(code, tuple(posts))


def _index(pairs: Iterable[tuple[_K, Person]]) -> dict[_K, list[Person]]:
    index: dict[_K, list[Person]] = {}
    for at, person in pairs:
        index.setdefault(at, []).append(person)
    return index


def _tags(rows: Iterable[Employment]) -> set[Tag]:
    return {(clue, bare(text)) for row in rows for clue, text in _identifiers(row) if text and bare(text)}


def _identifiers(row: Employment) -> Iterator[tuple[Clue, str | None]]:
    yield Clue.STAFF_SCOPUS, row.scopus_author_id
    yield Clue.STAFF_ORCID, row.orcid
    yield Clue.STAFF_IDHAL, row.idhal


def _written(rows: Iterable[Employment]) -> set[Key]:
    """Of two words at least: one word alone is nobody's name."""
    names = {row.name for row in rows if row.name}
    return {each for name in names for each in (key(name), *initialled(name)) if len(each) > 1}


def _shortened(rows: Iterable[Employment]) -> set[Key]:
    return {each for row in rows if row.name and is_initialled(row.name) for each in initialled(row.name)}
