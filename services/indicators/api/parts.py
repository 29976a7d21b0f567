"""The parts of a request that several routes read."""

from typing import Annotated

from fastapi import Header, Path, Query
from pydantic import AwareDatetime

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
DryRun = Annotated[bool, Query(alias="dryRun", description="Rend le plan sans rien écrire.")]
AsOf = Annotated[AwareDatetime | None, Query(alias="asOf", description="Ce qui était connu à cet instant.")]
IfMatch = Annotated[str | None, Header(alias="If-Match", description="L’ETag reçu à la lecture.")]
