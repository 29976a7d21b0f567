"""A person's assessment, beside the verdicts that were computed."""

from collections.abc import Sequence

from services.gateway.domain.assessments import LEVELS, diverges
from services.gateway.domain.judgement.verdicts import Status
from services.gateway.facts import ContractFacts
from services.gateway.schemas.follow_up import AssessmentView, TargetView


def assessment_view(
    facts: ContractFacts, indicator: str, entity: str, year: int, targets: Sequence[TargetView]
) -> AssessmentView | None:
    row = facts.assessments.get((indicator, entity), {}).get(year)
    if row is None or row.level is None:
        return None
    level = row.level
    return AssessmentView(
        level=level,
        label=LEVELS.get(level, level),
        comment=row.comment or "",
        by=row.recorded_by,
        at=row.recorded_at,
        diverges=[each.target for each in targets if diverges(level, Status(each.verdict.status))],
    )
