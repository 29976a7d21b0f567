"""Killed again while it repairs what was lost: the next start finishes the work."""

import signal
from pathlib import Path

import pytest

from tests.crash import oracle
from tests.crash.changing import SHOWN_CHANGED, SHOWN_LOST, TOLD, TOLD_CHANGED, change, lose, stored
from tests.crash.instances import Place, launched, new_place, running
from tests.crash.stores import OWNERS, State


@pytest.fixture
async def place(tmp_path: Path) -> Place:
    """An instance that has run, with a change to the facts of each owner, and was killed."""
    place = new_place(tmp_path)
    async with running(place) as process:
        await change(place)
        process.send(signal.SIGKILL)
        assert await process.ended() == -signal.SIGKILL
    return place


async def killed(place: Place, point: str, passage: str, side: str) -> None:
    async with launched(place, bomb=(point, passage, side)) as process:
        assert await process.ended() == -signal.SIGKILL, process.complained


async def shown_after_a_start(place: Place) -> State:
    async with running(place):
        pass
    state = await stored(place)
    assert oracle.incoherences(state) == []
    return state


@pytest.mark.parametrize(
    "bomb",
    [
        ("migration", "2", "after"),
        ("republish-commit", "1", "before"),
        ("republish-commit", "1", "after"),
        ("republish-commit", "2", "before"),
        ("republish-commit", "2", "after"),
        ("publish", "1", "before"),
        ("projection", "3", "after"),
        ("position-commit", "1", "before"),
        ("position-commit", "1", "after"),
        ("mark-sent", "1", "after"),
    ],
    ids="-".join,
)
async def test_views_that_were_lost_come_back(place: Place, bomb: tuple[str, str, str]) -> None:
    lose(place, "gateway")
    await killed(place, *bomb)
    state = await shown_after_a_start(place)
    assert (state.shown, state.events) == (SHOWN_CHANGED, TOLD_CHANGED)


@pytest.mark.parametrize(
    "bomb",
    [
        ("clear-commit", "1", "before"),
        ("clear-commit", "1", "after"),
        ("republish-commit", "1", "after"),
        ("owner-commit", "1", "after"),
        ("owner-commit", "2", "before"),
        ("owner-commit", "2", "after"),
        ("publish", "1", "after"),
    ],
    ids="-".join,
)
@pytest.mark.parametrize("name", OWNERS)
async def test_facts_that_were_lost_are_loaded_once_and_leave_no_ghosts(
    place: Place, name: str, bomb: tuple[str, str, str]
) -> None:
    lose(place, name)
    await killed(place, *bomb)
    state = await shown_after_a_start(place)
    assert (state.shown, state.events) == (SHOWN_LOST[name], TOLD_CHANGED | {name: TOLD[name]})


@pytest.mark.parametrize("name", OWNERS)
async def test_facts_that_were_lost_are_loaded_whole_or_not_at_all(place: Place, name: str) -> None:
    """It dies half-way through the second time that it records them: the first is a trial."""
    lose(place, name)
    await killed(place, "owner-event", str(TOLD[name] + TOLD[name] // 2 + 1), "after")
    assert (await stored(place)).events[name] == 0
    state = await shown_after_a_start(place)
    assert (state.shown, state.events) == (SHOWN_LOST[name], TOLD_CHANGED | {name: TOLD[name]})


@pytest.mark.parametrize("name", OWNERS)
async def test_the_journal_of_a_lost_file_does_not_come_back_with_it(place: Place, name: str) -> None:
    """Only the database file is lost: what SQLite kept beside it since the kill belongs to nothing any more."""
    assert (place.data / f"{name}.sqlite3-wal").stat().st_size > 0
    lose(place, name, "")
    state = await shown_after_a_start(place)
    assert (state.shown, state.events) == (SHOWN_LOST[name], TOLD_CHANGED | {name: TOLD[name]})


async def test_the_journal_of_lost_views_does_not_come_back_with_them(place: Place) -> None:
    assert (place.data / "gateway.sqlite3-wal").stat().st_size > 0
    lose(place, "gateway", "")
    state = await shown_after_a_start(place)
    assert (state.shown, state.events) == (SHOWN_CHANGED, TOLD_CHANGED)


async def test_killed_at_every_start_it_comes_through_in_the_end(place: Place) -> None:
    lose(place, "gateway")
    for point in ("migration", "republish-commit", "publish", "projection", "position-commit", "mark-sent"):
        await killed(place, point, "1", "after")
    state = await shown_after_a_start(place)
    assert (state.shown, state.events) == (SHOWN_CHANGED, TOLD_CHANGED)
