"""What is kept of a statement of progress, and when two of them say the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.milestones.domain.dates import read_due
from services.milestones.domain.evidence import Evidence
from services.milestones.domain.progress import (
    PLANNED,
    Confidence,
    Forecast,
    Statement,
    allowed_actions,
    says_the_same,
    settled,
)
from services.milestones.domain.transitions import State

TODAY = date(2025, 6, 15)
T1, T2 = read_due("T1 2025", None), read_due("T2 2025", None)
REPORT = Evidence(reference="Rapport d’activité 2024, p. 12")
SHA = "0123456789abcdef" * 4
STARTED = Statement(state=State.IN_PROGRESS)
PARTLY = Statement(state=State.PARTLY_DONE, share=Decimal("0.5"))
DONE = Statement(state=State.DONE, evidence=(REPORT,))
POSTPONED = Statement(state=State.POSTPONED, due=T1, reason="Marché infructueux")
ABANDONED = Statement(state=State.ABANDONED, reason="Sans objet")
EXPECTED = Forecast(T2, Confidence.MEDIUM)


@pytest.mark.parametrize(
    ("before", "after", "due"),
    [
        (None, STARTED, None),
        (None, POSTPONED, T1),
        (POSTPONED, STARTED, T1),
        (POSTPONED, DONE, T1),
        (POSTPONED, ABANDONED, T1),
        (POSTPONED, replace(POSTPONED, due=T2), T2),
        (replace(ABANDONED, due=T1), ABANDONED, T1),
        (replace(ABANDONED, due=T1), PLANNED, None),
        (replace(STARTED, due=T1), replace(POSTPONED, due=T2), T2),
        (replace(DONE, due=T1), STARTED, T1),
    ],
)
def test_a_postponed_date_holds_until_another_or_until_the_step_is_reinstated(
    before: Statement | None, after: Statement, due: object
) -> None:
    assert settled(before, after).due == due


def test_blank_texts_are_not_kept() -> None:
    stated = Statement(
        evidence=(Evidence(" "), Evidence(" Rapport ", "", " ", SHA.upper())), reason=" ", note="\n À suivre "
    )
    assert settled(None, stated) == Statement(evidence=(Evidence("Rapport", None, None, SHA),), note="À suivre")


def test_what_is_settled_once_is_settled() -> None:
    kept = settled(POSTPONED, replace(DONE, note=" N "))
    assert settled(POSTPONED, kept) == kept


@pytest.mark.parametrize("again", [{}, {"reason": "Autre motif"}, {"share": Decimal("0.50")}, {"note": "  "}])
def test_a_statement_repeated_says_the_same(again: dict[str, Any]) -> None:
    assert says_the_same(PARTLY, replace(PARTLY, **again))


@pytest.mark.parametrize(
    "changed",
    [
        {"state": State.IN_PROGRESS},
        {"share": Decimal("0.6")},
        {"done_on": TODAY},
        {"evidence": (REPORT,)},
        {"due": T1},
        {"forecast": EXPECTED},
        {"note": "Précision"},
    ],
)
def test_a_statement_that_differs_in_one_field_is_another(changed: dict[str, Any]) -> None:
    assert not says_the_same(PARTLY, replace(PARTLY, **changed))


def test_a_date_that_still_holds_need_not_be_said_again() -> None:
    assert says_the_same(replace(STARTED, due=T1), STARTED)


def test_the_first_statement_is_not_a_repetition() -> None:
    assert not says_the_same(None, PLANNED)


def test_what_may_be_done_follows_from_what_was_stated() -> None:
    assert allowed_actions(DONE) == ("amend", "reopen")
    assert allowed_actions(None) == allowed_actions(PLANNED)
