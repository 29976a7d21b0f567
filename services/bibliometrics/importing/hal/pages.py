"""The answers of HAL's search API: a page of documents, or an error."""

from collections.abc import Mapping
from typing import Any

from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.gathering import Page
from services.bibliometrics.importing.json_fields import count, object_in, text


def page_of(value: Any) -> Page | None:
    """The documents of an answer, and the total that it announces; none of what is no answer.

    Raises UnreadableError on an answer that tells an error.
    """
    if not isinstance(value, Mapping):
        return None
    answer = value if isinstance(value.get("docs"), list) else object_in(value.get("response"))
    if isinstance(answer.get("docs"), list):
        return Page(answer["docs"], count(answer.get("numFound")))
    if "error" in value:
        raise _failed(value["error"])
    return None


def _failed(error: Any) -> UnreadableError:
    told = text(object_in(error).get("msg")) or text(error) or "sans explication"
    return UnreadableError("error_answer", f"c’est une réponse d’erreur de HAL (« {told[:200]} ») : refaites l’export")
