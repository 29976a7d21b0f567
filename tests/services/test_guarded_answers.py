"""What every answer tells browsers to forbid: an interface's, a problem's, a page's, a description's."""

import base64
import hashlib
import re
from collections.abc import Iterator

import httpx
import pytest

from shared.settings import Limits
from tests.conftest import COP, World

from .guarded_app import Guarded, guarded

COMMON = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOTHING = "default-src 'none'; frame-ancestors 'none'"


@pytest.fixture(scope="module")
def scene() -> Iterator[Guarded]:
    with guarded(Limits(call_seconds=0.2)) as scene:
        yield scene


def forbids(answer: httpx.Response) -> str:
    """The content policy of an answer that forbids all that every answer does."""
    assert {name: answer.headers.get(name) for name in COMMON} == COMMON
    assert len(answer.headers.get_list("Content-Security-Policy")) == 1
    return answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/private", 401), ("/nowhere", 404), ("/fail", 500), ("/wait", 503), ("/health/live", 200), ("/x" * 7000, 414)],
)
async def test_every_answer_of_an_interface_loads_nothing_and_is_not_kept(
    scene: Guarded, path: str, status: int
) -> None:
    async with scene.client() as client:
        answer = await client.get(path)
    assert (answer.status_code, forbids(answer)) == (status, NOTHING)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in answer.headers


@pytest.mark.parametrize("path", ["/private", "/fail", "/docs"])
async def test_over_https_browsers_are_told_to_stay_there(scene: Guarded, path: str) -> None:
    async with scene.client(scheme="https") as client:
        assert (await client.get(path)).headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_a_view_says_itself_how_long_it_is_kept(still_world: World) -> None:
    async with still_world.client("reader") as client:
        answer = await client.get(f"/v1/contracts/{COP}/follow-up")
    assert forbids(answer) == NOTHING
    assert answer.headers.get_list("Cache-Control") == ["private, no-cache"]


@pytest.mark.parametrize("path", ["/", f"/contrats/{COP}/2022", "/contrats/nowhere/at/all/x"])
async def test_a_page_has_a_policy_of_its_own(still_world: World, path: str) -> None:
    async with still_world.client("reader") as client:
        policy = forbids(await client.get(path))
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("prefix", ["", "/indicators", "/milestones", "/bibliometrics"])
async def test_a_description_runs_its_own_script_and_no_other(still_world: World, prefix: str) -> None:
    async with still_world.client() as client:
        answer = await client.get(f"{prefix}/docs")
        script = await client.get(f"{prefix}/docs-static/swagger-ui-bundle.js")
    (inline,) = re.findall("<script>(.*?)</script>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in forbids(answer)
    assert "'unsafe-inline'" not in forbids(answer).partition("style-src")[0]
    assert (script.status_code, script.headers["Cache-Control"]) == (200, "no-cache")
