"""The answers of the API of OpenAlex: a page of works, an error, or a single work."""

from collections.abc import Mapping
from typing import Any

from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.gathering import Page
from services.bibliometrics.importing.json_fields import count, object_in, text

_GROUPED = "une réponse groupée d’OpenAlex n’a pas de documents : refaites la demande sans « group_by »"


def page_of(value: Any) -> Page | None:
    """The works of an answer, and the total that it announces; none of what is no answer.

    Raises UnreadableError on an answer that tells an error, or that counts works by group.
    """
    if not isinstance(value, Mapping):
        return None
    if value.get("group_by") and not value.get("results"):
        raise UnreadableError("grouped", _GROUPED)
    if isinstance(value.get("results"), list):
        return Page(value["results"], count(object_in(value.get("meta")).get("count")))
    if "error" in value and "id" not in value:
        raise _failed(value)
    return None


def _failed(answer: Mapping[str, Any]) -> UnreadableError:
    told = text(answer.get("message")) or text(answer.get("error")) or "sans explication"
    return UnreadableError(
        "error_answer", f"c’est une réponse d’erreur d’OpenAlex (« {told[:200]} ») : refaites l’export"
    )
