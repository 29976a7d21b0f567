"""A search API of HAL of this machine, of invented content: it pages by marks, and refuses as Solr does."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

Doc = dict[str, Any]


def deposit(number: int, **changed: Any) -> Doc:
    """A chapter."""
    return {
        "docid": str(4000000 + number),
        "halId_s": f"hal-{4000000 + number:08d}",
        "uri_s": f"https://hal.science/hal-{4000000 + number:08d}v1",
        "title_s": [f"Les jardins inventés, tome {number}"],
        "docType_s": "COUV",
        "producedDateY_i": 2024,
        "bookTitle_s": "Jardins de papier",
        "authFullName_s": ["Anne Perrin"],
        "structId_i": [1042],
        "structName_s": ["École Alpha"],
        "collCode_s": ["ALPHA"],
    } | changed


@dataclass
class HalServer:
    """Answers from `deposits`, by pages of at most `largest_page`; `troubles` are answers by rank of request."""

    deposits: Sequence[Doc] = ()
    announced: int | None = None
    largest_page: int = 500
    troubles: dict[int, Response] = field(default_factory=dict)
    asked: list[list[tuple[str, str]]] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        assert request.url.path == "/search/"
        self.asked.append(request.query_params.multi_items())
        answer = self.troubles.get(len(self.asked)) or self._page(dict(request.query_params))
        await answer(scope, receive, send)

    @property
    def marks(self) -> list[str]:
        return [dict(each)["cursorMark"] for each in self.asked]

    @property
    def filters(self) -> list[str]:
        """Those of the last request."""
        return [value for name, value in self.asked[-1] if name == "fq"]

    def _page(self, asked: dict[str, str]) -> Response:
        if asked["sort"] != "docid asc":
            return JSONResponse({"error": {"msg": "Cursor functionality requires a sort", "code": 400}}, 400)
        start = 0 if asked["cursorMark"] == "*" else int(asked["cursorMark"].removeprefix("AoE="))
        wanted = asked["fl"].split(",")
        found = self.deposits[start : start + min(int(asked["rows"]), self.largest_page)]
        docs = [{name: each[name] for name in wanted if name in each} for each in found]
        total = len(self.deposits) if self.announced is None else self.announced
        following = f"AoE={start + len(docs)}" if docs else asked["cursorMark"]
        answer = {"response": {"numFound": total, "start": 0, "docs": docs}, "nextCursorMark": following}
        return JSONResponse(answer)
