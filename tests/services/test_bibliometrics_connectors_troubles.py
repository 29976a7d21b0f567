"""What a source does wrong, or refuses: asked again where that may help, else said in French, and nothing imported."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse

from services.bibliometrics.domain.publication import Source
from shared.database import Database

from .bibliometrics_calls import plain
from .bibliometrics_fetches import SCOPUS, Row, Town, alone, town
from .scopus_server import ScopusServer, entry, error


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with alone(tmp_path) as found:
        yield found


@pytest.fixture
def scopus() -> ScopusServer:
    return ScopusServer([entry(number) for number in range(60)])


@pytest.fixture
async def asking(database: Database, tmp_path: Path, scopus: ScopusServer) -> AsyncIterator[Town]:
    async with town(database, tmp_path, Source.SCOPUS, scopus) as found:
        yield found


async def failed(asking: Town) -> Row:
    """The fetch that fails, having imported nothing."""
    fetch = await asking.fetch(SCOPUS)
    assert (fetch["status"], fetch["report"], await asking.keys()) == ("failed", None, [])
    return {**fetch, "message": plain(fetch["message"])}


async def test_a_breakdown_is_waited_for_longer_each_time(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = dict.fromkeys((2, 3, 4), PlainTextResponse("Bad Gateway", 502))
    assert (await asking.fetch(SCOPUS))["status"] == "done"
    assert asking.time.pauses == [1, 2, 4]


async def test_a_breakdown_that_lasts_fails_and_is_resumed_where_it_was(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = dict.fromkeys((2, 3, 4, 5), PlainTextResponse("Bad Gateway", 502))
    fetch = await failed(asking)
    assert fetch["message"] == "la source est en panne (HTTP 502), après 4 essais : reprenez plus tard"
    assert (await asking.resume(fetch["id"]))["status"] == "done"
    assert scopus.positions == ["*", *["Ab=/+25"] * 5, "Ab=/+50"]


async def test_a_source_that_does_not_answer_in_time_is_asked_again(
    database: Database, tmp_path: Path, scopus: ScopusServer
) -> None:
    scopus.troubles = {1: None}
    async with town(database, tmp_path, Source.SCOPUS, scopus, answer_seconds=0.5) as asking:
        assert (await asking.fetch(SCOPUS))["status"] == "done"
        assert asking.time.pauses == [1]
        scopus.released.set()


async def test_a_source_that_nobody_serves_is_unreachable(database: Database, tmp_path: Path) -> None:
    async with town(database, tmp_path, Source.SCOPUS, ScopusServer()) as asking:
        pass
    assert "injoignable (ConnectError), après 4 essais" in (await failed(asking))["message"]


@pytest.mark.parametrize("answer", ["<html>Connexion</html>", '{"search-results": {', "[]"])
async def test_what_is_no_answer_is_asked_for_again(asking: Town, scopus: ScopusServer, answer: str) -> None:
    scopus.troubles = dict.fromkeys((1, 2, 3, 4), PlainTextResponse(answer))
    assert "autre chose que du JSON, après 4 essais" in (await failed(asking))["message"]


async def test_an_answer_without_a_total_is_not_understood(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {1: JSONResponse({"search-results": {"entry": []}})}
    assert (await failed(asking))["message"].startswith("la réponse de Scopus ne dit pas combien il y a de résultats")


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, "Scopus refuse la recherche : vérifiez sa syntaxe (« Why not »)"),
        (404, "Scopus ne trouve rien à cette adresse : vérifiez celle du connecteur (BASE_URL) (« Why not »)"),
        (413, "Scopus trouve la demande trop grande : découpez la recherche (« Why not »)"),
        (414, "Scopus trouve la demande trop longue : découpez la recherche (« Why not »)"),
        (418, "Scopus répond par HTTP 418, qui n’est pas attendu (« Why not »)"),
    ],
)
async def test_a_refusal_is_told_with_the_words_of_elsevier(
    asking: Town, scopus: ScopusServer, status: int, sentence: str
) -> None:
    scopus.troubles = {1: error(status, "REFUSED", "Why not")}
    assert (await failed(asking))["message"] == sentence


@pytest.mark.parametrize(("status", "start"), [(401, "Scopus refuse la clef"), (403, "Scopus n’accorde pas ce droit")])
async def test_a_key_that_is_refused_in_every_view_fails(
    asking: Town, scopus: ScopusServer, status: int, start: str
) -> None:
    scopus.troubles = dict.fromkeys((1, 2), error(status, "REFUSED", "Why not"))
    assert (await failed(asking))["message"].startswith(start)
    assert [each["view"] for each in scopus.asked] == ["COMPLETE", "STANDARD"]


@pytest.mark.parametrize("announced", [59, 61])
async def test_another_total_than_announced_imports_nothing(asking: Town, scopus: ScopusServer, announced: int) -> None:
    scopus.announced = announced
    message = f"la source annonce {announced} résultats et en a donné 60 : rien n’est importé, recommencez"
    assert (await failed(asking))["message"] == message


async def test_a_result_given_twice_imports_nothing(asking: Town, scopus: ScopusServer) -> None:
    scopus.entries = [*scopus.entries[:59], scopus.entries[0]]
    assert "en a donné 60, dont 1 en double : rien n’est importé" in (await failed(asking))["message"]


async def test_after_a_wrong_total_everything_is_asked_for_anew(asking: Town, scopus: ScopusServer) -> None:
    scopus.announced = 61
    fetch = await failed(asking)
    scopus.announced = None
    scopus.asked.clear()
    assert (await asking.resume(fetch["id"]))["status"] == "done"
    assert scopus.positions == ["*", "Ab=/+25", "Ab=/+50"]
    assert len(await asking.keys()) == 60


async def test_a_result_that_is_no_document_refuses_the_whole(asking: Town, scopus: ScopusServer) -> None:
    scopus.entries = [entry(1), {"@_fa": "true", "dc:identifier": "?"}]
    fetch = await failed(asking)
    assert fetch["message"].startswith("résultat 2 : ni titre, ni EID, ni DOI")


async def test_a_redirection_is_not_followed(asking: Town, scopus: ScopusServer) -> None:
    scopus.troubles = {1: RedirectResponse("https://elsewhere.test/content/search/scopus")}
    assert (await failed(asking))["message"].startswith("la source renvoie à une autre adresse, ce qui n’est pas suivi")
    assert len(scopus.asked) == 1
