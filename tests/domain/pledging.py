"""Targets and entities that pledge, for the tests of commitments."""

from decimal import Decimal
from typing import Any

from services.gateway.domain.group.commitments import Commitments, commitments
from services.gateway.domain.group.pledges import Committed
from services.gateway.domain.targets import Measure, Target

STUDENTS = Measure(unit="étudiants", decimals=0)
MONEY = Measure(unit="M€", decimals=1)
LABELS = {"lac": "École du Lac", "delta": "École du Delta"}


def level(value: str | None, **others: Any) -> Target:
    parts: dict[str, Any] = {"comparison": "at_least", "operand": "value", "due_year": 2027, "measure": STUDENTS}
    stated = parts | {"start_year": 2023, "reference_year": 2022, "value": Decimal(value) if value else None} | others
    return Target(**stated)


def committed(entity: str, baseline: str | None, *targets: Target, **others: Any) -> Committed:
    series = {2022: Decimal(baseline)} if baseline else {}
    return Committed(entity=entity, targets=targets, series=series, **others)


def pledged(group: Committed, *entities: Committed, year: int = 2022, aggregation: str = "sum") -> Commitments:
    found = commitments(aggregation, group, entities, year)
    assert found is not None
    return found


def group_of(*targets: Target, baseline: str = "100") -> Committed:
    return committed("groupe", baseline, *targets)


LAC, DELTA = committed("lac", "60", level("70")), committed("delta", "30", level("40"))  # 90 → 110, that is +22,2 %
