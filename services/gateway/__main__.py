"""`python -m services.gateway`: this service by itself, on its own database and Kafka."""

import sys

from shared.guarding import Guard
from shared.serving import guarded, serve

from .app import create_app
from .settings import Settings
from .tables import SCHEMA


def main() -> None:
    """Serve until stopped. Raises RefusedError where it can't start."""
    settings = Settings()
    serve(
        "gateway",
        settings,
        SCHEMA,
        lambda database, bus, identity: create_app(
            database,
            bus,
            identity,
            owners=settings.owners,
            max_body=settings.max_body_bytes,
            max_upload=settings.max_upload_bytes,
            guard=Guard.at_the_door(settings.limits),
        ),
    )


if __name__ == "__main__":
    sys.exit(guarded(main))
