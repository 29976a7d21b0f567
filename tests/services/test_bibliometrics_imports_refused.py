"""Files that are refused: all or nothing, in French, with the places of what is wrong; and callers who may not send."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.databases import Databases, Folder

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, PERRIN, paper
from .conftest import Service

GOOD, NEW = files.scopus(paper(1, (PERRIN, ALPHA))), files.scopus(paper(2, (PERRIN, ALPHA)))
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
HTML = "<!doctype html><html><body>Votre session a expiré</body></html>".encode()
SMALL = 300_000


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Service]:
    """One for all: what is refused changes nothing."""
    folder = tmp_path_factory.mktemp("refused")
    async with calls.opened(Folder(folder), folder) as opened:
        async with opened.client("steward") as client:
            await calls.load(client)
            await calls.take(client, "scopus", GOOD)
        yield opened


@pytest.fixture
async def steward(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    """Whatever the test sends, the corpus is afterwards what it was before."""
    async with service.client("steward") as client:
        before = await calls.state(client)
        yield client
        assert await calls.state(client) == before


async def test_one_bad_row_refuses_the_file_with_its_report(steward: httpx.AsyncClient) -> None:
    rows = [paper(2), paper(3, Source="Web of Science"), paper(4), paper(5, Year="douze")]
    problem = await calls.refuse(steward, "scopus", files.scopus(*rows), name="b.csv")
    assert (problem["received"], calls.numbers(problem)) == (4, (0, 0, 2, 0, 2))
    assert [(each["row"], each["column"], each["place"]) for each in problem["errors"]] == [
        (3, "Source", "ligne 3"), (5, "Year", "ligne 5"),
    ]  # fmt: skip
    detail = calls.plain(problem["detail"])
    assert detail.startswith("ligne 3 : la source est « Web of Science », et non « Scopus »")
    assert detail.endswith("rien n’a été enregistré.")
    assert {each["severity"] for each in problem["errors"]} == {"error"}
    assert problem["filename"] == "b.csv"


async def test_a_trial_of_a_file_that_would_be_refused_says_so_without_refusing(steward: httpx.AsyncClient) -> None:
    rows = [paper(2), paper(3, Source="Web of Science")]
    report = await calls.take(steward, "scopus", files.scopus(*rows), dryRun="true")
    assert calls.numbers(report) == (0, 0, 1, 0, 1)
    assert [each["row"] for each in report["findings"] if each["severity"] == "error"] == [3]


@pytest.mark.parametrize("source", ["scopus", "scival", "hal", "openalex"])
@pytest.mark.parametrize("content", [PNG, HTML, b"", b"bonjour", b"{", b"[]", b"PK\x03\x04nothing"])
async def test_what_is_no_export_is_refused_by_every_source(
    steward: httpx.AsyncClient, source: str, content: bytes
) -> None:
    answer = await calls.send(steward, source, content, name="capture.png")
    if answer.status_code == 200:  # an answer of an API that holds nothing is nothing
        assert (content, answer.json()["received"]) == (b"[]", 0)
        return
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["message"]
    assert error["place"] in {"fichier", "ligne 1"}


@pytest.mark.parametrize(("source", "other"), [
    ("scival", GOOD), ("hal", GOOD), ("openalex", GOOD), ("scopus", files.scival(files.measured(1))),
    ("hal", files.openalex(files.work(1, ALPHA))), ("openalex", files.hal(files.deposit(1, "OUV"))),
    ("scopus", files.hal(files.deposit(1, "OUV"))),
])  # fmt: skip
async def test_the_file_of_another_source_is_refused(steward: httpx.AsyncClient, source: str, other: bytes) -> None:
    problem = await calls.refuse(steward, source, other)
    assert "rien n’a été enregistré" in problem["detail"]
    assert (problem["received"], problem["created"]) == (problem["rejected"] + problem["unchanged"], 0)


async def test_a_source_that_is_not_known_is_said_with_those_that_are(steward: httpx.AsyncClient) -> None:
    problem = await calls.refuse(steward, "wos", GOOD)
    assert [each["place"] for each in problem["errors"]] == ["body.source"]
    assert "scopus" in problem["detail"]


@pytest.mark.parametrize("missing", ["file", "source"])
async def test_a_form_without_its_file_or_its_source_is_refused(steward: httpx.AsyncClient, missing: str) -> None:
    data = {} if missing == "source" else {"source": "scopus"}
    sent = {"other" if missing == "file" else "file": ("a.csv", GOOD)}
    answer = await steward.post(f"{calls.V1}/imports", data=data, files=sent)
    assert answer.status_code == 422
    assert (f"body.{missing}", "missing") in {(each["place"], each["code"]) for each in answer.json()["errors"]}


@pytest.mark.parametrize("content_type", ["application/json", "multipart/form-data", "text/csv"])
async def test_a_body_that_is_no_form_is_refused(steward: httpx.AsyncClient, content_type: str) -> None:
    answer = await steward.post(f"{calls.V1}/imports", content=GOOD, headers={"Content-Type": content_type})
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("day", ["hier", "2026-02-30", "2026-13-01"])
async def test_a_day_of_export_that_is_none_is_refused(steward: httpx.AsyncClient, day: str) -> None:
    problem = await calls.refuse(steward, "scopus", GOOD, extractedOn=day)
    assert [each["place"] for each in problem["errors"]] == ["body.extractedOn"]


@pytest.mark.parametrize(("roles", "status"), [((), 401), (("reader",), 403), (("contributor",), 403)])
async def test_who_may_not_define_may_not_import(
    service: Service, steward: httpx.AsyncClient, roles: tuple[str, ...], status: int
) -> None:
    async with service.client(*roles) as client:
        answer = await calls.send(client, "scopus", files.scopus(paper(7)))
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_a_file_beyond_the_limit_is_too_large(databases: Databases, tmp_path: Path) -> None:
    small = await calls.service(databases, tmp_path, SMALL)
    async with small.client("steward") as client:
        answer = await calls.send(client, "scopus", GOOD + b" " * SMALL)
        assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
        assert (await calls.send(client, "scopus", GOOD)).status_code == 200


async def test_a_file_whose_length_is_not_announced_is_refused_all_the_same(steward: httpx.AsyncClient) -> None:
    async def endless() -> AsyncIterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(3):
            yield b" " * (calls.MAX_UPLOAD // 2)
            await asyncio.sleep(0)

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await steward.post(f"{calls.V1}/imports", content=endless(), headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert answer.headers["Content-Type"] == "application/problem+json"


async def test_two_files_in_one_form_are_refused(steward: httpx.AsyncClient) -> None:
    sent = [("file", ("a.csv", GOOD)), ("file", ("b.csv", NEW))]
    answer = await steward.post(f"{calls.V1}/imports", data={"source": "scopus"}, files=sent)
    assert answer.status_code == 400


@pytest.mark.parametrize(("field", "said"), [("dryRun", ""), ("dryRun", "oui"), ("dry_run", "true")])
async def test_a_trial_that_is_not_well_asked_for_writes_nothing(
    steward: httpx.AsyncClient, field: str, said: str
) -> None:
    problem = await calls.refuse(steward, "scopus", NEW, **{field: said})
    assert [each["place"] for each in problem["errors"]] == [f"body.{field}"]


async def test_a_day_to_come_is_refused(steward: httpx.AsyncClient) -> None:
    problem = await calls.refuse(steward, "scopus", NEW, extractedOn="2999-01-01")
    assert [(each["place"], each["code"]) for each in problem["errors"]] == [("body.extractedOn", "future")]


async def test_without_a_token_the_form_is_not_looked_at(steward: httpx.AsyncClient) -> None:
    answer = await steward.post(f"{calls.V1}/imports", content=b"no form", headers={"Authorization": ""})
    assert answer.status_code == 401
