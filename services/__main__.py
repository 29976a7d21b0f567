"""`python -m services`: everything in one process."""

import asyncio
import sys

from shared.serving import guarded

from .embedded import run
from .local import Settings

if __name__ == "__main__":
    sys.exit(guarded(lambda: asyncio.run(run(Settings()))))
