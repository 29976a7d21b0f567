"""What a caller is told of a body that is wrong: each mistake with its place there, the first one in a sentence."""

from collections.abc import Sequence

from shared.problems import Invalid


def refuse(wrong: Sequence[Sequence[str]]) -> None:
    """Raises Invalid where something is wrong, as (column, code, sentence)."""
    if wrong:
        errors = [
            {"place": f"body.{column.replace('/', '.')}", "code": code, "message": message}
            for column, code, message in wrong
        ]
        raise Invalid(wrong[0][2], errors=errors)
