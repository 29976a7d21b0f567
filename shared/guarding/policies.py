"""What every answer tells browsers to forbid, unless it says otherwise itself."""

import base64
import hashlib
import re
from collections.abc import Iterable

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html

Header = tuple[bytes, bytes]

_CONTENT = b"content-security-policy"
_COMMON: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
NOTHING: tuple[Header, ...] = (*_COMMON, (_CONTENT, b"default-src 'none'; frame-ancestors 'none'"))
"""For what is no page: an API's answer loads nothing, and stands in no frame."""
_KEPT = (b"cache-control", b"no-cache")
_NOT_KEPT = (b"cache-control", b"no-store")
_ONLY_HTTPS = (b"strict-transport-security", b"max-age=31536000")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def protect(headers: Iterable[Header], policy: Iterable[Header], *, scheme: str) -> list[Header]:
    """An answer's headers, and those that it lacks. What nobody said may be kept is not kept."""
    said = list(headers)
    names = {name for name, _ in said}
    said += [each for each in policy if each[0] not in names]
    if b"cache-control" not in names:
        said.append(_KEPT if b"etag" in names else _NOT_KEPT)
    if scheme == "https" and _ONLY_HTTPS[0] not in names:
        said.append(_ONLY_HTTPS)
    return said


def docs_policy(app: FastAPI) -> tuple[Header, ...]:
    """For the page of an interface's description: its own files, and the one script that is written in it."""
    page = get_swagger_ui_html(
        openapi_url=app.openapi_url or "",
        title="",
        oauth2_redirect_url=app.swagger_ui_oauth2_redirect_url,
        swagger_ui_parameters=app.swagger_ui_parameters,
    )
    scripts = " ".join(_hash(each) for each in _INLINE.findall(bytes(page.body).decode()))
    policy = (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return (*_COMMON, (_CONTENT, policy.encode()))


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
