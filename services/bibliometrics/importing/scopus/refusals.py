"""The sentences that refuse a file or a row, and the exception that carries the reason of a row."""

RESAVED = "ce fichier a été réenregistré par un tableur : réexportez-le de Scopus sans l’ouvrir"
RESAVED_ROW = f"ligne abîmée, car {RESAVED}"
HEADERLESS = (
    "la première ligne n’est pas un en-tête, c’est déjà une publication : réexportez le fichier de Scopus, "
    "avec les titres des colonnes"
)
ANOTHER_LIST = (
    "ce fichier semble être une liste d’une autre provenance que Scopus (colonnes {headings}), et n’a pas d’EID : "
    "exportez de Scopus, en CSV, en cochant « EID »"
)
UNPROVEN = (
    "rien ne dit que ce fichier vienne de Scopus, ni EID, ni titre de colonne qui lui soit propre (« Source title », "
    "« Author(s) ID »…) : exportez de Scopus, en CSV, en cochant « EID »"
)
EMPTY = "le fichier est vide : réexportez-le de Scopus, au format CSV"


class RowError(Exception):
    """Why a row gives no record."""

    def __init__(self, code: str, message: str, column: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.column = column
