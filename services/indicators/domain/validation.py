"""What is wrong with a contract or a row, each time with its place and a sentence that says what to do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shared.intake.mistakes import NOTHING, Cells, Mistake, Unread

from .contract import Contract
from .forms import cell_form
from .structure import structure_mistakes

KEYS: Mapping[str, tuple[str, ...]] = {
    "contract": ("code",),
    "entities": ("code",),
    "objectives": ("code",),
    "indicators": ("code",),
    "targets": ("indicator", "entity", "target"),
    "trajectory": ("indicator", "entity", "target", "year"),
    "benchmarks": ("code",),
    "benchmark_values": ("series", "year"),
    "deflators": ("code",),
    "deflator_values": ("series", "year"),
    "adjustments": ("indicator", "year", "entity", "reason"),
    "hypotheses": ("code",),
    "printed_changes": ("indicator", "entity", "subject", "from_year", "to_year", "unit", "text"),
    "printed_values": ("indicator", "entity", "subject", "year", "source"),
    "breaks": ("indicator", "year", "entity"),
    "notes": ("indicator", "entity", "year", "text"),
}
_ABOUT = {"indicator": "indicators", "entity": "entities"}
REFERENCES: Mapping[str, Mapping[str, str]] = {
    "objectives": {"parent": "objectives"},
    "indicators": {
        "objective": "objectives",
        "parent": "indicators",
        "numerator": "indicators",
        "denominator": "indicators",
    },
    "targets": {**_ABOUT, "benchmark": "benchmarks", "deflator": "deflators"},
    "trajectory": _ABOUT,
    "benchmark_values": {"series": "benchmarks"},
    "deflator_values": {"series": "deflators"},
    "adjustments": _ABOUT,
    "printed_changes": _ABOUT,
    "printed_values": _ABOUT,
    "breaks": _ABOUT,
    "notes": _ABOUT,
}


def check_contract(code: str, contract: Contract, unread: Unread = NOTHING) -> list[Mistake]:
    """Everything that is wrong with the rows that could be read, their places counted among these."""
    mistakes = list(_header_mistakes(code, contract, unread))
    for table in KEYS:
        rows = getattr(contract, table)
        known = _known(table, contract, unread)
        for place, row in enumerate(rows):
            mistakes += _cell_mistakes(table, place, {name: getattr(row, name) for name in row.__slots__}, known)
        mistakes += _repeats(table, rows) if table != "contract" else ()  # of these there is one
    return [*mistakes, *structure_mistakes(contract, unread)]


def check_unread(contract: Contract, unread: Unread) -> Iterator[Mistake]:
    """What is wrong with the readable cells of the rows that could not be read, each at its own place."""
    for table in KEYS:
        known = _known(table, contract, unread)
        for place, cells in unread.tables.get(table, {}).items():
            yield from _cell_mistakes(table, place, cells, known)


def _header_mistakes(code: str, contract: Contract, unread: Unread) -> Iterator[Mistake]:
    if len(contract.contract) + len(list(unread.rows("contract"))) != 1:
        yield _mistake("contract", 0, None, "count", "le tableau contract a une ligne, et une seule")
    elif contract.contract:
        yield from _contradictions_of_header(code, contract)


def _contradictions_of_header(code: str, contract: Contract) -> Iterator[Mistake]:
    header = contract.header
    if header.code != code:
        yield _mistake(
            "contract", 0, "code", "code", f"le contrat « {header.code} » n’est pas celui de l’adresse, « {code} »"
        )
    if header.start_year > header.end_year:
        yield _mistake("contract", 0, "end_year", "years", "l’année de fin précède l’année de début")
    if header.reference_year > header.end_year:
        yield _mistake("contract", 0, "reference_year", "years", "l’année de référence suit la fin du contrat")


def _known(table: str, contract: Contract, unread: Unread) -> dict[str, set[str]]:
    """By column that refers to another table, the codes there; those of rows that could not be read are known too."""
    return {
        column: {row.code for row in getattr(contract, other)} | unread.codes(other)
        for column, other in REFERENCES.get(table, {}).items()
    }


def _cell_mistakes(table: str, place: int, cells: Cells, known: Mapping[str, set[str]]) -> Iterator[Mistake]:
    """Codes, years, numbers and texts that no table may hold, and references to nothing."""
    for column, value in cells.items():
        if column in known:
            if value is not None and value not in known[column]:
                message = f"« {value} » n’est pas dans le tableau {REFERENCES[table][column]}"
                yield _mistake(table, place, column, "unknown", message)
        elif message := cell_form(table, column, value) or "":
            yield _mistake(table, place, column, "form", message)


def _repeats(table: str, rows: Sequence[Any]) -> Iterator[Mistake]:
    seen: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(rows):
        key = tuple(getattr(row, column) for column in KEYS[table])
        if key in seen:
            shown = ", ".join(str(part) for part in key if part is not None)
            message = f"« {shown} » est déjà donné plus haut (rangée {seen[key] + 1})"
            yield _mistake(table, place, KEYS[table][0], "repeated", message)
        seen.setdefault(key, place)


def _mistake(table: str, row: int, column: str | None, code: str, message: str) -> Mistake:
    return Mistake(table=table, row=row, column=column, code=code, message=message)
