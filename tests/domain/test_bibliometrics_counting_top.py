"""Publications in the top 10 %: lower is better, field-weighted alone, with its share and how sure it is."""

from decimal import Decimal

import pytest

from services.bibliometrics.domain.counting.counts import Counts, Reason, Share
from services.bibliometrics.domain.counting.measuring import count
from services.bibliometrics.domain.counting.rows import Counted, Wanted
from services.bibliometrics.domain.publication import Percentile
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

from .test_bibliometrics_counting import SCHOOLS, numbers, row

COLUMN = "Field-Weighted Outputs in Top Citation Percentiles, per percentile"
PLAIN = "Outputs in Top Citation Percentiles, per percentile"


def ranked(id: str, whole: str, value: str | None, column: str = COLUMN) -> Counted:  # noqa: A002  (the row's name)
    return row(id, whole, percentile=Percentile(value=Decimal(value) if value else None, column=column))


def top(*rows: Counted, threshold: int = 10) -> Counts:
    wanted = Wanted(measure=MeasureKind.TOP_10, perimeter=Perimeter.WHOLE, year=2024, threshold=Decimal(threshold))
    return count(rows, SCHOOLS, wanted)


ROWS = [
    ranked("1", "lac", "1"),
    ranked("2", "lac delta", "10"),
    ranked("3", "lac", "11"),
    ranked("4", "lac", "78"),
    ranked("5", "delta", "90"),
    ranked("6", "delta", None),
    row("7", "delta"),
    ranked("8", "", "2"),
]


def test_percentiles_up_to_ten_are_in_the_top_and_no_other() -> None:
    found = top(*ROWS)
    assert numbers(found) == {"lac": 2, "delta": 1, "mer": 0}
    assert (found.sum, found.overlap, found.distinct) == (3, 1, 2)


@pytest.mark.parametrize(("value", "is_top"), [("0", 0), ("0.4", 1), ("1", 1), ("10", 1), ("10.01", 0), ("99", 0)])
def test_the_top_is_above_zero_and_up_to_the_threshold(value: str, is_top: int) -> None:
    assert top(ranked("1", "lac", value)).distinct == is_top


def test_the_threshold_may_be_another() -> None:
    assert numbers(top(*ROWS, threshold=1)) == {"lac": 1, "delta": 0, "mer": 0}


def test_each_school_has_its_share_of_what_is_known() -> None:
    lac, delta, mer = (each.share for each in top(*ROWS).entities)
    assert lac is not None
    assert delta is not None
    assert (lac.known, lac.value, lac.columns) == (4, Decimal("0.5"), (COLUMN,))
    assert (delta.known, delta.value) == (2, Decimal("0.5"))
    assert mer == Share(known=0, value=None, low=None, high=None, small=True, columns=())


def test_the_group_s_share_counts_each_publication_once() -> None:
    share = top(*ROWS).share
    assert share is not None
    assert (share.known, share.value) == (5, Decimal("0.4"))


def test_a_share_comes_with_its_interval() -> None:
    share = top(*(ranked(str(each), "lac", "5" if each < 10 else "50") for each in range(100))).share
    assert share is not None
    assert share.low is not None
    assert share.high is not None
    assert (round(share.low, 4), round(share.high, 4)) == (Decimal("0.0552"), Decimal("0.1744"))


@pytest.mark.parametrize(("known", "small"), [(49, True), (50, False)])
def test_a_share_of_fewer_than_fifty_is_small(known: int, small: bool) -> None:
    share = top(*(ranked(str(each), "mer", "5") for each in range(known))).share
    assert share is not None
    assert share.small is small


def test_what_has_no_percentile_is_left_out_and_said() -> None:
    found = top(*ROWS, row("9", "mer", excluded="erratum"))
    assert found.excluded == {"erratum": 1, "no_percentile": 2}


def test_what_is_in_the_top_and_that_nobody_signs_is_unattributed() -> None:
    assert top(*ROWS).unattributed == 1


def test_every_heading_that_gave_a_percentile_is_named() -> None:
    share = top(ranked("1", "lac", "1"), ranked("2", "lac", "2", "Field-Weighted Top")).entities[0].share
    assert share is not None
    assert share.columns == (COLUMN, "Field-Weighted Top")


def test_without_the_field_weighted_column_there_is_no_value() -> None:
    found = top(row("1", "lac"), ranked("2", "", "3"))
    assert (found.missing, found.entities) == ((Reason.NO_FIELD_WEIGHTED_COLUMN,), ())
    assert found.excluded == {"no_percentile": 1}


def test_the_plain_column_never_stands_for_the_field_weighted_one() -> None:
    found = top(row("1", "lac", plain=Percentile(value=Decimal(1), column=PLAIN)))
    assert found.missing == (Reason.NO_FIELD_WEIGHTED_COLUMN, Reason.PLAIN_ONLY)
    assert found.distinct == 0


def test_a_column_that_is_there_and_empty_is_not_a_missing_one() -> None:
    found = top(ranked("1", "lac", None))
    assert (found.missing, found.excluded) == ((), {"no_percentile": 1})


def test_where_nothing_is_signed_nothing_is_missing() -> None:
    assert (top().missing, numbers(top())) == ((), {"lac": 0, "delta": 0, "mer": 0})
