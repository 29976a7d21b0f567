"""What an assessment states: a person's own judgement of an entity's year, beside the one that is computed."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import NAMESPACE_URL, uuid5

LONGEST_COMMENT = 2000


class Level(StrEnum):
    """The four levels of the State's own « météo », from « Objectifs sécurisés » to « Objectifs compromis »."""

    SECURE = "secure"
    ATTAINABLE = "attainable"
    SUPPORT_NEEDED = "support_needed"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class Assessed:
    """What is assessed: an indicator of an entity, in a year of a contract."""

    contract: str
    indicator: str
    entity: str
    year: int

    @property
    def id(self) -> str:
        """It follows from the key, so that the same judgement has the same one in every database."""
        key = (self.contract, self.indicator, self.entity, str(self.year))
        return str(uuid5(NAMESPACE_URL, "/".join(["urn:cadran:assessments", *key])))


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level and the sentence that gives its reasons."""

    level: Level | None
    comment: str | None


WITHDRAWN = Judgement(None, None)
