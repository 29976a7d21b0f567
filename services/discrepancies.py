"""Which subjects differ between what an owner told and what the views show, read one after the other under writes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a subject differs."""

    MISSING = "absent des vues"
    OLDER = "en retard dans les vues"
    NEWER = "en avance dans les vues : le service ne connaît pas cette version"
    UNKNOWN = "inconnu du service : les vues le gardent seules"
    DIFFERENT = "la même version, et un autre contenu"
    HISTORY = "d’autres versions passées"


ON_THEIR_WAY = frozenset({Kind.MISSING, Kind.OLDER, Kind.HISTORY})


@dataclass(frozen=True, slots=True)
class Held:
    """A subject on one side; no `versions` where that side keeps no history."""

    version: int
    digest: str
    versions: int | None


Subjects = Mapping[str, Held]
_NOTHING = Held(0, "", None)


@dataclass(frozen=True, slots=True)
class Difference:
    """A subject that is not the same on both sides; 0 is the version of what is not there."""

    subject: str
    kind: Kind
    told: int
    shown: int


def compare(told: Subjects, shown: Subjects, after: Subjects) -> Iterator[Difference]:
    """What the views lack of what was told before they were read; what they have that was not told even after."""
    for subject, each in told.items():
        held = shown.get(subject, _NOTHING)
        if held.version < each.version:
            yield Difference(subject, Kind.OLDER if held.version else Kind.MISSING, each.version, held.version)
    for subject, held in shown.items():
        if kind := _kind(after.get(subject, _NOTHING), held):
            yield Difference(subject, kind, after.get(subject, _NOTHING).version, held.version)


def _kind(told: Held, held: Held) -> Kind | None:
    if held.version > told.version:
        return Kind.NEWER if told.version else Kind.UNKNOWN
    if held.version < told.version:
        return None  # told since, or counted already
    if held.digest != told.digest:
        return Kind.DIFFERENT
    return Kind.HISTORY if held.versions is not None and held.versions != told.versions else None
