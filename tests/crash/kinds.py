"""What the owners keep in versions, kind by kind: in which tables, how the gateway shows it, and what is compared."""

import json
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.bibliometrics import tables as bibliometrics
from services.gateway import tables as views
from services.indicators import tables as indicators
from services.milestones import tables as milestones
from shared.events.bibliometrics import CountRecorded, ExtractionRecorded
from shared.events.catalogue import Fact
from tests.conftest import COP
from tests.crash.publishing import extraction_subject, registry_subject
from tests.crash.stepping import progress_subject, said, step_subject

_DEFINITION = ("version", "defined_at")
_JSON = {"due", "forecast", "evidence", "together", "years", "files"}
_WRITTEN = "api"


@dataclass(frozen=True, slots=True)
class Kind:
    """`subject` begins the subjects of its events, unless `address` says them; `shown` is what the gateway says alike.

    `versions` are the rows of a table or, where the owner keeps the last version alone, the facts that it told.
    """

    owner: str
    subject: str
    current: type[Any]
    versions: type[Any]
    view: type[Any]
    shown: tuple[str, ...]
    key: str = "id"
    address: str = ""

    @property
    def has_history(self) -> bool:
        """Whether the owner keeps its former versions."""
        return not issubclass(self.versions, Fact)

    def subject_of(self, row: Any) -> str:
        """The subject of the events that tell this row."""
        return self.address.format(row) if self.address else f"{self.subject}/{getattr(row, self.key)}"


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
REGISTRIES = Kind(
    "bibliometrics", "registries", bibliometrics.RegistryRow, bibliometrics.RegistryVersionRow, views.MeasuresRow,
    ("contract", *_DEFINITION), "contract", "contracts/{0.contract}/measures",
)  # fmt: skip
EXTRACTIONS = Kind(
    "bibliometrics", "extractions", bibliometrics.ExtractionRow, ExtractionRecorded, views.ExtractionRow,
    _columns(views.ExtractionRow), "id", "contracts/{0.contract}/extractions/{0.id}",
)  # fmt: skip
COUNTS = Kind(
    "bibliometrics", "counts", bibliometrics.CountRow, CountRecorded, views.CountRow,
    tuple(name for name in _columns(views.CountRow) if not name.startswith("recorded")), "subject", "{0.subject}",
)  # fmt: skip
KINDS = (CONTRACTS, OBSERVATIONS, PLANS, STEPS, PROGRESS, REGISTRIES, EXTRACTIONS, COUNTS)


def told(row: Any, columns: tuple[str, ...]) -> tuple[Hashable, ...]:
    """A row as the columns of a view say it, wherever it comes from."""
    cells = _cells(row)
    return tuple(_plain(cells[name]) for name in columns)


def is_written(row: Any) -> bool:
    """Whether a writer stated this version: it came neither with the contract that every life loads, nor from it."""
    return bool(row.origin == _WRITTEN if hasattr(row, "origin") else row.contract != COP)


def stated(kind: Kind, row: Any, code: str) -> tuple[str, Hashable]:
    """What a version says, by the name that its writer gave it: a perimeter, or the `code` of a step."""
    if kind is REGISTRIES:
        return registry_subject(row.contract), json.loads(row.definition)["contract"][0]["label"]
    if kind is EXTRACTIONS:
        return extraction_subject(row.code), (row.label, row.status)
    if kind is OBSERVATIONS:
        return code, row.value
    if kind is STEPS:
        return step_subject(code), _cells(row)["title"]
    return progress_subject(code), said(_cells(row))


def _cells(row: Any) -> dict[str, Any]:
    """The columns of a row, and the parts of those that are JSON in one place and columns in the other."""
    cells = {name: getattr(row, name) for name in _columns(type(row))}
    cells |= {name: json.loads(cells[name]) for name in _JSON & cells.keys() if cells[name]}
    for name in {"definition", "statement", "content"} & cells.keys():
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
