"""What a source says when it refuses, with a French sentence that says what to do."""

from typing import Any

from services.bibliometrics.importing.json_fields import object_in, text

from .asking import Answer
from .paging import FailedError

_LONGEST = 300
_FINAL = frozenset({400, 404, 413, 414})
_SENTENCES = {
    400: "{name} refuse la recherche : vérifiez sa syntaxe",
    401: "{name} refuse la clef : vérifiez-la, ainsi que l’adresse d’où part la demande",
    403: "{name} n’accorde pas ce droit à la clef : vérifiez l’abonnement et le jeton d’institution",
    404: "{name} ne trouve rien à cette adresse : vérifiez celle du connecteur (BASE_URL)",
    413: "{name} trouve la demande trop grande : découpez la recherche",
    414: "{name} trouve la demande trop longue : découpez la recherche",
}


def refusal(name: str, answer: Answer) -> FailedError:
    """Why this answer is no page; asking the same again is of no use where the question itself is wrong."""
    sentence = _SENTENCES.get(answer.status, "{name} répond par HTTP {status}, qui n’est pas attendu")
    said = told(answer.value)
    quoted = f" (« {said} »)" if said else ""
    return FailedError(sentence.format(name=name, status=answer.status) + quoted, is_final=answer.status in _FINAL)


def unreadable(name: str, what: str) -> FailedError:
    return FailedError(f"la réponse de {name} ne dit pas {what} : sa forme a changé, ou ce n’est pas lui qui répond")


def told(value: Any) -> str:
    """The explanation in an error of Elsevier or of HAL; empty without one."""
    error = object_in(value)
    status = object_in(object_in(error.get("service-error")).get("status"))
    response = object_in(error.get("error-response"))
    said = (
        text(status.get("statusText")),
        text(response.get("error-message")),
        text(error.get("message")),
        text(object_in(error.get("error")).get("msg")),
        text(error.get("error")),
    )
    return next((each for each in said if each), "")[:_LONGEST]
