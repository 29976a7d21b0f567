"""What several owners answer to one package, as one answer: the counts of its rows, and what is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

_COUNTS = ("received", "created", "updated", "unchanged", "rejected", "removed")
_LISTED = ("changes", "notices")
Refusal = Mapping[str, Any]


def merged_plan(plans: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One plan of every table; of one that several take, the counts are those of the owner that refuses most."""
    tables: dict[str, Mapping[str, int]] = {}
    for plan in plans:
        for name, counts in plan["tables"].items():
            known = tables.get(name, counts)
            tables[name] = counts if counts["rejected"] > known["rejected"] else known
    totals = {name: sum(counts[name] for counts in tables.values()) for name in _COUNTS}
    return {"tables": tables, **totals, **{name: [each for plan in plans for each in plan[name]] for name in _LISTED}}


def merged_refusals(answers: Sequence[Sequence[Refusal]]) -> list[Refusal]:
    """Every refusal once: where two owners refuse the same cell, or say the same of a row, the first one speaks."""
    merged: list[Refusal] = []
    for answer in answers:
        told = {place for each in merged for place in _places(each)}
        merged += [each for each in answer if not told & _places(each)]
    return merged


def _places(refusal: Refusal) -> set[tuple[Any, ...]]:
    row = (refusal["table"], refusal["row"])
    return {(*row, "column", refusal["column"]), (*row, "message", refusal["message"])}
