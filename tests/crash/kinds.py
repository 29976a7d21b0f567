"""What the owners keep in versions, kind by kind: in which tables, how the gateway shows it, and what is compared."""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.gateway import tables as views
from services.indicators import tables as indicators
from services.milestones import tables as milestones
from tests.crash.stepping import progress_subject, said, step_subject

_DEFINITION = ("version", "defined_at")
_JSON = {"due", "forecast", "evidence"}


@dataclass(frozen=True, slots=True)
class Kind:
    """`subject` begins the subjects of its events; `shown` are the columns that the gateway has to say alike."""

    owner: str
    subject: str
    current: type[Any]
    versions: type[Any]
    view: type[Any]
    shown: tuple[str, ...]
    key: str = "id"


def _columns(table: type[Any]) -> tuple[str, ...]:
    return tuple(column.key for column in table.__table__.columns)


OBSERVATIONS = Kind(
    "indicators", "observations", indicators.ObservationRow, indicators.ObservationVersionRow, views.ObservationRow,
    _columns(views.ObservationRow),
)  # fmt: skip
STEPS = Kind(
    "milestones", "steps", milestones.StepRow, milestones.StepVersionRow, views.StepRow, _columns(views.StepRow)
)
PROGRESS = Kind(
    "milestones", "progress", milestones.ProgressRow, milestones.ProgressVersionRow, views.ProgressRow,
    _columns(views.ProgressRow),
)  # fmt: skip
CONTRACTS = Kind(
    "indicators", "contracts", indicators.ContractRow, indicators.ContractVersionRow, views.ContractRow,
    ("code", *_DEFINITION), "code",
)  # fmt: skip
PLANS = Kind(
    "milestones", "plans", milestones.PlanRow, milestones.PlanVersionRow, views.PlanRow, ("contract", *_DEFINITION),
    "contract",
)  # fmt: skip
KINDS = (CONTRACTS, OBSERVATIONS, PLANS, STEPS, PROGRESS)


def told(row: Any, columns: tuple[str, ...]) -> tuple[Hashable, ...]:
    """A row as the columns of a view say it, wherever it comes from."""
    cells = _cells(row)
    return tuple(_plain(cells[name]) for name in columns)


def stated(kind: Kind, row: Any, code: str) -> tuple[str, Hashable]:
    """What a version says, by the name that its writer gave it: a perimeter, or the `code` of a step."""
    if kind is OBSERVATIONS:
        return code, row.value
    if kind is STEPS:
        return step_subject(code), _cells(row)["title"]
    return progress_subject(code), said(_cells(row))


def _cells(row: Any) -> dict[str, Any]:
    """The columns of a row, and the parts of those that are JSON in one place and columns in the other."""
    cells = {name: getattr(row, name) for name in _columns(type(row))}
    cells |= {name: json.loads(cells[name]) for name in _JSON & cells.keys() if cells[name]}
    for name in {"definition", "statement"} & cells.keys():
        cells = json.loads(cells[name]) | cells
    forecast = cells.get("forecast")
    if forecast and "due" in forecast:
        cells["forecast"] = {**forecast["due"], "confidence": forecast["confidence"]}
    return cells


def _plain(value: Any) -> Hashable:
    """One way to write a value, whether it comes out of JSON or of a column."""
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    if isinstance(value, datetime):
        return value
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
