"""`cadran import`: what an operator types, what is said of each file, and what stands when one of them is refused."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from services import importing
from services.bibliometrics.domain.publication import Source
from services.cli import publications
from shared.serving import RefusedError
from tests.crash.instances import Place, finished, new_place, running
from tests.crash.test_startup import plain, refused
from tests.databases import Databases

from . import bibliometrics_calls as calls
from . import bibliometrics_files as files
from .bibliometrics_files import ALPHA, BETA, PERRIN, paper
from .conftest import Service

FIRST = files.scopus(paper(1, (PERRIN, ALPHA)), paper(2, (60, BETA)), paper(3, **{"Document Type": "Erratum"}))
SECOND = files.scopus(paper(2, (60, BETA)), paper(4, (60, BETA)))
SAID = """\
un.csv : scopus-…, exporté le 2026-05-04
  3 reçues, 3 nouvelles, 0 modifiées, 0 inchangées, 0 répétées, 0 refusées
  hors comptage (erratum) : 1
  C’est enregistré.
deux.csv : scopus-…, exporté le 2026-05-04
  2 reçues, 1 nouvelles, 0 modifiées, 1 inchangées, 0 répétées, 0 refusées
  C’est enregistré.
"""


@dataclass(frozen=True, slots=True)
class Exports:
    """Two exports of Scopus, and a file that is none."""

    first: Path
    second: Path
    broken: Path


@pytest.fixture
def exports(tmp_path: Path) -> Exports:
    found = Exports(*(tmp_path / name for name in ("un.csv", "deux.csv", "faux.csv")))
    for path, content in zip((found.first, found.second, found.broken), (FIRST, SECOND, b"a,b\n1,2\n"), strict=True):
        path.write_bytes(content)
    return found


@pytest.fixture
async def service(databases: Databases, tmp_path: Path) -> Service:
    found = await calls.service(databases, tmp_path)
    async with found.client("steward") as client:
        await calls.load(client)
    return found


async def send(client: httpx.AsyncClient, *paths: Path, **asked: object) -> bool:
    sending = importing.Sending(source=Source.SCOPUS, **asked)  # type: ignore[arg-type]  # its own fields, by name
    return await publications._import(client, [*paths], sending)


async def imports(service: Service) -> list[str]:
    async with service.client("steward") as client:
        return [each["filename"] for each in (await calls.ask(client, "imports"))["items"]]


alone = pytest.mark.parametrize("databases", ["sqlite"], indirect=True)


@alone
async def test_what_became_of_each_file_is_said(
    service: Service, exports: Exports, capsys: pytest.CaptureFixture[str]
) -> None:
    day = date(2026, 5, 4)
    assert await send(service.client("steward"), exports.first, exports.second, extracted_on=day)
    assert _told(_of_the_command(capsys)) == SAID
    assert await imports(service) == ["un.csv", "deux.csv"]


@alone
async def test_a_trial_writes_nothing_and_says_so(
    service: Service, exports: Exports, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await send(service.client("steward"), exports.first, dry_run=True)
    said = plain(_of_the_command(capsys))
    assert "3 nouvelles" in said
    assert said.endswith("  Rien n’a été écrit : c’était un essai.\n")
    assert await imports(service) == []


@alone
@pytest.mark.parametrize("trial", [False, True])
async def test_a_file_that_is_refused_leaves_the_others(
    service: Service, exports: Exports, capsys: pytest.CaptureFixture[str], trial: bool
) -> None:
    done = await send(service.client("steward"), exports.first, exports.broken, exports.second, dry_run=trial)
    said = plain(_of_the_command(capsys))
    assert not done
    assert said.count("Rien n’a été enregistré : ce fichier est refusé.") == 1
    assert "faux.csv : " in said
    assert "\n  refusé : " in said
    assert await imports(service) == ([] if trial else ["un.csv", "deux.csv"])


@alone
async def test_nothing_is_sent_where_one_is_no_file(service: Service, exports: Exports, tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(RefusedError, match=f"{path.name} n’existe pas, ou n’est pas un fichier lisible"):
            await send(service.client("steward"), exports.first, path)
    assert await imports(service) == []


@alone
async def test_what_the_service_refuses_names_the_file(service: Service, exports: Exports, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"un\.csv : 403"):
        await send(service.client("reader"), exports.first)
    large = tmp_path / "grand.csv"
    large.write_bytes(FIRST + b"x" * calls.MAX_UPLOAD)
    with pytest.raises(RefusedError, match=r"grand\.csv : 413"):
        await send(service.client("steward"), large)


def test_of_many_findings_some_are_shown(tmp_path: Path) -> None:
    finding = {"row": 2, "column": None, "code": "c", "severity": "warning", "message": "à voir"}
    counts = dict.fromkeys(("received", "created", "updated", "unchanged", "duplicates", "rejected"), 0)
    report: dict[str, Any] = counts | {
        "layout": "l",
        "extracted_on": None,
        "excluded": {},
        "findings": [finding] * 23,
        "dryRun": False,
    }
    said = [plain(line) for line in importing.lines(importing.Imported(tmp_path / "a.csv", report, taken=True))]
    assert said[0] == "a.csv : l"
    assert said.count("  à regarder : ligne 2 : à voir") == 20
    assert said[-2:] == ["  et 3 autre(s) constat(s)", "  C’est enregistré."]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return new_place(tmp_path / "instance")


async def test_an_operator_imports_into_a_running_instance(place: Place, exports: Exports) -> None:
    paths = [str(path) for path in (exports.first, exports.second, exports.broken)]
    (place.folder / "aucun").mkdir(parents=True)
    async with running(place, CADRAN_CONTRACTS=str(place.folder / "aucun")), place.client() as client:
        asked = ("import", "scopus", *paths, "--extracted-on", "2026-05-04")
        status, said, _ = await finished(place.folder / "import", *asked, **place.env)
        assert (status, _told(said).startswith(f"{SAID}faux.csv : ")) == (1, True)
        assert len(await calls.publications(client)) == 4


async def test_without_an_instance_it_says_what_to_do(place: Place, exports: Exports) -> None:
    assert "lancez d’abord « cadran run »" in await refused(place, "import", "scopus", str(exports.first))


def _told(said: str) -> str:
    """With ordinary spaces, whichever layout was recognised."""
    return re.sub(r"scopus-\w-\d{4}", "scopus-…", plain(said))


def _of_the_command(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said, without the service's own log."""
    return "".join(line for line in capsys.readouterr().out.splitlines(keepends=True) if not line.startswith("{"))
