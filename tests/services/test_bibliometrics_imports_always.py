"""Damaged files over HTTP: whatever is cut, repeated, changed or mixed in, the answer is a report or a problem."""

from collections.abc import AsyncIterator

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.databases import Folder

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper

WHOLE = {
    "scopus": files.scopus(paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA)), paper(3)),
    "scival": files.scival(files.measured(1), files.measured(2)),
    "hal": files.hal(files.deposit(7, "OUV"), files.deposit(8, "ART")),
    "openalex": files.openalex(files.work(1, ALPHA), files.work(9, BETA)),
}
ODD = [
    b"\x00", b'"', b"\n", b";", b",", b"\t", b"\xff\xfe", b"\xef\xbb\xbf", b"\\ud800", b"null", b"{}", b"[[[[",
    b"1e999", b"-", b"NA", b"99999999999999999999", "é".encode("latin-1"), "\u2028".encode(), b"<html>",
]  # fmt: skip
SETTINGS = settings(max_examples=40, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
async def steward(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    folder = tmp_path_factory.mktemp("damaged")
    async with calls.opened(Folder(folder), folder) as service, service.client("steward") as client:
        await calls.load(client)
        yield client


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file cut into pieces of which some are left out, repeated, or parted by something odd; and a source."""
    content = WHOLE[draw(st.sampled_from(sorted(WHOLE)))]
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=4)))
    pieces = [content[first:last] for first, last in zip([0, *cuts], [*cuts, len(content)], strict=True)]
    kept = [piece * draw(st.sampled_from([1, 1, 1, 0, 2])) for piece in pieces]
    return draw(st.sampled_from(sorted(WHOLE))), draw(st.sampled_from([b"", *ODD])).join(kept)


@SETTINGS
@given(damaged())
async def test_a_damaged_file_is_read_or_refused(steward: httpx.AsyncClient, sent: tuple[str, bytes]) -> None:
    source, content = sent
    trial = await calls.send(steward, source, content, dryRun="true")
    answer = await calls.send(steward, source, content)
    assert answer.status_code in {200, 422}, answer.text
    body = answer.json()
    assert body["received"] == sum(calls.numbers(body))
    assert (trial.status_code, calls.numbers(trial.json())) == (200, calls.numbers(body))
    assert (await steward.get(f"{calls.V1}/publications", params={"limit": 1000})).status_code == 200
    assert (await steward.get(f"{calls.V1}/counts")).status_code == 200


@SETTINGS
@given(st.sampled_from(sorted(WHOLE)), st.text(max_size=30), st.text(min_size=1, max_size=30))
async def test_a_file_may_have_any_name_and_any_title(
    steward: httpx.AsyncClient, source: str, title: str, name: str
) -> None:
    written = title.replace("\x00", "").encode("utf-8", "replace").decode()
    content = {
        "scopus": files.scopus(paper(4, Title=written)),
        "scival": files.scival(files.measured(4, Title=written)),
        "hal": files.hal(files.deposit(4, "OUV", title_s=[title])),
        "openalex": files.openalex(files.work(4, ALPHA, title=title, display_name=title)),
    }
    answer = await calls.send(steward, source, content[source], name=name.encode("utf-8", "replace").decode())
    assert answer.status_code in {200, 422}, answer.text
