"""Ending Kafka's clients: within bounded time, whatever the broker does, and with nothing sent afterwards."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

_STOP_SECONDS = 3.0
_STEP_SECONDS = 0.05


async def abandon(producer: AIOKafkaProducer) -> None:
    """End it without what it still holds.

    aiokafka's own stop() would first send that; where its time is limited, its sender goes on trying for ever, and
    versions of a subject that nobody waits for any more would come after newer ones.
    """
    sender = producer._sender.sender_task  # noqa: SLF001 - there is no public way to end it but by sending
    with suppress(Exception):
        async with asyncio.timeout(_STOP_SECONDS):
            while sender and not sender.done():
                sender.cancel()  # once for what it waits for, then for each request that it still awaits the answer of
                await asyncio.wait([sender], timeout=_STEP_SECONDS)
            producer._closed = True  # noqa: SLF001 - it is: stop() alone sets it
            for connection in producer.client._conns.values():  # noqa: SLF001 - close() would send what it holds, too
                if connection.connected():
                    connection._writer.transport.abort()  # noqa: SLF001 - as above
            await producer.client.close()


async def stop(consumer: AIOKafkaConsumer) -> None:
    """End it in order; where the broker does not answer, at once. It would else stay in its group, and read nothing."""
    try:
        async with asyncio.timeout(_STOP_SECONDS):
            await consumer.stop()
    except Exception:  # noqa: BLE001 - whatever it was, nothing may be left of the consumer
        await _drop(consumer)


async def _drop(consumer: AIOKafkaConsumer) -> None:
    for task in _tasks(consumer):
        task.cancel()
    with suppress(Exception):
        async with asyncio.timeout(_STOP_SECONDS):
            await consumer._client.close()  # noqa: SLF001 - stop(), which does it last, has failed


def _tasks(consumer: AIOKafkaConsumer) -> Iterator["asyncio.Task[None]"]:
    """All that aiokafka started for it: stop() leaves them where it fails."""
    coordinator, fetcher = consumer._coordinator, consumer._fetcher  # noqa: SLF001 - as above
    names = ("_coordination_task", "_heartbeat_task", "_commit_refresh_task")
    tasks = [getattr(coordinator, name, None) for name in names] + [fetcher and fetcher.error_future]
    yield from (task for task in tasks if task)
