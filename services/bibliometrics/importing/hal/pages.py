"""The answers of HAL's search API: a page of documents, or an error."""

from collections.abc import Mapping
from typing import Any

from services.bibliometrics.importing.delimited import UnreadableError
from services.bibliometrics.importing.gathering import Page
from services.bibliometrics.importing.json_fields import count, object_in, text

_FACETS = frozenset({"facet_counts", "facets"})
_NO_DOCUMENTS = (
    "c’est une réponse de HAL sans documents (groupée, ou qui les compte par facettes) : demandez « docs », sans "
    "« group » et avec « rows » au-dessus de zéro"
)


def page_of(value: Any) -> Page | None:
    """The documents of an answer, and the total that it announces; none of what is no answer.

    Raises UnreadableError on an answer that tells an error, or that counts documents without giving them.
    """
    if not isinstance(value, Mapping):
        return None
    if _only_counts(value):
        raise UnreadableError("no_documents", _NO_DOCUMENTS)
    answer = value if isinstance(value.get("docs"), list) else object_in(value.get("response"))
    if isinstance(answer.get("docs"), list):
        return Page(answer["docs"], count(answer.get("numFound")))
    if "error" in value:
        raise _failed(value["error"])
    return None


def _only_counts(value: Mapping[str, Any]) -> bool:
    """Whether it groups or counts documents: facets go with them too, and the last page of a cursor has none."""
    if "grouped" in value:
        return True
    answer = object_in(value.get("response"))
    if "numFound" in answer and "docs" not in answer:
        return True
    is_faceted = not _FACETS.isdisjoint(value) and "nextCursorMark" not in value
    return is_faceted and not answer.get("docs") and bool(count(answer.get("numFound")))


def _failed(error: Any) -> UnreadableError:
    told = text(object_in(error).get("msg")) or text(error) or "sans explication"
    return UnreadableError("error_answer", f"c’est une réponse d’erreur de HAL (« {told[:200]} ») : refaites l’export")
