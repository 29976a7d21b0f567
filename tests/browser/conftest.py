"""What the browser tests stand on: the product as it is started by hand, Debian's Chromium, and a visitor in it."""

import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright

from tests.processes import free_port, running
from tests.waiting import eventually

from .visitor import Visitor

_QUIET = ("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--disable-component-update", "--disable-sync")  # fmt: skip
_HOW = "no Chromium: install it (Debian: apt-get install chromium), or name it in CADRAN_TEST_CHROMIUM"
_START_SECONDS = 60


def _chromium() -> str:
    """Where it is. Skips without one; fails where it must not be missing."""
    found = os.environ.get("CADRAN_TEST_CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    if os.environ.get("CI") == "true" or os.environ.get("CADRAN_TEST_BROWSER") == "required":
        pytest.fail(_HOW)
    pytest.skip(_HOW)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = _chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=_QUIET)
        yield browser
        await browser.close()


@pytest.fixture(scope="module")
async def link(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The link that `cadran run` prints, while it runs."""
    folder = tmp_path_factory.mktemp("product")
    log, cadran = folder / "log", str(Path(sys.executable).with_name("cadran"))
    env = os.environ | {"CADRAN_DATA": str(folder / "var"), "PORT": str(free_port())}
    with running([cadran, "run"], log=log, env=env) as process:

        async def printed() -> re.Match[str] | None:
            assert process.poll() is None, log.read_text("utf-8")
            return re.search(r"http://\S+/\?token=\S+", log.read_text("utf-8"))

        found = await eventually(printed, within=_START_SECONDS)
        assert found
        await eventually(lambda: _answers(found[0]), within=_START_SECONDS)
        yield found[0]


async def _answers(link: str) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get(link)).status_code == httpx.codes.SEE_OTHER
    except httpx.TransportError:
        return False


@asynccontextmanager
async def _visiting(browser: Browser, link: str, *, scripts: bool) -> AsyncIterator[Visitor]:
    context: BrowserContext = await browser.new_context(java_script_enabled=scripts, locale="fr-FR")
    visitor = Visitor(await context.new_page(), link)
    yield visitor
    await context.close()
    assert visitor.complaints == []


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
async def anyone(browser: Browser, link: str, request: pytest.FixtureRequest) -> AsyncIterator[Visitor]:
    """Somebody whose browser runs scripts, and somebody whose does not."""
    async with _visiting(browser, link, scripts=request.param) as visitor:
        yield visitor


@pytest.fixture
async def visitor(browser: Browser, link: str) -> AsyncIterator[Visitor]:
    """Somebody signed in; nothing of what they open may fail, complain, or come from elsewhere."""
    async with _visiting(browser, link, scripts=True) as visitor:
        await visitor.sign_in()
        yield visitor


@pytest.fixture
async def stranger(browser: Browser, link: str) -> AsyncIterator[Visitor]:
    """Somebody who has not opened the link."""
    async with _visiting(browser, link, scripts=True) as visitor:
        yield visitor
