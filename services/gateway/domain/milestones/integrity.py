"""What became of a step since the signature: every change, with its reason, and whether the commitment is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise

from .due import Due

_SCOPES = {"group": "pour le groupe", "schools": "pour chaque école"}


class Kind(StrEnum):
    """What a change changes, in the order in which one version's are told."""

    MOVED = "moved"
    REWORDED = "reworded"
    ALTERED = "altered"
    ADDED = "added"
    WITHDRAWN = "withdrawn"
    RESTORED = "restored"


LABELS = {
    Kind.MOVED: "date déplacée",
    Kind.REWORDED: "libellé modifié",
    Kind.ALTERED: "conditions modifiées",
    Kind.ADDED: "ajoutée",
    Kind.WITHDRAWN: "retirée",
    Kind.RESTORED: "rétablie",
}


@dataclass(frozen=True, slots=True)
class StepVersion:
    """A step as its owner recorded it; `signed` where it is of the contract's first plan."""

    version: int
    title: str
    due: Due
    conditional: bool
    scope: str
    pilot: str | None
    signed: bool
    withdrawn: bool
    reason: str | None
    by: str
    at: datetime
    line: str = ""


@dataclass(frozen=True, slots=True)
class Postponement:
    """A statement of an entity's progress: the postponed date that it holds, or none."""

    entity: str
    due: Due | None
    reason: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """`before` and `after` are words for people; `entity` is the one that postponed, none where the plan changed."""

    entity: str | None
    kind: str
    before: str | None
    after: str | None
    reason: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a step is, set against the signature; only a signed step is kept, moved, reworded or withdrawn."""

    signed: bool
    kept: bool
    moved: bool
    reworded: bool
    added: bool
    withdrawn: bool
    changes: tuple[Change, ...]


_NEVER_PLANNED = Commitment(
    signed=False, kept=False, moved=False, reworded=False, added=False, withdrawn=False, changes=()
)


def commitment(
    versions: Sequence[StepVersion], postponements: Sequence[Postponement], holder: str | None
) -> Commitment:
    """Both oldest first; what was moved and moved back is not moved, and both changes are told.

    `holder` is the entity whose postponements move the step, none where it is shared: a school's is then told, and
    leaves the group's commitment as it is.
    """
    if not versions:
        return _NEVER_PLANNED
    first, last = versions[0], versions[-1]
    moved = first.signed and _days(_held_due(last, postponements, holder)) != _days(first.due)
    reworded = first.signed and last.title != first.title
    withdrawn = first.signed and last.withdrawn
    return Commitment(
        signed=first.signed,
        kept=first.signed and not (moved or reworded or withdrawn),
        moved=moved,
        reworded=reworded,
        added=not first.signed and not last.withdrawn,
        withdrawn=withdrawn,
        changes=_changes(versions, postponements),
    )


def _changes(versions: Sequence[StepVersion], postponements: Sequence[Postponement]) -> tuple[Change, ...]:
    """By time; at the same instant the plan's before the entities'."""
    of_plan = [change for before, after in pairwise(versions) for change in _between(before, after)]
    of_entities = _postponed(versions, postponements)
    return tuple(sorted([*_added(versions[0]), *of_plan, *of_entities], key=lambda change: change.at))


def _added(first: StepVersion) -> Iterator[Change]:
    if not first.signed:
        yield _change(first, Kind.ADDED, None, first.title)


def _between(before: StepVersion, after: StepVersion) -> Iterator[Change]:
    """What a version changes of the one before it."""
    if _days(before.due) != _days(after.due):
        yield _change(after, Kind.MOVED, _words(before.due), _words(after.due))
    if before.title != after.title:
        yield _change(after, Kind.REWORDED, before.title, after.title)
    was, now = _conditions(before, after), _conditions(after, before)
    if was:
        yield _change(after, Kind.ALTERED, ", ".join(was), ", ".join(now))
    if after.withdrawn and not before.withdrawn:
        yield _change(after, Kind.WITHDRAWN, before.title, None)
    if before.withdrawn and not after.withdrawn:
        yield _change(after, Kind.RESTORED, None, after.title)


def _change(version: StepVersion, kind: Kind, before: str | None, after: str | None) -> Change:
    return Change(None, kind, before, after, version.reason, version.by, version.at)


def _conditions(version: StepVersion, other: StepVersion) -> list[str]:
    """The conditions of a version that are not those of the other, in words."""
    return [words for words, others in zip(_every(version), _every(other), strict=True) if words != others]


def _every(version: StepVersion) -> tuple[str, ...]:
    pilot = f"pilote\u00a0: {version.pilot}" if version.pilot else "sans pilote"
    scope = _SCOPES.get(version.scope, version.scope)
    return "éventuelle" if version.conditional else "ferme", scope, pilot, f"ligne {version.line}"


def _postponed(versions: Sequence[StepVersion], postponements: Sequence[Postponement]) -> Iterator[Change]:
    """The statements by which the date that holds for an entity becomes another, or the step's own again."""
    held: dict[str, Due | None] = {}
    for each in postponements:
        own = _own_due(versions, each.at)
        before, after = held.get(each.entity) or own, each.due or own
        held[each.entity] = each.due
        if _days(before) != _days(after):
            yield Change(each.entity, Kind.MOVED, _words(before), _words(after), each.reason, each.by, each.at)


def _own_due(versions: Sequence[StepVersion], at: datetime) -> Due:
    """The step's own date, as last revised at that time."""
    return next((version.due for version in reversed(versions) if version.at <= at), versions[0].due)


def _held_due(last: StepVersion, postponements: Sequence[Postponement], holder: str | None) -> Due:
    """The date that holds: the one to which its holder put it off last, or its own."""
    own = [each.due for each in postponements if each.entity == holder]
    return (own[-1] if own else None) or last.due


def _days(due: Due) -> tuple[date, date, bool]:
    return due.earliest, due.latest, due.doubtful


def _words(due: Due) -> str:
    """As written, with the doubt where the writing does not show it."""
    return f"{due.text}\u202f?" if due.doubtful and "?" not in due.text else due.text
