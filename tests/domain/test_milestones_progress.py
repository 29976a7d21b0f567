"""A statement of progress is whole: what its state asks for, nothing that it forbids, and the date that holds."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from services.milestones.domain.dates import read_due, whole_year
from services.milestones.domain.evidence import Evidence
from services.milestones.domain.progress import (
    PLANNED,
    Confidence,
    Forecast,
    Statement,
    mistakes,
)
from services.milestones.domain.transitions import State

OWN = whole_year(2024)
TODAY = date(2025, 6, 15)
T1, T2 = read_due("T1 2025", None), read_due("T2 2025", None)
REPORT = Evidence(reference="Rapport d’activité 2024, p. 12")
STARTED = Statement(state=State.IN_PROGRESS)
PARTLY = Statement(state=State.PARTLY_DONE, share=Decimal("0.5"))
DONE = Statement(state=State.DONE, evidence=(REPORT,))
POSTPONED = Statement(state=State.POSTPONED, due=T1, reason="Marché infructueux")
ABANDONED = Statement(state=State.ABANDONED, reason="Sans objet")
EXPECTED = Forecast(T2, Confidence.MEDIUM)
Place = tuple[str, str]


def places(before: Statement | None, after: Statement) -> list[Place]:
    return [(column, code) for column, code, _ in mistakes(before, after, OWN, TODAY)]


def sentences(before: Statement | None, after: Statement) -> list[str]:
    return [message for _, _, message in mistakes(before, after, OWN, TODAY)]


@pytest.mark.parametrize("first", [PLANNED, STARTED, PARTLY, DONE, POSTPONED, ABANDONED])
def test_any_state_may_be_the_first_that_is_stated(first: Statement) -> None:
    assert places(None, first) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (PLANNED, STARTED),
        (STARTED, PARTLY),
        (PARTLY, STARTED),
        (PARTLY, DONE),
        (STARTED, replace(DONE, done_on=TODAY)),
        (STARTED, replace(DONE, done_on=date(1900, 1, 1))),
        (STARTED, POSTPONED),
        (POSTPONED, replace(POSTPONED, due=T2)),
        (POSTPONED, replace(POSTPONED, note="Précision")),
        (POSTPONED, replace(STARTED, due=T1)),
        (POSTPONED, STARTED),
        (POSTPONED, ABANDONED),
        (DONE, replace(STARTED, reason="Recette refusée")),
        (ABANDONED, replace(PLANNED, reason="Crédits rétablis")),
        (STARTED, replace(STARTED, note="Groupe de travail réuni", reason="Précision")),
        (None, replace(PLANNED, forecast=EXPECTED)),
        (PLANNED, replace(STARTED, forecast=EXPECTED)),
        (PLANNED, replace(PARTLY, forecast=EXPECTED, evidence=(REPORT,))),
        (PLANNED, replace(POSTPONED, forecast=EXPECTED)),
        (PLANNED, replace(STARTED, reason="r" * 1000, note="n" * 2000)),
        (PLANNED, replace(STARTED, note="deux\r\nlignes\tet une tabulation")),
        (PLANNED, replace(PARTLY, share=Decimal("0.0001"))),
        (PLANNED, replace(PARTLY, share=Decimal("0.50000000"))),
    ],
)
def test_a_sound_statement_has_nothing_said_of_it(before: Statement | None, after: Statement) -> None:
    assert places(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (STARTED, PLANNED, [("state", "transition")]),
        (POSTPONED, PLANNED, [("state", "transition")]),
        (DONE, POSTPONED, [("state", "transition")]),
        (DONE, ABANDONED, [("state", "transition")]),
        (ABANDONED, STARTED, [("state", "transition")]),
        (ABANDONED, DONE, [("state", "transition")]),
        (DONE, replace(PARTLY, share=None), [("state", "transition"), ("share", "required")]),
        (STARTED, replace(PARTLY, share=None), [("share", "required")]),
        (STARTED, replace(PARTLY, share=Decimal(0)), [("share", "form")]),
        (STARTED, replace(PARTLY, share=Decimal(1)), [("share", "form")]),
        (STARTED, replace(PARTLY, share=Decimal("-0.5")), [("share", "form")]),
        (STARTED, replace(PARTLY, share=Decimal("NaN")), [("share", "form")]),
        (STARTED, replace(PARTLY, share=Decimal("0.33333")), [("share", "form")]),
        (STARTED, replace(DONE, share=Decimal("0.5")), [("share", "unexpected")]),
        (STARTED, replace(DONE, evidence=()), [("evidence", "required")]),
        (STARTED, replace(DONE, evidence=(Evidence(" ", "", None, " "),)), [("evidence", "required")]),
        (STARTED, replace(DONE, evidence=(REPORT, Evidence(address="ftp://x.fr"))), [("evidence/1/address", "form")]),
        (STARTED, replace(DONE, done_on=date(2025, 6, 16)), [("done_on", "future")]),
        (STARTED, replace(DONE, done_on=date(1899, 12, 31)), [("done_on", "form")]),
        (PLANNED, replace(STARTED, done_on=TODAY), [("done_on", "unexpected")]),
        (STARTED, replace(POSTPONED, due=None), [("due", "required")]),
        (STARTED, replace(POSTPONED, due=OWN), [("due", "order")]),
        (STARTED, replace(POSTPONED, due=read_due("T3 2024", None)), [("due", "order")]),
        (STARTED, replace(POSTPONED, reason=None), [("reason", "required")]),
        (STARTED, replace(POSTPONED, reason=" \t"), [("reason", "required")]),
        (POSTPONED, replace(POSTPONED, due=read_due("T4 2024", None)), [("due", "order")]),
        (POSTPONED, replace(POSTPONED, due=None), [("due", "required")]),
        (POSTPONED, replace(STARTED, due=T2), [("due", "unexpected")]),
        (PLANNED, replace(STARTED, due=T1), [("due", "unexpected")]),
        (replace(ABANDONED, due=T1), replace(PLANNED, due=T1, reason="Repris"), [("due", "unexpected")]),
        (PLANNED, replace(ABANDONED, reason=None), [("reason", "required")]),
        (DONE, STARTED, [("reason", "required")]),
        (ABANDONED, PLANNED, [("reason", "required")]),
        (STARTED, replace(STARTED, note="Précision"), [("reason", "required")]),
        (PLANNED, replace(PLANNED, forecast=EXPECTED), [("reason", "required")]),
        (DONE, replace(DONE, done_on=TODAY), [("reason", "required")]),
        (ABANDONED, replace(ABANDONED, reason="", note="Précision"), [("reason", "required")]),
        (STARTED, replace(DONE, forecast=EXPECTED), [("forecast", "unexpected")]),
        (STARTED, replace(ABANDONED, forecast=EXPECTED), [("forecast", "unexpected")]),
        (PLANNED, replace(STARTED, reason="r" * 1001), [("reason", "form")]),
        (PLANNED, replace(STARTED, reason="a\x00"), [("reason", "form")]),
        (PLANNED, replace(STARTED, note="n" * 2001), [("note", "form")]),
        (PLANNED, replace(STARTED, note="a\x00b"), [("note", "form")]),
        (ABANDONED, replace(POSTPONED, share=Decimal(2), done_on=date(2030, 1, 1), due=None, reason=None), [
            ("state", "transition"), ("share", "unexpected"), ("done_on", "unexpected"), ("done_on", "future"),
            ("due", "required"), ("reason", "required")]),
    ],
)  # fmt: skip
def test_everything_that_is_wrong_is_said(before: Statement, after: Statement, expected: list[Place]) -> None:
    assert places(before, after) == expected


def test_a_forbidden_passage_says_what_is_possible() -> None:
    assert sentences(ABANDONED, STARTED) == [
        "de « abandonnée », une étape ne passe pas à « en cours » ; possible : « abandonnée », « à venir »"
    ]


def test_a_step_is_not_done_without_evidence() -> None:
    assert sentences(STARTED, replace(DONE, evidence=())) == [
        "une étape réalisée se prouve : joignez la référence ou l’adresse d’un document"
    ]


def test_a_date_that_is_not_later_is_shown_with_the_one_that_held() -> None:
    assert sentences(POSTPONED, replace(POSTPONED, due=read_due("T4 2024", None))) == [
        "la nouvelle date finit après celle qui valait, « T1 2025 » (jusqu’au 31/03/2025)"
    ]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (PLANNED, replace(ABANDONED, reason=None), "une étape abandonnée dit pourquoi : donnez un motif"),
        (DONE, STARTED, "une étape qui revient de « réalisée » à « en cours » dit pourquoi : donnez un motif"),
        (STARTED, replace(STARTED, note="N"), "une correction dit pourquoi : donnez un motif"),
    ],
)
def test_what_lacks_a_reason_says_for_what(before: Statement, after: Statement, sentence: str) -> None:
    assert sentences(before, after) == [sentence]


def test_what_is_said_again_is_never_wrong() -> None:
    for known in (PLANNED, STARTED, PARTLY, DONE, POSTPONED, ABANDONED):
        assert places(known, replace(known, reason=None)) == []
