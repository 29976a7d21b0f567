"""The tables of a package's registry: the dataclass of each one's rows, and how what is kept is written as JSON."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from shared.intake.tables import Tables

from .domain import registry as definitions
from .domain.attribution import Evidence
from .domain.consolidation import Publication
from .domain.extraction import Header
from .domain.publication import Record
from .domain.registry import Registry
from .domain.signature import Signed

OBSERVATIONS = "observations"
KEYS: Mapping[str, tuple[str, ...]] = {
    "contract": ("code",),
    "entities": ("code",),
    "indicators": ("code",),
    "measures": ("indicator",),
    "affiliations": ("entity", "kind", "value", "valid_from"),
    "staff": ("person", "entity", "start"),
    OBSERVATIONS: ("indicator", "entity", "year"),
}
TABLES = Tables(
    {
        "contract": definitions.Header,
        "entities": definitions.Entity,
        "indicators": definitions.Indicator,
        "measures": definitions.Measure,
        "affiliations": definitions.Affiliation,
        "staff": definitions.Employment,
        OBSERVATIONS: definitions.Declared,
    },
    lenient=("indicators", OBSERVATIONS),
)
REGISTRY, RECORD, PUBLICATION = TypeAdapter(Registry), TypeAdapter(Record), TypeAdapter(Publication)
SIGNED, EVIDENCE, HEADER = TypeAdapter(Signed), TypeAdapter(tuple[Evidence, ...]), TypeAdapter(Header)
