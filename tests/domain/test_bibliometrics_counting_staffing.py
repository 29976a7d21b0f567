"""Publications for one full-time researcher, on a day, and whether the citations of a year still come in."""

from datetime import date
from decimal import Decimal

import pytest

from services.bibliometrics.domain.counting.counts import Counts, Reason
from services.bibliometrics.domain.counting.measuring import count
from services.bibliometrics.domain.counting.rows import Wanted
from services.bibliometrics.domain.counting.staffing import PerFte, per_fte
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

from .test_bibliometrics_counting import ROWS, SCHOOLS

DAY = date(2024, 12, 31)
WANTED = Wanted(measure=MeasureKind.PER_FTE, perimeter=Perimeter.WHOLE, year=2024)


def quotients(**fte: str | None) -> PerFte:
    """Of 3, 4 and 2 publications, 5 in all."""
    staff = {entity: Decimal(value) if value else None for entity, value in fte.items()}
    known = [value for value in staff.values() if value is not None]
    group = sum(known, Decimal(0)) if len(known) == len(SCHOOLS) else None
    return per_fte(count(ROWS, SCHOOLS, WANTED), staff, group, DAY)


def test_each_school_s_publications_are_divided_by_its_staff() -> None:
    found = dict(quotients(lac="12.5", delta="3", mer="40").entities)
    assert [found[school].value for school in SCHOOLS] == [Decimal("0.24"), Decimal("1.333333"), Decimal("0.05")]
    assert (found["lac"].numerator, found["lac"].denominator, found["lac"].on) == (3, Decimal("12.5"), DAY)


def test_the_group_s_distinct_publications_are_divided_by_all_the_staff() -> None:
    group = quotients(lac="12.5", delta="3", mer="40").group
    assert (group.numerator, group.denominator, group.value) == (5, Decimal("55.5"), Decimal("0.090090"))


@pytest.mark.parametrize(
    ("fte", "reason"), [(None, Reason.NO_STAFF_LIST), ("0", Reason.NO_FTE), ("0.0", Reason.NO_FTE)]
)
def test_nothing_is_divided_by_an_absent_or_an_empty_staff(fte: str | None, reason: Reason) -> None:
    lac = dict(quotients(lac=fte, delta="3", mer="40").entities)["lac"]
    assert (lac.numerator, lac.value, lac.missing) == (3, None, reason)


def test_a_school_that_the_staff_does_not_know_has_no_staff_list() -> None:
    found = quotients(lac="1", delta="3")
    assert dict(found.entities)["mer"].missing is Reason.NO_STAFF_LIST
    assert found.group.missing is Reason.NO_STAFF_LIST


def test_a_count_without_a_value_is_not_divided() -> None:
    with pytest.raises(ValueError, match="ne se divise pas"):
        per_fte(Counts(wanted=WANTED, missing=(Reason.NO_GOALS_COLUMN,)), {}, None, DAY)
