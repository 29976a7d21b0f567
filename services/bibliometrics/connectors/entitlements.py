"""What a key of Scopus is not entitled to, and what is asked for instead."""

from http import HTTPStatus

from .asking import Answer
from .paging import Position
from .refusals import told

MOST_BY_RANK = 5000
_SMALLEST = "25"
_LARGEST = "200"
BEST: Position = {"view": "COMPLETE", "count": _SMALLEST, "cursor": "*"}
_UNAUTHORISED = (401, 403)


def lesser(position: Position, answer: Answer) -> tuple[Position, str] | None:
    """What to ask for instead, and a sentence of it; none where the answer refuses something else."""
    if position.get("cursor", "*") != "*" or position.get("start", "0") != "0":
        return None
    said = told(answer.value).lower()
    if answer.status in _UNAUTHORISED and "cursor" in position and "cursor" in said:
        by_rank = {name: value for name, value in position.items() if name != "cursor"} | {"start": "0"}
        return by_rank, f"la clef ne permet pas plus de {MOST_BY_RANK} résultats par recherche"
    if answer.status in _UNAUTHORISED and position["view"] == "COMPLETE":
        standard = {**position, "view": "STANDARD", "count": _LARGEST}
        return standard, "la clef ne donne droit qu’à la vue STANDARD : seul le premier auteur est donné"
    if answer.status == HTTPStatus.BAD_REQUEST and "maximum number allowed" in said and position["count"] != _SMALLEST:
        return {**position, "count": _SMALLEST}, ""
    return None
