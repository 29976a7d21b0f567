"""What became of a step since the signature: dates moved, words changed, steps added, withdrawn and restored."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.gateway.domain.milestones.due import Due
from services.gateway.domain.milestones.integrity import (
    LABELS,
    Change,
    Commitment,
    Kind,
    Postponement,
    StepVersion,
    commitment,
)

GROUP, KEPT = "imt", "signed kept"
T2 = Due(date(2025, 4, 1), date(2025, 6, 30), "T2 2025")
T4 = Due(date(2025, 10, 1), date(2025, 12, 31), "T4 2025")
END = Due(date(2025, 10, 1), date(2025, 12, 31), "fin 2025")
NEXT = Due(date(2026, 1, 1), date(2026, 12, 31), "2026")


def at(month: int, day: int = 1) -> datetime:
    return datetime(2025, month, day, 9, tzinfo=UTC)


SIGNED = StepVersion(1, "Ouvrir le portail", T2, False, "group", None, True, False, None, "dg", at(1))
ADDED = replace(SIGNED, signed=False, reason="Avenant", at=at(3))
SHARED = replace(SIGNED, scope="schools")


def revised(since: StepVersion = SIGNED, **parts: Any) -> StepVersion:
    """The next version, a month later."""
    later = since.at.replace(month=since.at.month + 1)
    plain = replace(since, version=since.version + 1, reason="Comité", by="pilote", at=later)
    return replace(plain, **parts)


def postponed(due: Due | None, month: int, entity: str = GROUP) -> Postponement:
    return Postponement(entity, due, "Marché infructueux" if due else None, "chef", at(month))


def told(found: Commitment) -> list[tuple[str | None, str, str | None, str | None]]:
    return [(each.entity, each.kind, each.before, each.after) for each in found.changes]


def flags(found: Commitment) -> str:
    names = ("signed", "kept", "moved", "reworded", "added", "withdrawn")
    return " ".join(name for name in names if getattr(found, name))


@pytest.mark.parametrize(("versions", "found"), [([], ""), ([SIGNED], KEPT), ([SIGNED, revised()], KEPT)])
def test_nothing_changes(versions: list[StepVersion], found: str) -> None:
    assert (flags(commitment(versions, [], GROUP)), commitment(versions, [], GROUP).changes) == (found, ())


def test_another_date_moves_the_step() -> None:
    found = commitment([SIGNED, revised(due=T4)], [], GROUP)
    assert flags(found) == "signed moved"
    assert found.changes == (Change(None, "moved", "T2 2025", "T4 2025", "Comité", "pilote", at(2)),)


@pytest.mark.parametrize(
    "due",
    [
        Due(date(2025, 5, 1), date(2025, 6, 30), "mai à juin 2025"),
        Due(date(2025, 4, 1), date(2025, 5, 31), "avril à mai 2025"),
        Due(date(2025, 4, 1), date(2025, 6, 30), "T2 2025 ?", doubtful=True),
    ],
)
def test_either_end_or_a_doubt_moves_the_step(due: Due) -> None:
    found = commitment([SIGNED, revised(due=due)], [], GROUP)
    assert (flags(found), told(found)) == ("signed moved", [(None, "moved", "T2 2025", due.text)])
    unwritten = commitment([SIGNED, revised(due=replace(T2, doubtful=True))], [], GROUP)
    assert told(unwritten) == [(None, "moved", "T2 2025", "T2 2025\u202f?")]


def test_the_same_interval_in_other_words_moves_nothing() -> None:
    found = commitment([replace(SIGNED, due=T4), revised(due=END)], [], GROUP)
    assert (flags(found), found.changes) == ("signed kept", ())


def test_moved_and_moved_back_is_kept_and_both_are_told() -> None:
    moved = revised(due=T4)
    found = commitment([SIGNED, moved, revised(moved, due=T2)], [], GROUP)
    assert flags(found) == "signed kept"
    assert told(found) == [(None, "moved", "T2 2025", "T4 2025"), (None, "moved", "T4 2025", "T2 2025")]


def test_another_title_is_another_commitment_until_the_signed_one_is_back() -> None:
    reworded = revised(title="Tester le portail")
    found = commitment([SIGNED, reworded], [], GROUP)
    assert flags(found) == "signed reworded"
    assert told(found) == [(None, "reworded", "Ouvrir le portail", "Tester le portail")]
    back = commitment([SIGNED, reworded, revised(reworded, title="Ouvrir le portail")], [], GROUP)
    assert (flags(back), len(back.changes)) == ("signed kept", 2)


def test_a_step_of_no_signed_plan_is_added() -> None:
    found = commitment([ADDED], [], GROUP)
    assert flags(found) == "added"
    assert found.changes == (Change(None, "added", None, "Ouvrir le portail", "Avenant", "dg", at(3)),)


def test_an_added_step_is_not_held_to_the_signature() -> None:
    other = revised(ADDED, title="Tester le portail", due=T4)
    found = commitment([ADDED, other], [], GROUP)
    assert (flags(found), [each.kind for each in found.changes]) == ("added", ["added", "moved", "reworded"])
    withdrawn = commitment([ADDED, other, revised(other, withdrawn=True)], [], GROUP)
    assert (flags(withdrawn), withdrawn.changes[-1].kind) == ("", "withdrawn")


def test_a_signed_step_is_withdrawn_then_restored_and_kept() -> None:
    withdrawn = revised(withdrawn=True)
    found = commitment([SIGNED, withdrawn], [], GROUP)
    assert (flags(found), told(found)) == ("signed withdrawn", [(None, "withdrawn", "Ouvrir le portail", None)])
    still = revised(withdrawn)
    restored = commitment([SIGNED, withdrawn, still, revised(still, withdrawn=False)], [], GROUP)
    assert (flags(restored), told(restored)[1:]) == ("signed kept", [(None, "restored", None, "Ouvrir le portail")])


@pytest.mark.parametrize(
    ("parts", "before", "after"),
    [
        ({"conditional": True}, "ferme", "éventuelle"),
        ({"scope": "schools"}, "pour le groupe", "pour chaque école"),
        ({"pilot": "DSI"}, "sans pilote", "pilote\u00a0: DSI"),
        ({"conditional": True, "pilot": "DSI"}, "ferme, sans pilote", "éventuelle, pilote\u00a0: DSI"),
    ],
)
def test_other_conditions_alter_a_step_that_is_kept(parts: dict[str, Any], before: str, after: str) -> None:
    found = commitment([SIGNED, revised(**parts)], [], GROUP)
    assert (flags(found), told(found)) == ("signed kept", [(None, "altered", before, after)])


def test_one_version_may_change_everything() -> None:
    other = revised(title="Tester", due=T4, conditional=True, withdrawn=True)
    found = commitment([SIGNED, other], [], GROUP)
    assert flags(found) == "signed moved reworded withdrawn"
    assert [each.kind for each in found.changes] == ["moved", "reworded", "altered", "withdrawn"]
    assert {(each.reason, each.by, each.at) for each in found.changes} == {("Comité", "pilote", at(2))}


def test_the_group_postpones_then_postpones_again() -> None:
    once = commitment([SIGNED], [postponed(None, 2), postponed(T4, 3), postponed(T4, 4)], GROUP)
    assert flags(once) == "signed moved"
    assert once.changes == (Change("imt", "moved", "T2 2025", "T4 2025", "Marché infructueux", "chef", at(3)),)
    twice = commitment([SIGNED], [postponed(T4, 2), postponed(NEXT, 3)], GROUP)
    assert told(twice) == [("imt", "moved", "T2 2025", "T4 2025"), ("imt", "moved", "T4 2025", "2026")]


def test_reinstated_with_its_own_date_is_kept() -> None:
    found = commitment([SIGNED], [postponed(T4, 2), postponed(None, 5), postponed(None, 6)], GROUP)
    assert (flags(found), told(found)[1:]) == ("signed kept", [("imt", "moved", "T4 2025", "T2 2025")])


@pytest.mark.parametrize("month", [2, 3])
def test_postponed_from_the_date_as_last_revised(month: int) -> None:
    """At the same instant, the plan is revised first."""
    found = commitment([SIGNED, revised(due=T4)], [postponed(NEXT, month)], GROUP)
    assert told(found) == [(None, "moved", "T2 2025", "T4 2025"), ("imt", "moved", "T4 2025", "2026")]


def test_a_postponed_date_hides_the_steps_own_and_reveals_it_when_dropped() -> None:
    later = replace(revised(due=T4), at=at(3))
    found = commitment([SIGNED, later], [postponed(NEXT, 2), postponed(None, 4)], GROUP)
    assert told(found) == [
        ("imt", "moved", "T2 2025", "2026"),
        (None, "moved", "T2 2025", "T4 2025"),
        ("imt", "moved", "2026", "T4 2025"),
    ]


def test_the_plan_takes_over_the_date_postponed_to() -> None:
    later = replace(revised(due=T4), at=at(4))
    found = commitment([SIGNED, later], [postponed(END, 2), postponed(T4, 3), postponed(None, 5)], GROUP)
    assert (flags(found), [each.at for each in found.changes]) == ("signed moved", [at(2), at(4)])


def test_a_school_postpones_and_the_group_is_still_committed() -> None:
    found = commitment([SHARED], [postponed(T4, 2, "lac"), postponed(NEXT, 3, "delta")], GROUP)
    assert flags(found) == "signed kept"
    assert told(found) == [("lac", "moved", "T2 2025", "T4 2025"), ("delta", "moved", "T2 2025", "2026")]


def test_changes_are_told_in_the_order_of_time() -> None:
    last = replace(revised(SHARED, title="Tester"), at=at(6))
    found = commitment([SHARED, revised(SHARED, due=T4), last], [postponed(NEXT, 1, "lac"), postponed(NEXT, 4)], GROUP)
    assert [each.at.month for each in found.changes] == [1, 2, 4, 6, 6]
    assert [each.kind for each in found.changes] == ["moved", "moved", "moved", "moved", "reworded"]


def test_what_people_read() -> None:
    said = ["date déplacée", "libellé modifié", "conditions modifiées", "ajoutée", "retirée", "rétablie"]
    assert [LABELS[each] for each in Kind] == said
