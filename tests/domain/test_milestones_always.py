"""What holds of any date that is read, and of any history of statements that are accepted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.milestones.domain.dates import Due, is_without_year, read_due, whole_year
from services.milestones.domain.evidence import Evidence
from services.milestones.domain.progress import (
    PLANNED,
    Confidence,
    Forecast,
    Statement,
    mistakes,
    says_the_same,
    settled,
)
from services.milestones.domain.step import WrittenStep, expand
from services.milestones.domain.transitions import REASONED, State, action

OWN, TODAY = whole_year(2024), date(2025, 6, 15)
FORBIDDEN = {
    State.IN_PROGRESS: {State.PLANNED},
    State.PARTLY_DONE: {State.PLANNED},
    State.POSTPONED: {State.PLANNED},
    State.DONE: {State.PLANNED, State.PARTLY_DONE, State.POSTPONED, State.ABANDONED},
    State.ABANDONED: {State.IN_PROGRESS, State.PARTLY_DONE, State.DONE, State.POSTPONED},
}
PIECES = ["T", "S", "1", "2", "4", "24", "2024", "2025", "06", "fin", "mi", "début", "juin", "avant", "1er",
          "trimestre", "semestre", "année", "/", "-", " – ", " à ", " ", "?", "\u00a0", "é", "\x00"]  # fmt: skip
READABLE = ["2024", "T4 24", "fin 2024", "mi-2025", "1er semestre 2024", "15/06/2024", "T1 – T3 2024", "avant fin 2024",
            "juin", "T2", "fin d’année"]  # fmt: skip

years = st.integers(min_value=1900, max_value=2200)
any_words = st.text(max_size=120) | st.lists(st.sampled_from(PIECES), max_size=8).map("".join)
words = st.sampled_from(["T1 2024", "2024", "T1 2025", "T2 2025", "2026", "2024-2030"])
dues = words.map(lambda text: read_due(text, None))
texts = st.none() | st.sampled_from(["", " ", "Marché infructueux", "x" * 1001, "a\x00b"])
documents = st.builds(
    Evidence, st.none() | st.sampled_from(["", "Rapport"]), st.none() | st.sampled_from(["https://exemple.fr", "ftp:x"])
)
statements = st.builds(
    Statement,
    state=st.sampled_from(State),
    share=st.none() | st.sampled_from(["0", "0.5", "1", "NaN"]).map(Decimal),
    done_on=st.none() | st.sampled_from([TODAY, date(2025, 6, 16), date(1899, 1, 1)]),
    evidence=st.lists(documents, max_size=2).map(tuple),
    due=st.none() | dues,
    forecast=st.none() | st.builds(Forecast, dues, st.sampled_from(Confidence)),
    reason=texts,
    note=texts,
)
REPORT = (Evidence("Rapport"),)


@st.composite
def plausible(draw: st.DrawFn) -> Statement:
    """Mostly what its state asks for, so that long histories are accepted."""
    state = draw(st.sampled_from(State))
    return Statement(
        state=state,
        share=Decimal("0.5") if state is State.PARTLY_DONE else None,
        evidence=REPORT if state is State.DONE else (),
        due=draw(dues) if state is State.POSTPONED else None,
        reason=draw(st.sampled_from(["Motif", "Motif", None])),
        note=draw(st.sampled_from(["Un", "Deux"])),
    )


def told(stated: list[Statement]) -> list[tuple[Statement | None, Statement]]:
    """Each accepted statement as it was kept, after the one that held before."""
    known: Statement | None = None
    history: list[tuple[Statement | None, Statement]] = []
    for each in stated:
        if not says_the_same(known, each) and not list(mistakes(known, each, OWN, TODAY)):
            history.append((known, settled(known, each)))
            known = history[-1][1]
    return history


def read_or_refusal(text: str, year: int | None) -> Due | str:
    try:
        return read_due(text, year)
    except ValueError as error:
        return str(error)


histories = st.lists(plausible() | statements, max_size=12).map(told)


@given(any_words, st.none() | years)
def test_words_are_read_as_an_interval_or_refused_in_french(text: str, year: int | None) -> None:
    read = read_or_refusal(text, year)
    if isinstance(read, Due):
        assert read.earliest <= read.latest
        assert read.doubtful == ("?" in text)
    else:
        assert "par exemple" in read


@given(st.sampled_from(READABLE), years, st.data())
def test_a_doubt_is_kept_wherever_it_stands(text: str, year: int, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([0, *(at for at, letter in enumerate(text) if letter == " "), len(text)]))
    sure, doubtful = read_due(text, year), read_due(f"{text[:place]} ? {text[place:]}", year)
    assert doubtful.doubtful
    assert (sure.earliest, sure.latest, sure.doubtful) == (doubtful.earliest, doubtful.latest, False)


@given(st.sampled_from(READABLE), years)
def test_neither_case_nor_accents_nor_spaces_matter(text: str, year: int) -> None:
    plain, other = read_due(text, year), read_due(f" {text.upper().replace(' ', chr(0xA0))} ".replace("É", "e"), year)
    assert (plain.earliest, plain.latest) == (other.earliest, other.latest)


@given(st.sampled_from(READABLE), st.lists(years, min_size=2, max_size=2, unique=True))
def test_only_words_without_a_year_depend_on_the_given_one(text: str, given_years: list[int]) -> None:
    one, other = (read_due(text, year) for year in given_years)
    assert is_without_year(text) == (one != other)


@given(st.sampled_from([None, "T4", "fin juin", "T4 ?"]), st.booleans(), st.integers(0, 49), st.integers(1900, 2150))
def test_a_recurrent_row_keeps_its_doubt_in_each_of_its_years(
    due: str | None, doubtful: bool, more: int, year: int
) -> None:
    row = WrittenStep(
        line="l", code="c", year=year, until=year + more, title="T", source="S", due=due, doubtful=doubtful
    )
    steps = expand(row)
    assert [step.year for step in steps] == list(range(year, year + more + 1))
    assert {step.due.doubtful for step in steps} == {doubtful or due == "T4 ?"}
    assert all(step.due.earliest.year == step.due.latest.year == step.year for step in steps)


@given(histories)
def test_no_history_passes_where_the_table_forbids(history: list[tuple[Statement | None, Statement]]) -> None:
    for before, after in history:
        assert after.state not in FORBIDDEN.get((before or PLANNED).state, set())


@given(histories)
def test_what_is_accepted_carries_what_its_state_asks_for(history: list[tuple[Statement | None, Statement]]) -> None:
    for before, after in history:
        assert after.state is not State.DONE or any(each.reference or each.address for each in after.evidence)
        assert (after.share is not None) == (after.state is State.PARTLY_DONE)
        assert after.state is State.DONE or after.done_on is None
        assert after.state not in {State.DONE, State.ABANDONED} or after.forecast is None
        assert after.reason or before is None or action(before.state, after.state) not in REASONED


def later(before: Due | None, after: Due | None) -> bool:
    return after is not None and after.latest > (before or OWN).latest


@given(histories)
def test_a_date_only_moves_by_a_postponement_and_later_or_back_to_its_own(
    history: list[tuple[Statement | None, Statement]],
) -> None:
    for before, after in history:
        held = before.due if before else None
        reinstated = before is not None and (before.state, after.state) == (State.ABANDONED, State.PLANNED)
        if after.state is State.POSTPONED:
            assert later(held, after.due)
        else:
            assert after.due == (None if reinstated else held)


@given(statements, statements)
def test_what_is_wrong_is_said_in_french_or_nothing_is(before: Statement, after: Statement) -> None:
    found = list(mistakes(before, after, OWN, TODAY))
    assert all(column and code and message[:1].islower() for column, code, message in found)
    assert settled(before, settled(before, after)) == settled(before, after)


@given(plausible())
def test_what_is_known_may_be_said_again(stated: Statement) -> None:
    known = settled(None, stated)
    assert says_the_same(known, replace(known, reason=None))
    assert not list(mistakes(known, known, OWN, TODAY))


def test_the_histories_that_are_told_are_long_enough_to_mean_something() -> None:
    started, reason = Statement(state=State.IN_PROGRESS), "Motif"
    done = Statement(state=State.DONE, evidence=REPORT)
    assert len(told([PLANNED, started, done, replace(started, reason=reason), started, done])) == 5
    with pytest.raises(ValueError, match="par exemple"):
        read_due("", None)
