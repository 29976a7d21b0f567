"""The parts of a request that several routes read."""

from typing import Annotated

from fastapi import Path, Query

from services.milestones.schemas.texts import Reason

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2023-2027.")]
StepId = Annotated[str, Path(max_length=36, description="Identifiant de l’étape.")]
Entity = Annotated[str, Path(max_length=64, description="Code de l’entité, par exemple telecom-paris.")]
Because = Annotated[Reason, Query()]
