"""Somebody in a browser: where they go, what they read, and what went wrong on the way."""

from dataclasses import dataclass, field

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import ConsoleMessage, Page, Request, Response

_HELD = str.maketrans({"\u202f": " ", "\u00a0": " "})
_STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
PHONE, TABLET, DESK = 360, 768, 1440


@dataclass
class Visitor:
    """`complaints` are the console's errors and warnings, failed requests, and requests to another host."""

    page: Page
    link: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._on_console)
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    @property
    def base(self) -> str:
        return self.link.partition("/?")[0]

    async def open_link(self) -> None:
        await self.page.goto(self.link)

    async def sign_in(self) -> None:
        """Take the link's cookie, without a look at the page."""
        await self.page.request.get(self.link)

    async def go(self, path: str) -> None:
        await self.page.goto(self.base + path)

    async def follow(self, name: str, *, within: str = "body") -> None:
        await self.page.locator(within).get_by_role("link", name=name, exact=True).first.click()
        await self.page.wait_for_load_state()

    async def read(self, selector: str = "main") -> str:
        """The text that is seen there, every space alike."""
        text = await self.page.locator(selector).first.inner_text()
        return " ".join(text.translate(_HELD).split())

    async def overflow(self, width: int) -> float:
        """How far the page is wider than a window of this width."""
        await self.page.set_viewport_size({"width": width, "height": 900})
        wide: float = await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return wide

    async def barriers(self) -> list[str]:
        """What axe-core finds against WCAG 2.1 A and AA, on which RGAA stands."""
        found = await Axe().run(self.page, options=_STANDARD)
        return [
            f"{each['id']}: {node['target']} {node.get('failureSummary', '')}"
            for each in found.response["violations"]
            for node in each["nodes"]
        ]

    def expected(self, status: str) -> None:
        """Forgive the answers of this status."""
        self.complaints[:] = [each for each in self.complaints if status not in each]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"console: {message.text}")

    def _on_request(self, request: Request) -> None:
        if not request.url.startswith(f"{self.base}/"):
            self.complaints.append(f"elsewhere: {request.url}")

    def _on_failure(self, request: Request) -> None:
        """What the browser gave up because it left the page is no failure."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} ({request.failure})")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")
