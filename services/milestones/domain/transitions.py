"""The states of a step, and the one table of how it passes from one to another."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    PARTLY_DONE = "partly_done"
    DONE = "done"
    POSTPONED = "postponed"
    ABANDONED = "abandoned"


LABELS: Mapping[State, str] = {
    State.PLANNED: "à venir",
    State.IN_PROGRESS: "en cours",
    State.PARTLY_DONE: "partiellement réalisée",
    State.DONE: "réalisée",
    State.POSTPONED: "reportée",
    State.ABANDONED: "abandonnée",
}

_ENDINGS = {State.DONE: "complete", State.POSTPONED: "postpone", State.ABANDONED: "abandon"}

TRANSITIONS: Mapping[State, Mapping[State, str]] = {
    State.PLANNED: {
        State.IN_PROGRESS: "start",
        State.PARTLY_DONE: "complete_partly",
        **_ENDINGS,
        State.PLANNED: "amend",
    },
    State.IN_PROGRESS: {State.IN_PROGRESS: "amend", State.PARTLY_DONE: "complete_partly", **_ENDINGS},
    State.PARTLY_DONE: {State.PARTLY_DONE: "amend", State.IN_PROGRESS: "resume", **_ENDINGS},
    State.POSTPONED: {
        State.POSTPONED: "postpone",
        State.IN_PROGRESS: "start",
        State.PARTLY_DONE: "complete_partly",
        State.DONE: "complete",
        State.ABANDONED: "abandon",
    },
    State.DONE: {State.DONE: "amend", State.IN_PROGRESS: "reopen"},
    State.ABANDONED: {State.ABANDONED: "amend", State.PLANNED: "reinstate"},
}
"""From a state, those that it may pass to, each with the name of the action; nothing else is allowed."""

REASONED = frozenset({"postpone", "abandon", "reopen", "reinstate", "amend"})
"""The actions that say why; of these `amend` only where something was stated before."""


def actions(state: State) -> tuple[str, ...]:
    """What may be done from a state, in the table's order, each action once."""
    return tuple(dict.fromkeys(TRANSITIONS[state].values()))


def action(before: State, after: State) -> str | None:
    """The action that leads from one state to another, or None where the table has none."""
    return TRANSITIONS[before].get(after)
