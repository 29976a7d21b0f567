"""What each kind of target counts for when pledges are added up, and why some count for nothing."""

from decimal import Decimal

import pytest

from services.gateway.domain.group.commitments import Word
from services.gateway.domain.group.wording import basis_note
from services.gateway.domain.targets import Target

from .pledging import LABELS, LAC, MONEY, committed, group_of, level, pledged


def test_an_entity_without_a_point_of_that_year_is_missing() -> None:
    found = pledged(group_of(level("120", trajectory={2025: Decimal(105)})), LAC, year=2025)
    assert (found.verdict, found.completeness.missing) == (Word.NOT_COMPARABLE, ("lac",))
    assert found.by_entity["lac"].note == "aucun point imprimé pour 2025"


@pytest.mark.parametrize(
    ("target", "level_counted", "note"),
    [
        (level("45", baseline_kind="none"), "45", "plancher, compté pour sa borne"),
        (level(None, operand="baseline"), "30", "« stable ou croissant », compté pour sa référence"),
        (
            level(None, operand="baseline", comparison="more_than"),
            "30",
            "« croissant », compté pour sa référence",
        ),
        (level("10", operand="growth"), "33", "évolution appliquée à sa propre référence"),
        (level(None, operand="benchmark"), None, "série extérieure, sans niveau"),
        (level("40", due_year=2030), None, "échéance ou base autre que celles du groupe"),
        (level("40", basis="constant-euros-2022"), None, "échéance ou base autre que celles du groupe"),
        (level("40", accumulation="cumulative"), None, "échéance ou base autre que celles du groupe"),
        (level(None, comparison="none", operand="none"), None, "aucune cible"),
    ],
)
def test_how_each_kind_of_target_counts_is_said(target: Target, level_counted: str | None, note: str) -> None:
    found = pledged(group_of(level("120")), LAC, committed("delta", "30", target))
    assert found.by_entity["delta"].level == (Decimal(level_counted) if level_counted else None)
    assert found.by_entity["delta"].note == note
    assert found.completeness.missing == (() if level_counted else ("delta",))
    told = basis_note(found.by_entity, LABELS) or ""
    assert told.replace("\u00a0", " ") == f"{note} : École du Delta"


def test_a_growth_in_constant_euros_is_not_read_in_the_level_printed_in_current_ones() -> None:
    constant = {"basis": "constant-euros-2022", "measure": MONEY}
    group = group_of(level("5", operand="growth", level=Decimal(92), **constant), baseline="76.3")
    mean = {"baseline_kind": "mean", "baseline_years": (2020, 2021, 2022)}
    found = pledged(group, committed("lac", None, level("73.31", baseline_value=Decimal("65.02"), **mean, **constant)))
    assert found.group.level is not None
    assert (found.group.level.low, found.verdict) == (Decimal("80.115"), Word.BEYOND)  # 76,3 + 5 %; +12,7 %


def test_nothing_grows_from_zero() -> None:
    found = pledged(group_of(level("120")), committed("lac", "0", level("10", operand="growth")))
    assert found.by_entity["lac"].level is None


@pytest.mark.parametrize(
    ("target", "level_counted", "note"),
    [
        (level("25"), "25", "déjà atteint à sa référence, compté dès maintenant"),
        (level("40"), None, "aucun point imprimé pour 2025"),
        (level("40", baseline_kind="none"), "40", "plancher, compté pour sa borne"),
        (
            level("40", baseline_kind="none", accumulation="cumulative"),
            None,
            "échéance ou base autre que celles du groupe",
        ),
        (level(None, operand="baseline"), "30", "« stable ou croissant », compté pour sa référence"),
    ],
)
def test_before_it_is_due_counts_what_each_year_is_held_to(
    target: Target, level_counted: str | None, note: str
) -> None:
    """As it is judged: a straight line was pledged by nobody, and what the baseline meets already is kept."""
    found = pledged(group_of(level("120", trajectory={2025: Decimal(105)})), committed("lac", "30", target), year=2025)
    assert found.by_entity["lac"].level == (Decimal(level_counted) if level_counted else None)
    assert found.by_entity["lac"].note == note


def test_a_sum_of_years_is_not_held_to_its_level_every_year() -> None:
    sums = {"accumulation": "cumulative", "baseline_kind": "none"}
    group = group_of(level("120", trajectory={2025: Decimal(105)}, **sums))
    found = pledged(group, committed("lac", "30", level("40", **sums)), year=2025)
    assert found.by_entity["lac"].note == "aucun point imprimé pour 2025"


def test_a_level_in_constant_euros_does_not_start_from_current_ones() -> None:
    constant = {"basis": "constant-euros-2020", "measure": MONEY}
    found = pledged(group_of(level("5", **constant), baseline="4"), committed("lac", "3", level("4", **constant)))
    assert (found.group.baseline, found.group.change, found.by_entity["lac"].baseline) == (None, None, None)
