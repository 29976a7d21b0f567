"""The kinds of problem: each carries its status, its stable code, and all that its answer says."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from shared.sentences import typeset


def problem_body(status: int, code: str, title: str, detail: str) -> dict[str, Any]:
    return {"type": f"urn:cadran:problem:{code}", "title": title, "status": status, "detail": detail, "code": code}


class Problem(Exception):  # noqa: N818 - RFC 9457's word for it
    """Raised anywhere below the API; carries all that the answer says. `errors` are places with a sentence each."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Erreur interne"

    def __init__(
        self,
        detail: str,
        *,
        errors: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.detail = typeset(detail)
        self.errors = [{**each, "message": typeset(each["message"])} for each in errors]
        self.headers = dict(headers or {})
        self.more = more

    def body(self) -> dict[str, Any]:
        body = problem_body(self.status, self.code, self.title, self.detail)
        return body | ({"errors": self.errors} if self.errors else {}) | self.more


class NotFound(Problem):
    status, code, title = 404, "not-found", "Introuvable"


class Invalid(Problem):
    status, code, title = 422, "invalid", "Données refusées"


class Conflict(Problem):
    status, code, title = 409, "conflict", "Conflit avec l’état actuel"


class Stale(Problem):
    status, code, title = 412, "stale", "La ressource a changé"


class PreconditionRequired(Problem):
    status, code, title = 428, "precondition-required", "Version attendue manquante"


class TooLarge(Problem):
    status, code, title = 413, "too-large", "Envoi trop volumineux"


class AddressTooLong(Problem):
    status, code, title = 414, "address-too-long", "Adresse trop longue"


class HeadersTooLarge(Problem):
    status, code, title = 431, "headers-too-large", "En-têtes trop volumineux"


class CallTimeout(Problem):
    status, code, title = 408, "call-timeout", "Appel trop lent à arriver"


class TooManyCalls(Problem):
    status, code, title = 429, "too-many-calls", "Trop d’appels"


class UnsupportedMedia(Problem):
    status, code, title = 415, "unsupported-media-type", "Format non pris en charge"


class Unauthenticated(Problem):
    status, code, title = 401, "unauthenticated", "Jeton requis"


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "Droit insuffisant"


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "Service momentanément indisponible"


class Overdue(Unavailable):
    code, title = "overdue", "Réponse trop lente"


class BadGateway(Problem):
    status, code, title = 502, "bad-gateway", "Service propriétaire injoignable"


class GatewayTimeout(Problem):
    status, code, title = 504, "gateway-timeout", "Service propriétaire trop lent"
