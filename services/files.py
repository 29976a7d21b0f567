"""What the system says of a file that can’t be read, in French where it says something usual."""


def why(error: OSError) -> str:
    said = {
        FileNotFoundError: "il n’existe pas",
        NotADirectoryError: "ce n’est pas un dossier",
        IsADirectoryError: "c’est un dossier",
        PermissionError: "l’accès est refusé",
    }
    return said.get(type(error), error.strerror or str(error))
