"""Who calls, and what they may do: JSON Web Tokens checked against a key set."""

from .callers import ROLES, Caller, Right, caller_of
from .checking import ALGORITHMS, MAX_SUBJECT, MAX_TOKEN, Identity, without_token
from .requiring import COOKIE, Certifier, Definer, Observer, Operator, Reader, offered_token, require, token_of

__all__ = [
    "ALGORITHMS",
    "COOKIE",
    "MAX_SUBJECT",
    "MAX_TOKEN",
    "ROLES",
    "Caller",
    "Certifier",
    "Definer",
    "Identity",
    "Observer",
    "Operator",
    "Reader",
    "Right",
    "caller_of",
    "offered_token",
    "require",
    "token_of",
    "without_token",
]
