"""The pages of the interfaces work without the outside: every link stays on this host, and answers."""

import re
from html.parser import HTMLParser

import httpx
import pytest

from tests.conftest import World

INTERFACES = ["/docs", "/indicators/docs", "/milestones/docs", "/bibliometrics/docs"]
PAGES = [*INTERFACES, "/"]
DESCRIPTIONS = [
    "/openapi.json",
    "/indicators/openapi.json",
    "/milestones/openapi.json",
    "/bibliometrics/openapi.json",
]
OUTSIDE = re.compile(r"""(?:https?:)?//[a-z0-9]""", re.IGNORECASE)
CSS_LINK = re.compile(r"""url\(\s*['"]?([^'")]+)|@import\s+['"]([^'"]+)""")


class Links(HTMLParser):
    """Every address that a page names in an attribute."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in {"src", "href", "action", "srcset"} and value]


async def page_of(world: World, path: str) -> httpx.Response:
    async with world.client() as client:
        answer = await client.get(path)
    assert answer.status_code == 200
    return answer


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_names_no_outside_address(still_world: World, path: str) -> None:
    page = (await page_of(still_world, path)).text
    assert OUTSIDE.findall(page) == []


@pytest.mark.parametrize("path", INTERFACES)
async def test_every_script_and_style_of_a_page_is_served_here(still_world: World, path: str) -> None:
    links = Links((await page_of(still_world, path)).text).found
    assert any(link.endswith(".js") for link in links)
    assert any(link.endswith(".css") for link in links)
    for link in links:
        assert (await page_of(still_world, link)).content


@pytest.mark.parametrize("path", INTERFACES)
async def test_no_style_fetches_anything_from_outside(still_world: World, path: str) -> None:
    links = Links((await page_of(still_world, path)).text).found
    for link in (each for each in links if each.endswith(".css")):
        style = (await page_of(still_world, link)).text
        fetched = ["".join(found) for found in CSS_LINK.findall(style)]
        assert [each for each in fetched if not each.startswith("data:")] == []


@pytest.mark.parametrize(("path", "described"), [*zip(INTERFACES, DESCRIPTIONS, strict=True)])
async def test_a_page_shows_its_own_description(still_world: World, path: str, described: str) -> None:
    assert described in (await page_of(still_world, path)).text
    description = (await page_of(still_world, described)).json()
    assert description["openapi"].startswith("3.1")
    assert OUTSIDE.findall(str(description.get("servers", ""))) == []


@pytest.mark.parametrize("described", DESCRIPTIONS)
async def test_every_operation_has_a_summary_and_a_tag(still_world: World, described: str) -> None:
    paths = (await page_of(still_world, described)).json()["paths"]
    for methods in paths.values():
        for operation in methods.values():
            assert operation["summary"]
            assert operation["tags"]
