"""What one cell may hold, whatever its row says besides: codes and texts; and what could not be read of it."""

import re
from collections.abc import Iterator

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ADDRESS = re.compile(r"\S@\S")
_TELEPHONE = re.compile(r"(?:\+|(?<![0-9])0)(?:[ ./()\u00a0\u202f-]{0,3}[0-9]){8,}")


class UnreadableError(ValueError):
    """A cell that cannot be read: its column, and a French sentence that says what to do."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column
        self.message = message


def present(text: str | None) -> str | None:
    """A text without the spaces around it; a blank one is absent."""
    return (text or "").strip() or None


def code_form(value: str) -> str | None:
    """What is wrong with a code, or None."""
    if _CODE.fullmatch(value):
        return None
    return f"« {value[:64]} » n’est pas un code : lettres sans accent, chiffres, « - », « . » et « _ », au plus 64"


def text_forms(text: str | None, longest: int) -> Iterator[str]:
    """What is wrong with a text that a person writes; line breaks and tabulations are not."""
    if text and len(text) > longest:
        yield f"texte trop long (au plus {longest} caractères)"
    if text and any(ord(letter) < ord(" ") and letter not in "\n\r\t" for letter in text):
        yield "le texte contient un caractère de commande"
    if text and any("\ud800" <= letter <= "\udfff" for letter in text):
        yield "le texte contient la moitié d’un caractère : recopiez-le"


def names_a_person(pilot: str) -> bool:
    """Whether a pilot is written as an e-mail address or a telephone number."""
    return bool(_ADDRESS.search(pilot) or _TELEPHONE.search(pilot))
