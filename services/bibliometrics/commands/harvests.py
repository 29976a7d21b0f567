"""What a fetch has to hold before it is imported, and after: everything that its source announced, and no refusal."""

from collections.abc import Mapping
from typing import Any

from services.bibliometrics.connectors import FailedError, Harvest
from services.bibliometrics.importing.reading import Severity
from services.bibliometrics.tables import FetchRow


def check_whole(row: FetchRow, harvest: Harvest, total: int) -> None:
    """Raises FailedError where results are missing, or came twice."""
    received = harvest.reading.received
    if received == row.received == total and not harvest.repeated:
        return
    twice = f", dont {harvest.repeated} en double" if harvest.repeated else ""
    message = f"la source annonce {total} résultats et en a donné {received}{twice} : rien n’est importé, recommencez"
    raise FailedError(message, is_final=True)


def check_taken(report: Mapping[str, Any]) -> None:
    """Raises FailedError on the first of what refuses the whole."""
    errors = [each for each in report["findings"] if each["severity"] == Severity.ERROR]
    if errors:
        place = f"résultat {errors[0]['row']} : " if errors[0]["row"] else ""
        raise FailedError(f"{place}{errors[0]['message']} ; rien n’est importé", is_final=True)
