"""What explains an attribution, and what was decided of one that was contested."""

from dataclasses import dataclass
from enum import StrEnum

from services.bibliometrics.domain.registry import AffiliationKind, Perimeter


class Clue(StrEnum):
    """What was matched: an identifier or a name of the entity, one of its staff, or nothing but a decision."""

    SCOPUS = AffiliationKind.SCOPUS.value
    ROR = AffiliationKind.ROR.value
    HAL_COLLECTION = AffiliationKind.HAL_COLLECTION.value
    HAL_STRUCTURE = AffiliationKind.HAL_STRUCTURE.value
    NAME = AffiliationKind.NAME.value
    STAFF_SCOPUS = "staff_scopus_author_id"
    STAFF_ORCID = "staff_orcid"
    STAFF_IDHAL = "staff_idhal"
    STAFF_NAME = "staff_name"
    DECISION = "decision"


class Verdict(StrEnum):
    ATTRIBUTED = "attributed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What was decided on a contestation: it wins over what the records say."""

    entity: str
    perimeter: Perimeter
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason of an attribution, given once a record.

    `value` is the identifier, pattern or person's code that matched (of a decision, its verdict); `text` where it was
    found: an affiliation, a dataset's name, an author's name (empty where an identifier stands alone); `record` is
    written `source:key`. What makes a publication permanent makes it whole, and is not said again.
    """

    perimeter: Perimeter
    rule: Clue
    value: str
    text: str = ""
    record: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A publication of an entity; it is never permanent without being whole."""

    entity: str
    permanent: bool
    whole: bool
    evidence: tuple[Evidence, ...]
