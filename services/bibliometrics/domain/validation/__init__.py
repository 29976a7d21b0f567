"""What is wrong with a package's registry, each time with its place and a sentence that says what to do."""

from services.bibliometrics.domain.registry import Registry
from shared.intake.mistakes import Mistake

from .affiliations import affiliation_mistakes
from .definitions import definition_mistakes
from .staff import staff_mistakes


def registry_mistakes(contract: str, registry: Registry) -> list[Mistake]:
    """Everything that is wrong, places counted among the registry's rows; `contract` is the address's."""
    entities = {entity.code for entity in registry.entities}
    return [
        *definition_mistakes(contract, registry),
        *affiliation_mistakes(registry.affiliations, entities),
        *staff_mistakes(registry.staff, entities),
    ]


__all__ = ["registry_mistakes"]
