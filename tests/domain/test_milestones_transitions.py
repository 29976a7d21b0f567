"""From each state to each other: the whole table, by hand."""

import pytest

from services.milestones.domain.transitions import LABELS, REASONED, State, action, actions

TABLE = [
    ("planned", "planned", "amend"),
    ("planned", "in_progress", "start"),
    ("planned", "partly_done", "complete_partly"),
    ("planned", "done", "complete"),
    ("planned", "postponed", "postpone"),
    ("planned", "abandoned", "abandon"),
    ("in_progress", "planned", None),
    ("in_progress", "in_progress", "amend"),
    ("in_progress", "partly_done", "complete_partly"),
    ("in_progress", "done", "complete"),
    ("in_progress", "postponed", "postpone"),
    ("in_progress", "abandoned", "abandon"),
    ("partly_done", "planned", None),
    ("partly_done", "in_progress", "resume"),
    ("partly_done", "partly_done", "amend"),
    ("partly_done", "done", "complete"),
    ("partly_done", "postponed", "postpone"),
    ("partly_done", "abandoned", "abandon"),
    ("done", "planned", None),
    ("done", "in_progress", "reopen"),
    ("done", "partly_done", None),
    ("done", "done", "amend"),
    ("done", "postponed", None),
    ("done", "abandoned", None),
    ("postponed", "planned", None),
    ("postponed", "in_progress", "start"),
    ("postponed", "partly_done", "complete_partly"),
    ("postponed", "done", "complete"),
    ("postponed", "postponed", "postpone"),
    ("postponed", "abandoned", "abandon"),
    ("abandoned", "planned", "reinstate"),
    ("abandoned", "in_progress", None),
    ("abandoned", "partly_done", None),
    ("abandoned", "done", None),
    ("abandoned", "postponed", None),
    ("abandoned", "abandoned", "amend"),
]


@pytest.mark.parametrize(("before", "after", "expected"), TABLE)
def test_each_passage_has_its_action_or_is_forbidden(before: str, after: str, expected: str | None) -> None:
    assert action(State(before), State(after)) == expected


def test_the_table_is_whole() -> None:
    assert {(before, after) for before, after, _ in TABLE} == {(one, two) for one in State for two in State}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("planned", ("start", "complete_partly", "complete", "postpone", "abandon", "amend")),
        ("in_progress", ("amend", "complete_partly", "complete", "postpone", "abandon")),
        ("partly_done", ("amend", "resume", "complete", "postpone", "abandon")),
        ("postponed", ("postpone", "start", "complete_partly", "complete", "abandon")),
        ("done", ("amend", "reopen")),
        ("abandoned", ("amend", "reinstate")),
    ],
)
def test_what_may_be_done_from_a_state_is_said_in_order(state: str, expected: tuple[str, ...]) -> None:
    assert actions(State(state)) == expected


def test_each_state_has_its_french_name() -> None:
    assert [LABELS[state] for state in State] == [
        "à venir", "en cours", "partiellement réalisée", "réalisée", "reportée", "abandonnée",
    ]  # fmt: skip


def test_what_changes_a_commitment_or_a_statement_says_why() -> None:
    assert {"postpone", "abandon", "reopen", "reinstate", "amend"} == REASONED
