"""One line a fact: what the services and their libraries log, in one format and without what nobody else is to read."""

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

import structlog

from shared.settings import LogFormat, LogLevel

from .correlation import correlation_id

Line = MutableMapping[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, default=repr)
_QUIET = frozenset({"debug", "info"})
_REST = r".*?(?=\n\n(?:The above exception was the direct cause|During handling of the above exception)|\Z)"
"""Up to the next error of a chain: a value may hold lines, whether they are written as such or escaped."""
_SECRETS = (  # what a database, a validator or an address adds to its message
    (re.compile(r"\[parameters: " + _REST, re.DOTALL), "[parameters: …]"),
    (re.compile(r"DETAIL: " + _REST, re.DOTALL), "DETAIL: …"),
    (re.compile(r"(invalid input for query argument \$\d+: )" + _REST, re.DOTALL), r"\1…"),
    (re.compile(r"input_value=.*?(?=, input_type=\w+\]|\Z)", re.DOTALL), "input_value=…"),
    (re.compile(r"(?<=://)[^/\s@]+@"), "…@"),
    (re.compile(r"(?i)\b(bearer |(?:access_)?token=|password=|api_?key=)[^\s&'\"]+"), r"\1…"),
)


def configure_logs(form: LogFormat, level: LogLevel = "info") -> None:
    """`json`: an object a line, for machines; `console`: for people at a terminal. Libraries speak from warnings on."""
    renderer = _renderer(form)
    ours: list[Any] = [
        _correlate,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _keep_secrets,
    ]
    structlog.configure(
        processors=[*ours, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: _Ours(),
    )
    theirs = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.add_logger_name, *ours],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
    )
    _take_over(theirs, max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()]))


def _renderer(form: LogFormat) -> Any:
    if form == "console":
        return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    return _as_json


def _as_json(_logger: Any, _method: str, line: Line) -> str:
    return _JSON.encode(line)


def _correlate(_logger: Any, _method: str, line: Line) -> Line:
    correlation = correlation_id.get()
    if correlation:
        line.setdefault("correlation_id", correlation)
    return line


def _keep_secrets(_logger: Any, method: str, line: Line) -> Line:
    """Errors repeat what they were given: values of a row, an address with its password."""
    if method not in _QUIET:
        line.update({name: _without_secrets(value) for name, value in line.items() if isinstance(value, str)})
    return line


def _without_secrets(text: str) -> str:
    for secret, instead in _SECRETS:
        text = secret.sub(instead, text)
    return text


def _take_over(formatter: logging.Formatter, level: int) -> None:
    """The libraries' loggers write as ours do, wherever standard output then goes."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _Lines)]:
        root.removeHandler(handler)
    lines = _Lines(level)
    lines.setFormatter(formatter)
    root.addHandler(lines)


class _Ours(structlog.PrintLogger):
    """What can't be written, as on a full disk, is lost: no call fails by its line in the log."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    log = debug = info = warn = warning = fatal = failure = err = error = critical = exception = msg


class _Lines(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        try:
            sys.stdout.write(self.format(record) + "\n")
            sys.stdout.flush()
        except Exception:  # noqa: BLE001 - as every handler of the library does
            self.handleError(record)
