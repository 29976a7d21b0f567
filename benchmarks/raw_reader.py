"""`python -m benchmarks.raw_reader SERVERS TOPIC FILE`: how long messages took, that say when they were sent."""

import asyncio
import json
import sys
import time
from pathlib import Path

from aiokafka import AIOKafkaConsumer

END = b"end"


async def main(servers: str, topic: str, file: Path) -> None:
    """Writes the seconds of each window of messages, by the name that ends it, once there is one of `END`."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=servers, auto_offset_reset="earliest")
    await consumer.start()
    seconds: list[float] = []
    while True:
        found = await consumer.getmany(timeout_ms=500)
        now = time.time_ns()
        for records in found.values():
            for record in records:
                if record.key == END:
                    _write(file.with_suffix(f".{record.value.decode()}"), seconds)
                    seconds = []
                else:
                    seconds.append((now - int(record.key)) / 1e9)


def _write(file: Path, seconds: list[float]) -> None:
    draft = file.with_suffix(file.suffix + "-draft")
    draft.write_text(json.dumps(seconds), "utf-8")
    draft.replace(file)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
