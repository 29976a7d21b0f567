"""A step that schools shared, and that became the group's."""

from datetime import UTC, date, datetime

from services.gateway.domain.milestones.due import Due
from services.gateway.domain.milestones.integrity import Postponement, StepVersion, commitment

SIGNED = Due(date(2025, 4, 1), date(2025, 6, 30), "T2 2025")
LATER = Due(date(2026, 1, 1), date(2026, 12, 31), "2026")


def version(number: int, scope: str) -> StepVersion:
    at = datetime(2025, number, 1, tzinfo=UTC)
    return StepVersion(number, "Ouvrir", SIGNED, False, scope, None, True, False, None, "dg", at)


def test_a_school_s_postponement_is_not_the_group_s() -> None:
    postponed = Postponement("lac", LATER, "Marché infructueux", "chef", datetime(2025, 1, 15, tzinfo=UTC))
    found = commitment([version(1, "schools"), version(2, "group")], [postponed], "imt")
    assert (found.kept, found.moved) == (True, False)
    assert [each.kind for each in found.changes] == ["moved", "altered"]
