"""Conditional requests (RFC 9110): entity tags, If-None-Match for readers, If-Match for writers."""

import hashlib
import re
from typing import Annotated, Any

from fastapi import Header, Request, Response
from pydantic import BaseModel

from .problems import Invalid

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "Inchangé depuis l’ETag rendu"}}
IfMatch = Annotated[str | None, Header(alias="If-Match", description="L’ETag reçu à la lecture.")]
_VERSION_TAG = re.compile(r'(?:W/)?"(\d{1,18})"')


def answer(request: Request, body: BaseModel, *, tag: str | None = None) -> Response:
    """The body with its ETag, or 304 where the reader has it already; without a tag, the body's own digest."""
    content = body.model_dump_json(by_alias=True).encode()
    tag = tag or hashlib.sha256(content).hexdigest()[:32]
    if matches(request, tag):
        return not_modified(tag)
    return Response(content, headers=headers(tag), media_type="application/json")


def headers(tag: str) -> dict[str, str]:
    return {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache", "Vary": "Authorization, Cookie"}


def matches(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this tag; the comparison is weak, as the standard asks."""
    offered = request.headers.get("If-None-Match", "")
    return any(each.strip().removeprefix("W/") in {f'"{tag}"', "*"} for each in offered.split(","))


def not_modified(tag: str) -> Response:
    return Response(status_code=304, headers=headers(tag))


def expected_version(if_match: str | None) -> int | None:
    """The version that a writer expects; None for `*`. Raises Invalid on anything that is not one of our tags."""
    if if_match is None or if_match.strip() == "*":
        return None
    found = _VERSION_TAG.fullmatch(if_match.strip())
    if not found:
        raise Invalid('If-Match : rendez l’ETag reçu à la lecture, par exemple "3".')
    return int(found[1])
