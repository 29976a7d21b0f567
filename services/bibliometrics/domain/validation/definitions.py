"""What is wrong with the contract's header, its entities, measures and declared counts."""

from collections.abc import Iterator

from services.bibliometrics.domain.registry import EntityKind, Registry
from shared.intake.mistakes import Mistake

from .places import placed, repeats, unknown_entity

_GOALS = range(1, 18)


def definition_mistakes(contract: str, registry: Registry) -> Iterator[Mistake]:
    yield from _header_mistakes(contract, registry)
    yield from _entity_mistakes(registry)
    yield from _measure_mistakes(registry)
    entities = {entity.code for entity in registry.entities}
    for place, row in enumerate(registry.observations):
        yield from placed("observations", place, unknown_entity(row.entity, entities))


def _header_mistakes(contract: str, registry: Registry) -> Iterator[Mistake]:
    if len(registry.contract) != 1:
        message = "le tableau contract a une rangée, et une seule : gardez celle du contrat"
        yield from placed("contract", min(1, len(registry.contract)), [("code", "count", message)])
    elif registry.header.code != contract:
        message = f"le contrat « {registry.header.code} » n’est pas celui de l’adresse, « {contract} » : corrigez-le"
        yield from placed("contract", 0, [("code", "code", message)])


def _entity_mistakes(registry: Registry) -> Iterator[Mistake]:
    groups = [place for place, entity in enumerate(registry.entities) if entity.kind is EntityKind.GROUP]
    if len(groups) != 1:
        message = "une entité, et une seule, est le groupe : donnez le genre « group » à celle-là, un autre aux autres"
        yield from placed("entities", groups[1] if groups else 0, [("kind", "group", message)])
    yield from repeats("entities", "code", (entity.code for entity in registry.entities), "ce code est déjà donné")


def _measure_mistakes(registry: Registry) -> Iterator[Mistake]:
    """Indicators are checked where a package names any."""
    indicators = {indicator.code for indicator in registry.indicators}
    for place, row in enumerate(registry.measures):
        if indicators and row.indicator not in indicators:
            message = f"« {row.indicator} » n’est pas dans le tableau indicators : ajoutez-l’y, ou corrigez ce code"
            yield from placed("measures", place, [("indicator", "unknown", message)])
        for written in (row.goals or "").split():
            if not written.isdecimal() or int(written) not in _GOALS:
                message = (
                    f"« {written} » n’est pas un objectif de développement durable : écrivez leurs numéros, de 1 à 17"
                )
                yield from placed("measures", place, [("goals", "form", message)])
    keys = (row.indicator for row in registry.measures)
    yield from repeats("measures", "indicator", keys, "cet indicateur a déjà une mesure")
