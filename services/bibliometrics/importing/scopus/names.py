"""The names of authors, parted from one another as each generation of exports writes them."""

import re

from .cells import text

_PLACEHOLDER = re.compile(r"\[no author (?:names?|ids?) available\]", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.[\s-]?)+[A-Z]?|[A-Z](?:-?[A-Z]){0,2}")
_SUFFIX = re.compile(r"(?:jr|sr|junior|i{2,3}|iv|vi{0,3})\.?", re.IGNORECASE)


def is_placeholder(cell: str) -> bool:
    return _PLACEHOLDER.fullmatch(cell) is not None


def short_names(cell: str) -> list[str]:
    """« El housse M.; Hadfi A. », « Yap K.H., Warren N. » and « Outahar, M., Moreau, G. », each as « Yap K.H. »."""
    cell = text(cell)
    if not cell or is_placeholder(cell):
        return []
    if ";" in cell:
        return [_joined(each.strip()) for each in cell.rstrip("; ").split(";")]
    return _parted_by_commas(cell)


def full_names(cell: str) -> tuple[list[str], list[str]]:
    """The names and the identifiers of « Last, First (57218949418); … »; an identifier that isn't there is empty."""
    cell = text(cell)
    if not cell or is_placeholder(cell):
        return [], []
    found = [_name_and_id(each.strip()) for each in cell.rstrip("; ").split(";")]
    return [name for name, _ in found], [identifier for _, identifier in found]


def _name_and_id(piece: str) -> tuple[str, str]:
    name, _, identifier = piece.removesuffix(")").rpartition("(")
    return (name.rstrip(), identifier) if identifier.isascii() and identifier.isdigit() else (piece, "")


def _joined(name: str) -> str:
    """« Outahar, M. » as « Outahar M. »; the comma stays before « Jr. », which is no initial."""
    return ", ".join(_parted_by_commas(name)) if "," in name else name


def _parted_by_commas(cell: str) -> list[str]:
    """Initials and « Jr. » belong to what is before them; everything else begins a name."""
    names: list[str] = []
    for piece in (each.strip() for each in cell.split(",")):
        if not piece:
            continue
        if names and _SUFFIX.fullmatch(piece):
            names[-1] += f", {piece}"
        elif names and _INITIALS.fullmatch(piece) and not _has_initials(names[-1]):
            names[-1] += f" {piece}"
        else:
            names.append(piece)
    return names


def _has_initials(name: str) -> bool:
    family, _, last = name.rpartition(" ")
    return bool(family) and _INITIALS.fullmatch(last) is not None
