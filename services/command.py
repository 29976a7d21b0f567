"""The `cadran` script: until the rest is imported, Ctrl-C ends it without a trace."""

import signal


def main() -> None:
    """Import, then obey."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from . import cli  # noqa: PLC0415 - the import is what takes the time

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()
