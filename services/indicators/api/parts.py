"""The parts of a request that several routes read."""

from typing import Annotated

from fastapi import Path

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2018-2022.")]
