"""What kind of document HAL says that a deposit is: by its code, or by the label that its pages and exports print."""

import re
from functools import lru_cache

from services.bibliometrics.domain import normalising
from services.bibliometrics.domain.publication import DocumentType

_CODES = {
    "ART": DocumentType.ARTICLE,
    "COMM": DocumentType.CONFERENCE_PAPER,
    "COUV": DocumentType.BOOK_CHAPTER,
    "OUV": DocumentType.BOOK,
    "DOUV": DocumentType.EDITED_BOOK,
    "PROCEEDINGS": DocumentType.PROCEEDINGS,
    "ISSUE": DocumentType.EDITED_BOOK,
    "POSTER": DocumentType.POSTER,
    "THESE": DocumentType.THESIS,
    "HDR": DocumentType.THESIS,
    "REPORT": DocumentType.REPORT,
    "UNDEFINED": DocumentType.PREPRINT,
    "PREPRINT": DocumentType.PREPRINT,
}
_LABELS: tuple[tuple[str, str], ...] = (  # how a folded label begins, the more precise first
    ("article de blog", "BLOG"),
    ("article", "ART"),
    ("journal article", "ART"),
    ("communication", "COMM"),
    ("conference paper", "COMM"),
    ("conference poster", "POSTER"),
    ("poster", "POSTER"),
    ("chapitre de rapport", "CREPORT"),
    ("chapitre", "COUV"),
    ("book section", "COUV"),
    ("book chapter", "COUV"),
    ("direction", "DOUV"),
    ("ouvrages en codirection", "DOUV"),
    ("ouvrages en co direction", "DOUV"),
    ("ouvrage collectif", "DOUV"),
    ("ouvrage", "OUV"),
    ("book review", "NOTE"),
    ("book", "OUV"),
    ("proceedings", "PROCEEDINGS"),
    ("actes", "PROCEEDINGS"),
    ("n special", "ISSUE"),
    ("no special", "ISSUE"),
    ("numero special", "ISSUE"),
    ("special issue", "ISSUE"),
    ("these", "THESE"),
    ("thesis", "THESE"),
    ("theses", "THESE"),
    ("hdr", "HDR"),
    ("habilitation", "HDR"),
    ("rapport", "REPORT"),
    ("report", "REPORT"),
    ("pre publication", "UNDEFINED"),
    ("prepublication", "UNDEFINED"),
    ("preprint", "UNDEFINED"),
    ("document de travail", "UNDEFINED"),
    ("documents non publies", "UNDEFINED"),
    ("autre", "OTHER"),
    ("other publication", "OTHER"),
    ("notice", "NOTICE"),
    ("brevet", "PATENT"),
    ("patent", "PATENT"),
    ("logiciel", "SOFTWARE"),
    ("cours", "LECTURE"),
    ("memoire", "MEM"),
    ("traduction", "TRAD"),
    ("note de lecture", "NOTE"),
)
_CODE = re.compile(r"[A-Z][A-Z0-9_]{1,19}")


def kind_of(said: str, subtype: str) -> tuple[DocumentType, str]:
    """The type, and what HAL calls it: `OUV/MANUAL` where a subtype is given."""
    code = code_of(said)
    known = _CODES.get(code, DocumentType.OTHER) if said else DocumentType.UNKNOWN
    return known, "/".join(each for each in (said, subtype) if each)


@lru_cache(maxsize=1024)
def code_of(said: str) -> str:
    """The code of a type by itself or by its label (« Chapitre d’ouvrage »); empty where it is neither."""
    if said in _CODES or _CODE.fullmatch(said):
        return said
    label = normalising.folded(said)
    return next((code for start, code in _LABELS if label.startswith(start)), "")
