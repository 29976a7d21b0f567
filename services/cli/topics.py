"""The topics on Kafka: made where they are missing, and compared with what is declared of them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from time import monotonic
from typing import Annotated, TypeVar

import typer
from aiokafka.admin import AIOKafkaAdminClient

from shared.bus.kafka.client import FAILURES, Cluster, DeniedError, UnusableError, said
from shared.bus.kafka.making import differences, make, missing
from shared.bus.kafka.topics import Topic, WrongFileError, declared
from shared.serving import RefusedError, say
from shared.settings import KafkaSettings, ServiceSettings

from .application import app

DECLARED = Path(__file__).parents[2] / "deploy" / "kafka" / "topics.yml"
T = TypeVar("T")
_STEP_SECONDS = 0.5
_SETTLING_SECONDS = 10.0


@app.command()
def topics(
    file: Annotated[Path, typer.Option(help="Le fichier qui déclare les topics.")] = DECLARED,
    check: Annotated[bool, typer.Option("--check", help="Comparer seulement, sans rien créer.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Combien de secondes attendre un Kafka qui démarre.")] = 60,
) -> None:
    """Créer les topics qui manquent sur Kafka, et comparer les autres à ce qui est déclaré."""
    settings = ServiceSettings().kafka
    if not settings.servers:
        raise RefusedError("réglage manquant : CADRAN_KAFKA__SERVERS (voir docs/operations.md)")
    wanted = _declared(file, settings)
    if not asyncio.run(_compare(Cluster(settings), wanted, wait) if check else _make(Cluster(settings), wanted, wait)):
        raise typer.Exit(1)


def _declared(file: Path, settings: KafkaSettings) -> list[Topic]:
    """The replication is the environment's, where it says one."""
    said_one = "replication" in settings.model_fields_set
    try:
        return declared(file, settings.replication if said_one else None)
    except WrongFileError as error:
        raise RefusedError(str(error)) from error


async def _make(cluster: Cluster, wanted: Sequence[Topic], wait: float) -> bool:
    """Whether all are as declared in the end."""

    async def act(admin: AIOKafkaAdminClient) -> list[Topic]:
        lacking = await missing(admin, wanted)
        await make(admin, lacking)
        return lacking

    async def settled(admin: AIOKafkaAdminClient) -> None:
        if unseen := await missing(admin, wanted):
            raise UnusableError(f"{unseen[0].name} n’apparaît pas encore")

    for each in await _patiently(cluster, wait, act):
        say(f"{each.name} : créé, {each.partitions} partition(s), {each.replication} réplique(s).")
    await _patiently(cluster, _SETTLING_SECONDS, settled)
    return await _compare(cluster, wanted, _SETTLING_SECONDS)


async def _compare(cluster: Cluster, wanted: Sequence[Topic], wait: float) -> bool:
    """Whether all are as declared."""

    async def act(admin: AIOKafkaAdminClient) -> list[str]:
        lacking = [f"{each.name} : manque" for each in await missing(admin, wanted)]
        return lacking + await differences(admin, wanted)

    wrong = await _patiently(cluster, wait, act)
    for line in wrong:
        say(f"{line}.")
    say(
        f"{len(wrong)} écart(s), que « cadran topics » ne change pas."
        if wrong
        else f"{len(wanted)} topic(s) conforme(s)."
    )
    return not wrong


async def _patiently(cluster: Cluster, seconds: float, act: Callable[[AIOKafkaAdminClient], Awaitable[T]]) -> T:
    """Try until Kafka answers. Raises RefusedError where it does not in so many seconds, or never will."""
    deadline = monotonic() + seconds
    while True:
        try:
            async with cluster.administration() as admin:
                return await act(admin)
        except FAILURES as error:
            if isinstance(error, DeniedError) or monotonic() >= deadline:
                raise RefusedError(f"Kafka ne permet pas de vérifier les topics : {said(error)}") from error
        await asyncio.sleep(_STEP_SECONDS)
