"""The machine that a measure was made on, in one line."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("uvicorn", "fastapi", "sqlalchemy", "asyncpg", "aiokafka", "datasette")


def line() -> str:
    """Processor, cores, load, and the versions of what was measured."""
    python = f"Python {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{_processor()}, {os.cpu_count()} cores, load before {load}; {python}, {libraries}\n"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    found = [each.partition(":")[2].strip() for each in lines if each.startswith("model name")]
    return found[0] if found else platform.processor() or platform.machine()
