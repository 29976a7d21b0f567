"""Where a person and the figures do not say the same."""

from collections.abc import Iterator

from services.gateway.domain.typography import marked, typeset
from services.gateway.schemas.follow_up import AssessmentView, DivergenceView, Followed, TargetView

from .lines import Line


def divergences(line: Line, view: Followed) -> Iterator[DivergenceView]:
    """One for each target of the line whose verdict the person does not share."""
    for target in view.targets:
        if view.assessment and target.target in view.assessment.diverges:
            yield _divergence(line, target, view.assessment)


def _divergence(line: Line, target: TargetView, told: AssessmentView) -> DivergenceView:
    name = line.facts.label(line.entity)
    sentence = f"{name} : « {told.label} » selon {told.by}, « {target.verdict.label} » selon les chiffres."
    return DivergenceView(
        indicator=line.indicator.code,
        label=line.indicator.label,
        entity=line.entity,
        entity_label=name,
        target=target.target,
        level=told.level,
        status=target.verdict.status,
        sentence=marked(typeset(sentence), target.verdict.simulated),
        simulated=target.verdict.simulated,
    )
