"""An error as a log may hold it: its kind and where it was raised, never what it says."""

import traceback

_FRAMES = 30


def named(error: BaseException) -> dict[str, str]:
    """An error as a log may hold it: what databases and libraries say of it can repeat what was written, or secrets."""
    inner = getattr(error, "orig", None) or error
    told = {name: getattr(inner, name, None) for name in ("sqlstate", "constraint_name", "sqlite_errorname")}
    kinds = " < ".join(type(each).__name__ for each in _causes(error))
    return {"error": kinds, **{name: str(value) for name, value in told.items() if value}}


def traced(error: BaseException) -> list[str]:
    """Where an error and each of its causes were raised, without what they say."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}"
        for each in _causes(error)
        for frame in traceback.extract_tb(each.__traceback__, limit=-_FRAMES)
    ]


def _causes(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    return chain
