"""A step: what is to be done in one year of a line; a recurrent one is a step in each of its years."""

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

from .dates import Due, is_without_year, read_due
from .forms import UnreadableError, present

MOST_YEARS = 50


class Scope(StrEnum):
    """Whether the group does a step once, or every school for itself."""

    GROUP = "group"
    SCHOOLS = "schools"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStep:
    """A step as a package writes it: `due` is the printed words of a date, `until` the last year of a recurrent one."""

    line: str
    code: str
    year: int
    until: int | None = None
    title: str
    due: str | None = None
    doubtful: bool = False
    conditional: bool = False
    scope: Scope = Scope.GROUP
    pilot: str | None = None
    source: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of one year; `code` is shared by the years of a recurrent one."""

    line: str
    code: str
    year: int
    title: str
    due: Due
    conditional: bool
    recurrent: bool
    scope: Scope
    pilot: str | None
    source: str
    note: str | None

    @property
    def key(self) -> tuple[str, int]:
        return self.code, self.year


STATED = ("line", "title", "due", "conditional", "recurrent", "scope", "pilot", "source", "note")
"""What makes another version of a step; its code and year say which step it is."""


def expand(row: WrittenStep) -> tuple[Step, ...]:
    """One step for each year of a row; UnreadableError (a ValueError) says which cell is wrong, and why."""
    return tuple(_step(row, year, _due(row, year)) for year in _years(row))


def step_id(contract: str, code: str, year: int) -> str:
    """It follows from the key, so that the same step has the same one in every database."""
    return str(uuid5(NAMESPACE_URL, f"urn:cadran:steps/{contract}/{code}/{year}"))


def progress_id(step: str, entity: str) -> str:
    """The id of what is stated of a step (its id) for an entity."""
    return str(uuid5(NAMESPACE_URL, f"urn:cadran:progress/{step}/{entity}"))


def _years(row: WrittenStep) -> range:
    last = row.year if row.until is None else row.until
    if last < row.year:
        raise UnreadableError("until", f"la dernière année, {last}, précède la première, {row.year}")
    if last - row.year >= MOST_YEARS:
        raise UnreadableError("until", f"une étape récurrente dure {MOST_YEARS} ans au plus")
    return range(row.year, last + 1)


def _due(row: WrittenStep, year: int) -> Due:
    try:
        due = read_due(row.due or "", year)
        timeless = not present(row.due) or is_without_year(str(row.due))
    except ValueError as error:
        raise UnreadableError("due" if present(row.due) else "year", str(error)) from error
    if row.until is not None and not timeless:
        message = f"« {due.text} » nomme une année, et l’étape revient chaque année : écrivez « T4 » ou « fin juin »"
        raise UnreadableError("due", message)
    return replace(due, doubtful=due.doubtful or row.doubtful)


def _step(row: WrittenStep, year: int, due: Due) -> Step:
    return Step(
        line=row.line, code=row.code, year=year, title=row.title.strip(), due=due, conditional=row.conditional,
        recurrent=row.until is not None, scope=row.scope, pilot=present(row.pilot), source=row.source.strip(),
        note=present(row.note),
    )  # fmt: skip
