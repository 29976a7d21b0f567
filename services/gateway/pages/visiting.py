"""A visit: who comes to a page, when, and whether they may go on."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from services.gateway.api.answering import Time, When
from shared.application import Db
from shared.database import Database

from .signing_in import Door


@dataclass(frozen=True, slots=True)
class Visited:
    """`stopped` is the answer to who may not read yet."""

    request: Request
    database: Database
    time: Time
    stopped: Response | None


def _visit(request: Request, database: Db, door: Door, when: When) -> Visited:
    return Visited(request, database, when, door)


Visit = Annotated[Visited, Depends(_visit)]
