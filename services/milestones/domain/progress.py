"""What is stated of a step: its state and what goes with it, what contradicts itself there, and what is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .dates import Due
from .evidence import Evidence, evidence_mistakes, kept_evidence
from .forms import present, text_forms
from .transitions import LABELS, REASONED, TRANSITIONS, State, action, actions


class Confidence(StrEnum):
    """How sure the forecast is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a step is now expected."""

    due: Due
    confidence: Confidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """The whole of what is said of a step for one entity.

    `share` is strictly between 0 and 1. `due` is the date that the step was postponed to; None: the step's own.
    """

    state: State = State.PLANNED
    share: Decimal | None = None
    done_on: date | None = None
    evidence: tuple[Evidence, ...] = ()
    due: Due | None = None
    forecast: Forecast | None = None
    reason: str | None = None
    note: str | None = None


PLANNED = Statement()
LONGEST_REASON, LONGEST_NOTE = 1000, 2000
SHARE_PLACES = 4
_FIRST_DAY = date(1900, 1, 1)
EXPLAINED = frozenset({State.POSTPONED, State.ABANDONED})
_CLOSED = {State.DONE, State.ABANDONED}
_Found = Iterator[tuple[str, str, str]]
STATED = ("state", "share", "done_on", "evidence", "due", "forecast", "note")


def settled(before: Statement | None, after: Statement) -> Statement:
    """A statement as it is kept: blank texts are absent, and a postponed date holds until another one replaces it.

    A step that is reinstated goes back to its own date.
    """
    documents = tuple(kept for each in after.evidence if (kept := kept_evidence(each)))
    due = after.due if after.state is State.POSTPONED else after.due or _due_held(before, after)
    return replace(after, evidence=documents, reason=present(after.reason), note=present(after.note), due=due)


def says_the_same(before: Statement | None, after: Statement) -> bool:
    """Whether a statement says again what is known; its reason does not count."""
    kept = settled(before, after)
    return before is not None and all(getattr(before, name) == getattr(kept, name) for name in STATED)


def allowed_actions(statement: Statement | None) -> tuple[str, ...]:
    """What may be done next of a step; where nothing was stated it is planned."""
    return actions(statement.state if statement else State.PLANNED)


def _due_held(before: Statement | None, after: Statement) -> Due | None:
    if before is None or _reinstates(before, after):
        return None
    return before.due


def _reinstates(before: Statement, after: Statement) -> bool:
    return before.state is State.ABANDONED and after.state is State.PLANNED


def mistakes(before: Statement | None, after: Statement, own: Due, today: date) -> _Found:
    """Everything that forbids a statement, as (column, code, sentence); `own` is the step's own date.

    What says again what is known is never wrong. A document's column is « evidence/0/address », and so on.
    """
    if says_the_same(before, after):
        return
    known = before or PLANNED
    yield from _transition_mistakes(known.state, after.state)
    yield from _share_mistakes(after)
    yield from _done_on_mistakes(after, today)
    yield from _evidence_mistakes(after)
    yield from _due_mistakes(before, after, own)
    if after.forecast and after.state in _CLOSED:
        yield "forecast", "unexpected", f"une étape {LABELS[after.state]} n’a plus de date prévue"
    yield from _reason_mistakes(before, after)
    yield from (("note", "form", message) for message in text_forms(after.note, LONGEST_NOTE))


def _transition_mistakes(before: State, after: State) -> _Found:
    if action(before, after) is None:
        possible = ", ".join(f"« {LABELS[each]} »" for each in TRANSITIONS[before])
        message = f"de « {LABELS[before]} », une étape ne passe pas à « {LABELS[after]} » ; possible : {possible}"
        yield "state", "transition", message


def _share_mistakes(after: Statement) -> _Found:
    share = after.share
    if after.state is not State.PARTLY_DONE:
        if share is not None:
            yield "share", "unexpected", "seule une étape partiellement réalisée donne la part qui l’est"
    elif share is None:
        yield "share", "required", "une étape partiellement réalisée donne la part qui l’est, par exemple 0.5"
    elif not (share.is_finite() and 0 < share < 1):
        yield "share", "form", "la part réalisée est entre 0 et 1, ni l’un ni l’autre, par exemple 0.5"
    elif share != round(share, SHARE_PLACES):
        yield "share", "form", f"la part réalisée s’écrit avec {SHARE_PLACES} décimales au plus"


def _done_on_mistakes(after: Statement, today: date) -> _Found:
    if after.done_on is None:
        return
    if after.state is not State.DONE:
        yield "done_on", "unexpected", "seule une étape réalisée donne le jour où elle l’a été"
    if after.done_on > today:
        yield "done_on", "future", f"une étape réalisée l’est au plus tard aujourd’hui, {today:%d/%m/%Y}"
    if after.done_on < _FIRST_DAY:
        yield "done_on", "form", "une étape n’a pas été réalisée avant 1900"


def _evidence_mistakes(after: Statement) -> _Found:
    documents = [(place, each) for place, each in enumerate(after.evidence) if kept_evidence(each)]
    if after.state is State.DONE and not documents:
        message = "une étape réalisée se prouve : joignez la référence ou l’adresse d’un document"
        yield "evidence", "required", message
    for place, each in documents:
        for column, code, message in evidence_mistakes(each):
            yield f"evidence/{place}/{column}", code, message


def _due_mistakes(before: Statement | None, after: Statement, own: Due) -> _Found:
    """The date that holds may be said again; only a postponement sets another one, that ends later."""
    held = _due_held(before, after)
    if after.state is not State.POSTPONED:
        if after.due not in {None, held}:
            yield "due", "unexpected", "une nouvelle date ne se donne qu’avec l’état « reportée »"
    elif after.due is None:
        yield "due", "required", "une étape reportée donne sa nouvelle date, par exemple « T2 2026 »"
    elif after.due != held and after.due.latest <= (held or own).latest:
        message = f"la nouvelle date finit après celle qui valait, « {(held or own).text} »"
        yield "due", "order", f"{message} (jusqu’au {(held or own).latest:%d/%m/%Y})"


def _reason_mistakes(before: Statement | None, after: Statement) -> _Found:
    if not present(after.reason) and _needs_reason(before, after):
        yield "reason", "required", _why(before, after)
    yield from (("reason", "form", message) for message in text_forms(after.reason, LONGEST_REASON))


def _needs_reason(before: Statement | None, after: Statement) -> bool:
    if before is None:
        return after.state in EXPLAINED
    return after.state in EXPLAINED or action(before.state, after.state) in REASONED


def _why(before: Statement | None, after: Statement) -> str:
    if after.state in EXPLAINED:
        return f"une étape {LABELS[after.state]} dit pourquoi : donnez un motif"
    if before and before.state is not after.state:
        passing = f"de « {LABELS[before.state]} » à « {LABELS[after.state]} »"
        return f"une étape qui revient {passing} dit pourquoi : donnez un motif"
    return "une correction dit pourquoi : donnez un motif"
