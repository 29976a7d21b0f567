"""Reaching a running instance over HTTP: with which token, and what its refusals say."""

from typing import Any

import httpx

from shared.serving import RefusedError

from .local import Settings, instance_file, local_issuer

_PATIENCE_SECONDS = 120


def caller(url: str, token: str, settings: Settings) -> httpx.AsyncClient:
    """A client with this token, or with one of the local instance. Raises RefusedError where there is neither."""
    token = token.strip() or _local_token(settings)
    if not (token.isascii() and token.isprintable()):
        raise RefusedError("CADRAN_TOKEN n’est pas un jeton : reprenez la ligne que « cadran token » imprime")
    try:
        return httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"})
    except httpx.InvalidURL as error:
        raise RefusedError(f"CADRAN_URL={url} n’est pas une adresse : écrivez http://hôte:port") from error


def _local_token(settings: Settings) -> str:
    instance_file(settings, "issuer.json")
    return local_issuer(settings).token(subject="cadran", roles=["steward", "operator"], days=1)


async def ask(client: httpx.AsyncClient, method: str, path: str, **sent: Any) -> httpx.Response:
    """Raises RefusedError where nobody answers."""
    try:
        return await client.request(method, path, **{"timeout": _PATIENCE_SECONDS, **sent})
    except httpx.TransportError as error:
        raise RefusedError(f"{client.base_url} ne répond pas ({error}) : l’instance tourne-t-elle ?") from error


def body_of(answer: httpx.Response) -> dict[str, Any]:
    """The JSON object of an answer; an empty one where it is none."""
    try:
        body = answer.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def refusal(answer: httpx.Response) -> RefusedError:
    return RefusedError(f"{answer.status_code} : {body_of(answer).get('detail', answer.text[:200])}")
