"""A person's assessment beside the computed verdict: its four levels, and whether the two diverge."""

from .judgement.verdicts import Status

LEVELS = {
    "secure": "Objectifs sécurisés",
    "attainable": "Objectifs atteignables",
    "support_needed": "Appuis nécessaires",
    "compromised": "Objectifs compromis",
}
_CONFIDENT = frozenset({"secure", "attainable"})
_WORRIED = frozenset({"support_needed", "compromised"})
_GOOD = frozenset({Status.MET, Status.ON_TRACK})
_BAD = frozenset({Status.BEHIND, Status.MISSED})


def diverges(level: str, status: Status) -> bool:
    """A confident person where the figure is late or missed, or a worried one where it is met or on track.

    « À surveiller » contradicts nobody, nor does a status that judges nothing.
    """
    return (level in _CONFIDENT and status in _BAD) or (level in _WORRIED and status in _GOOD)
