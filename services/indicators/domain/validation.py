"""What is wrong with a contract or a row, each time with its place and a sentence that says what to do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from . import target
from .concerned import Concerned
from .contract import Contract, EntityKind
from .observation import TOO_MANY_DIGITS, is_storable

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_YEARS = range(1900, 2201)

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
    "notes": _ABOUT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A place (table, row counted from 0, column) and what is wrong there."""

    table: str
    row: int
    column: str | None
    code: str
    message: str


def check_contract(code: str, contract: Contract) -> list[Mistake]:
    """Everything that is wrong with a contract, in the order of its tables."""
    mistakes = list(_header_mistakes(code, contract))
    if len(contract.contract) != 1:
        return mistakes
    for table in KEYS:
        rows = getattr(contract, table)
        mistakes += [*_form_mistakes(table, rows), *_repeats(table, rows), *_dangling(table, rows, contract)]
    return [*mistakes, *_structure_mistakes(contract)]


def _header_mistakes(code: str, contract: Contract) -> Iterator[Mistake]:
    if len(contract.contract) != 1:
        yield _mistake("contract", 0, None, "count", "le tableau contract a une ligne, et une seule")
        return
    header = contract.header
    if header.code != code:
        yield _mistake(
            "contract", 0, "code", "code", f"le contrat « {header.code} » n’est pas celui de l’adresse, « {code} »"
        )
    if header.start_year > header.end_year:
        yield _mistake("contract", 0, "end_year", "years", "l’année de fin précède l’année de début")
    if header.reference_year > header.end_year:
        yield _mistake("contract", 0, "reference_year", "years", "l’année de référence suit la fin du contrat")


def _form_mistakes(table: str, rows: Sequence[Any]) -> Iterator[Mistake]:
    """Codes, years and numbers that no table may hold."""
    for place, row in enumerate(rows):
        for column in row.__slots__:
            if message := _form(column, getattr(row, column)):
                yield _mistake(table, place, column, "form", message)


def _form(column: str, value: Any) -> str | None:
    if column in {"code", "target"} and not _CODE.fullmatch(value):
        return f"« {value} » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"
    if column.endswith("year") and value is not None and value not in _YEARS:
        return f"« {value} » n’est pas une année (1900 à 2200)"
    if column == "decimals" and value not in range(11):
        return "le nombre de décimales va de 0 à 10"
    if isinstance(value, Decimal):
        return _number_form(value)
    if isinstance(value, str) and "\x00" in value:
        return "le texte contient un caractère nul"
    return None


def _number_form(value: Decimal) -> str | None:
    if not value.is_finite():
        return "un nombre fini est attendu"
    return None if is_storable(value) else TOO_MANY_DIGITS


def _repeats(table: str, rows: Sequence[Any]) -> Iterator[Mistake]:
    seen: dict[tuple[Any, ...], int] = {}
    for place, row in enumerate(rows):
        key = tuple(getattr(row, column) for column in KEYS[table])
        if key in seen:
            shown = ", ".join(str(part) for part in key if part is not None)
            yield _mistake(
                table,
                place,
                KEYS[table][0],
                "repeated",
                f"« {shown} » est déjà donné plus haut (rangée {seen[key] + 1})",
            )
        seen.setdefault(key, place)


def _dangling(table: str, rows: Sequence[Any], contract: Contract) -> Iterator[Mistake]:
    for column, other in REFERENCES.get(table, {}).items():
        known = {row.code for row in getattr(contract, other)}
        for place, row in enumerate(rows):
            value = getattr(row, column)
            if value is not None and value not in known:
                yield _mistake(table, place, column, "unknown", f"« {value} » n’est pas dans le tableau {other}")


def _structure_mistakes(contract: Contract) -> Iterator[Mistake]:
    groups = [place for place, entity in enumerate(contract.entities) if entity.kind is EntityKind.GROUP]
    if len(groups) != 1:
        yield _mistake(
            "entities", groups[1] if groups else 0, "kind", "group", "une entité, et une seule, est le groupe (group)"
        )
    yield from _cycles(contract)
    for place, each in enumerate(contract.targets):
        for column, message in target.incoherences(each):
            yield _mistake("targets", place, column, "incoherent", message)
    yield from _targets_out_of_place(contract)
    yield from _orphan_points(contract)


def _cycles(contract: Contract) -> Iterator[Mistake]:
    for table in ("objectives", "indicators"):
        rows = getattr(contract, table)
        parents = {row.code: row.parent for row in rows}
        for place, row in enumerate(rows):
            if _leads_back(row.code, parents):
                yield _mistake(table, place, "parent", "cycle", f"« {row.code} » descend de lui-même")


def _leads_back(code: str, parents: Mapping[str, str | None]) -> bool:
    above, seen = parents.get(code), set[str]()
    while above and above != code and above not in seen:
        seen.add(above)
        above = parents.get(above)
    return above == code


def _targets_out_of_place(contract: Contract) -> Iterator[Mistake]:
    concerned = Concerned.of(contract)
    for place, each in enumerate(contract.targets):
        if message := concerned.objection(each.indicator, each.entity):
            yield _mistake("targets", place, "entity", "not-declined", message)


def _orphan_points(contract: Contract) -> Iterator[Mistake]:
    due = {(each.indicator, each.entity, each.target): each.due_year for each in contract.targets}
    for place, point in enumerate(contract.trajectory):
        year = due.get((point.indicator, point.entity, point.target))
        if year is not None and point.year >= year:
            yield _mistake("trajectory", place, "year", "year", f"un point de trajectoire précède l’échéance, {year}")
        if year is None:
            yield _mistake(
                "trajectory",
                place,
                "target",
                "unknown",
                f"la cible « {point.target} » n’est pas dans le tableau targets",
            )


def _mistake(table: str, row: int, column: str | None, code: str, message: str) -> Mistake:
    return Mistake(table=table, row=row, column=column, code=code, message=message)
