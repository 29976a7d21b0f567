"""What is wrong with a plan and its steps, each time with its place and a sentence that says what to do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .forms import UnreadableError, code_form, names_a_person, text_forms
from .plan import EntityKind, Plan
from .spoken_dates import YEARS
from .step import Step, WrittenStep, expand

CODED = ("entities", "objectives", "indicators", "milestones", "milestone_lines")
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "milestones": {"objective": "objectives", "indicators": "indicators"},
    "milestone_lines": {"milestone": "milestones"},
    "milestone_results": {"line": "milestone_lines"},
    "steps": {"line": "milestone_lines"},
}
_TABLES = ("contract", *CODED, "milestone_results")
_REQUIRED = {"label", "title", "source", "text"}
_LONGEST = {
    **dict.fromkeys(("label", "title", "source", "pilot"), 1000),
    **dict.fromkeys(("note", "text", "description", "target"), 4000),
}
_EARLIER, _LATER, _STEPS_LATER = 5, 10, 1
_Found = Iterator[tuple[str, int, str, str, str]]
_Cell = tuple[str, str, str]


def plan_mistakes(code: str, plan: Plan, steps: Sequence[WrittenStep]) -> _Found:
    """Everything that is wrong, as (table, row counted from 0, column, code, sentence); `code` is the address's."""
    yield from _header_mistakes(code, plan)
    yield from _group_mistakes(plan)
    for table in _TABLES:
        yield from _row_mistakes(table, getattr(plan, table), plan)
    yield from _row_mistakes("steps", steps, plan)
    for table in CODED:
        yield from _repeats(table, [[(row.code,)] for row in getattr(plan, table)])
    yield from _result_mistakes(plan)
    yield from _step_mistakes(plan, steps)


def _header_mistakes(code: str, plan: Plan) -> _Found:
    if len(plan.contract) != 1:
        yield "contract", 0, "code", "count", "le tableau contract a une ligne, et une seule"
        return
    if plan.header.code != code:
        message = f"le contrat « {plan.header.code} » n’est pas celui de l’adresse, « {code} »"
        yield "contract", 0, "code", "code", message
    yield from _header_years(plan)


def _header_years(plan: Plan) -> _Found:
    if plan.header.start_year > plan.header.end_year:
        yield "contract", 0, "end_year", "years", "l’année de fin précède l’année de début"
    for column in ("start_year", "end_year", "reference_year"):
        if (year := getattr(plan.header, column)) not in YEARS:
            yield "contract", 0, column, "form", f"« {year} » n’est pas une année (1900 à 2200)"


def _group_mistakes(plan: Plan) -> _Found:
    groups = [place for place, entity in enumerate(plan.entities) if entity.kind is EntityKind.GROUP]
    if len(groups) != 1:
        place = groups[1] if groups else 0
        yield "entities", place, "kind", "group", "une entité, et une seule, est le groupe (group)"


def _row_mistakes(table: str, rows: Sequence[Any], plan: Plan) -> _Found:
    references = REFERENCES.get(table, {})
    known = {column: {each.code for each in getattr(plan, other)} for column, other in references.items()}
    for place, row in enumerate(rows):
        for column, kind, message in [*_cell_mistakes(row), *_reference_mistakes(table, row, known)]:
            yield table, place, column, kind, message


def _cell_mistakes(row: Any) -> Iterator[_Cell]:
    """Codes and texts that no table may hold."""
    for column in row.__slots__:
        value = getattr(row, column)
        if column == "code" and (message := code_form(value)):
            yield column, "form", message
        if column in _REQUIRED and not value.strip():
            yield column, "required", "ce texte est obligatoire, et il est vide"
        if column in _LONGEST:
            yield from ((column, "form", message) for message in text_forms(value, _LONGEST[column]))
        if column == "pilot" and value and names_a_person(value):
            yield column, "person", "un pilote est une fonction, pas une personne : ni adresse, ni téléphone"


def _reference_mistakes(table: str, row: Any, known: Mapping[str, set[str]]) -> Iterator[_Cell]:
    for column, codes in known.items():
        value = getattr(row, column)
        for named in (value or "").split() if column == "indicators" else [value]:
            if named is not None and named not in codes:
                message = f"« {named} » n’est pas dans le tableau {REFERENCES[table][column]}"
                yield column, "unknown", message


def _step_mistakes(plan: Plan, steps: Sequence[WrittenStep]) -> _Found:
    keys: list[list[tuple[str, int]]] = []
    for place, row in enumerate(steps):
        for column, kind, message in [*_step_years(row, plan), *_unread(row, plan)]:
            yield "steps", place, column, kind, message
        keys.append([step.key for step in _expanded(row)])
    yield from _repeats("steps", keys)


def _result_mistakes(plan: Plan) -> _Found:
    years = _around(plan)
    for place, result in enumerate(plan.milestone_results):
        if result.year not in years:
            yield "milestone_results", place, "year", "year", _outside(result.year, years)


def _around(plan: Plan) -> range:
    """The years of dates and results, which may come from around the contract."""
    return _years(plan, _EARLIER, _LATER)


def _years(plan: Plan, earlier: int, later: int) -> range:
    """The contract's own, and so many around; any where it does not say which those are."""
    if len(plan.contract) != 1 or [*_header_years(plan)]:
        return YEARS
    return range(plan.header.start_year - earlier, plan.header.end_year + later + 1)


def _step_years(row: WrittenStep, plan: Plan) -> Iterator[_Cell]:
    """A step is of a year of the contract, or of the one after."""
    years = _years(plan, 0, _STEPS_LATER)
    for column, year in (("year", row.year), ("until", row.until)):
        if year is not None and year not in years:
            yield column, "year", _outside(year, years)


def _unread(row: WrittenStep, plan: Plan) -> Iterator[_Cell]:
    """What cannot be read of a step's years and date, or lies too far from the contract."""
    try:
        dues = [step.due for step in expand(row)]
    except UnreadableError as error:
        if error.column != "year":  # its own sentence is there already
            yield error.column, "form", error.message
        return
    years = _around(plan)
    far = {year for due in dues for year in (due.earliest.year, due.latest.year) if row.due and year not in years}
    yield from (("due", "year", _outside(year, years)) for year in sorted(far))


def _expanded(row: WrittenStep) -> tuple[Step, ...]:
    try:
        return expand(row)
    except UnreadableError:
        return ()


def _outside(year: int, years: range) -> str:
    known = f"de {years[0]} à {years[-1]}" if years else "aucune année"
    return f"{year} est hors des années du contrat ({known})"


def _repeats(table: str, keys: Sequence[Sequence[tuple[Any, ...]]]) -> _Found:
    """The keys of each row, one or more, that an earlier row has."""
    seen: dict[tuple[Any, ...], int] = {}
    for place, named in enumerate(keys):
        again = [key for key in named if key in seen]
        if again:
            shown = ", ".join(str(part) for part in again[0])
            message = f"« {shown} » est déjà donné plus haut (rangée {seen[again[0]] + 1})"
            yield table, place, "code", "repeated", message
        seen |= {key: place for key in named if key not in seen}
