"""The only addresses that connectors may ask: hosts that were allowed, over https; http on this machine alone."""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

OFFICIAL = ("api.elsevier.com", "api.archives-ouvertes.fr")


class ForbiddenAddressError(ValueError):
    """Why an address may not be asked, in a sentence."""


def check(address: str, allowed: Collection[str]) -> None:
    """Raises ForbiddenAddressError on an address whose host or scheme is not allowed, or that holds a password."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise ForbiddenAddressError(f"l’adresse d’un connecteur commence par https:// : « {host} » ne convient pas")
    if parts.username or parts.password:
        raise ForbiddenAddressError("l’adresse d’un connecteur ne contient ni nom ni mot de passe")
    if host not in {each.lower() for each in allowed}:
        raise ForbiddenAddressError(
            f"l’hôte « {host} » n’est pas permis (permis : {', '.join(allowed) or 'aucun'}) : ajoutez-le à "
            "CADRAN_CONNECTORS__ALLOWED_HOSTS"
        )


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
