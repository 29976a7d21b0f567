"""The form in which a file is sent: it is looked at only once its sender is known."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Annotated, Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from .domain.publication import Source

_MOST_FIELDS = 8


def _lower(said: object) -> object:
    return said.strip().lower() if isinstance(said, str) else said


class ImportForm(BaseModel):
    """A file and what its sender says of it."""

    model_config = ConfigDict(arbitrary_types_allowed=True, extra="forbid")

    file: UploadFile
    source: Annotated[Source, BeforeValidator(_lower)]
    dry_run: bool = Field(default=False, alias="dryRun")
    extracted_on: date | None = Field(default=None, alias="extractedOn")


def _property(kind: str, description: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "description": description, **more}


BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "source"],
                    "properties": {
                        "file": _property("string", "Le fichier, tel que sa source l’a exporté.", format="binary"),
                        "source": _property("string", "D’où il vient.", enum=list(Source)),
                        "dryRun": _property("boolean", "Rend le rapport sans rien écrire.", default=False),
                        "extractedOn": _property(
                            "string", "Le jour de l’export, si le fichier ne le dit pas.", format="date"
                        ),
                    },
                }
            }
        },
    }
}
"""How OpenAPI describes it."""


@asynccontextmanager
async def opened(request: Request) -> AsyncIterator[ImportForm]:
    """The form of a request, whose file is open meanwhile. Raises RequestValidationError where it lacks a part."""
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        yield _read({name: value for name, value in form.items() if _is_said(name, value)})


def _is_said(name: str, value: object) -> bool:
    """A text is no file, and a day that is left blank is none."""
    return isinstance(value, UploadFile) if name == "file" else bool(value) or name != "extractedOn"


def _read(said: Mapping[str, Any]) -> ImportForm:
    try:
        return ImportForm.model_validate(said)
    except ValidationError as error:
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in error.errors()]) from error
