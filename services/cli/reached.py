"""The instance that a command speaks to: its address, and a token for it."""

from typing import Annotated

import httpx
import typer

from services import reaching
from services.local import Settings
from shared.serving import address

Url = Annotated[str, typer.Option(envvar="CADRAN_URL", help="L’adresse de l’instance.")]
Token = Annotated[str, typer.Option(envvar="CADRAN_TOKEN", help="Un jeton ; celui de l’instance locale par défaut.")]


def caller(url: str, token: str) -> httpx.AsyncClient:
    settings = Settings()
    return reaching.caller(url or address(settings.host, settings.port), token, settings)
