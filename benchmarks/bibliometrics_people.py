"""Invented people and places: the words of invented titles, those who sign, and where they say that they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from services.bibliometrics.domain.names import ANY
from services.loading import Package
from shared.spreadsheets import Table

STAFF, TEAMS, WORDS = 2_500, 2_500, 6_000
_TEAM = 12
_SYLLABLES = "ba co di fer gu lan mo nis pra qua ri sel ton ul vi wen xa zor chi tra lum mar ost pel ir en"
_DEPARTMENTS = ("Department of", "Laboratory of", "School of", "Research Group on", "Institute for")
_COUNTRIES = ("France", "Italy", "Germany", "China", "India", "United States", "Brazil", "Morocco", "Viet Nam")
_NOT_SCHOOLS = {"imt", "insic"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs; `school` is where a member of staff is employed, empty of anybody else."""

    family: str
    given: str
    scopus_id: str
    addresses: tuple[str, ...]
    school: str = ""

    @property
    def short(self) -> str:
        return f"{self.family} {self.given[0]}."

    @property
    def full(self) -> str:
        return f"{self.family}, {self.given}"


class Words:
    """Invented words, a few of which are met much more often than the others, as in any language."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._syllables = _SYLLABLES.split()
        self._words = [self.one() for _ in range(WORDS)]
        self._weights = list(accumulate(1 / (rank + 20) for rank in range(WORDS)))

    def one(self) -> str:
        return "".join(self._random.choices(self._syllables, k=self._random.randint(2, 4)))

    def some(self, count: int) -> list[str]:
        return self._random.choices(self._words, cum_weights=self._weights, k=count)


def teams(random: Random, words: Words) -> list[list[Person]]:
    """People from elsewhere, by those who sign under one address."""
    return [_team(random, words, 10_000 + _TEAM * each) for each in range(TEAMS)]


def _team(random: Random, words: Words, first: int) -> list[Person]:
    address = _address(random, words, f"University of {words.one().title()}")
    return [_person(random, words, first + each, (address,)) for each in range(_TEAM)]


def staff(random: Random, words: Words, package: Package) -> list[Person]:
    """As many in each school, who sign under any of its names."""
    names = _names(package)
    schools = sorted(names)
    people = []
    for each in range(STAFF):
        school = schools[each % len(schools)]
        addresses = [_address(random, words, random.choice(names[school])) for _ in range(_moves(random))]
        people.append(_person(random, words, each, addresses, school))
    return people


def with_staff(package: Package, people: Sequence[Person]) -> Package:
    """The package with a list of four in five of these, by their name, and three in four by their identifier too."""
    listed = (each for place, each in enumerate(people) if place % 5)
    rows = [(place + 2, _employment(place, person)) for place, person in enumerate(listed)]
    tables = {**package.tables, "staff": Table(rows, [])}
    return Package(package.code, tables, {**package.files, "staff": "staff.csv"})


def _employment(place: int, person: Person) -> dict[str, str]:
    row = {
        "person": f"p-{place:05}",
        "entity": person.school,
        "category": "teacher-researcher",
        "fte": "1",
        "start": "2015",
        "name": person.full,
    }
    return {**row, "scopus_author_id": person.scopus_id} if place % 4 else row


def _names(package: Package) -> dict[str, list[str]]:
    """The names of each school that hold no `*`, as the package gives them."""
    names: dict[str, list[str]] = {}
    for _, row in package.tables["affiliations"].rows:
        if row["kind"] == "name_pattern" and row["entity"] not in _NOT_SCHOOLS and ANY not in row["value"]:
            names.setdefault(row["entity"], []).append(row["value"])
    return names


def _moves(random: Random) -> int:
    """One address for most, two for some."""
    return 2 if random.random() < 0.15 else 1


def _person(random: Random, words: Words, number: int, addresses: Sequence[str], school: str = "") -> Person:
    """One family name in five has an accent."""
    family = words.one().title() + ("é" if random.random() < 0.2 else "")
    return Person(family, words.one().title(), str(57_000_000_000 + number), tuple(addresses), school)


def _address(random: Random, words: Words, institution: str) -> str:
    department = f"{random.choice(_DEPARTMENTS)} {words.one().title()} and {words.one().title()} {words.one().title()}"
    return f"{department}, {institution}, {words.one().title()}, {random.choice(_COUNTRIES)}"
