"""Publications mapped to the goals wanted, by one version of the classifier that is always named."""

import pytest

from services.bibliometrics.domain.counting.counts import Counts, Reason
from services.bibliometrics.domain.counting.mappings import chosen, covered
from services.bibliometrics.domain.counting.measuring import count
from services.bibliometrics.domain.counting.rows import Counted, Wanted
from services.bibliometrics.domain.publication import Goals
from services.bibliometrics.domain.registry import MeasureKind, Perimeter

from .test_bibliometrics_counting import SCHOOLS, numbers, row

CONTRACT = frozenset({3, 7, 9, 11, 12})


def mapped(id: str, whole: str, **versions: str) -> Counted:  # noqa: A002  (the row's name)
    """A row and what each version finds: `v2023="3 7"`, `openalex=""`."""
    goals = [
        Goals(numbers=tuple(int(each) for each in found.split()), mapping=version.removeprefix("v"))
        for version, found in versions.items()
    ]
    return row(id, whole, goals=tuple(goals))


def goals(*rows: Counted, mapping: str | None = None) -> Counts:
    wanted = Wanted(
        measure=MeasureKind.GOALS, perimeter=Perimeter.WHOLE, year=2024, goals_wanted=CONTRACT, mapping=mapping
    )
    return count(rows, SCHOOLS, wanted)


ROWS = [
    mapped("1", "lac delta", v2023="3 7", v2021="3"),
    mapped("2", "lac", v2023="1 11", v2021=""),
    mapped("3", "delta", v2023="1 2", v2021="12"),
    mapped("4", "mer", v2023="", v2021=""),
    mapped("5", "mer", openalex="3"),
    mapped("6", "", v2023="9"),
    row("7", "lac"),
]


def test_a_publication_counts_once_however_many_of_the_goals_it_is_mapped_to() -> None:
    found = goals(*ROWS)
    assert numbers(found) == {"lac": 2, "delta": 1, "mer": 0}
    assert (found.sum, found.overlap, found.distinct, found.unattributed) == (3, 1, 2, 1)


def test_the_first_goal_is_not_the_eleventh() -> None:
    assert goals(mapped("1", "lac", v2023="1")).distinct == 0
    assert goals(mapped("1", "lac", v2023="11")).distinct == 1


def test_each_goal_is_counted_on_its_own_too() -> None:
    found = {each.goal: (each.distinct, [one.count for one in each.entities]) for each in goals(*ROWS).goals}
    assert found == {
        3: (1, [1, 1, 0]),
        7: (1, [1, 1, 0]),
        9: (0, [0, 0, 0]),
        11: (1, [1, 0, 0]),
        12: (0, [0, 0, 0]),
    }


def test_the_newest_version_that_covers_them_all_is_chosen_and_every_one_is_reported() -> None:
    found = goals(*ROWS)
    assert found.mapping == "2023"
    assert found.mappings == {"2021": 4, "2023": 4, "openalex": 1}


def test_versions_are_never_mixed() -> None:
    found = goals(mapped("1", "lac", v2025="3", v2023=""), mapped("2", "lac", v2023="7"))
    assert (found.mapping, found.distinct) == ("2023", 1)


def test_without_a_version_that_covers_them_all_the_widest_is_chosen() -> None:
    rows = [mapped("1", "lac", v2025="3"), mapped("2", "lac", v2023="7"), mapped("3", "mer", v2023="9")]
    found = goals(*rows)
    assert (found.mapping, found.distinct, found.excluded) == ("2023", 2, {"no_goals_column": 1})


def test_a_version_may_be_asked_for() -> None:
    found = goals(*ROWS, mapping="2021")
    assert (found.mapping, numbers(found)) == ("2021", {"lac": 1, "delta": 2, "mer": 0})
    assert goals(*ROWS, mapping="openalex").distinct == 1


def test_what_has_no_column_of_the_version_is_left_out_and_said() -> None:
    assert goals(*ROWS).excluded == {"no_goals_column": 2}


@pytest.mark.parametrize("rows", [[row("1", "lac")], [mapped("1", "lac", openalex="3")]])
def test_without_a_column_of_scival_there_is_no_value(rows: list[Counted]) -> None:
    found = goals(*rows)
    assert (found.missing, found.entities, found.mapping) == ((Reason.NO_GOALS_COLUMN,), (), None)


def test_without_a_column_of_the_version_asked_for_there_is_no_value() -> None:
    assert goals(*ROWS, mapping="2025").missing == (Reason.NO_GOALS_COLUMN,)


def test_versions_are_ordered_by_their_year_and_one_that_says_none_is_the_oldest() -> None:
    assert chosen(covered([mapped("1", "lac", v="", v2023="", v2021="")])) == "2023"
    assert chosen(covered([mapped("1", "lac", v="3")])) == ""
    assert chosen({}) is None


def test_where_nothing_is_signed_nothing_is_missing() -> None:
    assert (goals().missing, goals().distinct) == ((), 0)
