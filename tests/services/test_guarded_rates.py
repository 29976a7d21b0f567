"""How often a caller may call: counted at the one door, by subject, and by address for those who have no good token."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from services import embedded, local
from shared.guarding.rates import Rates, Window
from shared.settings import Limits
from tests.conftest import ROOT

from .guarded_app import Guarded, guarded, served

FEW = Limits(calls_per_minute=5, refusals_per_minute=3)
PRIVATE = "/private"


async def statuses(client: httpx.AsyncClient, count: int, path: str = PRIVATE, **headers: str) -> list[int]:
    return [(await client.get(path, headers=headers)).status_code for _ in range(count)]


def taken(window: Window, *instants: float) -> list[float]:
    return [window.take("a", instant) for instant in instants]


def test_a_window_takes_as_many_as_it_may_and_no_more() -> None:
    assert taken(Window(3), 0, 0, 0) == [0, 0, 0]
    assert taken(Window(3), 0, 0, 0, 0)[-1] > 0


def test_a_window_slides() -> None:
    window = Window(4)
    assert taken(window, 0, 0, 0, 0) == [0, 0, 0, 0]
    assert window.take("a", 60) > 0  # all four still weigh
    assert window.take("a", 75) == 0  # one quarter of the minute before is past: three weigh
    assert window.take("a", 75) > 0
    assert window.take("a", 180) == 0


@pytest.mark.parametrize("at", [0.0, 30.0, 59.9, 60.0, 90.0])
def test_who_waits_as_long_as_they_are_told_passes(at: float) -> None:
    window = Window(4)
    taken(window, 0, 0, 0, at if at < 60 else 0)
    wait = window.take("a", at)
    if wait:
        assert window.take("a", at + wait) == 0


def test_callers_do_not_count_for_each_other() -> None:
    window = Window(1)
    assert [window.take(each, 0) for each in "abcd"] == [0, 0, 0, 0]


def test_where_none_is_set_there_is_no_limit() -> None:
    rates = Rates(Limits(calls_per_minute=0, refusals_per_minute=0), lambda: 0)
    assert not any(rates.call("a", "b") or rates.refusal("b") for _ in range(5000))


async def test_a_subject_is_told_how_long_to_wait() -> None:
    with guarded(FEW, door=True) as scene:
        async with scene.client() as client:
            client.headers.update(scene.bearing())
            assert await statuses(client, 5) == [200] * 5
            answer = await client.get(PRIVATE)
    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-calls")
    seconds = int(answer.headers["Retry-After"])
    assert 1 <= seconds <= 120
    expected = f"Plus de 5 appels en une minute\u00a0: attendez {seconds} s, puis réessayez."
    assert answer.json()["detail"] == expected


async def test_a_subject_is_one_wherever_it_calls_from_and_has_no_part_in_others() -> None:
    with guarded(FEW, door=True) as scene:
        async with scene.client("192.0.2.1") as here, scene.client("192.0.2.2") as there:
            assert await statuses(here, 3, **scene.bearing("camille")) == [200] * 3
            assert await statuses(there, 3, **scene.bearing("camille")) == [200, 200, 429]
            assert await statuses(here, 3, **scene.bearing("dominique")) == [200] * 3


async def test_strangers_are_counted_by_their_address() -> None:
    with guarded(FEW, door=True) as scene:
        async with scene.client("192.0.2.1") as here, scene.client("192.0.2.2") as there:
            assert await statuses(here, 6, "/docs") == [200] * 5 + [429]
            assert await statuses(there, 1, "/docs") == [200]


async def test_health_is_never_counted() -> None:
    with guarded(FEW, door=True) as scene:
        async with scene.client() as client:
            assert await statuses(client, 20, "/health/live") == [200] * 20


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer a.b.c"}])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_refused_tokens_are_counted_apart_and_sooner_too_many(method: str, headers: dict[str, str]) -> None:
    with guarded(Limits(refusals_per_minute=3), door=True) as scene:
        async with scene.client() as client:
            answers = [await client.request(method, PRIVATE, headers=headers) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert int(answers[-1].headers["Retry-After"]) >= 1


async def test_who_has_a_good_token_does_not_suffer_from_neighbours_who_have_none() -> None:
    with guarded(FEW, door=True) as scene:
        async with scene.client() as client:
            assert await statuses(client, 4) == [401, 401, 401, 429]
            assert await statuses(client, 2, **scene.bearing()) == [200, 200]


async def test_behind_the_door_nothing_is_counted() -> None:
    with guarded(FEW) as scene:
        async with scene.client() as client:
            assert await statuses(client, 20) == [401] * 20


@pytest.fixture
async def few(tmp_path: Path) -> Callable[[], local.Settings]:
    return lambda: local.Settings(
        data=tmp_path / "var", contracts=ROOT / "contracts", limits=Limits(calls_per_minute=6)
    )


async def test_in_one_process_a_call_is_counted_once_whoever_answers(few: Callable[[], local.Settings]) -> None:
    paths = ["/v1/contracts", "/indicators/v1/contracts", "/milestones/v1/contracts"] * 2
    async with embedded.system(few()) as system, system.client() as client:
        answers = [(await client.get(path)).status_code for path in [*paths, "/bibliometrics/v1/contracts"]]
    assert answers == [200] * 6 + [429]


async def calls_through_a_proxy(scene: Guarded, *addresses: str) -> list[int]:
    async with served(scene) as (host, port), httpx.AsyncClient(base_url=f"http://{host}:{port}") as client:
        return [(await client.get(PRIVATE, headers={"X-Forwarded-For": each})).status_code for each in addresses]


async def test_the_address_that_a_proxy_tells_is_believed_where_an_operator_trusts_it() -> None:
    limits = Limits(refusals_per_minute=1, trusted_proxies=["127.0.0.1"])
    with guarded(limits, door=True) as scene:
        told = await calls_through_a_proxy(scene, "192.0.2.1", "192.0.2.2", "192.0.2.1", "198.51.100.9, 192.0.2.2")
    assert told == [401, 401, 429, 429]


async def test_the_address_that_anybody_tells_is_not_believed() -> None:
    with guarded(Limits(refusals_per_minute=1), door=True) as scene:
        assert await calls_through_a_proxy(scene, "192.0.2.1", "192.0.2.2") == [401, 429]
