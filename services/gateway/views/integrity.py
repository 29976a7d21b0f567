"""What became of a contract's steps since the signature: what each was, every change, and how many are kept."""

from collections.abc import Iterable, Iterator, Mapping

from services.gateway.domain.milestones.integrity import (
    LABELS,
    Change,
    Commitment,
    Kind,
    Postponement,
    StepVersion,
    commitment,
)
from services.gateway.milestone_facts import Said, Step
from services.gateway.milestone_history import Recorded
from services.gateway.schemas.milestones import IntegrityView, StepChangeView

from .parts import Part
from .steps import Past

_SHOWN = 1000
_COUNTED = ("signed", "kept", "moved", "reworded", "added", "withdrawn")


def pasts(part: Part, recorded: Recorded) -> dict[str, Past]:
    """By step of the part, those withdrawn too. An entity hears what it said itself, and what the group remarks."""
    return {each.id: _past(part, each, recorded) for each in part.steps()}


def integrity(part: Part, pasts: Mapping[str, Past]) -> IntegrityView:
    milestones = part.milestone_of()
    changes = [each for step in part.steps() for each in _changes(part, step, pasts[step.id].commitment, milestones)]
    return IntegrityView(
        **{name: sum(getattr(past.commitment, name) for past in pasts.values()) for name in _COUNTED},
        told=len(changes),
        changes=sorted(changes, key=lambda each: each.at)[-_SHOWN:],
    )


def _past(part: Part, step: Step, recorded: Recorded) -> Past:
    versions = recorded.versions[step.id]
    said = [each for each in recorded.said.get(step.id, []) if part.is_group or each.entity == part.entity]
    heard = {part.entity, part.group}
    return Past(
        first=versions[0],
        comments=[each for each in recorded.comments.get(step.id, []) if part.is_group or each.entity in heard],
        commitment=_commitment(versions, said, part.holder(step)),
    )


def _commitment(versions: Iterable[Step], said: Iterable[Said], holder: str | None) -> Commitment:
    return commitment([_version(each) for each in versions], [_postponement(each) for each in said], holder)


def _version(step: Step) -> StepVersion:
    return StepVersion(
        version=step.version,
        title=step.title,
        due=step.due,
        conditional=step.conditional,
        scope=step.scope,
        pilot=step.pilot,
        signed=step.signed,
        withdrawn=step.withdrawn,
        reason=step.reason,
        by=step.recorded_by,
        at=step.recorded_at,
        line=step.line,
    )


def _postponement(said: Said) -> Postponement:
    return Postponement(said.entity, said.progress.due, said.reason, said.recorded_by, said.recorded_at)


def _changes(part: Part, step: Step, found: Commitment, milestones: Mapping[str, str]) -> Iterator[StepChangeView]:
    for change in found.changes:
        yield StepChangeView(
            step=step.id,
            code=step.code,
            title=step.title,
            year=step.year,
            line=step.line,
            milestone=milestones.get(step.line),
            entity=change.entity,
            label=part.label(change.entity) if change.entity else None,
            **_told(change),
        )


def _told(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "kind_label": LABELS[Kind(change.kind)],
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
        "by": change.by,
        "at": change.at,
    }
