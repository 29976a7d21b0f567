"""What holds of every step on every day, whatever was stated of it, and of every commitment whatever became of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.milestones.due import Due, Forecast
from services.gateway.domain.milestones.integrity import Postponement, StepVersion, commitment
from services.gateway.domain.milestones.progress import Progress, State
from services.gateway.domain.milestones.standing import Lateness, Situation, Standing, standing, summary
from services.gateway.domain.milestones.together import together

GROUP = "imt"
START = datetime(2025, 1, 1, tzinfo=UTC)
DONE, ABANDONED = State.DONE, State.ABANDONED
WORSE = [Lateness.ON_TIME, Lateness.AT_RISK, Lateness.LATE]
Step = tuple[Due, list[Progress]]


def between(one: date, other: date, doubtful: bool) -> Due:
    earliest, latest = sorted([one, other])
    return Due(earliest, latest, f"{earliest} à {latest}{' ?' if doubtful else ''}", doubtful)


def foreseen(due: Due, confidence: str) -> Forecast:
    return Forecast(due.earliest, due.latest, due.text, due.doubtful, confidence)


few = st.sampled_from([date(2025, 1, 1), date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 2), date(2025, 12, 31)])
days = few | st.dates(date(2025, 1, 1), date(2025, 4, 30))
dues = st.builds(between, days, days, st.booleans())
forecasts = st.none() | st.builds(foreseen, dues, st.sampled_from(["high", "medium", "low"]))
shares = st.decimals("0.01", "0.99", places=2)
held = st.none() | dues
progresses = st.one_of(
    st.builds(Progress, st.sampled_from([State.PLANNED, State.IN_PROGRESS]), due=held, forecast=forecasts),
    st.builds(Progress, st.just(State.PARTLY_DONE), shares, due=held, forecast=forecasts),
    st.builds(Progress, st.just(State.POSTPONED), due=dues, forecast=forecasts),
    st.builds(Progress, st.just(DONE), done_on=st.none() | days, due=held),
    st.builds(Progress, st.just(ABANDONED), due=held),
)
steps = st.tuples(dues, st.lists(progresses, max_size=5))


def every_standing(step: Step, on: date) -> list[Standing]:
    """Of each entity, and of all together."""
    due, each = step
    return [*(standing(due, one, on) for one in each), together(due, each, on)]


@given(steps, days)
def test_late_exactly_where_the_interval_has_ended_and_the_step_is_not_done(step: Step, on: date) -> None:
    for found in every_standing(step, on):
        ended = found.due.latest < on
        assert (found.lateness is Lateness.LATE) == (ended and found.state is not DONE)
        if found.state is not DONE:
            assert found.days_late == ((on - found.due.latest).days if ended else None)


@given(steps, days, days)
def test_a_step_of_which_nothing_is_stated_never_gets_better(step: Step, one: date, other: date) -> None:
    earlier, later = sorted([one, other])
    for before, after in zip(every_standing(step, earlier), every_standing(step, later), strict=True):
        assert WORSE.index(before.lateness) <= WORSE.index(after.lateness)
        assert before.state is DONE or (before.days_late or 0) <= (after.days_late or 0)


@given(steps, days)
def test_at_risk_before_the_interval_is_foreseen_after_it(step: Step, on: date) -> None:
    for found in every_standing(step, on):
        if found.lateness is Lateness.AT_RISK and on < found.due.earliest:
            assert found.forecast is not None
            assert found.forecast.latest > found.due.latest


@given(steps, days)
def test_what_is_done_or_abandoned_is_never_at_risk(step: Step, on: date) -> None:
    for found in every_standing(step, on):
        assert found.lateness is not Lateness.AT_RISK or found.state not in {DONE, ABANDONED}
        assert (found.situation is Situation.DONE) == (found.state is DONE)
        assert (found.situation is Situation.ABANDONED) == (found.state is ABANDONED)


@given(st.lists(steps, max_size=6), days)
def test_every_step_is_counted_once(some: list[Step], on: date) -> None:
    found = [one for step in some for one in every_standing(step, on)]
    counts = summary(one.situation for one in found)
    assert set(counts) == {"done", "in_progress", "late", "coming", "postponed", "abandoned"}
    assert sum(counts.values()) == len(found)
    assert counts["done"] == len([one for one in found if one.state is DONE])
    assert counts["abandoned"] == len([one for one in found if one.state is ABANDONED])
    late = [one for one in found if one.due.latest < on and one.state not in {DONE, ABANDONED}]
    assert counts["late"] == len(late)


@given(dues, progresses, days)
def test_a_shared_step_of_one_entity_stands_like_that_entitys(due: Due, progress: Progress, on: date) -> None:
    """Its share counts entities, and once all are done the step's own date is the one that counts."""
    alone = standing(due, replace(progress, due=None) if progress.state is DONE else progress, on)
    assert replace(together(due, [progress], on), share=None) == replace(alone, share=None)


