"""What contradicts itself between the rows of a contract: its group, its wholes and parts, its targets and paths."""

from collections.abc import Iterator, Mapping

from shared.intake.mistakes import Mistake, Unread

from . import target
from .concerned import Concerned
from .contract import Contract, EntityKind

_TARGET = ("indicator", "entity", "target")


def structure_mistakes(contract: Contract, unread: Unread) -> Iterator[Mistake]:
    """What contradicts itself; places are counted among the rows that could be read."""
    yield from _groups(contract, unread)
    yield from _cycles(contract)
    for place, each in enumerate(contract.targets):
        for column, message in target.incoherences(each):
            yield _mistake("targets", place, column, "incoherent", message)
    yield from _targets_out_of_place(contract, unread)
    yield from _orphan_points(contract, unread)


def _groups(contract: Contract, unread: Unread) -> Iterator[Mistake]:
    """One group; a row whose kind could not be read may be the one that is missing."""
    groups = [place for place, entity in enumerate(contract.entities) if entity.kind is EntityKind.GROUP]
    kinds = [cells.get("kind") for cells in unread.rows("entities")]
    count = len(groups) + kinds.count(EntityKind.GROUP)
    if count > 1 or (count == 0 and None not in kinds):
        place = groups[:2][-1] if groups else 0
        yield _mistake("entities", place, "kind", "group", "une entité, et une seule, est le groupe (group)")


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


def _targets_out_of_place(contract: Contract, unread: Unread) -> Iterator[Mistake]:
    concerned = Concerned.of(contract, unread)
    for place, each in enumerate(contract.targets):
        if message := concerned.objection(each.indicator, each.entity):
            yield _mistake("targets", place, "entity", "not-declined", message)


def _orphan_points(contract: Contract, unread: Unread) -> Iterator[Mistake]:
    due = {(each.indicator, each.entity, each.target): each.due_year for each in contract.targets}
    unsure = unread.keys("targets", _TARGET)
    for place, point in enumerate(contract.trajectory):
        key = (point.indicator, point.entity, point.target)
        year = due.get(key)
        if year is not None and point.year >= year:
            yield _mistake("trajectory", place, "year", "year", f"un point de trajectoire précède l’échéance, {year}")
        if year is None and key not in unsure:
            message = f"la cible « {point.target} » n’est pas dans le tableau targets"
            yield _mistake("trajectory", place, "target", "unknown", message)


def _mistake(table: str, row: int, column: str, code: str, message: str) -> Mistake:
    return Mistake(table=table, row=row, column=column, code=code, message=message)
