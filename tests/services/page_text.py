"""What a page says: its text, an indicator's sheet, and an indicator's lines in the overview, without the markup."""

import html
import re
from dataclasses import dataclass

from tests.conftest import World

_HELD = str.maketrans({"\u202f": " ", "\u00a0": " "})


async def read(world: World, path: str) -> "PageText":
    """A page as a reader gets it. Fails where it is none."""
    async with world.client("reader") as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8"), answer.text
    return PageText(answer.text)


@dataclass(frozen=True, slots=True)
class PageText:
    source: str

    @property
    def exact(self) -> str:
        """The text with its own no-break spaces."""
        return _text(self.source)

    @property
    def text(self) -> str:
        """The text with every space alike."""
        return self.exact.translate(_HELD)

    def sheet(self, code: str) -> str:
        """One indicator in full."""
        return self._part(rf'<article class="sheet[^>]*id="{code}".*?</article>')

    def line(self, code: str) -> str:
        """One indicator in the overview, with its first target."""
        return self._part(rf'<tr role="row" class="line[^>]*>\s*<th[^>]*><a href="#{code}">.*?</tr>')

    def milestone(self, code: str) -> str:
        """A milestone with its grid."""
        return self._part(rf'<article class="sheet milestone" id="{code}".*?</article>')

    def step(self, place: str) -> str:
        """A step, by its code and year; of a shared one, what every school says too."""
        return self._part(
            rf'<li class="step [^>]*id="{place}">.*?\n</li>\n(?=</ul></td>|<li class="step|\n*<li class="step)'
        )

    def cells(self, line: str) -> dict[int, str]:
        """A line of the grid, by year."""
        body = self._source(rf'scope="rowgroup"[^>]*><span class="code">{line}</span>.*?</tbody>')
        found = re.findall(r'<td role="cell"[^>]* data-label="(\d+)">(.*?)</td>', body, re.DOTALL)
        return {int(year): _text(cell).translate(_HELD) for year, cell in found}

    def agenda(self, code: str) -> str:
        """A milestone at a glance, and the steps of it that ask for attention."""
        return self._part(rf'<tr role="row" class="line">\s*<th[^>]*><a href="[^"]*#{code}">.*?</tr>')

    def section(self, heading: str) -> str:
        return self._part(rf'<section[^>]*aria-labelledby="{heading}".*?</section>')

    def hrefs(self) -> list[str]:
        return [html.unescape(each) for each in re.findall(r'href="([^"]*)"', self.source)]

    def _part(self, pattern: str) -> str:
        return _text(self._source(pattern)).translate(_HELD)

    def _source(self, pattern: str) -> str:
        found = re.search(pattern, self.source, re.DOTALL)
        assert found, pattern
        return found[0]


def _text(source: str) -> str:
    body = re.sub(r"<(svg|style).*?</\1>", " ", source.partition("<body>")[2] or source, flags=re.DOTALL)
    return re.sub(r"[ \n]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body))).replace(" \u00a0", "\u00a0").strip()
