"""Where a shared step stands, from what each of the entities that take it stated."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from services.gateway.domain.values import WIDE, rounded

from .due import Due, Forecast
from .progress import Progress, State
from .standing import Standing, standing

_SHARE_DECIMALS = 4
_BEGUN = frozenset({State.DONE, State.PARTLY_DONE})


def together(due: Due, each: Sequence[Progress], on: date) -> Standing:
    """Of the expected entities, in the contract's order; planned where none is expected."""
    state = _state([one.state for one in each])
    joint = Progress(
        state=state,
        share=_share(each) if state is State.PARTLY_DONE else None,
        done_on=_done_on(each) if state is State.DONE else None,
        forecast=_forecast(each),
    )
    return standing(_due(due, each), joint, on)


def _state(states: Sequence[State]) -> State:
    """That of all where it is final; else of those that are furthest."""
    stated = frozenset(states)
    if len(stated) == 1 and stated <= {State.DONE, State.ABANDONED}:
        return states[0]
    if stated & _BEGUN:
        return State.PARTLY_DONE
    return next((state for state in (State.IN_PROGRESS, State.POSTPONED) if state in stated), State.PLANNED)


def _share(each: Sequence[Progress]) -> Decimal:
    """The entities that are done, of those expected; what one has done in part is not counted."""
    done = sum(one.state is State.DONE for one in each)
    return rounded(WIDE.divide(Decimal(done), Decimal(len(each))), _SHARE_DECIMALS).normalize(WIDE)


def _done_on(each: Sequence[Progress]) -> date | None:
    """The last of the days that are known."""
    return max((one.done_on for one in each if one.done_on is not None), default=None)


def _due(due: Due, each: Sequence[Progress]) -> Due:
    """The date that ends first among those not done; the first of several in the contract's order."""
    held = [one.due or due for one in each if one.state is not State.DONE]
    return min(held, key=lambda one: one.latest, default=due)


def _forecast(each: Sequence[Progress]) -> Forecast | None:
    """The one that ends last; the first of several in the contract's order."""
    open_ones = [one for one in each if one.state not in {State.DONE, State.ABANDONED}]
    known = [one.forecast for one in open_ones if one.forecast is not None]
    return max(known, key=lambda one: one.latest, default=None)
