"""Everything by which publications are attributed, compiled once from a package."""

from dataclasses import dataclass

from services.bibliometrics.domain.registry import Registry

from .people import People
from .signatures import Signatures


@dataclass(frozen=True, slots=True)
class Rules:
    """The entities' signatures and their staff."""

    signatures: Signatures
    people: People

    @classmethod
    def of(cls, registry: Registry) -> "Rules":
        """The rules of a package without mistakes; ValueError, in French, for a period that cannot be read."""
        return cls(Signatures.of(registry.affiliations), People.of(registry.staff))
