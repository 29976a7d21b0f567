"""From nothing to a value seen by the group: secrets, start, both contracts, a correction."""

from tests.compose.conftest import CONTRACTS, Cadran
from tests.compose.journal import note, step
from tests.compose.stack import OWNERS, Stack
from tests.compose.stating import Caller, new_extraction, new_step
from tests.conftest import ROOT

_FILE = (ROOT / "docs/examples/scopus.csv").read_bytes()


def test_without_secrets_nothing_starts_and_it_says_what_to_do(prepared: Stack) -> None:
    assert "deploy/secrets.sh" in prepared.compose("up", "-d", fails=True, CADRAN_SECRETS="")
    assert "the key set" in prepared.compose("up", "-d", fails=True, CADRAN_JWKS_FILE="")
    for script in ("backup.sh", "restore.sh"):
        said = prepared.script(script, str(prepared.folder / "no-backup"), fails=True, CADRAN_JWKS_FILE="")
        assert "the key set" in said
        assert "PostgreSQL" not in said
    assert prepared.containers() == []


def test_secrets_are_made_once_and_for_the_containers_only(prepared: Stack) -> None:
    before = {file.name: file.read_bytes() for file in prepared.secrets.iterdir()}
    prepared.script("secrets.sh", str(prepared.secrets))
    assert {file.name: file.read_bytes() for file in prepared.secrets.iterdir()} == before
    assert {file.stat().st_mode & 0o777 for file in prepared.secrets.iterdir()} == {0o640}
    assert len({value for name, value in before.items() if name.endswith("_password")}) == 6


def test_both_contracts_load_through_the_published_door(stack: Stack, cadran: Cadran) -> None:
    note(f"the image holds {int(stack.docker('image', 'inspect', '-f', '{{.Size}}', 'cadran-drill')) / 1e6:.0f} MB")
    for contract in CONTRACTS:
        with step(f"cadran load contracts/{contract}"):
            done = cadran("load", f"contracts/{contract}")
            assert done.returncode == 0, done.stdout + done.stderr


async def test_publications_are_imported(caller: Caller) -> None:
    with step("a file of publications is imported"):
        answer = await caller.ask(
            "POST",
            "/bibliometrics/v1/imports",
            data={"source": "scopus", "extractedOn": "2025-01-02"},
            files={"file": ("scopus.csv", _FILE)},
        )
        assert answer.is_success, answer.text


async def test_a_correction_is_seen_in_the_group_view(caller: Caller) -> None:
    with step("a value is corrected, and seen in the group view"):
        await caller.states_and_sees(await caller.correction())


async def test_whoever_wrote_may_ask_to_see_it_at_once(caller: Caller) -> None:
    statement = await caller.correction()
    with step("a read that asks to see its write (Cadran-Min-Watermark) sees it the first time"):
        answer = await caller.state(statement)
        wanted = {"Cadran-Min-Watermark": answer.headers["Cadran-Watermark"]}
        view = await caller.ask("GET", statement.view, headers=wanted)
        assert view.status_code == 200, view.text
        assert statement.sign in view.text


async def test_every_owner_reaches_the_views(caller: Caller) -> None:
    for make in (new_step, new_extraction):
        statement = make()
        with step(f"{statement.method} {statement.path} is seen in the views"):
            await caller.states_and_sees(statement)


def test_each_service_reads_its_own_database_only(stack: Stack) -> None:
    for service, other in zip((*OWNERS, "gateway"), ("gateway", *OWNERS), strict=True):
        assert stack.sql(service, "SELECT 1", service).strip() == "1"
        assert "permission denied for database" in stack.sql(other, "SELECT 1", service, fails=True)