@given(steps, days)
def test_the_order_of_the_entities_settles_nothing_but_ties(step: Step, on: date) -> None:
    due, each = step
    one, other = together(due, each, on), together(due, each[::-1], on)
    assert (one.state, one.share, one.done_on) == (other.state, other.share, other.done_on)
    assert one.due.latest == other.due.latest
    assert (one.forecast and one.forecast.latest) == (other.forecast and other.forecast.latest)


@given(steps, days)
def test_a_share_is_of_the_entities_expected(step: Step, on: date) -> None:
    due, each = step
    found = together(due, each, on)
    assert (found.share is not None) == (found.state is State.PARTLY_DONE)
    if found.share is not None:
        assert abs(found.share * len(each) - [one.state for one in each].count(DONE)) < len(each) / 10_000
        assert 0 <= found.share < 1


titles = st.sampled_from(["Ouvrir le portail", "Tester le portail", "Fermer le portail"])
drafts = st.tuples(titles, dues, st.sampled_from(["group", "schools"]), st.booleans(), st.integers(0, 9))
statements = st.lists(st.tuples(held, st.integers(0, 40)), max_size=4)


def recorded(plans: Sequence[tuple[str, Due, str, bool, int]], signed: bool) -> list[StepVersion]:
    """Versions some days apart, the first of them in the plan."""
    versions: list[StepVersion] = []
    at = START
    for title, due, scope, withdrawn, wait in plans:
        at += timedelta(days=wait)
        gone = withdrawn and bool(versions)
        rank = len(versions) + 1
        versions.append(StepVersion(rank, title, due, False, scope, None, signed, gone, None, "dg", at))
    return versions


histories = st.builds(recorded, st.lists(drafts, min_size=1, max_size=6), st.booleans())


def postponements(stated: list[tuple[Due | None, int]]) -> list[Postponement]:
    ordered = sorted(stated, key=lambda each: each[1])
    return [Postponement("imt", due, None, "chef", START + timedelta(days=after)) for due, after in ordered]


@given(histories, statements)
def test_a_signed_step_is_kept_unless_moved_reworded_or_withdrawn(
    versions: list[StepVersion], stated: list[tuple[Due | None, int]]
) -> None:
    found = commitment(versions, postponements(stated), GROUP)
    broken = found.moved or found.reworded or found.withdrawn
    assert found.kept == (found.signed and not broken)
    assert found.signed or not broken
    assert not (found.signed and found.added)


@given(histories, statements)
def test_changes_come_in_time_and_change_something(
    versions: list[StepVersion], stated: list[tuple[Due | None, int]]
) -> None:
    changes = commitment(versions, postponements(stated), GROUP).changes
    assert [each.at for each in changes] == sorted(each.at for each in changes)
    assert all(each.before != each.after for each in changes)


@given(histories)
def test_the_changes_lead_from_the_signature_to_today(versions: list[StepVersion]) -> None:
    shown, words = versions[0].title, versions[0].due.text
    for each in commitment(versions, [], GROUP).changes:
        if each.kind == "reworded":
            assert each.before == shown
            shown = each.after or ""
        if each.kind == "moved":
            assert each.before == words
            words = each.after or ""
    assert (shown, words) == (versions[-1].title, versions[-1].due.text)


@given(histories)
def test_back_to_the_signature_is_kept(versions: list[StepVersion]) -> None:
    signed = versions[0]
    found = commitment([*versions, replace(signed, at=versions[-1].at)], [], GROUP)
    assert (found.kept, found.added) == (signed.signed, not signed.signed)
