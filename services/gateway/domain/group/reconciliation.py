"""Reconciling what the entities give together with what the group declares: the ledger explains, the rest is said."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeVar

from services.gateway.domain import definition
from services.gateway.domain.targets import Measure
from services.gateway.domain.typography import difference, level, marked, quantity, typeset
from services.gateway.domain.values import WIDE, total

from .aggregation import ADDABLE, Completeness, GroupValue, beyond

_TWICE = Decimal(2)
_NAMES = {"ratio": "Rapport des sommes", "cumulative": "Somme des cumuls"}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A signed, sourced amount that leads from the entities' Σ towards the group's value."""

    amount: Decimal
    reason: str
    source: str
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """`combined` + adjustments = `explained`; `explained` + `unexplained` = `declared`, exactly.

    `combined` is the Σ of the entities, or for a ratio the ratio of their sums. All but it and `declared` are none
    where an entity is missing, or where only one side is simulated.
    """

    combined: Decimal | None
    declared: Decimal | None
    gap: Decimal | None
    adjustments: tuple[Adjustment, ...]
    explained: Decimal | None
    unexplained: Decimal | None
    completeness: Completeness


def reconcile(value: GroupValue, adjustments: Sequence[Adjustment]) -> Reconciliation:
    """Set the entities' Σ, moved by the ledger of the year, against what the group declares."""
    explained = _explained(value, adjustments)
    return Reconciliation(
        combined=value.combined,
        declared=value.declared,
        gap=beyond(value.declared, value.combined) if value.comparable else None,
        adjustments=tuple(adjustments),
        explained=explained,
        unexplained=beyond(value.declared, explained) if value.comparable else None,
        completeness=value.completeness,
    )


class _About(Protocol):
    @property
    def entity(self) -> str | None: ...


_Line = TypeVar("_Line", bound=_About)


def applicable(ledger: Iterable[_Line], turned_on: Collection[str | None]) -> list[_Line]:
    """The lines that still explain: not those of an entity that Σ leaves out, nor of one that it now counts itself."""
    return [each for each in ledger if each.entity is None or each.entity not in turned_on]


def amounts(ledger: Iterable[definition.Adjustment], indicator: str) -> dict[int, Decimal]:
    """What a ledger adds to the Σ of an indicator, by year."""
    lines = [each for each in ledger if each.indicator == indicator]
    return {year: total(each.amount for each in lines if each.year == year) for year in {line.year for line in lines}}


def _explained(value: GroupValue, adjustments: Sequence[Adjustment]) -> Decimal | None:
    if value.combined is None or not value.completeness.whole:
        return None
    return total([value.combined, *(each.amount for each in adjustments)])


def sentence(
    found: Reconciliation, value: GroupValue, aggregation: str, measure: Measure, labels: Mapping[str, str]
) -> str:
    """What a person reads of it, in French."""
    return marked(typeset(_said(found, aggregation, measure, labels)), value.simulated)


def entities(count: int) -> str:
    return f"{count} entité{'s' if count > 1 else ''}"


def partial(completeness: Completeness, labels: Mapping[str, str]) -> str:
    """« 7 entités sur 9 (manquent : A, B) »."""
    names = ", ".join(labels.get(each, each) for each in completeness.missing)
    verb = "manquent" if len(completeness.missing) > 1 else "manque"
    return f"{entities(completeness.received)} sur {completeness.expected} ({verb} : {names})"


def _said(found: Reconciliation, aggregation: str, measure: Measure, labels: Mapping[str, str]) -> str:
    if aggregation not in ADDABLE | {"ratio"}:
        return "Mesuré au niveau du groupe : les valeurs des entités ne s’additionnent pas."
    if found.combined is None:
        return "Aucune valeur d’entité pour cette année."
    together = f"{_NAMES.get(aggregation, 'Somme')} de {_received(found, labels)} : {quantity(found.combined, measure)}"
    if not found.completeness.whole:
        return f"{together} ; sans toutes les valeurs, aucun écart n’est calculé."
    if found.declared is None:
        return f"{together} ; le groupe n’a pas déclaré de valeur."
    if found.gap is None:
        return f"{together} ; une valeur simulée ne se compare pas à une valeur réelle."
    return f"{together}, {_against(found.gap, found.declared, measure)}{_explanation(found, aggregation, measure)}."


def _received(found: Reconciliation, labels: Mapping[str, str]) -> str:
    whole = found.completeness.whole
    return entities(found.completeness.expected) if whole else partial(found.completeness, labels)


def _against(gap: Decimal, declared: Decimal, measure: Measure) -> str:
    if gap == 0:
        return "égale à la valeur du groupe"
    word = "moins" if gap > 0 else "plus"
    return f"soit {difference(gap, measure)} de {word} que le groupe ({level(declared, measure)})"


def _explanation(found: Reconciliation, aggregation: str, measure: Measure) -> str:
    """What the ledger explains of a gap, and what remains."""
    if not found.gap and not found.adjustments:
        return ""
    if not found.adjustments and _is_rounding(found.gap, found.declared):
        return " ; l’arrondi du chiffre imprimé suffit à l’expliquer"
    if not found.adjustments:
        shared = ", où ce que plusieurs entités partagent compte une seule fois" if aggregation == "distinct" else ""
        return f"{shared} ; aucun ajustement ne l’explique"
    explained = f" ; avec les ajustements, {level(found.explained or Decimal(0), measure)}"
    if not found.unexplained:
        return f"{explained} : tout est expliqué"
    return f"{explained} ; reste sans explication : {_signed(found.unexplained, measure)}"


def _is_rounding(gap: Decimal | None, declared: Decimal | None) -> bool:
    """Whether the gap is within half a unit of the last decimal that the group prints."""
    if gap is None or declared is None:
        return False
    exponent = declared.as_tuple().exponent
    return (
        isinstance(exponent, int)
        and exponent < 0
        and WIDE.multiply(gap.copy_abs(), _TWICE) <= Decimal(1).scaleb(exponent, WIDE)
    )


def _signed(amount: Decimal, measure: Measure) -> str:
    return f"{'−' if amount < 0 else '+'}{difference(amount, measure)}"
