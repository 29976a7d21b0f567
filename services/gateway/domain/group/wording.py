"""What a person reads of the entities' pledges beside the group's, in French."""

from collections.abc import Mapping
from decimal import Decimal

from services.gateway.domain.targets import Measure
from services.gateway.domain.typography import difference, level, percent, quantity, typeset
from services.gateway.domain.values import POINTS_UNIT, WIDE, rounded

from .commitments import Commitments, Judged, Word
from .pledges import Pledge
from .reconciliation import entities, partial
from .sides import Span

_POINTS, _TENTHS = Measure(unit=POINTS_UNIT, decimals=0), Measure(unit=POINTS_UNIT, decimals=1)
_HUNDRED, _TENTH = Decimal(100), Decimal("0.1")
_LESS_THAN = "moins de"
_WORDS = {Word.SHORT: "en deçà du groupe", Word.BEYOND: "au-delà du groupe", Word.EQUAL: "à hauteur du groupe"}


def sentence(found: Commitments, measure: Measure, labels: Mapping[str, str]) -> str:
    """What a person reads of them, in French."""
    return typeset(_said(found, measure, labels))


def basis_note(by_entity: Mapping[str, Pledge], labels: Mapping[str, str]) -> str | None:
    """How what is no plain level was counted, each way with its entities."""
    ways: dict[str, list[str]] = {}
    for entity, pledged in by_entity.items():
        if pledged.note:
            ways.setdefault(pledged.note, []).append(labels.get(entity, entity))
    return typeset(" ; ".join(f"{way} : {', '.join(names)}" for way, names in ways.items())) or None


def _said(found: Commitments, measure: Measure, labels: Mapping[str, str]) -> str:
    if not found.completeness.received:
        return "Aucune entité n’a de cible qui soit un niveau."
    if found.entities.level is None:
        return "Les engagements des entités ne s’additionnent pas : chacun se lit pour lui-même."
    pledged = f"en {found.year} : {_levels(found.entities.level, measure)}"
    if not found.completeness.whole:
        counted = partial(found.completeness, labels)
        return f"Engagements de {counted} {pledged} ; sans tous les niveaux, rien n’est comparé."
    together = f"Engagements de {entities(found.completeness.expected)} {pledged}"
    together += _adjusted(found, measure)
    if found.verdict is Word.NOT_COMPARABLE:
        return f"{together} ; le groupe n’a pas de niveau auquel les comparer."
    return f"{together}, {_WORDS[found.verdict]}{_ends(found, measure)}."


def _adjusted(found: Commitments, measure: Measure) -> str:
    if not found.adjustment or found.adjusted is None:
        return ""
    return f" (avec les ajustements, {level(found.adjusted.low, measure)})"


def _ends(found: Commitments, measure: Measure) -> str:
    """In the terms of the group's pledge, then in the others where both sides have them."""
    if found.judged_on is Judged.CHANGE:
        return f" ; {_change_ends(found)}{_rounded(found.group.level, measure)}{_alike(found)}"
    ends = (_level_ends(found, measure), _change_ends(found))
    return "".join(f" ; {each}" for each in ends if each)


def _rounded(span: Span | None, measure: Measure) -> str:
    """The levels that a growth leads to, with the printed decimals alone."""
    if span is None:
        return ""
    ends = [level(rounded(end, measure.decimals), measure) for end in _both(span)]
    return f" ({' à '.join(ends)})"


def _level_ends(found: Commitments, measure: Measure) -> str:
    if found.group.level is None or found.gap is None:
        return ""
    away = f" (écart : {distance(found, measure)})" if found.away else ""
    ends = " à ".join(level(end, measure) for end in _both(found.group.level))
    return f"le groupe s’engage sur {ends}{away}"


def _change_ends(found: Commitments) -> str:
    if found.entities.change is None or found.group.change is None:
        return ""
    return f"évolution de {_changes(found.entities.change)}, contre {_changes(found.group.change)} pour le groupe"


def _alike(found: Commitments) -> str:
    """Growths that differ, and that one decimal shows alike."""
    away = distance(found, _POINTS)
    return f" (écart : {away})" if away.startswith(_LESS_THAN) else ""


def distance(found: Commitments, measure: Measure) -> str:
    """How far Σ is from what the group asks for: in the measure's unit, or in points between growths."""
    if found.away is None:
        return ""
    if found.judged_on is Judged.LEVEL:
        return difference(found.away, measure)
    points = rounded(WIDE.multiply(found.away, _HUNDRED), 1)
    if not points:
        return f"{_LESS_THAN} {difference(_TENTH, _TENTHS)}"
    return difference(points, _POINTS if rounded(points, 0) == points else _TENTHS)


def _levels(span: Span, measure: Measure) -> str:
    return " à ".join(quantity(end, measure) for end in _both(span))


def _changes(span: Span) -> str:
    return " à ".join(percent(end) for end in _both(span))


def _both(span: Span) -> tuple[Decimal, ...]:
    return (span.low,) if span.low == span.high else (span.low, span.high)
